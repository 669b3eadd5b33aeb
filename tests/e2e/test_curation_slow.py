"""Curation on a slow line: an answer that comes late neither undoes the next one nor what was written meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import Desk
from tests.support.stack import wait_for

pytestmark = pytest.mark.e2e
NEW = "/curation/fiches/nouvelle/"
WORDS = "Une association du bourg partage un atelier avec ses voisins et apprend à compter autrement ce qui la porte."


@dataclass
class Line:
    """Holds the first answer to ``act`` until 1.5 s have passed, the others pass."""

    page: Page
    act: str
    asked: int = 0
    told: list[int] = field(default_factory=list)

    def __call__(self, route: Route) -> None:
        if f"act={self.act}" not in (route.request.post_data or ""):
            route.continue_()
            return
        self.asked += 1
        number = self.asked
        answer = route.fetch()
        if number == 1:
            self.page.wait_for_timeout(1_500)
        route.fulfill(response=answer)
        self.told.append(number)

    def has_told(self, count: int) -> bool:
        self.page.wait_for_timeout(50)  # a plain sleep would hold the answers too
        return len(self.told) == count


def slow(page: Page, url: str, act: str) -> Line:
    line = Line(page, act)
    page.goto(url)
    page.route(f"**{url}", line)
    return line


def test_a_count_that_comes_late_does_not_undo_the_next(desk_of: Desk) -> None:
    page = desk_of("curatrice")
    line = slow(page, NEW, "count")
    form = page.locator("form.case-form")
    form.get_by_label("L’essentiel en trente secondes", exact=True).fill(" ".join([WORDS] * 3))
    form.get_by_label("Résumé", exact=True).fill(" ".join([WORDS] * 8))
    form.get_by_label("À emporter", exact=True).fill("On tient mieux à plusieurs.")
    wait_for(lambda: line.has_told(2), 15, "two counts")
    expect(page.locator("#compte-summary")).to_contain_text("c’est la bonne longueur")
    expect(page.locator("#compte-essential")).to_contain_text("c’est la bonne longueur")


def test_what_is_written_while_a_line_is_added_stays(desk_of: Desk) -> None:
    page = desk_of("curatrice")
    line = slow(page, NEW, "add-views")
    views = page.locator("#section-views")
    entries, themes = views.locator("fieldset.entry"), views.get_by_label("Titre du regard")
    count = entries.count()
    themes.first.fill("Partager")
    views.get_by_role("button", name="Ajouter un regard").click()
    wait_for(lambda: line.has_told(0) and line.asked == 1, 5, "the line asked for")
    themes.first.fill("Partager la porte")
    views.get_by_label("Question posée").first.fill("Comment ouvrir ?")
    expect(entries).to_have_count(count + 1)
    expect(themes.first).to_have_value("Partager la porte")
    expect(views.get_by_label("Question posée").first).to_have_value("Comment ouvrir ?")
    expect(themes.last).to_have_value("")
    themes.last.fill("Compter")
    views.get_by_role("button", name="Ajouter un regard").click()
    expect(entries).to_have_count(count + 2)
    expect(themes.nth(count)).to_have_value("Compter")


def test_a_person_ticked_while_the_list_is_read_again_stays_ticked(desk_of: Desk) -> None:
    page = desk_of("curatrice")
    page.goto(NEW)
    speakers, views = page.locator("#section-speakers"), page.locator("#section-views")
    speakers.get_by_label("Prénom", exact=True).first.fill("Zoé")
    speakers.get_by_label("Nom", exact=True).first.fill("Zwyx")
    speakers.get_by_label("Fonction ce jour-là").first.fill("Directrice")
    person = views.get_by_label("Zoé Zwyx").first
    person.wait_for()
    line = Line(page, "people")
    page.route(f"**{NEW}", line)
    speakers.get_by_label("Fonction ce jour-là").first.fill("Présidente")
    page.locator("#section-opening textarea").first.focus()
    wait_for(lambda: line.has_told(0) and line.asked == 1, 5, "the people asked for")
    person.check()
    wait_for(lambda: line.has_told(1), 5, "the people told")
    expect(person).to_be_checked()


def test_what_is_written_while_a_chapter_gets_a_line_stays(desk_of: Desk) -> None:
    page = desk_of("curatrice")
    url = "/curation/parcours/etape-5/modifier/questions/"
    line = slow(page, url, "add-quiz")
    section = page.locator("#section-quiz")
    entries = section.locator("> .part-body > fieldset.entry")
    count = entries.count()
    section.get_by_role("button", name="Ajouter une question").click()
    wait_for(lambda: line.has_told(0) and line.asked == 1, 5, "the line asked for")
    section.get_by_label("Question", exact=True).first.fill("Une question en cours")
    expect(entries).to_have_count(count + 1)
    expect(section.get_by_label("Question", exact=True).first).to_have_value("Une question en cours")
