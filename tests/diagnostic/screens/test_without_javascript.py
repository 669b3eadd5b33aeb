"""Every journey with links, forms and buttons only, as a browser without JavaScript walks it."""

from __future__ import annotations

import pytest

from apps.diagnostic import selectors
from apps.diagnostic.models import Campaign, Respondent
from tests.diagnostic.conftest import Place
from tests.diagnostic.plain import PlainBrowser
from tests.factories import OrganisationFactory, member
from tests.factories.diagnostic import answer_all, respondent

pytestmark = pytest.mark.django_db


def test_a_lead_opens_invites_gives_figures_answers_and_closes() -> None:
    organisation = OrganisationFactory.create()
    lead = PlainBrowser(member(organisation, "lead"))
    lead.visit("/diagnostic/")
    lead.click("Ouvrir une campagne")
    lead.press("Ouvrir la campagne", years_since_board_renewal="2", effort_18_months="100")
    made = organisation.campaigns.get()
    assert lead.url == f"/diagnostic/{made.pk}/"
    lead.click("Inviter par courriel")
    lead.press(
        "Envoyer les invitations",
        **{"form-0-email": "a@exemple.fr, b@exemple.fr", "form-0-role": "gouvernance"},
    )
    assert made.respondents.count() == 2
    lead.visit(f"{lead.url}finances/")
    lead.press("Saisir cette année", annee="2024")
    lead.press("Enregistrer l’exercice 2024", charges="12 000 €", treasury="-3")
    assert made.finances.get().charges == 12000
    lead.click("Revenir à la campagne")
    lead.click("Répondre")
    lead.press("Commencer")
    mine = Respondent.objects.get(user__isnull=False)
    assert mine.role == "referent"
    walk_the_questionnaire(lead, made)
    lead.press("Terminer ma copie")
    lead.click("Voir où en est la campagne")
    lead.visit(f"{lead.url}clore/")
    lead.press("Clore et voir le résultat")
    made.refresh_from_db()
    assert (lead.url, made.result.respondent_count) == (f"/diagnostic/{made.pk}/resultat/", 1)


def walk_the_questionnaire(browser: PlainBrowser, made: Campaign) -> None:
    codes = selectors.questionnaire(made.instrument).codes
    browser.click("Commencer")
    for code in codes[:-1]:
        assert browser.url.endswith(f"/{code}/")
        browser.press("Énoncé suivant", value="2")
    browser.press("Voir toutes mes réponses", value="nsp")


def test_a_guest_joins_with_a_code_stops_and_comes_back_with_her_link(place: Place) -> None:
    guest = PlainBrowser()
    guest.visit("/diagnostic/")
    guest.click("Entrer un code")
    guest.press("Continuer", code=place.campaign.code.lower())
    guest.press("Commencer", role="equipe", name="Zoé")
    link = guest.html.partition('id="personal-url" readonly value="http://testserver')[2].partition('"')[0]
    guest.click("Commencer")
    guest.press("Énoncé suivant", value="3")
    guest.click("Quitter")
    guest.click("Terminer sans tout remplir")
    guest.press("Terminer quand même")
    guest.press("Fermer sur cet appareil")
    copy = Respondent.objects.get(name="Zoé")
    assert copy.finished_at is not None
    guest.visit(link)
    guest.press("Ouvrir mon questionnaire")
    guest.click("Reprendre")
    assert guest.url.endswith("/A2/")


def test_last_years_answer_is_confirmed_with_its_own_button(place: Place) -> None:
    lead = place.people["lead"]
    answer_all(respondent(place.campaign, user=lead), "1")
    browser = PlainBrowser(lead)
    browser.visit(place.url("clore/"))
    browser.press("Clore et voir le résultat")
    browser.visit("/espace/")
    browser.click("Ouvrir une campagne")
    browser.press("Ouvrir la campagne")
    browser.click("Répondre")
    browser.press("Commencer")
    browser.click("Commencer")
    browser.press("Énoncé suivant")
    browser.click("Revenir au précédent")
    browser.press("Confirmer cette réponse")
    mine = Respondent.objects.get(user=lead, campaign__state="open")
    assert [(a.statement, a.value) for a in mine.answers.filter(is_suggestion=False)] == [("A1", "1")]


def test_a_person_is_taken_out_and_a_year_deleted_behind_a_fold(place: Place) -> None:
    answer_all(place.guest)
    browser = PlainBrowser(place.people["lead"])
    browser.visit(place.url("finances/2024/"))
    browser.press("Enregistrer l’exercice 2024", charges="5")
    browser.visit(place.url("finances/2024/"))
    browser.press("Supprimer l’exercice 2024")
    assert not place.campaign.finances.exists()
    browser.visit(place.url())
    browser.press("Retirer et effacer")
    assert not place.campaign.respondents.exists()


def test_the_express_mode_is_kept_into_a_campaign() -> None:
    organisation = OrganisationFactory.create()
    browser = PlainBrowser(member(organisation, "admin"))
    browser.visit("/diagnostic/express/")
    chosen = {s.code: "2" for s in selectors.current_questionnaire().express}
    browser.press("Voir mon équilibre", **chosen)
    browser.press("Garder et poursuivre")
    browser.press("Ouvrir la campagne")
    copy = organisation.campaigns.get().respondents.get()
    assert dict(copy.answers.values_list("statement", "value")) == chosen
