"""The divergences of a result become the agenda of the workshop: once, by members, without any figure."""

from __future__ import annotations

import re

import pytest
from pytest_django import DjangoAssertNumQueries

from apps.accounts.enums import Role
from apps.core.typography import nbsp
from apps.diagnostic.models import Campaign, Result
from apps.methodology.enums import SeatRole
from apps.methodology.levers import agenda, services
from apps.methodology.models import Item, Seat
from apps.methodology.services.items import remove_item
from tests.diagnostic.result_cases import CASES
from tests.factories.diagnostic import campaign
from tests.methodology.levers.support import alike, at, client, item, link, page, ready, seated, values
from tests.methodology.support import engagement_of, seat_in

pytestmark = pytest.mark.django_db


def read_again(result: Result) -> Result:
    return Result.objects.select_related("campaign__instrument").get(pk=result.pk)


def points(result: Result) -> list[str]:
    return [point.code for point in agenda.agenda(read_again(result)).points]


def made(seat: Seat) -> list[Item]:
    return list(Item.objects.filter(engagement=seat.engagement_id, kind="agenda_point", gone_at=None))


def test_the_widest_comes_first_with_its_question_and_its_minutes() -> None:
    lead, result = ready()
    assert points(result) == ["B2", "A1", "C3", "D1"]
    answer = client(lead).post(at(lead, "crossed_agenda"), {"code": points(result)})
    assert answer.url == at(lead, "tool", "ordre-du-jour")
    first, *others = (values(one) for one in made(lead))
    statement = agenda.questionnaire(read_again(result).campaign.instrument).statement("B2")
    assert first == {
        "title": statement.topic,
        "question": nbsp(statement.debate),
        "axis": "financial",
        "minutes": "15",
    }
    assert [one["minutes"] for one in others] == ["10", "10", "10"]


def test_a_subject_already_on_the_agenda_is_not_doubled_even_once_removed() -> None:
    lead, _ = ready()
    services.make_agenda(seat=lead, codes=["B2"])
    answer = client(lead).post(at(lead, "crossed_agenda"), {"code": ["B2", "A1"]}, follow=True)
    assert "1 point ajouté" in answer.content.decode().replace("\u00a0", " ")
    first, _ = made(lead)
    assert page(lead).count("À l’ordre du jour") == 2
    remove_item(seat=lead, item=first, key=first.pk)
    answer = client(lead).post(at(lead, "crossed_agenda"), {"code": ["B2", "A1"]}, follow=True)
    assert "rien n’est ajouté deux fois" in answer.content.decode()
    assert len(made(lead)) == 1
    assert "Retiré de l’ordre du jour" in page(lead)


def test_another_campaign_has_subjects_of_its_own() -> None:
    lead, _ = ready()
    services.make_agenda(seat=lead, codes=["B2"])
    other = CASES["sixteen"]()
    Campaign.objects.filter(pk=other.campaign_id).update(organisation=lead.engagement.organisation_id)
    link(lead, other.campaign)
    services.make_agenda(seat=lead, codes=points(other)[:1])
    assert len(made(lead)) == 2


def test_what_is_written_holds_no_figure_of_the_result() -> None:
    lead, result = ready()
    services.make_agenda(seat=lead, codes=points(result))
    outside = seated(lead.engagement, SeatRole.MEMBER)
    told = [agenda.agenda(read_again(result)).points[0].said]
    assert "édiane" in told[0]
    shown = page(outside, "tool", "ordre-du-jour")
    assert shown.count("ask-q") == 4
    for word in ("édiane", "écart", "moyenne", "gouvernance"):
        assert word not in shown
    for one in made(lead):
        assert set(values(one)) == {"title", "question", "axis", "minutes"}


@pytest.mark.parametrize("case", sorted(CASES))
def test_nothing_is_shown_that_the_result_page_does_not_show(case: str) -> None:
    """Every question, every figure of ours is on the page of the result, for one to twenty people."""
    result = CASES[case]()
    organisation = result.campaign.organisation
    lead = seat_in(engagement_of(organisation))
    link(lead, result.campaign)
    there = client(lead).get(f"/diagnostic/{result.campaign_id}/resultat/").content.decode()
    found = agenda.agenda(read_again(result))
    assert found.points
    for point in found.points:
        assert point.question in there
        if point.said:
            assert point.said in there
        assert point.svg is None or point.svg.inline() in there
    here = client(lead).get(at(lead, "crossed")).content.decode()
    body = here[here.index('id="divergences"') :]
    assert set(re.findall(r"[Mm]édiane \d[^<]*", body)) <= set(re.findall(r"[Mm]édiane \d[^<]*", there))


