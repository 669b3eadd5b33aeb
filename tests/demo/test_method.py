"""The démarches of the demonstration: coherent, dated around today, open at each page to whoever holds a seat."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.demo.method import method
from apps.demo.seed import seed
from apps.diagnostic.models import FinanceYear
from apps.methodology.access import place_or_404
from apps.methodology.bench.sheet import Sheet
from apps.methodology.board.facts import campaign, facts
from apps.methodology.enums import SeatRole, StepStage, WorkshopStage
from apps.methodology.missing import missing
from apps.methodology.models import (
    Card,
    Change,
    Comment,
    Decision,
    Dot,
    Engagement,
    Field,
    Item,
    Mention,
    Participant,
    ScenarioVote,
    Signature,
    Stance,
    Validation,
    Workshop,
)
from apps.methodology.target import costing
from apps.methodology.target.accounts import as_year
from apps.methodology.tools import KINDS, TOOLS
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
TITLE, OTHER = "Vers 2030", "La Marmite dans dix ans"
DONE, WAITING, DOING, TODO = StepStage.DONE, StepStage.TO_VALIDATE, StepStage.DOING, StepStage.TODO


def person(name: str) -> User:
    return User.objects.get(email=f"{name}@demo.example")


def roles(engagement: Engagement) -> dict[str, tuple[str, bool]]:
    seats = engagement.seats.select_related("user")
    return {seat.user.email.partition("@")[0]: (seat.role, seat.is_outside) for seat in seats if seat.user}


def stages(engagement: Engagement) -> list[str]:
    known = dict(engagement.steps.values_list("step", "stage"))
    return [known.get(step, TODO) for step in range(1, 9)]


def test_one_demarche_is_advanced_and_another_begins() -> None:
    seed()
    first, second = Engagement.objects.get(title=TITLE), Engagement.objects.get(title=OTHER)
    assert first.is_demo
    assert second.is_demo
    assert roles(first) == {
        "referente": (SeatRole.LEAD, False),
        "admin": (SeatRole.LEAD, False),
        "equipe": (SeatRole.MEMBER, False),
        "gouvernance": (SeatRole.BOARD, False),
        "numerique": (SeatRole.OBSERVER, True),
    }
    assert stages(first) == [DONE, DONE, DONE, DONE, WAITING, DOING, DOING, TODO]
    # What governance validated lacks nothing that the pages can see.
    told = facts(first, campaign=campaign(first))
    assert [missing(step, told) for step in (1, 2, 3, 4, 5, 7, 8)] == [[]] * 7
    said = Validation.objects.filter(engagement=first).order_by("at")
    assert [row.verdict for row in said if row.step == 3] == ["sent_back", "validated"]
    assert Signature.objects.filter(note__engagement=first).count() == 2
    assert Decision.objects.filter(engagement=first).count() == 4
    assert Decision.objects.filter(engagement=first, replaces__isnull=False).count() == 1
    # Rita is waited for under one comment; nobody is written to today about what was said days ago.
    assert Mention.objects.filter(seat__user=person("referente"), done_at=None).count() == 1
    assert not Mention.objects.filter(told_at=None).exists()
    assert not first.steps.filter(stage=WAITING, board_told_at=None).exists()

    assert roles(second) == {"marmite": (SeatRole.LEAD, False), "referente": (SeatRole.LEAD, True)}
    assert stages(second) == [DOING, *[TODO] * 7]
    assert set(second.items.values_list("kind", flat=True)) == {"note"}
    assert Comment.objects.filter(engagement=second).count() == 0


def test_what_is_written_has_its_versions_and_its_numbers_in_order_of_date() -> None:
    seed()
    engagement = Engagement.objects.get(title=TITLE)
    changes = list(Change.objects.filter(engagement=engagement).order_by("number"))
    assert [change.number for change in changes] == list(range(1, engagement.sequence + 1))
    assert all(before.at <= after.at for before, after in pairwise(changes))
    assert engagement.opened_at < changes[0].at
    assert changes[-1].at < timezone.now()
    texts = Counter((change.item_id, change.code) for change in changes if change.code)
    latest = {(change.item_id, change.code): change for change in changes if change.code}
    fields = Field.objects.filter(item__engagement=engagement)
    assert len(latest) == fields.count()
    for field in fields:
        key = field.item_id, field.code
        assert (field.version, field.value) == (texts[key], latest[key].after)
        assert field.changed_at == latest[key].at
    assert max(texts.values()) > 1
    places = Item.objects.filter(engagement=engagement, kind="lever").values_list("place", flat=True)
    assert sorted(places) == list(range(12))
    levers = Field.objects.filter(item__engagement=engagement, item__kind="lever", code="decision")
    assert Counter(levers.values_list("value", flat=True)) == {"chosen": 5, "later": 4, "set_aside": 2}

    # The years are those of the self-diagnostic, and costs make the result that it gives.
    place = place_or_404(person("referente"), engagement.pk)
    sheet = Sheet(place, [KINDS["year"], KINDS["action"]])
    closed = FinanceYear.objects.filter(campaign__organisation=engagement.organisation)
    given = {row.year: (row.charges, row.result) for row in closed}
    years = [as_year(row) for row in sheet.rows("year")]
    for year in years:
        assert year.scope or (year.total("costs"), year.result) == given[year.year]
    costed = costing.of_sheet(Sheet(place, [KINDS["year"], KINDS["activity"]]), "").table
    assert costed, "the activities fit in the whole"
    assert len(costed.rows) == sum(bool(year.scope) for year in years)
    today = timezone.localdate().isoformat()
    states = [(row.get("progress"), row.get("due") < today) for row in sheet.rows("action") if row.get("due")]
    assert {("done", True), ("doing", True), ("doing", False), ("todo", False)} <= set(states)


def test_one_workshop_is_over_without_a_name_and_one_is_ready() -> None:
    seed()
    over, ready = Workshop.objects.order_by("opened_at")
    assert (over.stage, over.present, over.code) == (WorkshopStage.OVER, 7, "")
    assert over.opened_at < over.over_at < timezone.now()  # type: ignore[operator]
    assert over.record
    assert not Participant.objects.filter(workshop=over).exists()
    assert not Card.objects.filter(workshop=over, author__isnull=False).exists()
    assert not Dot.objects.exists()
    assert sum(over.piles.values_list("votes", flat=True)) == over.present * over.dots
    kept = over.piles.filter(is_kept=True)
    assert kept.count() == 5
    assert {pile.item.kind for pile in kept.select_related("item") if pile.item} == {"lever"}
    assert (ready.stage, ready.step, len(ready.code)) == (WorkshopStage.READY, 6, 6)
    assert ready.held_on > timezone.localdate()


def test_every_page_opens_to_whoever_holds_a_seat(client: StrictClient) -> None:
    seed()
    engagement = Engagement.objects.get(title=TITLE)
    pages = [reverse("method:tool", args=[engagement.pk, code]) for code in TOOLS]
    pages += [
        reverse("method:item", args=[engagement.pk, item.pk])
        for item in Item.objects.filter(engagement=engagement).order_by("kind", "place").distinct("kind")
    ]
    pages += [
        reverse(f"method:{name}", args=[engagement.pk])
        for name in (
            "crossed",
            "signing",
            "pitch",
            "accounts",
            "team",
            "decisions",
            "history",
            "workshops",
            "dossier",
        )
    ]
    home = reverse("method:engagement", args=[engagement.pk])
    for name in ("referente", "gouvernance"):
        client.force_login(person(name))
        assert [client.get(page).status_code for page in (home, *pages)] == [200] * (len(pages) + 1)
    client.force_login(person("numerique"))
    assert client.get(home).status_code == 200
    assert {client.get(page).status_code for page in pages[: len(TOOLS)]} == {403}


def test_a_demarche_that_somebody_changed_is_left_as_it_is() -> None:
    data = seed()
    people = {row["email"]: User.objects.get(email=row["email"]) for row in data["accounts"]}
    first = Engagement.objects.get(title=TITLE)
    Engagement.objects.filter(pk=first.pk).update(title="Notre trajectoire")
    Item.objects.filter(engagement=first, kind="action").delete()
    method(
        people, {"ateliers": first.organisation, "marmite": Engagement.objects.get(title=OTHER).organisation}
    )
    assert set(Engagement.objects.values_list("title", flat=True)) == {"Notre trajectoire", OTHER}
    assert not Item.objects.filter(engagement=first, kind="action").exists()


def test_the_team_said_what_it_thinks_of_each_scenario() -> None:
    seed()
    votes = ScenarioVote.objects.filter(item__engagement__title=TITLE)
    assert set(votes.values_list("stance", flat=True)) == set(Stance.values)
    assert {vote.seat.role for vote in votes.select_related("seat")} <= {
        SeatRole.LEAD,
        SeatRole.MEMBER,
        SeatRole.BOARD,
    }
