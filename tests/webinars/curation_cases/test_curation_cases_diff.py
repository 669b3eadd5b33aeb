"""What changed between two versions: nothing hidden, nothing invented, always escaped by the page."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.editorial import diff
from apps.webinars import sheet
from apps.webinars.curation.telling import Names, tell
from apps.webinars.models import Webinar
from apps.webinars.services.workflow import CASES
from tests.support.client import StrictClient
from tests.webinars.curation_cases.browser import words
from tests.webinars.factories import whole

TEXT = st.text(alphabet="ab \n<é", max_size=30)


@given(TEXT, TEXT)
def test_each_side_is_read_back_whole(before: str, after: str) -> None:
    pieces = diff.words(before, after)
    assert "".join(piece.text for piece in pieces if piece.mark != "ins") == before
    assert "".join(piece.text for piece in pieces if piece.mark != "del") == after
    assert all(piece.text for piece in pieces)


@settings(max_examples=60)
@given(st.lists(TEXT, max_size=6), st.lists(TEXT, max_size=6))
def test_each_list_is_read_back_whole(before: list[str], after: list[str]) -> None:
    rows = list(diff.rows(before, after))

    def side(mark: str) -> list[str]:
        found = []
        for row in rows:
            kept = [piece.text for piece in row.pieces if piece.mark != mark]
            if row.kind != ("added" if mark == "ins" else "removed"):
                found.append("".join(kept))
        return found

    assert side("ins") == before
    assert side("del") == after


def test_words_are_marked_one_by_one() -> None:
    (row,) = diff.rows(
        ["Un atelier partagé fait vivre un bourg."], ["Un atelier commun fait vivre un bourg."]
    )
    assert row.kind == "changed"
    assert [(piece.mark, piece.text) for piece in row.pieces] == [
        ("", "Un atelier "),
        ("del", "partagé "),
        ("ins", "commun "),
        ("", "fait vivre un bourg."),
    ]


def test_elements_that_have_nothing_in_common_go_and_come() -> None:
    rows = list(diff.rows(["a b c", "restent là"], ["x y z", "u v w", "restent là"]))
    assert [row.kind for row in rows] == ["removed", "added", "added", "same"]
    change = diff.Change("x", tuple(rows))
    assert (len(change.told), change.unchanged) == (3, 1)
    assert len(change.before) == 2
    assert len(change.after) == 3


def test_a_huge_text_is_told_whole() -> None:
    before, after = "a " * 1300, "b " * 1300
    assert [piece.mark for piece in diff.words(before, after)] == ["del", "ins"]
    assert [piece.mark for piece in diff.words("", after)] == ["ins"]


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, (*path, key))
    elif isinstance(value, list) and value:
        for place, part in enumerate(value):
            yield from leaves(part, (*path, place))
    else:
        yield path


OTHERS: dict[tuple[Any, ...] | str, Any] = {
    "date": "2020-02-02",
    "cycle": "nouveaux-modeles",
    "your_turn_axis": "human",
    "levers_kind": "mots",
    "status": "P",
    "level": "national",
    "state": "en_cours",
    "pillars": "financial",
}


def changed(path: tuple[Any, ...], value: Any) -> Any:
    for step in reversed(path):
        if step in OTHERS:
            return OTHERS[step]
    if isinstance(value, int | float) or path[-1] in ("number", "whole"):
        return 12.5 if path[-1] in ("number", "whole") else 7
    if isinstance(value, list):
        return ["tout autre"]
    return "tout autre"


@pytest.mark.django_db
def test_no_change_of_a_sheet_goes_untold() -> None:
    full = sheet.stored(
        whole(
            project={"name": "p", "people": ["ada-essai"], "organisation": "les-essais", "text": "t"},
            opening={"text": "o", "questions": ["q"]},
            figures=[
                {
                    "value": "1",
                    "number": 1,
                    "unit": "u",
                    "label": "l",
                    "whole": 2,
                    "year": "y",
                    "organisation": "o",
                }
            ],
            model={
                "title": "t",
                "note": "n",
                "rows": [
                    {
                        "level": "territorial",
                        **{pillar: [{"state": "existant", "text": pillar}] for pillar in sheet.PILLARS},
                    }
                ],
            },
            replay={"url": "u", "reason": "r"},
            source={"status": "S", "label": "l", "year": "y", "url": "u"},
            curator_note=["n"],
            levers_intro="i",
            pillar_reading={"human": "h", "financial": "f", "alliances": "a"},
        )
    )
    before = tell(sheet.read(full), Names())
    paths = [path for path in leaves(full) if path[0] != "slug"]
    assert len(paths) > 60
    for path in paths:
        other = copy.deepcopy(full)
        holder = other
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = changed(path, holder[path[-1]])
        assert other != full, path
        told = diff.changes(before, tell(sheet.read(other), Names()))
        assert [change.field for change in told] == [path[0]], path


@pytest.mark.django_db
def test_two_versions_are_compared_on_a_page(desk: StrictClient, author: User, known: None) -> None:
    webinar = CASES.create(by=author, draft=whole())
    CASES.submit(row=webinar, by=author)
    CASES.publish(row=webinar, by=author)
    webinar.refresh_from_db()
    said = sheet.read(webinar.draft).model_copy(update={"takeaway": "On tient <b>mieux</b> ensemble."})
    CASES.save_draft(row=webinar, draft=said, version=1, by=author)
    page = reverse("curation:compare", args=[webinar.slug])
    html = desk.get(page).content.decode()
    assert '<del><span class="vh">retiré : </span>' in html
    assert '<ins><span class="vh">ajouté : </span>&lt;b&gt;' in html
    assert "1\u00a0champ diffère" in html
    assert "ensemble." in words(desk.get(page, {"de": "publique", "a": "4"}))
    assert "disent la même chose" in words(desk.get(page, {"de": "1", "a": "publique"}))
    assert "disent la même chose" in words(desk.get(page, {"de": "1", "a": "3"}))
    for wrong in ({"a": "99"}, {"de": "99"}, {"a": "abc"}, {"a": "1e3"}, {"a": "9" * 30}):
        assert desk.get(page, wrong).status_code == 404, wrong


@pytest.mark.django_db
def test_a_case_that_is_not_public_has_no_public_version(
    desk: StrictClient, author: User, known: None
) -> None:
    webinar = CASES.create(by=author, draft=whole())
    page = reverse("curation:compare", args=[webinar.slug])
    assert desk.get(page).status_code == 200
    assert desk.get(page, {"de": "publique"}).status_code == 404
    assert Webinar.objects.get(pk=webinar.pk).version == 1
