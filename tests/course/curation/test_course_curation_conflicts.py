"""Two people on one page: what does not touch is joined, what does is asked, nothing is lost."""

from __future__ import annotations

import pytest

from apps.accounts.models import User
from apps.course import pieces, sheet
from tests.course.curation.desk import at, draft, form, renamed, row, send, write
from tests.support.client import StrictClient
from tests.webinars.curation_cases.browser import Form, words

pytestmark = pytest.mark.django_db
LESSON = at("etape-1", "modifier", "lecon")


def test_two_people_on_two_chapters_are_both_kept(desk: StrictClient, author: User) -> None:
    mine = form(desk, "etape-1", "presentation").typed(title="Mon titre")
    write(author, sections=renamed("etape-1", 0, "Sa section"))
    answer = mine.send(desk, at("etape-1", "modifier", "presentation"))
    assert answer.status_code == 302
    assert (draft().title, draft().sections[0].title) == ("Mon titre", "Sa section")
    assert "les deux versions sont réunies" in words(desk.get(at("etape-1")))


def test_a_form_that_says_no_version_asks(desk: StrictClient) -> None:
    assert desk.post(at("etape-1", "modifier", "presentation"), {"title": "Seul"}).status_code == 409
    assert row().state == "published"


def test_two_people_on_two_sections_are_both_kept(desk: StrictClient, author: User) -> None:
    mine = form(desk, "etape-1", "lecon").typed(sections__1__title="Ma section")
    write(author, sections=renamed("etape-1", 0, "Sa section"))
    assert send(desk, mine, "etape-1", "lecon").status_code == 302
    assert [part.title for part in draft().sections[:2]] == ["Sa section", "Ma section"]


def test_two_people_on_one_section_choose(desk: StrictClient, author: User) -> None:
    first = draft().sections[0].title
    mine = form(desk, "etape-1", "lecon").typed(sections__0__title="Le mien", sections__1__title="Ma section")
    write(author, sections=renamed("etape-1", 0, "Le sien"))
    answer = send(desk, mine, "etape-1", "lecon")
    assert answer.status_code == 409
    told = words(answer)
    assert all(text in told for text in ("mien", "sien", "À décider.", first.replace("\u00a0", " ")))
    assert draft().sections[0].title == "Le sien"
    page = Form(answer, LESSON)
    code = draft().sections[0].code
    # Unanswered: asked again, nothing written, nothing lost.
    again = page.send(desk, LESSON, "settle")
    assert again.status_code == 422
    assert "Il reste un choix à faire" in words(again)
    page.put(f"garde-sections.{code}", "mine")
    assert page.send(desk, LESSON, "settle").status_code == 302
    assert [part.title for part in draft().sections[:2]] == ["Le mien", "Ma section"]


def test_their_version_may_be_kept_and_mine_beside(desk: StrictClient, author: User) -> None:
    mine = form(desk, "etape-1", "lecon").typed(sections__0__title="Le mien", sections__1__title="Ma section")
    write(author, sections=renamed("etape-1", 0, "Le sien"))
    page = Form(send(desk, mine, "etape-1", "lecon"), LESSON)
    page.put(f"garde-sections.{draft().sections[0].code}", "theirs")
    page.send(desk, LESSON, "settle")
    assert [part.title for part in draft().sections[:2]] == ["Le sien", "Ma section"]


def test_a_third_save_during_the_choice_asks_again(desk: StrictClient, author: User) -> None:
    mine = form(desk, "etape-1", "lecon").typed(sections__0__title="Le mien")
    write(author, sections=renamed("etape-1", 0, "Le sien"))
    page = Form(send(desk, mine, "etape-1", "lecon"), LESSON)
    write(author, sections=renamed("etape-1", 0, "Encore un"))
    answer = page.put(f"garde-sections.{draft().sections[0].code}", "mine").send(desk, LESSON, "settle")
    assert answer.status_code == 409
    assert all(text in words(answer) for text in ("mien", "Encore"))
    assert draft().sections[0].title == "Encore un"


def test_the_same_form_sent_twice_is_one_save(desk: StrictClient) -> None:
    page = form(desk, "etape-1", "lecon").typed(sections__0__title="Un seul")
    for _ in range(2):
        assert send(desk, page, "etape-1", "lecon").status_code == 302
    assert row().revisions.filter(action="saved").count() == 1


