"""What an operator reads: the list, the page of a release, the fragment that waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.enums import PlatformRole
from apps.dashboards.enums import ReleaseState, Suppressed
from apps.dashboards.models import Release
from apps.dashboards.operation.forms import ended_quarters
from apps.dashboards.quarters import Quarter
from tests.dashboards import world
from tests.dashboards.operation.support import HERE, attack, audited, draft, url, waiting, with_regions
from tests.support.client import StrictClient
from tests.support.world import platform_person

pytestmark = pytest.mark.django_db


@pytest.fixture(name="operator")
def make_operator(client_of: Callable[..., StrictClient]) -> StrictClient:
    return client_of(platform_person(PlatformRole.OPERATOR))


def text(client: StrictClient, address: str, status: int = 200, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == status
    return str(answer.content.decode())


def test_before_any_release_the_list_says_what_to_do(operator: StrictClient) -> None:
    shown = text(operator, HERE)
    assert "Aucune publication" in shown
    assert "À suivre" not in shown


def test_the_list_goes_by_scope_then_by_quarter(operator: StrictClient) -> None:
    of = world.programme()
    world.release(quarter=Quarter(2026, 1))
    world.release(quarter=Quarter(2026, 2), version=2, state=ReleaseState.SET_ASIDE)
    world.release(of, quarter=Quarter(2026, 2))
    kept = text(operator, HERE).partition('id="publications"')[2]
    order = [
        "<caption>Nationale",
        "2e trimestre 2026",
        "Écartée",
        "1er trimestre 2026",
        "<caption>Appuis ruraux",
    ]
    places = [kept.index(words) for words in order]
    assert places == sorted(places)


def test_what_waits_for_somebody_is_on_top(operator: StrictClient) -> None:
    waiting(ReleaseState.FAILED)
    draft()
    world.release()
    followed = text(operator, HERE).partition("À suivre")[2].partition("</ul>")[0]
    assert followed.count("<li>") == 2
    assert "En échec" in followed
    assert "À relire" in followed


def test_one_scope_can_be_shown_alone(operator: StrictClient) -> None:
    of = world.programme()
    world.release(quarter=Quarter(2026, 1))
    world.release(of)
    assert "<caption>Nationale" not in text(operator, f"{HERE}?portee={of.pk}")
    assert "<caption>Appuis ruraux" not in text(operator, f"{HERE}?portee=national")
    assert text(operator, f"{HERE}?portee=inconnue").count("<caption>") == 2


def test_quarters_offered_are_the_eight_that_ended(clock: Callable[[datetime], None]) -> None:
    found = ended_quarters(datetime(2026, 11, 27, tzinfo=UTC).date())
    assert found[0] == Quarter(2026, 3)
    assert found[-1] == Quarter(2024, 4)
    assert len(found) == 8


def test_closed_programmes_are_not_offered_for_building(operator: StrictClient) -> None:
    world.programme(name="Ouvert", code="OUVERT")
    world.programme(name="Clos", code="CLOSED", closed_at=timezone.now())
    asked = text(operator, HERE).partition('id="construire"')[2].partition("</form>")[0]
    assert "Ouvert" in asked
    assert "Clos" not in asked


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_at_one_and_at_three(
    operator: StrictClient, count: int, django_assert_num_queries: Any
) -> None:
    person = platform_person(PlatformRole.OPERATOR)
    for rank in range(count):
        of = world.programme(name=f"Programme {rank}", code=f"CODE{rank:02}")
        world.release(of, published_by=person, requested_by=person)
        waiting(quarter=Quarter(2024, rank + 1), requested_by=person)
    operator.get(HERE)
    with django_assert_num_queries(7):
        operator.get(HERE)


def test_the_page_says_what_was_built_by_whom_and_with_which_thresholds(operator: StrictClient) -> None:
    person = platform_person(PlatformRole.OPERATOR)
    person.full_name = "Ada Exploitante"
    person.save()
    made = draft(requested_by=person, headline="Les alliances restent à 45.")
    shown = text(operator, url(made))
    for words in (
        "Nationale, 2e trimestre 2025",
        "environ 320\xa0associations",
        "11 associations par nombre, arrondi à 5 près",
        "par Ada Exploitante",
        "Les alliances restent à 45.",
        "elle attend votre lecture",
    ):
        assert words in shown


def test_attacks_are_told_one_by_one(operator: StrictClient) -> None:
    made = draft()
    audited(
        made,
        attack("A1", tries=1240),
        attack("A4", tries=0, note="Essayées par les tests à chaque version."),
        attack("A2", "« Les cinq axes par région », ligne Corse : retrouvée.", "Une autre."),
    )
    shown = text(operator, url(made))
    assert "1\u202f240" in shown
    assert "Rien trouvé" in shown
    assert "Non essayée sur ces données" in shown
    assert "Essayées par les tests" in shown
    assert "2\xa0fuites" in shown
    assert "ligne Corse" in shown


def test_the_last_run_is_whole_and_those_before_are_folded(operator: StrictClient) -> None:
    made = draft()
    for code in ("A1", "A2", "A3", "A4", "A5", "A6"):
        audited(made, attack(code))
    shown = text(operator, url(made))
    assert shown.index(">A6<") < shown.index("Contrôles d’avant") < shown.index(">A5<")
    assert ">A1<" not in shown


def test_hidden_cells_are_counted_by_table_and_reason(operator: StrictClient) -> None:
    made = draft()
    with_regions(made)
    for row in ("76", "84"):
        made.suppressions.create(table="axes-region", row=row, column="C", reason=Suppressed.SMALL)
    hidden = text(operator, url(made)).partition('id="masquees"')[2]
    assert "moins d’associations que le seuil\xa0: 3" in hidden
    assert "la valeur d’avant est gardée\xa0: 1" in hidden
    assert f"{url(made)}comparer/axes-region/" in hidden


@pytest.mark.parametrize("runs", [1, 3])
def test_the_page_costs_the_same_at_one_run_and_at_three(
    operator: StrictClient, runs: int, django_assert_num_queries: Any
) -> None:
    made = draft()
    with_regions(made)
    for _ in range(runs):
        audited(made, attack())
    operator.get(url(made))
    with django_assert_num_queries(10):
        operator.get(url(made))


def test_a_release_that_is_built_asks_again_until_it_is_there(operator: StrictClient) -> None:
    made = waiting(ReleaseState.BUILDING)
    page = text(operator, url(made))
    assert f'hx-get="{url(made, "etat/")}"' in page
    assert "Publier</button>" not in page
    fragment = text(operator, url(made, "etat/"), **{"HX-Request": "true"})
    assert "<html" not in fragment
    assert "hx-trigger" in fragment
    Release.objects.filter(pk=made.pk).update(state=ReleaseState.BUILT, built_at=timezone.now())
    done = text(operator, url(made, "etat/"), **{"HX-Request": "true"})
    assert "hx-trigger" not in done
    assert "Lire la publication et son contrôle" in done
    assert 'hx-swap-oob="innerHTML:#etat-live"' in done
    assert operator.get(url(made, "etat/")).status_code == 302


def test_a_silent_queue_is_said(operator: StrictClient) -> None:
    assert "ne répond pas" not in text(operator, url(waiting()))
    late = waiting(quarter=Quarter(2025, 4), requested_at=timezone.now() - timedelta(seconds=11))
    assert "ne répond pas" in text(operator, url(late))


def test_a_failed_build_says_why_and_offers_to_start_again(operator: StrictClient) -> None:
    shown = text(operator, url(waiting(ReleaseState.FAILED, error="La base n’a pas répondu.")))
    assert "La base n’a pas répondu." in shown
    assert "Relancer la construction" in shown


def test_a_published_release_leads_to_its_page_and_can_no_longer_be_changed(operator: StrictClient) -> None:
    made = world.release()
    shown = text(operator, url(made))
    assert f'href="/publications/{made.slug}/"' in shown
    assert "Écarter cette publication" not in shown
    assert 'id="publier"' not in shown
    assert "Refaire le contrôle" in shown


def test_an_unknown_release_is_nowhere(operator: StrictClient) -> None:
    assert operator.get(f"{HERE}00000000-0000-4000-8000-000000000000/").status_code == 404
