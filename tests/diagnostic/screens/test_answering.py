"""One statement: the radio (htmx) and the plain submit go to the same address and say the same."""

from __future__ import annotations

import pytest

from apps.diagnostic.enums import AnswerValue
from apps.diagnostic.models import Respondent
from apps.diagnostic.services import close_campaign, join_campaign
from tests.diagnostic.conftest import Place
from tests.diagnostic.pages import FRAGMENT, applied, body, checked, main, text
from tests.factories.diagnostic import answer, answer_all, respondent

pytestmark = pytest.mark.django_db


def said(copy: Respondent) -> dict[str, str]:
    return dict(copy.answers.filter(is_suggestion=False).values_list("statement", "value"))


@pytest.mark.parametrize("value", AnswerValue.values)
def test_the_radio_saves_at_once_and_the_page_says_so(place: Place, value: str) -> None:
    client = place.client("guest")
    sent = client.post(place.copy_url("A1/"), {"value": value}, headers=FRAGMENT)
    assert (sent.status_code, said(place.guest)) == (200, {"A1": value})
    assert "<html" not in body(sent)
    assert "Réponse enregistrée à" in text(sent)
    assert checked(body(client.get(place.copy_url("A1/")))) == [value]


def test_the_fragment_applied_is_the_page_reloaded(place: Place) -> None:
    client = place.client("guest")
    answer(place.guest, "B1", "2")
    before = body(client.get(place.copy_url("A1/")))
    fragment = body(client.post(place.copy_url("A1/"), {"value": "2"}, headers=FRAGMENT))
    after = body(client.get(place.copy_url("A1/")))
    assert main(applied(before, fragment)) == main(after).replace(' value="2" checked', ' value="2"')
    assert "2 énoncés sur 36" in text(client.get(place.copy_url("A1/")))


def test_choosing_again_replaces_the_answer_and_the_fragment_still_equals_the_page(place: Place) -> None:
    client = place.client("guest")
    client.post(place.copy_url("A1/"), {"value": "2"})
    before = body(client.get(place.copy_url("A1/")))
    fragment = body(client.post(place.copy_url("A1/"), {"value": "nsp"}, headers=FRAGMENT))
    after = main(body(client.get(place.copy_url("A1/"))))
    assert main(applied(before, fragment)).replace(" checked", "") == after.replace(" checked", "")
    assert said(place.guest) == {"A1": "nsp"}


def test_without_javascript_the_button_saves_and_goes_on(place: Place) -> None:
    client = place.client("guest")
    assert client.post(place.copy_url("A1/"), {"value": "3"})["Location"] == place.copy_url("A2/")
    assert client.post(place.copy_url("A2/"), {})["Location"] == place.copy_url("A3/")
    assert client.post(place.copy_url("E4/"), {"value": "nc"})["Location"] == place.copy_url()
    assert said(place.guest) == {"A1": "3", "E4": "nc"}


def test_passing_without_choosing_keeps_the_former_answer(place: Place) -> None:
    answer(place.guest, "A1", "1")
    place.client("guest").post(place.copy_url("A1/"), {"value": ""})
    assert said(place.guest) == {"A1": "1"}


@pytest.mark.parametrize("headers", [{}, FRAGMENT])
@pytest.mark.parametrize("value", ["4", "oui", "-1", "9" * 100_000])
def test_a_forged_value_is_refused_in_french_and_changes_nothing(
    place: Place, headers: dict[str, str], value: str
) -> None:
    answer(place.guest, "A1", "1")
    sent = place.client("guest").post(place.copy_url("A1/"), {"value": value}, headers=headers)
    assert sent.status_code == 400
    assert "n’est pas sur l’échelle" in text(sent)
    assert "précédente est gardée" in text(sent)
    assert f'href="{place.copy_url("A1/")}"' in body(sent)
    assert ("<html" in body(sent)) is (not headers)
    assert said(place.guest) == {"A1": "1"}


@pytest.mark.parametrize("code", ["A10", "Z1", "terminal", "%00", "A1%2F.."])
def test_an_unknown_statement_is_not_found(place: Place, code: str) -> None:
    client = place.client("guest")
    assert client.get(place.copy_url(f"{code}/")).status_code == 404
    assert client.post(place.copy_url(f"{code}/"), {"value": "1"}).status_code == 404
    assert not place.guest.answers.exists()


def test_a_small_letter_is_the_same_statement(place: Place) -> None:
    place.client("guest").post(place.copy_url("a1/"), {"value": "1"})
    assert said(place.guest) == {"A1": "1"}


