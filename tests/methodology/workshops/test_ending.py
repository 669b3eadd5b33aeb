"""The end of a workshop, asked for or forgotten; and who may do what."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.methodology import tasks
from apps.methodology.enums import SeatRole
from apps.methodology.enums import WorkshopStage as Stage
from apps.methodology.models import Card, Participant
from apps.methodology.workshops import services
from tests.methodology.workshops.helpers import (
    act,
    again,
    console,
    invited,
    lead_of,
    member_of,
    opened,
    signed_in,
    wrote,
)
from tests.pages.support import said

pytestmark = pytest.mark.django_db


# the end


def test_the_end_forgets_guests_keeps_counts_and_is_told_once() -> None:
    made = opened(Stage.SILENT)
    for rank in range(3):
        wrote(invited(made, f"Personne {rank}"), f"Idée {rank}")
    lead = lead_of(made)
    answer = act(lead, made, "end:")
    assert answer.url == console(made, "compte-rendu/modifier/")
    made = again(made)
    over_at = made.over_at
    assert (made.stage, made.code, made.present) == (Stage.OVER, "", 3)
    assert not Participant.objects.exists()
    assert Card.objects.filter(author=None).count() == 3
    services.end(workshop=made)
    assert again(made).over_at == over_at


def test_beat_ends_what_nobody_ended_a_day_after_its_date(clock: Any) -> None:
    made = opened(Stage.SILENT)
    invited(made)
    later = opened(Stage.SILENT, held_on=timezone.localdate() + timedelta(days=5))
    midnight = timezone.make_aware(datetime.combine(made.held_on + timedelta(days=2), datetime.min.time()))
    clock(midnight - timedelta(minutes=1))
    tasks.forget()
    assert again(made).stage == Stage.SILENT
    clock(midnight + timedelta(minutes=1))
    tasks.forget()
    tasks.forget()
    assert again(made).stage == Stage.OVER
    assert not Participant.objects.exists()
    assert again(later).stage == Stage.SILENT


def test_a_closed_demarche_does_not_keep_its_guests_names(clock: Any) -> None:
    made = opened(Stage.SILENT)
    invited(made)
    made.engagement.closed_at = timezone.now()
    made.engagement.save()
    clock(timezone.now() + timedelta(days=3))
    tasks.forget()
    assert not Participant.objects.exists()


# rights


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [
        (SeatRole.LEAD, 200, 302),
        (SeatRole.MEMBER, 200, 302),
        (SeatRole.BOARD, 200, 403),
        (SeatRole.OBSERVER, 403, 403),
    ],
)
def test_who_reads_and_who_leads(role: str, reads: int, writes: int) -> None:
    made = opened(Stage.SILENT)
    client = signed_in(member_of(made.engagement, role))
    home = f"/agir/demarches/{made.engagement_id}/ateliers/"
    for url in (home, console(made), console(made, "ecran/"), console(made, "compte-rendu/")):
        assert client.get(url).status_code == reads, url
    for url in (f"{home}nouveau/", console(made, "compte-rendu/modifier/")):
        assert client.get(url).status_code == (200 if writes == 302 else 403), url
    assert act(client, made, "stage:grouping").status_code == writes
    assert client.post(console(made, "compte-rendu/pdf/")).status_code == (302 if reads == 200 else 403)
    assert act(client, made, "sit:").status_code == (302 if reads == 200 else 403)


def test_the_lead_of_another_association_sees_nothing() -> None:
    made, other = opened(Stage.SILENT), opened(Stage.SILENT)
    stranger = lead_of(other)
    for tail in ("", "ecran/", "compte-rendu/", "compte-rendu/modifier/", "modifier/"):
        assert stranger.get(console(made, tail)).status_code == 404
    assert act(stranger, made, "end:").status_code == 404
    mixed = f"/agir/demarches/{other.engagement_id}/ateliers/{made.pk}/"
    assert stranger.get(mixed).status_code == 404, "not through her own démarche either"
    assert stranger.post(f"{mixed}geste/", {"act": "end:"}).status_code == 404
    assert again(made).stage == Stage.SILENT


def test_taking_part_leads_from_the_console_to_the_table() -> None:
    made = opened(Stage.SILENT)
    seat = member_of(made.engagement)
    client = signed_in(seat)
    assert "Participer" in said(client.get(console(made)))
    assert act(client, made, "sit:").url == f"/atelier/{made.code}/"
    assert act(client, made, "sit:").url == f"/atelier/{made.code}/"
    assert Participant.objects.get().seat == seat
    assert "Revenir à ma place" in said(client.get(console(made)))
