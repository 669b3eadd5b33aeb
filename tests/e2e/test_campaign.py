"""Steps 3 to 6: a campaign from its opening to its report, by a lead, four colleagues and an administrator."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.answering import answer_rest, click_answer, type_answer
from tests.e2e.conftest import NewContext
from tests.e2e.people import PASSWORD, mailed_path, sign_in, sign_up
from tests.e2e.screens import check_screen
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e
GUESTS = {"gouvernance": "gouvernance", "equipe": "équipe", "partenaire": "partenaire"}
NUMBERS = {
    "charges": "12 500,50 €",
    "treasury": "4000",
    "equity": "-1 200",
    "result": "−300",
    "ventes": "9 000",
}


@pytest.mark.parametrize("phone", [True, False], ids=["phone-first", "desktop-first"])
def test_from_opening_to_the_report(new_context: NewContext, stack: Stack, phone: bool) -> None:
    who = "tel" if phone else "ordi"
    email = f"chene.{who}@exemple.fr"
    page = new_context(phone=phone).new_page()
    sign_up(page, stack, email, "Chloé Chêne")
    campaign = open_campaign(page, f"Le Chêne {who}")
    answer_some(page, campaign, [2] * 6, click_answer)

    other = new_context(phone=not phone).new_page()
    sign_in(other, email, PASSWORD)
    other.goto("/espace/")
    other.get_by_role("link", name="Mon questionnaire").click()
    expect(other.get_by_role("heading", level=1)).to_contain_text(re.compile("6.énoncés sur.36"))
    check_screen(other, "started")
    other.get_by_role("link", name="Reprendre").click()
    expect(other).to_have_url(re.compile("/A7/$"))
    for rank in range(6):
        type_answer(other, rank % 4)
    answer_rest(other, 2)
    expect(other.get_by_role("heading", level=1)).to_contain_text("Tout est répondu")
    other.get_by_role("button", name="Terminer ma copie").click()
    check_screen(other, "member")

    codes = invite_by_mail(page, campaign, who)
    for address, role in codes.items():
        answer_an_invitation(new_context(phone=role == "equipe").new_page(), stack, address, role)
    answer_with_the_code(new_context(phone=True).new_page(), page, campaign)
    nothing_is_shown_of_the_others(page, campaign)
    enter_figures(page, campaign)
    close_with_a_double_click(page, campaign)
    download_the_report(page, stack)


def open_campaign(page: Page, name: str) -> str:
    """Her association by its name alone, then the campaign; its address."""
    page.goto("/organisations/nouvelle/?next=/diagnostic/nouvelle/")
    page.get_by_label("Nom de l’association").fill(name)
    page.get_by_label("Département").select_option("2A")
    page.get_by_label("Forme juridique").select_option("association-1901")
    page.get_by_label("Taille").select_option("salaries-0-50k")
    page.get_by_role("button", name="Créer l’association").click()
    page.goto("/diagnostic/")
    check_screen(page, "signed in")
    page.get_by_role("link", name="Ouvrir une campagne").click()
    check_screen(page)
    expect(page.locator("input[name^=effort]")).to_have_count(3)
    for field, share in zip(page.locator("input[name^=effort]").all(), ("70", "20", "20"), strict=True):
        field.fill(share)
    page.get_by_role("button", name="Ouvrir la campagne").click()
    expect(page.get_by_role("alert").first).to_contain_text("Il reste quelque chose à corriger")
    check_screen(page, "refused")
    page.locator("input[name^=effort]").last.fill("10")
    page.get_by_role("button", name="Ouvrir la campagne").click()
    expect(page).to_have_url(re.compile(r"/diagnostic/[0-9a-f-]{36}/$"))
    check_screen(page, "nobody yet")
    return page.url


def answer_some(page: Page, campaign: str, levels: list[int], answer: Callable[[Page, int], None]) -> None:
    page.goto(campaign)
    page.get_by_role("link", name="Répondre", exact=True).click()
    check_screen(page, "signed in")
    page.get_by_role("button", name="Commencer").click()
    check_screen(page, "not started")
    page.get_by_role("link", name="Commencer").click()
    check_screen(page, "no answer yet")
    unfold(page)
    check_screen(page, "unfolded")
    for level in levels:
        answer(page, level)
    page.get_by_role("link", name="Revenir au précédent").click()
    expect(page.locator("input[name=value]:checked")).to_have_count(1)
    check_screen(page, "answered")


def unfold(page: Page) -> None:
    """The example and the first word to know."""
    page.get_by_text("Un exemple au niveau 3").click()
    terms = page.locator("button.term")
    if terms.count():
        terms.first.click()
        expect(page.locator(".gloss:popover-open")).to_be_visible()


def invite_by_mail(page: Page, campaign: str, who: str) -> dict[str, str]:
    page.goto(campaign + "inviter/")
    check_screen(page)
    page.get_by_role("button", name="Envoyer les invitations").click()
    expect(page.get_by_role("alert")).to_contain_text("Aucune adresse")
    check_screen(page, "nobody written")
    lines = page.locator("fieldset.invitee")
    addresses = {f"{role}.{who}@exemple.fr": role for role in GUESTS}
    for line, (address, role) in zip(lines.all(), addresses.items(), strict=False):
        line.get_by_label("Adresse électronique").fill(address)
        line.get_by_label("Rôle").select_option(role)
    lines.nth(3).get_by_label("Adresse électronique").fill("pas une adresse")
    page.get_by_role("button", name="Envoyer les invitations").click()
    expect(lines.nth(3).get_by_label("Adresse électronique")).to_have_attribute("aria-invalid", "true")
    expect(lines.nth(0).get_by_label("Adresse électronique")).to_have_value(re.compile(who))
    check_screen(page, "refused")
    lines.nth(3).get_by_label("Adresse électronique").fill("")
    page.get_by_role("button", name="Envoyer les invitations").click()
    expect(page.get_by_role("status").first).to_contain_text(re.compile("3.courriels"))
    check_screen(page, "people invited")
    return addresses


def answer_an_invitation(page: Page, stack: Stack, address: str, role: str) -> None:
    """The link opens a page; only its button opens the copy, which is hers alone and empty."""
    page.goto(mailed_path(stack, address))
    expect(page.locator("main")).to_contain_text("Vous répondez comme")
    check_screen(page)
    page.get_by_role("button", name="Commencer").click()
    expect(page.locator("main .kicker").first).to_contain_text(GUESTS[role])
    expect(page.locator(".replies .is-answered")).to_have_count(0)
    answer_rest(page, {"gouvernance": 2, "equipe": 1, "partenaire": 1}[role])
    page.get_by_role("button", name="Terminer ma copie").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Merci")
    check_screen(page, "guest")


def answer_with_the_code(page: Page, lead: Page, campaign: str) -> None:
    """The fourth colleague, without an address: two statements by click, then she stops there."""
    lead.goto(campaign)
    code = lead.locator("p.code").inner_text().strip()
    page.goto("/diagnostic/rejoindre/")
    check_screen(page)
    page.get_by_label("Code de la campagne").fill("BCDFGH")
    page.get_by_role("button", name="Continuer").click()
    expect(page.locator("main")).to_contain_text("Aucune campagne ouverte n’a ce code")
    check_screen(page, "unknown code")
    page.get_by_label("Code de la campagne").fill(f"{code[:3]} {code[3:]}".lower())
    page.get_by_role("button", name="Continuer").click()
    expect(page).to_have_url(re.compile(f"/rejoindre/{code}/$"))
    check_screen(page, "guest")
    page.get_by_role("button", name="Commencer").click()
    expect(page.locator("main")).to_contain_text("Choisissez votre place")
    check_screen(page, "refused")
    page.get_by_role("radio", name="Équipe : salariés, bénévoles").check()
    page.get_by_label("Prénom").fill("Driss")
    page.get_by_role("button", name="Commencer").click()
    expect(page.get_by_label("Votre lien")).to_have_value(re.compile("/reprendre/"))
    check_screen(page, "personal link")
    page.get_by_role("link", name="Commencer").click()
    click_answer(page, 3)
    click_answer(page, 4)
    page.get_by_role("link", name="Quitter").click()
    page.get_by_role("link", name="Terminer sans tout remplir").click()
    check_screen(page)
    page.get_by_role("button", name="Terminer quand même").click()
    expect(page).to_have_url(re.compile("/merci/$"))
    thanks = page.url
    page.get_by_role("button", name="Fermer sur cet appareil").click()
    expect(page).to_have_url(re.compile("/rejoindre/$"))
    page.goto(thanks)
    expect(page.locator("main")).not_to_contain_text("Relire mes réponses")


def nothing_is_shown_of_the_others(page: Page, campaign: str) -> None:
    """Who has finished, never what they said: no level, no count of answers, no way to their copy."""
    page.goto(campaign)
    people = page.locator(".folk li")
    expect(people).to_have_count(5)
    expect(page.locator(".folk-state.is-done")).to_have_count(5)
    expect(people.filter(has_text="Driss")).to_contain_text("terminé")
    copies = page.locator("main a[href*='/reponses/']")
    assert copies.count() == 1, "only her own questionnaire is linked"
    for word in ("Pas encore engagé", "Premiers pas", "En pratique", "Ancré", "Je ne sais pas"):
        expect(page.locator("main")).not_to_contain_text(word)
    people.last.locator("summary").click()
    check_screen(page, "everyone finished, removal unfolded")


def enter_figures(page: Page, campaign: str) -> None:
    page.goto(campaign + "finances/")
    check_screen(page, "no year yet")
    page.get_by_label("Une autre année").fill("deux mille")
    page.get_by_role("button", name="Saisir cette année").click()
    expect(page.get_by_role("alert")).to_contain_text("Écrivez une année")
    check_screen(page, "year refused")
    page.locator("a.btn", has_text="Exercice").first.click()
    check_screen(page, "empty")
    page.get_by_label("Total des charges").fill("beaucoup")
    page.get_by_label("Trésorerie en fin d’année").fill("4000")
    page.get_by_role("button", name=re.compile("Enregistrer l’exercice")).click()
    expect(page.get_by_label("Total des charges")).to_have_value("beaucoup")
    expect(page.get_by_label("Trésorerie en fin d’année")).to_have_value("4000")
    check_screen(page, "refused")
    for name, value in NUMBERS.items():
        page.locator(f"input[name={name}]").fill(value)
    page.get_by_label("Les lignes de ressources laissées vides valent zéro").check()
    page.get_by_role("button", name=re.compile("Enregistrer l’exercice")).click()
    expect(page.get_by_role("status").first).to_contain_text("sont enregistrés")
    expect(page.locator("tbody tr")).to_have_count(1)
    check_screen(page, "one year")
    page.get_by_role("link", name="Modifier").click()
    page.get_by_text("Supprimer cet exercice").click()
    check_screen(page, "saved, deletion unfolded")
    page.goto(campaign + "contexte/")
    check_screen(page)


def close_with_a_double_click(page: Page, campaign: str) -> None:
    page.goto(campaign + "clore/")
    check_screen(page)
    page.get_by_role("button", name="Clore et voir le résultat").dblclick()
    expect(page).to_have_url(re.compile("/resultat/$"))
    expect(page.get_by_role("heading", name="Regards croisés")).to_be_visible()
    check_screen(page, "just closed")
    for summary in page.locator("main summary").all():
        summary.click()
    check_screen(page, "unfolded")


@contextmanager
def asleep(stack: Stack, name: str) -> Iterator[None]:
    group = stack.processes[name].pid
    os.killpg(group, signal.SIGSTOP)
    try:
        yield
    finally:
        os.killpg(group, signal.SIGCONT)


def download_the_report(page: Page, stack: Stack) -> None:
    """The worker sleeps a moment, so that the page that waits can be looked at."""
    with asleep(stack, "worker"):
        page.get_by_role("button", name="Préparer le rapport").click()
        expect(page.locator(".doc-status progress")).to_be_visible()
        check_screen(page, "report asked")
    link = page.get_by_role("link", name="Télécharger le rapport")
    link.wait_for(timeout=40_000)
    check_screen(page, "report ready")
    result = page.url
    page.goto((link.get_attribute("href") or "").removesuffix("telecharger/"))
    check_screen(page, "ready")
    page.goto(result)
    with page.expect_download() as download:
        link.click()
    content = download.value.path().read_bytes()
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    assert len(content) > 20_000
