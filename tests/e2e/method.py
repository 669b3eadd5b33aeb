"""Walking in a démarche: its address, its fields saved one by one, its files, its people asked in by mail."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.e2e.people import mailed_path, sign_up
from tests.e2e.screens import check_screen
from tests.support.stack import Stack

HERE = re.compile(r"/agir/demarches/[0-9a-f-]{36}/")
READY = 40_000  # milliseconds: a file is prepared by the worker


def opened(page: Page, title: str) -> str:
    """From the list of her démarches into one; the path of its space."""
    page.goto("/agir/demarches/")
    page.get_by_role("link", name=title, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return space(page)


def space(page: Page) -> str:
    found = HERE.search(page.url)
    assert found, page.url
    return found[0]


def open_new(page: Page, title: str) -> str:
    page.goto("/agir/demarches/nouvelle/")
    page.get_by_label("Nom de la démarche").fill(title)
    page.get_by_role("button", name="Ouvrir la démarche").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return space(page)


def box(page: Page, code: str) -> Locator:
    """The first field of this code on the page."""
    return page.locator(f"[data-field$=':{code}']").first


def write(page: Page, code: str, *values: str) -> None:
    """Typed, chosen or ticked as a person does; then said to be saved, without any button."""
    one = box(page, code)
    inputs = one.locator("[name^='v-']")
    if inputs.first.evaluate("field => field.tagName") == "SELECT":
        option = inputs.first.locator("option", has_text=values[0]).first
        inputs.first.select_option(option.get_attribute("value"))
    elif inputs.first.get_attribute("type") in ("checkbox", "radio"):
        for value in values:
            one.get_by_label(value).check()
    else:
        for place, value in enumerate(values):
            inputs.nth(place).fill(value)
    expect(one.locator("[data-said]")).to_have_text("Enregistré.")


def add(page: Page, kind: str, named: str) -> None:
    """A new item by its first field, then its own page."""
    form = page.locator(f"#ajouter-{kind}")
    form.locator("[name^='v-']").first.fill(named)
    form.get_by_role("button", name="Ajouter et ouvrir").click()
    expect(page).to_have_url(re.compile("/elements/"))


def take(page: Page, folder: Path) -> Path:
    """From the page of a file under way to the file itself."""
    link = page.get_by_role("link", name=re.compile("^Télécharger"))
    expect(link).to_be_visible(timeout=READY)
    with page.expect_download() as download:
        link.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def invite(desk: Page, at: str, email: str, role: str) -> None:
    desk.goto(f"{at}equipe/")
    desk.get_by_label("Adresse électronique").fill(email)
    desk.get_by_role("radio", name=re.compile(f"^{role}")).check()
    desk.get_by_role("button", name="Envoyer l’invitation").click()
    expect(desk.get_by_role("status").first).to_contain_text(f"L’invitation part à {email}")


def accept(page: Page, stack: Stack, email: str, name: str) -> str:
    """By the link of the mail, on a device where nobody is signed in; the path of the space."""
    page.goto(mailed_path(stack, email))
    check_screen(page, "visitor")
    page.get_by_role("link", name="Créer un compte").click()
    sign_up(page, stack, email, name)
    expect(page).to_have_url(re.compile("/agir/invitation/"))
    check_screen(page, "signed in")
    page.get_by_role("button", name="Rejoindre la démarche").click()
    expect(page).to_have_url(HERE)
    return space(page)
