"""A year later: last year's answers are proposed, and count only once confirmed."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from apps.diagnostic.models import Campaign, Respondent
from apps.diagnostic.services import close_campaign
from tests.diagnostic.conftest import Place
from tests.diagnostic.pages import FRAGMENT, applied, body, checked, main, text
from tests.factories.diagnostic import answer, answer_all, respondent
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


@dataclass
class Year:
    client: StrictClient
    campaign: Campaign
    copy: Respondent

    def url(self, name: str = "") -> str:
        return f"/diagnostic/reponses/{self.copy.pk}/{name}"


@pytest.fixture
def year(place: Place) -> Year:
    """The new campaign of the lead, walked from the button to her copy."""
    lead, client = place.people["lead"], place.client("lead")
    answer_all(respondent(place.campaign, user=lead), "1")
    close_campaign(campaign=place.campaign, by=lead)
    assert "vos réponses précédentes vous seront proposées" in text(client.get("/espace/"))
    client.post("/diagnostic/nouvelle/", {})
    opened = place.organisation.campaigns.get(state="open")
    client.post(f"/diagnostic/rejoindre/{opened.code}/", {"role": "referent"})
    return Year(client, opened, opened.respondents.get())


def test_the_new_campaign_follows_the_former_one(year: Year, place: Place) -> None:
    assert year.campaign.previous == place.campaign
    assert year.copy.answers.filter(is_suggestion=True).count() == 36


def test_her_copy_is_empty_and_says_what_is_proposed(year: Year) -> None:
    page = text(year.client.get(year.url()))
    assert "Prêt quand vous l’êtes." in page
    assert "Vos réponses de l’an dernier vous sont proposées." in page
    assert "Aucune ne compte avant que vous l’ayez confirmée" in page
    assert page.count("l’an dernier : Premiers pas") == 36


def test_a_suggestion_is_shown_but_no_level_is_ticked(year: Year) -> None:
    page = year.client.get(year.url("A1/"))
    assert "L’an dernier, vous aviez répondu : Premiers pas" in text(page)
    assert "ne compte pas tant que vous ne l’avez pas confirmée" in text(page)
    assert checked(body(page)) == []
    assert "0 énoncé sur 36" in text(page)


def test_pressing_enter_passes_and_confirms_nothing(year: Year) -> None:
    assert year.client.post(year.url("A1/"), {})["Location"] == year.url("A2/")
    assert not year.copy.answers.filter(is_suggestion=False).exists()


def test_the_button_confirms_one_answer_by_plain_post(year: Year) -> None:
    assert year.client.post(year.url("A1/"), {"confirm": "1"})["Location"] == year.url("A2/")
    assert [a.statement for a in year.copy.answers.filter(is_suggestion=False)] == ["A1"]
    page = year.client.get(year.url("A1/"))
    assert checked(body(page)) == ["1"]
    assert "L’an dernier" not in text(page)


def test_another_level_replaces_the_suggestion_and_the_fragment_equals_the_page(year: Year) -> None:
    before = body(year.client.get(year.url("A1/")))
    fragment = body(year.client.post(year.url("A1/"), {"value": "3"}, headers=FRAGMENT))
    assert "L’an dernier" not in fragment
    after = main(body(year.client.get(year.url("A1/")))).replace(" checked", "")
    # What is left over is the form of a button that is gone.
    left = main(applied(before, fragment))
    start = left.index('<form id="confirmer"')
    end = left.index("</form>", start) + len("</form>")
    assert (left[:start] + left[end:]).replace("  ", " ") == after.replace("  ", " ")


def test_suggestions_alone_finish_nothing_and_close_nothing(year: Year) -> None:
    page = text(year.client.get(year.url("terminer/")))
    assert "Il reste 36 énoncés sans réponse." in page
    assert "Votre copie est vide" in page
    campaign = f"/diagnostic/{year.campaign.pk}/"
    assert "pas commencé" in text(year.client.get(campaign))
    assert "Personne n’a encore répondu" in text(year.client.get(f"{campaign}clore/"))
    assert "rien à calculer" in text(year.client.post(f"{campaign}clore/", follow=True))
    year.campaign.refresh_from_db()
    assert year.campaign.is_open


def test_the_result_counts_what_was_confirmed_and_shows_the_change(year: Year) -> None:
    answer_all(respondent(year.campaign), "3")
    answer_all(respondent(year.campaign), "3")
    year.client.post(year.url("A1/"), {"value": "3"})
    sent = year.client.post(f"/diagnostic/{year.campaign.pk}/clore/", follow=True)
    assert sent.status_code == 200
    year.campaign.refresh_from_db()
    result = year.campaign.result
    assert result.respondent_count == 3
    assert {axis["score"] for axis in result.payload["axes"].values()} == {100.0}
    assert "33,3" in text(sent)


def test_a_suggestion_left_alone_is_told_as_such_after_closing(year: Year) -> None:
    answer(respondent(year.campaign), "A1", "2")
    year.client.post(f"/diagnostic/{year.campaign.pk}/clore/")
    page = text(year.client.get(year.url()))
    assert "en lecture seule" in page
    assert "l’an dernier : Premiers pas" in page
    assert "Vos réponses de l’an dernier vous sont proposées." not in page
