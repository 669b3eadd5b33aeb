"""One step at work: its forms, what they keep, who may send them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.methodology.enums import SeatRole, StepStage
from apps.methodology.models import Engagement, Seat, StepState, Validation
from apps.methodology.services import stages
from apps.methodology.services.stages import Move
from tests.factories import UserFactory
from tests.methodology.board.conftest import Holds
from tests.methodology.support import seat_in
from tests.pages.support import said
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., StrictClient]


def at(engagement: Engagement, name: str = "engagement_step", step: int = 2) -> str:
    return reverse(f"method:{name}", args=[engagement.pk, step])


def values(response: Any, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]*)"', response.content.decode())


def test_the_page_of_a_step_says_what_it_is_about(lead: Seat, desk: StrictClient, holds: Holds) -> None:
    for _ in range(2):
        holds(lead.engagement, "activity", fragilities=["emploi"])
    page = desk.get(at(lead.engagement))
    words = said(page)
    assert "Relire le projet et ses activités" in words
    assert "Pour l’instant : 2 activités." in words
    assert "2 activités sans bénéficiaires." in words
    assert "Avant l’atelier" in words
    for url in (
        reverse("method:tool", args=[lead.engagement_id, "activites"]),
        at(lead.engagement, step=1),
        at(lead.engagement, step=3),
    ):
        assert f'href="{url}"' in page.content.decode()


@pytest.mark.parametrize("step", [1, 8])
def test_the_ends_of_the_path(lead: Seat, desk: StrictClient, step: int) -> None:
    page = desk.get(at(lead.engagement, step=step)).content.decode()
    assert page.count('rel="prev"') + page.count('rel="next"') == 1


@pytest.mark.parametrize("step", [0, 9])
@pytest.mark.parametrize("name", ["engagement_step", "stage", "validate"])
def test_there_are_eight_steps(lead: Seat, desk: StrictClient, step: int, name: str) -> None:
    assert desk.get(at(lead.engagement, name, step)).status_code == 404


def test_what_the_association_wrote_in_the_course_is_found_again(
    lead: Seat, desk: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from apps.accounts import notebook

    def notes(user: object, organisation: object) -> list[notebook.Note]:
        common: dict[str, Any] = {
            "source_label": "Parcours",
            "url": "/x/",
            "axis": "",
            "updated_at": timezone.now(),
        }
        return [
            notebook.Note(
                title="Ici", lines=(("Quoi", "Un accueil"),), method_step=2, updated_by="Léa", **common
            ),
            notebook.Note(
                title="Ailleurs", lines=(("Quoi", "Un bail"),), method_step=3, updated_by="", **common
            ),
        ]

    monkeypatch.setattr(notebook, "notes", notes)
    words = said(desk.get(at(lead.engagement)))
    assert "Un accueil" in words
    assert "Un bail" not in words


class TestStage:
    def test_the_team_says_where_it_stands(self, engagement: Engagement, client_of: ClientOf) -> None:
        seat = seat_in(engagement, SeatRole.MEMBER, full_name="Farid Fort")
        client = client_of(seat.user)
        response = client.post(
            at(engagement, "stage"), {"stage": "to_validate", "shown": "todo"}, follow=True
        )
        assert response.redirect_chain[-1][0] == at(engagement)
        assert "À valider" in said(response)
        assert "par Farid Fort" in said(response)
        state = StepState.objects.get()
        assert (state.step, state.stage, state.changed_by) == (2, StepStage.TO_VALIDATE, seat)

    def test_a_step_passed_over_asks_why_and_keeps_the_choice(self, lead: Seat, desk: StrictClient) -> None:
        response = desk.post(at(lead.engagement, "stage"), {"stage": "skipped", "shown": "todo", "why": " "})
        assert response.status_code == 422
        assert "Dites en une phrase pourquoi" in said(response)
        assert re.search(r'value="skipped"[^>]*checked', response.content.decode())
        assert not StepState.objects.exists()

    def test_two_people_at_once_the_second_is_told_then_decides(self, lead: Seat, desk: StrictClient) -> None:
        other = seat_in(lead.engagement, SeatRole.MEMBER, full_name="Farid Fort")
        stages.change_stage(seat=other, step=2, move=Move("done", "todo"))
        sent = {"stage": "skipped", "shown": "todo", "why": "Une raison gardée"}
        response = desk.post(at(lead.engagement, "stage"), sent)
        assert response.status_code == 422
        assert "par Farid Fort" in said(response)
        assert "Une raison gardée" in response.content.decode()
        assert values(response, "shown") == ["done"]
        assert desk.post(at(lead.engagement, "stage"), {**sent, "shown": "done"}).status_code == 302
        assert StepState.objects.get().why_skipped == "Une raison gardée"

    def test_what_was_typed_waits_for_a_session_that_expired(self, lead: Seat, client: StrictClient) -> None:
        url = at(lead.engagement, "stage")
        response = client.post(url, {"stage": "skipped", "shown": "todo", "why": "Une raison gardée"})
        assert response["Location"].endswith(f"?next={url}")
        assert lead.user
        client.force_login(lead.user)
        assert "Une raison gardée" in client.get(url).content.decode()

    @pytest.mark.parametrize(
        ("role", "expected"), [(SeatRole.BOARD, 403), (SeatRole.OBSERVER, 403), (None, 404)]
    )
    def test_others_do_not(
        self, engagement: Engagement, client_of: ClientOf, role: str | None, expected: int
    ) -> None:
        client = client_of(seat_in(engagement, role).user if role else UserFactory.create())
        assert (
            client.post(at(engagement, "stage"), {"stage": "done", "shown": "todo"}).status_code == expected
        )
        assert not StepState.objects.exists()

    @pytest.mark.parametrize("sent", [{}, {"stage": "later", "shown": "todo"}, {"stage": "done"}])
    def test_a_broken_form_changes_nothing(
        self, lead: Seat, desk: StrictClient, sent: dict[str, str]
    ) -> None:
        assert desk.post(at(lead.engagement, "stage"), sent).status_code == 422
        assert not StepState.objects.exists()


class TestValidation:
    def test_governance_validates_with_its_date(self, board: Seat, client_of: ClientOf) -> None:
        client = client_of(board.user)
        page = client.get(at(board.engagement))
        assert values(page, "decided_on") == [timezone.localdate().isoformat()]
        sent = {
            "verdict": "validated",
            "decided_on": "2026-10-12",
            "key": values(page, "key")[0],
            "shown": values(page, "shown")[0],
        }
        for _ in range(2):
            response = client.post(at(board.engagement, "validate"), sent, follow=True)
        assert "Validée le 12 octobre 2026, par Ana Board." in said(response)
        assert Validation.objects.count() == 1
        assert StepState.objects.get().stage == StepStage.DONE

    def test_a_lead_writes_down_a_decision(self, lead: Seat, desk: StrictClient) -> None:
        sent = {"verdict": "validated", "decided_on": "2026-10-12", "shown": "todo"}
        response = desk.post(at(lead.engagement, "validate"), sent)
        assert response.status_code == 422
        assert "Écrivez qui a pris la décision." in said(response)
        response = desk.post(at(lead.engagement, "validate"), {**sent, "name": "Le conseil"}, follow=True)
        assert "par Le conseil, décision consignée par Chloé Chêne." in said(response)

    @pytest.mark.parametrize(
        ("sent", "told"),
        [
            ({"verdict": "sent_back"}, "Dites à l’équipe ce qui est à reprendre"),
            ({"verdict": ""}, "Choisissez : validée, ou à reprendre."),
            ({"decided_on": "demain"}, "Écrivez la date ainsi"),
            ({"decided_on": (timezone.localdate() + timedelta(2)).isoformat()}, "Cette date est à venir"),
            ({"decided_on": "1026-10-12"}, "Cette date est trop ancienne"),
            ({"decided_on": ""}, "Donnez la date de la décision."),
            ({"reason": "x" * 2001}, "Ce motif dépasse 2 000 caractères"),
        ],
    )
    def test_a_wrong_form_says_how_to_mend_and_keeps_the_rest(
        self, board: Seat, client_of: ClientOf, sent: dict[str, str], told: str
    ) -> None:
        full = {"verdict": "validated", "decided_on": "2026-10-12", "shown": "todo", **sent}
        if sent.get("verdict") != "sent_back":
            full.setdefault("reason", "Un motif gardé")
        response = client_of(board.user).post(at(board.engagement, "validate"), full)
        assert response.status_code == 422
        assert told in said(response)
        assert full.get("reason", "") in response.content.decode()
        assert not Validation.objects.exists()

    def test_a_step_moved_meanwhile_is_read_again_first(
        self, lead: Seat, board: Seat, client_of: ClientOf
    ) -> None:
        stages.change_stage(seat=lead, step=2, move=Move("doing", "todo"))
        sent = {"verdict": "validated", "decided_on": "2026-10-12", "shown": "to_validate", "reason": "Gardé"}
        response = client_of(board.user).post(at(board.engagement, "validate"), sent)
        assert response.status_code == 422
        assert "elle est passée à « en cours »" in said(response)
        assert "Gardé" in response.content.decode()
        assert not Validation.objects.exists()

    @pytest.mark.parametrize(
        ("role", "expected"), [(SeatRole.MEMBER, 403), (SeatRole.OBSERVER, 403), (None, 404)]
    )
    def test_others_do_not(
        self, engagement: Engagement, client_of: ClientOf, role: str | None, expected: int
    ) -> None:
        client = client_of(seat_in(engagement, role).user if role else UserFactory.create())
        sent = {"verdict": "validated", "decided_on": "2026-10-12", "shown": "todo", "name": "Le conseil"}
        assert client.post(at(engagement, "validate"), sent).status_code == expected
        assert client.get(at(engagement, "validate")).status_code == expected
        assert not Validation.objects.exists()

    def test_the_reason_waits_for_a_session_that_expired(self, board: Seat, client: StrictClient) -> None:
        url = at(board.engagement, "validate")
        client.post(url, {"verdict": "sent_back", "reason": "Un motif gardé", "shown": "todo"})
        assert board.user
        client.force_login(board.user)
        assert "Un motif gardé" in client.get(url).content.decode()
