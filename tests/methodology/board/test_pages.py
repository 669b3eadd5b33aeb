"""The pages of a démarche, for each place in it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Organisation
from apps.diagnostic.enums import CampaignState
from apps.methodology.enums import SeatRole, StepStage, Verdict
from apps.methodology.models import (
    CrossedDiagnostic,
    Decision,
    Engagement,
    MethodEdition,
    MethodStep,
    Presence,
    Seat,
    StepState,
    Validation,
)
from tests.factories import OrganisationFactory, UserFactory, member
from tests.factories import diagnostic as make
from tests.methodology.board.conftest import Holds
from tests.methodology.support import engagement_of, seat_in
from tests.pages.support import said
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., StrictClient]
LIST, OPEN = "/agir/demarches/", "/agir/demarches/nouvelle/"


def page_of(engagement: Engagement, name: str = "engagement", *more: int) -> str:
    return reverse(f"method:{name}", args=[engagement.pk, *more])


def stage_is(engagement: Engagement, step: int, stage: str, **more: Any) -> StepState:
    return StepState.objects.create(engagement=engagement, step=step, stage=stage, **more)


class TestTheList:
    def test_every_demarche_of_hers_open_ones_first(self, lead: Seat, desk: StrictClient) -> None:
        assert lead.user
        closed = engagement_of(OrganisationFactory.create(), title="Ancienne", closed_at=timezone.now())
        Seat.objects.create(engagement=closed, user=lead.user, role=SeatRole.OBSERVER, is_outside=True)
        engagement_of(lead.engagement.organisation, title="Celle d’à côté")
        words = said(desk.get(LIST))
        assert words.index("Vers 2029") < words.index("Ancienne")
        assert "Celle d’à côté" not in words
        assert "Votre place : réseau qui suit" in words

    def test_where_it_stands_and_what_comes_next(self, lead: Seat, board: Seat, client_of: ClientOf) -> None:
        for step, stage in (
            (1, StepStage.DONE),
            (2, StepStage.SKIPPED),
            (3, StepStage.TO_VALIDATE),
            (4, "doing"),
        ):
            stage_is(lead.engagement, step, stage, why_skipped="Plus tard" if step == 2 else "")
        words = said(client_of(lead.user).get(LIST))
        assert "2 étapes faites ou passées sur 8." in words
        assert "étape 4, S’auto-diagnostiquer (en cours)" in words
        assert "étape 3, Photographier le modèle actuel (à valider)" in said(client_of(board.user).get(LIST))

    def test_the_button_is_for_those_who_may_open(self, house: Organisation, client_of: ClientOf) -> None:
        assert "Ouvrir une démarche" in said(client_of(member(house, Role.LEAD)).get(LIST))
        words = said(client_of(member(house, Role.STAFF)).get(LIST))
        assert "Ouvrir une démarche" not in words
        assert "peut en ouvrir une et vous y inviter" in words
        assert "Tout commence par une association" in said(client_of(UserFactory.create()).get(LIST))

    def test_an_administrator_takes_up_what_nobody_leads(
        self, engagement: Engagement, house: Organisation, client_of: ClientOf
    ) -> None:
        client = client_of(member(house, Role.ADMIN))
        assert "Sans personne pour les mener" in said(client.get(LIST))
        assert client.get(page_of(engagement)).status_code == 404
        assert client.post(page_of(engagement, "take_lead"), follow=True).status_code == 200
        assert client.get(page_of(engagement)).status_code == 200
        assert "Sans personne pour les mener" not in said(client.get(LIST))

    @pytest.mark.parametrize(("role", "expected"), [(Role.LEAD, 403), (Role.STAFF, 403), (None, 404)])
    def test_others_take_up_nothing(
        self,
        engagement: Engagement,
        house: Organisation,
        client_of: ClientOf,
        role: str | None,
        expected: int,
    ) -> None:
        client = client_of(member(house, role) if role else UserFactory.create())
        assert "Sans personne" not in said(client.get(LIST))
        assert client.post(page_of(engagement, "take_lead")).status_code == expected
        assert not engagement.seats.exists()

    def test_a_led_demarche_is_refused_in_words(
        self, lead: Seat, house: Organisation, client_of: ClientOf
    ) -> None:
        client = client_of(member(house, Role.ADMIN))
        response = client.post(page_of(lead.engagement, "take_lead"), follow=True)
        assert "a de nouveau une personne qui la mène" in said(response)


class TestOpening:
    def test_a_name_is_proposed_and_one_form_opens_one(
        self, house: Organisation, client_of: ClientOf
    ) -> None:
        client = client_of(member(house, Role.LEAD))
        page = client.get(OPEN).content.decode()
        key, title = (
            re.search(r'name="key" value="([^"]+)"', page),
            re.search(r'name="title" value="([^"]+)"', page),
        )
        assert key
        assert title
        for _ in range(2):
            assert client.post(OPEN, {"title": title[1], "key": key[1]}).status_code == 302
        assert Engagement.objects.get().organisation == house

    def test_she_chooses_among_the_associations_she_manages(
        self, house: Organisation, client_of: ClientOf
    ) -> None:
        by = member(house, Role.LEAD)
        other, third = (
            OrganisationFactory.create(name="La Seconde"),
            OrganisationFactory.create(name="La Tierce"),
        )
        other.memberships.create(user=by, role=Role.ADMIN)
        third.memberships.create(user=by, role=Role.STAFF)
        client = client_of(by)
        words = said(client.get(OPEN))
        assert "La Seconde" in words
        assert "La Tierce" not in words
        assert client.post(OPEN, {"title": "A", "organisation": str(third.pk)}).status_code == 422
        assert client.post(OPEN, {"title": "A", "organisation": str(other.pk)}).status_code == 302
        assert Engagement.objects.get().organisation == other

    @pytest.mark.parametrize(
        ("title", "told"),
        [("", "Donnez un nom à la démarche."), ("x" * 161, "Ce nom dépasse 160 caractères")],
    )
    def test_a_wrong_name_says_how_to_mend(
        self, house: Organisation, client_of: ClientOf, title: str, told: str
    ) -> None:
        response = client_of(member(house, Role.LEAD)).post(OPEN, {"title": title})
        assert response.status_code == 422
        assert told in said(response)
        assert title in response.content.decode()

    def test_what_was_typed_waits_for_a_session_that_expired(
        self, client: StrictClient, house: Organisation
    ) -> None:
        client.post(OPEN, {"title": "Un nom gardé"})
        client.force_login(member(house, Role.LEAD))
        assert "Un nom gardé" in client.get(OPEN).content.decode()

    def test_who_manages_nothing_opens_nothing(self, house: Organisation, client_of: ClientOf) -> None:
        assert client_of(member(house, Role.BOARD)).get(OPEN).status_code == 403
        response = client_of(UserFactory.create()).get(OPEN, follow=True)
        assert response.redirect_chain[-1][0] == "/organisations/nouvelle/"


class TestTheOverview:
    def test_the_path_says_what_is_missing(self, lead: Seat, desk: StrictClient, holds: Holds) -> None:
        engagement = lead.engagement
        holds(engagement, "note", question="Comment durer ?", mandate="")
        for _ in range(2):
            holds(engagement, "activity", title="Accueil", fragilities=["emploi"], beneficiaries="")
        holds(engagement, "activity", title="Retirée").delete()
        holds(engagement, "scenario", is_chosen=False)
        holds(engagement, "photograph", human_local_existing="Douze bénévoles")
        for year in ("2024", "2025", "2025"):
            holds(engagement, "year", year=year)
        words = said(desk.get(page_of(engagement)))
        assert "La question à trancher" not in words
        assert "Le mandat de la gouvernance n’est pas encore écrit." in words
        assert "2 activités sans bénéficiaires." in words
        assert "sans fragilité" not in words
        assert "Aucune fiche n’est remplie." not in words
        assert "Il manque 1 exercice de comptes sur 3." in words
        assert "Aucun scénario n’est retenu." in words
        assert "Aucun scénario n’est écrit." not in words

    def test_removed_items_and_those_of_another_demarche_do_not_count(
        self, lead: Seat, desk: StrictClient, holds: Holds
    ) -> None:
        gone = holds(lead.engagement, "activity", fragilities=["emploi"], beneficiaries="Tous")
        gone.gone_at = timezone.now()
        gone.save()
        holds(engagement_of(), "activity", fragilities=["emploi"], beneficiaries="Tous")
        assert "Aucune activité n’est décrite." in said(desk.get(page_of(lead.engagement)))

    def test_stages_and_the_last_word_of_governance(self, lead: Seat, desk: StrictClient) -> None:
        at = timezone.now()
        stage_is(lead.engagement, 1, StepStage.DONE, changed_at=at)
        stage_is(lead.engagement, 2, StepStage.DONE, changed_at=at)
        stage_is(lead.engagement, 3, StepStage.SKIPPED, why_skipped="Déjà fait")
        told = {
            "engagement": lead.engagement,
            "step": 1,
            "decided_on": date(2027, 1, 12),
            "name": "Le conseil",
        }
        Validation.objects.create(
            verdict=Verdict.SENT_BACK, reason="Vieux motif", at=at - timedelta(1), **told
        )
        Validation.objects.create(verdict=Verdict.VALIDATED, recorded_by="Chloé Chêne", at=at, **told)
        words = said(desk.get(page_of(lead.engagement)))
        assert "Validée le 12 janvier 2027, par Le conseil, décision consignée par Chloé Chêne." in words
        assert "Vieux motif" not in words
        assert words.count("Fait, sans validation") == 1
        assert "Pourquoi : Déjà fait" in words
        assert "3 étapes faites ou passées sur 8." in words

    def test_done_again_after_a_validation_waits_for_another(self, lead: Seat, desk: StrictClient) -> None:
        at = timezone.now()
        stage_is(lead.engagement, 1, StepStage.DONE, changed_at=at)
        Validation.objects.create(
            engagement=lead.engagement, step=1, verdict="validated", name="Le conseil", at=at - timedelta(1)
        )
        assert "Fait, sans validation" in said(desk.get(page_of(lead.engagement)))

    def test_what_is_coming_what_was_decided_who_is_here(
        self, lead: Seat, board: Seat, desk: StrictClient, holds: Holds
    ) -> None:
        engagement, today = lead.engagement, timezone.localdate()
        holds(engagement, "meeting", title="Déjà passé", date=(today - timedelta(1)).isoformat())
        holds(engagement, "meeting", title="Comité d’aujourd’hui", date=today.isoformat(), step="2")
        Decision.objects.create(
            engagement=engagement, step=1, what="On commence", decided_by="Le bureau", decided_on=today
        )
        Presence.objects.create(seat=board, tool="cadrage")
        words = said(desk.get(page_of(engagement)))
        assert "Comité d’aujourd’hui étape 2" in words
        assert "Déjà passé" not in words
        assert "On commence par Le bureau" in words
        assert "En ce moment : Ana Board" in words
        Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=1))
        assert "En ce moment" not in said(desk.get(page_of(engagement)))

    def test_each_is_sent_where_she_is_expected(self, lead: Seat, board: Seat, client_of: ClientOf) -> None:
        url = page_of(lead.engagement)
        assert "Aller à l’étape 1" in said(client_of(lead.user).get(url))
        stage_is(lead.engagement, 1, StepStage.DONE)
        stage_is(lead.engagement, 3, StepStage.TO_VALIDATE)
        stage_is(lead.engagement, 4, StepStage.DOING)
        assert "Reprendre à l’étape 4" in said(client_of(lead.user).get(url))
        assert "Se prononcer sur l’étape 3" in said(client_of(board.user).get(url))

    def test_a_network_sees_stages_and_dates_only(
        self, lead: Seat, client_of: ClientOf, holds: Holds
    ) -> None:
        engagement = lead.engagement
        watcher = client_of(seat_in(engagement, SeatRole.OBSERVER, outside=True).user)
        holds(engagement, "note", question="Une question secrète")
        stage_is(engagement, 1, StepStage.SKIPPED, why_skipped="Une raison secrète", changed_by=lead)
        stage_is(engagement, 2, StepStage.DOING, changed_by=lead)
        Validation.objects.create(
            engagement=engagement, step=2, verdict="sent_back", name="Ana", reason="Un motif secret"
        )
        for url in (page_of(engagement), *(page_of(engagement, "engagement_step", n) for n in (1, 2))):
            words = said(watcher.get(url))
            assert "secr" not in words
            assert "manque encore" not in words
            assert "activité n’est décrite" not in words
            assert "Chloé" not in words
        assert "À reprendre" in said(watcher.get(page_of(engagement, "engagement_step", 2)))

    def test_a_new_version_of_the_method_is_the_leads_to_take_up(
        self, lead: Seat, desk: StrictClient, client_of: ClientOf
    ) -> None:
        engagement = lead.engagement
        stage_is(engagement, 1, StepStage.DONE)
        MethodEdition.objects.create(
            number=2, published_on=date(2027, 3, 1), what_changed="Une étape plus courte."
        )
        for row in MethodStep.objects.filter(edition=1):
            row.pk, row.edition_id = uuid.uuid4(), 2
            row.save(force_insert=True)
        assert "Une étape plus courte." in said(desk.get(page_of(engagement)))
        teammate = client_of(seat_in(engagement, SeatRole.MEMBER).user)
        assert "Une étape plus courte." not in said(teammate.get(page_of(engagement)))
        assert teammate.post(page_of(engagement, "take_up")).status_code == 403
        assert desk.post(page_of(engagement, "take_up"), follow=True).status_code == 200
        engagement.refresh_from_db()
        assert engagement.edition == 2
        assert StepState.objects.get().stage == StepStage.DONE
        assert "Une nouvelle version" not in said(desk.get(page_of(engagement)))


class TestSettings:
    def test_a_lead_renames_closes_and_reopens(self, lead: Seat, desk: StrictClient) -> None:
        engagement, url = lead.engagement, page_of(lead.engagement, "settings")
        assert desk.post(url, {"title": " Vers  2030 "}).status_code == 302
        assert desk.post(url, {"title": ""}).status_code == 422
        response = desk.post(page_of(engagement, "engagement_act"), {"act": "close"}, follow=True)
        assert "Cette démarche est close" in said(response)
        assert "Vers 2030" in said(response)
        response = desk.post(url, {"title": "Trop tard"})
        assert response.status_code == 422
        assert "Trop tard" not in said(desk.get(page_of(engagement)))
        assert "L’état de l’étape" not in said(desk.get(page_of(engagement, "engagement_step", 1)))
        response = desk.post(page_of(engagement, "engagement_act"), {"act": "reopen"}, follow=True)
        assert "Cette démarche est close" not in said(response)

    @pytest.mark.parametrize("role", [SeatRole.MEMBER, SeatRole.BOARD, SeatRole.OBSERVER])
    def test_others_do_not(self, engagement: Engagement, client_of: ClientOf, role: str) -> None:
        client = client_of(seat_in(engagement, role).user)
        assert client.get(page_of(engagement, "settings")).status_code == 403
        assert client.post(page_of(engagement, "engagement_act"), {"act": "close"}).status_code == 403
        engagement.refresh_from_db()
        assert engagement.is_open


def test_the_campaign_chosen_for_the_demarche_counts(
    lead: Seat, house: Organisation, desk: StrictClient
) -> None:
    url = page_of(lead.engagement, "engagement_step", 4)
    campaign = make.campaign(house)
    assert "Aucune campagne" in said(desk.get(url))
    CrossedDiagnostic.objects.create(engagement=lead.engagement, campaign=campaign)
    page = desk.get(url)
    assert "n’est pas encore close" in said(page)
    assert f'href="{page_of(lead.engagement, "crossed")}"' in page.content.decode()
    campaign.state, campaign.closed_at = CampaignState.CLOSED, timezone.now()
    campaign.save()
    assert "L’ordre du jour de l’atelier est vide." in said(desk.get(page_of(lead.engagement)))