@pytest.mark.parametrize("case", ["alone", "pair"])
def test_below_three_people_there_is_no_divergence_only_questions_to_begin_with(case: str) -> None:
    found = agenda.agenda(read_again(CASES[case]()))
    assert not found.divide
    assert len(found.points) == 3
    assert all(not point.said and point.svg is None for point in found.points)


def test_people_who_see_alike_get_questions_to_begin_with() -> None:
    lead, _ = ready(alike)
    shown = page(lead)
    assert "De quoi parler" in shown
    assert shown.count('name="code"') == 3


def test_what_goes_beyond_an_hour_waits() -> None:
    found = agenda.agenda(read_again(CASES["twelve"]()))
    kept = [point for point in found.points if point.fits]
    assert (
        sum(point.minutes for point in kept) <= agenda.WORKSHOP < sum(point.minutes for point in found.points)
    )
    assert kept == list(found.points[: len(kept)])


@pytest.mark.parametrize(
    ("role", "membership", "status"),
    [
        (SeatRole.MEMBER, Role.STAFF, 302),
        (SeatRole.LEAD, "", 403),
        (SeatRole.MEMBER, "", 403),
        (SeatRole.BOARD, Role.BOARD, 403),
    ],
)
def test_who_may_make_the_agenda(role: str, membership: str, status: int) -> None:
    lead, result = ready()
    seat = seated(lead.engagement, role, membership)
    assert client(seat).post(at(seat, "crossed_agenda"), {"code": points(result)}).status_code == status
    assert bool(made(lead)) == (status == 302)


@pytest.mark.parametrize("membership", ["", Role.BOARD])
def test_the_divergences_are_read_by_members_of_the_association(membership: str) -> None:
    lead, _ = ready()
    shown = page(seated(lead.engagement, SeatRole.BOARD, membership))
    assert ("Ce que vous voyez différemment" in shown) == bool(membership)
    assert "En faire l’ordre du jour" not in shown


def test_nothing_ticked_no_result_yet_no_campaign_each_is_said() -> None:
    lead, _ = ready()

    def told(**data: str) -> str:
        return (
            client(lead)
            .post(at(lead, "crossed_agenda"), data, follow=True)
            .content.decode()
            .replace("\u00a0", " ")
        )

    assert "Cochez au moins un sujet" in told()
    assert "rien n’est ajouté" in told(code="Z9")
    link(lead, campaign(lead.engagement.organisation))
    assert "n’est pas close" in told(code="A1")
    lead.engagement.crossed.delete()
    assert "Aucune campagne" in told(code="A1")
    assert not made(lead)


def test_what_was_ticked_before_the_session_ended_is_still_ticked() -> None:
    lead, _ = ready()
    browser = client(lead)
    browser.logout()
    answer = browser.post(at(lead, "crossed_agenda"), {"code": ["C3"]})
    assert answer.status_code == 302
    browser.force_login(lead.user)
    shown = browser.get(at(lead, "crossed")).content.decode()
    assert re.findall(r'value="(\w\d)" checked', shown) == ["C3"]
    assert not made(lead)


def test_the_tool_says_how_long_it_takes_and_leads_to_a_workshop() -> None:
    lead = seat_in(engagement_of())
    assert "Rien à l’ordre du jour" in page(lead, "tool", "ordre-du-jour")
    item(lead, "agenda_point", title="Rôles de chacun", minutes="50", concluded="Le bureau tranche.")
    item(lead, "agenda_point", title="Relève", minutes="20")
    shown = page(lead, "tool", "ordre-du-jour")
    assert "2 points, 70 minutes ; 1 a sa conclusion écrite." in shown
    assert "plus d’une heure" in shown
    assert "Le bureau tranche." in shown
    assert f"{at(lead, 'workshop_open')}?etape=4" in shown


def test_the_page_costs_the_same_at_one_and_three_points(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    lead, result = ready()
    browser, counts = client(lead), []
    for number in (1, 3):
        services.make_agenda(seat=lead, codes=points(result)[:number])
        browser.get(at(lead, "tool", "ordre-du-jour"))
        with django_assert_max_num_queries(10) as here:
            browser.get(at(lead, "crossed"))
        with django_assert_max_num_queries(10) as there:
            browser.get(at(lead, "tool", "ordre-du-jour"))
        counts.append((len(here), len(there)))
    assert counts[0] == counts[1]
