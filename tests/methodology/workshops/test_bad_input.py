"""What no honest page sends to a workshop, and what was typed beside the button that was pressed."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from apps.methodology.enums import WorkshopStage as Stage
from apps.methodology.models import Engagement, Workshop
from apps.methodology.workshops import services
from tests.accounts.helpers import text as said
from tests.methodology.workshops.helpers import (
    PLAN,
    act,
    again,
    console,
    invited,
    lead_of,
    opened,
    pile,
    to,
    wrote,
)

pytestmark = pytest.mark.django_db


def talking(**rules: Any) -> Workshop:
    made = opened(Stage.SILENT, **rules)
    card = wrote(invited(made), "Prêter la salle")
    to(made, Stage.GROUPING)
    pile(made, "Lieux", card)
    return to(made, Stage.TALKING)


@pytest.mark.parametrize("minutes", ["9999999999", "181", "1440"])
def test_no_timer_is_longer_than_an_afternoon(minutes: str) -> None:
    made = opened(Stage.SILENT)
    assert act(lead_of(made), made, "timer:", minutes=minutes).status_code == 302
    ends = again(made).timer_ends_at
    assert ends
    assert 10_700 < (ends - timezone.now()).total_seconds() <= 10_800


@pytest.mark.parametrize("day", ["9999-12-31", "31/12/2999"])
def test_a_date_that_nobody_means_is_asked_again(day: str) -> None:
    made = opened()
    sent = {**PLAN, "held_on": day, "shows_names": "0", "everybody_groups": "1"}
    for tail in ("modifier/", "../nouveau/"):
        url = console(made, tail).replace(f"{made.pk}/../", "")
        answer = lead_of(made).post(url, sent)
        assert answer.status_code == 422
        assert "Cette date est trop lointaine" in said(answer)
    assert Workshop.objects.get().held_on == timezone.localdate()


@pytest.mark.parametrize("shows_names", [True, False])
def test_taking_place_at_a_table_that_is_over_leads_to_its_record_or_its_list(shows_names: bool) -> None:
    made = talking(shows_names=shows_names)
    lead = lead_of(made)
    act(lead, made, "sit:")
    services.end(workshop=made)
    answer = act(lead, made, "sit:")
    assert answer.status_code == 302
    assert answer.url == (
        console(made, "compte-rendu/") if shows_names else console(made, "../").replace(f"{made.pk}/../", "")
    )


def test_keeping_a_pile_keeps_the_note_typed_beside_it() -> None:
    made = talking()
    group, lead = made.piles.get(), lead_of(made)
    act(lead, made, f"kept:{group.pk}:1", note="Deux mairies sont d’accord.", version="1")
    group.refresh_from_db()
    assert (group.is_kept, group.note, group.version) == (True, "Deux mairies sont d’accord.", 2)
    act(lead, made, f"kept:{group.pk}:0", note="Deux mairies sont d’accord.", version="2")
    group.refresh_from_db()
    assert (group.is_kept, group.version) == (False, 2)
    answer = act(lead, made, f"kept:{group.pk}:1", note="Une seule.", version="1")
    assert answer.status_code == 409
    assert "Deux mairies sont d’accord." in said(answer)
    assert "Une seule.</textarea>" in answer.content.decode()


@pytest.mark.parametrize("is_over", [True, False])
def test_a_note_typed_while_the_demarche_closed_stays_on_the_page(is_over: bool) -> None:
    made = talking()
    if is_over:
        services.end(workshop=made)
    Engagement.objects.update(closed_at=timezone.now())
    answer = act(
        lead_of(made), made, f"note:{made.piles.get().pk}", note="Un accord de principe.", version="1"
    )
    assert answer.status_code == 409
    assert "Un accord de principe." in said(answer)