def test_the_same_new_section_sent_twice_is_one(desk: StrictClient) -> None:
    number = len(draft().sections)
    longer = Form(send(desk, form(desk, "etape-1", "lecon"), "etape-1", "lecon", "add-sections"), LESSON)
    longer.put(f"sections-{number}-title", "Toute neuve").put(f"sections-{number}-body", "Du texte.")
    for _ in range(2):
        assert send(desk, longer, "etape-1", "lecon").status_code == 302
    assert len(draft().sections) == number + 1


def test_an_unknown_start_asks_rather_than_overwrites(desk: StrictClient, author: User) -> None:
    mine = form(desk, "etape-1", "presentation").typed(title="Le mien").put("base", "abc").put("version", "x")
    write(author, title="Le sien")
    assert mine.send(desk, at("etape-1", "modifier", "presentation")).status_code == 409
    assert draft().title == "Le sien"


def test_a_damaged_conflict_page_writes_nothing(desk: StrictClient, author: User) -> None:
    mine = form(desk, "etape-1", "lecon").typed(sections__0__title="Le mien")
    write(author, sections=renamed("etape-1", 0, "Le sien"))
    page = Form(send(desk, mine, "etape-1", "lecon"), LESSON)
    for damaged in ("", "{", "[]", '{"kind": "step"}', '{"kind": "module"}'):
        assert page.put("mine", damaged).send(desk, LESSON, "settle").status_code == 302
    assert draft().sections[0].title == "Le sien"


def test_a_section_removed_here_and_changed_there_is_asked(desk: StrictClient, author: User) -> None:
    code = draft().sections[0].code
    mine = form(desk, "etape-1", "lecon").put("sections-0-DELETE", "on")
    write(author, sections=renamed("etape-1", 0, "Le sien"))
    answer = send(desk, mine, "etape-1", "lecon")
    assert answer.status_code == 409
    page = Form(answer, LESSON).put(f"garde-sections.{code}", "mine")
    page.send(desk, LESSON, "settle")
    assert code not in [part.code for part in draft().sections]


def step(*codes: str, **fields: object) -> sheet.Step:
    sections = [{"code": code, "title": code, "body": "x"} for code in codes]
    said = sheet.read({"kind": "step", "number": 1, "sections": sections, **fields})
    assert isinstance(said, sheet.Step)
    return said


def joined(mine: sheet.Step, theirs: sheet.Step, started: sheet.Step) -> list[str]:
    both = pieces.versions(mine, theirs, started)
    assert pieces.undecided(both) == []
    return [part.code for part in pieces.merged(mine, theirs, pieces.settled(both)).sections]


@pytest.mark.parametrize(
    ("mine", "theirs", "result"),
    [
        ("a b c", "a b c", "a b c"),
        ("a x b c", "a b c y", "a x b c y"),  # each added one
        ("a c", "a b c y", "a c y"),  # one left, one came
        ("c b a", "a b c", "c b a"),  # mine moved
        ("a b c", "b a c", "b a c"),  # theirs moved
        ("c a b", "a b c y", "c y a b"),  # mine moved, theirs added after c
        ("x a b c", "a b c", "x a b c"),
        ("", "a b c", ""),
    ],
)
def test_lists_are_joined(mine: str, theirs: str, result: str) -> None:
    assert joined(step(*mine.split()), step(*theirs.split()), step("a", "b", "c")) == result.split()


def test_two_orders_are_asked_and_the_answer_is_followed() -> None:
    mine, theirs, started = step("b", "a", "c"), step("a", "c", "b"), step("a", "b", "c")
    both = pieces.versions(mine, theirs, started)
    assert pieces.undecided(both) == ["sections"]
    for whose, order in (("mine", ["b", "a", "c"]), ("theirs", ["a", "c", "b"])):
        assert [part.code for part in pieces.merged(mine, theirs, {"sections": whose}).sections] == order


def test_a_code_that_is_there_twice_loses_nothing() -> None:
    twice = step("a", "a", "b")
    assert pieces.merged(twice, twice, {}) == twice
    assert [
        part.code
        for part in pieces.merged(twice, step("b"), {"sections.a": "mine", "sections.a~2": "mine"}).sections
    ] == ["a", "a", "b"]