@pytest.mark.parametrize("headers", [{}, FRAGMENT])
def test_after_closing_an_answer_is_refused_with_what_is_kept(place: Place, headers: dict[str, str]) -> None:
    client = place.client("guest")
    client.post(place.copy_url("A1/"), {"value": "2"})
    close_campaign(campaign=place.campaign, by=None)
    sent = client.post(place.copy_url("A2/"), {"value": "3"}, headers=headers)
    assert sent.status_code == 409
    assert "Cette campagne est close" in text(sent)
    assert "n’a pas été enregistré" in text(sent)
    assert ("les précédentes ont compté" if headers else "gardé et a compté") in text(sent)
    assert f'href="{place.copy_url()}"' in body(sent)
    assert ("<html" in body(sent)) is (not headers)
    assert said(place.guest) == {"A1": "2"}


def test_once_closed_the_copy_is_read_only(place: Place) -> None:
    client = place.client("guest")
    answer(place.guest, "A1", "3")
    close_campaign(campaign=place.campaign, by=None)
    for name in ("A1/", "terminer/"):
        assert client.get(place.copy_url(name))["Location"] == place.copy_url()
    page = client.get(place.copy_url())
    assert "Vos réponses, en lecture seule" in text(page)
    assert "Ancré et évalué" in text(page)
    assert "<form" not in main(body(page))
    assert client.post(place.copy_url("terminer/"), {"confirm": "1"}).status_code == 409


def test_she_leaves_and_goes_on_on_another_device_with_her_account(place: Place) -> None:
    mine = join_campaign(campaign=place.campaign, user=place.people["staff"], role="equipe").respondent
    phone, computer = place.client("staff"), place.client("staff")
    phone.post(place.copy_url("A1/", mine), {"value": "1"}, headers=FRAGMENT)
    page = computer.get(place.copy_url("", mine))
    assert "1 énoncé sur 36" in text(page)
    assert f'class="btn go" href="{place.copy_url("A2/", mine)}">Reprendre' in body(page)


def test_she_leaves_and_goes_on_on_another_device_with_her_link(place: Place) -> None:
    place.client("guest").post(place.copy_url("A1/"), {"value": "1"}, headers=FRAGMENT)
    assert checked(body(place.client("guest").get(place.copy_url("A1/")))) == ["1"]


def test_the_overview_says_what_is_left_and_how_to_finish(place: Place) -> None:
    client = place.client("guest")
    empty = client.get(place.copy_url())
    assert "Prêt quand vous l’êtes." in text(empty)
    assert "Terminer" not in text(empty)
    answer_all(place.guest, {"A1": "1"}, finished=False)
    assert "Terminer sans tout remplir" in text(client.get(place.copy_url()))
    place.guest.answers.all().delete()
    answer_all(place.guest, finished=False)
    assert "Tout est répondu. Il reste à terminer." in text(client.get(place.copy_url()))
    assert client.post(place.copy_url("terminer/"))["Location"] == place.copy_url("merci/")
    assert "Votre copie est terminée." in text(client.get(place.copy_url()))
    assert client.get(place.copy_url("terminer/"))["Location"] == place.copy_url()


def test_finishing_with_holes_lists_them_first(place: Place) -> None:
    client = place.client("guest")
    answer(place.guest, "A1")
    assert client.post(place.copy_url("terminer/"))["Location"] == place.copy_url("terminer/")
    page = client.get(place.copy_url("terminer/"))
    assert "Il reste 35 énoncés sans réponse." in text(page)
    assert f'href="{place.copy_url("A2/")}"' in body(page)
    assert f'href="{place.copy_url("A1/")}"' not in body(page)
    client.post(place.copy_url("terminer/"), {"confirm": "1"})
    assert "Votre copie est terminée." in text(client.get(place.copy_url("merci/")))


def test_an_empty_copy_is_told_that_it_will_not_count(place: Place) -> None:
    page = text(place.client("guest").get(place.copy_url("terminer/")))
    assert "Votre copie est vide : elle ne comptera pas" in page


def test_on_a_shared_device_the_copy_is_closed(place: Place) -> None:
    client = place.client("guest")
    assert "Fermer sur cet appareil" in text(client.get(place.copy_url("merci/")))
    assert client.get(place.copy_url("fermer/")).status_code == 405
    client.post(place.copy_url("fermer/"))
    assert client.get(place.copy_url()).status_code == 302
    assert client.post(place.copy_url("A1/"), {"value": "1"}).status_code == 403
    assert not place.guest.answers.exists()


def test_the_way_out_depends_on_who_she_is(place: Place) -> None:
    mine = respondent(place.campaign, user=place.people["staff"])
    assert f'class="quit" href="{place.url()}"' in body(place.client("staff").get(place.copy_url("", mine)))
    assert 'class="quit" href="/"' in body(place.client("guest").get(place.copy_url("merci/")))


def test_a_page_of_a_copy_is_never_kept_by_a_cache(place: Place) -> None:
    client = place.client("guest")
    for name in ("", "A1/", "merci/", "terminer/"):
        assert "no-store" in client.get(place.copy_url(name))["Cache-Control"]
