"""Words, beginnings of words, accents, typos, names, figures, filters and their counts."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from apps.webinars.models import SearchWord, Webinar
from apps.webinars.search import engine, find, highlighted, words
from apps.webinars.search.shelf import shelf
from apps.webinars.search.words import Correction, typed_words
from tests.webinars.factories import index_all, many, published

pytestmark = pytest.mark.django_db


def days(query: str, **filters: list[str]) -> list[str]:
    found = find(query, filters)
    slugs = dict(Webinar.objects.values_list("pk", "slug"))
    return [slugs[pk].removeprefix("webinaire-") for pk in found.ids]


@pytest.mark.parametrize(
    ("query", "day"),
    [
        ("téléthon", "2022-05-19"), ("telethon", "2022-05-19"), ("TÉLÉTH", "2022-05-19"),
        ("précarités énergétiques", "2023-04-20"), ("biodiv", "2023-02-16"), ("Hallouch", "2022-01-20"),
        ("HALLOÛCH", "2022-01-20"), ("Wimooov", "2022-04-20"), ("secours catholique", "2023-04-20"),
        ("agefiph", "2022-12-15"), ("concerts de poche", "2022-10-20"), ("mon epi", "2023-05-25"),
        ("12 millions", "2022-02-17"), ("l’eau", "2023-11-16"), ("aidants", "2022-06-16"),
    ],
)  # fmt: skip
def test_finds_by_word_beginning_name_spelling_or_figure(query: str, day: str) -> None:
    assert day in days(query)


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ("numerqiue", "numérique"),
        ("biodiverstié", "biodiversité"),
        ("handicpa", "handicap"),
        ("mobilté", "mobilité"),
    ],
)
def test_a_typo_is_forgiven_and_told(query: str, read: str) -> None:
    found = find(query, {})
    assert found.total
    assert [correction.read for correction in found.understood.corrections] == [read]
    assert found.ids == find(read, {}).ids


def test_a_word_that_resembles_nothing_finds_nothing() -> None:
    assert find("xyzzyplugh", {}).total == 0


@pytest.mark.parametrize(
    "query", ["'", "\\", "a & b | !c", "(", "%", "<script>", "\x00", "a:*", "🎈", "_" * 50]
)
def test_no_sign_breaks_the_search(query: str) -> None:
    everything = set(find("", {}).ids)
    assert everything >= set(find(query, {}).ids)


def test_words_are_letters_and_digits_eight_at_most() -> None:
    assert typed_words("L’Énergie, l'énergie & 12 millions !") == ["l", "energie", "12", "millions"]
    assert len(typed_words(" ".join(f"mot{n}" for n in range(30)))) == 8


def test_the_title_comes_before_the_text() -> None:
    published(short_title="Marmelade pour tous")
    published(points_of_view=[{"theme": "Goût", "people": [], "text": "Une marmelade au passage."}])
    found = find("marmelade", {})
    first, second = Webinar.objects.in_bulk(found.ids)[found.ids[0]], len(found.ids)
    assert (first.short_title, second) == ("Marmelade pour tous", 2)


def test_filters_add_up_between_facets_and_widen_inside_one() -> None:
    assert days("", fragility=["F16"]) == ["2023-04-20", "2022-02-17"]
    assert set(days("", fragility=["F16", "F13"])) == {"2023-04-20", "2022-02-17", "2022-10-20"}
    assert days("", fragility=["F16"], year=["2022"]) == ["2022-02-17"]
    assert days("énergie", year=["2023"], fragility=["F13"]) == []


def test_counts_say_what_a_click_would_give() -> None:
    found = find("", {"year": ["2022"]})
    assert found.total == 10
    assert found.count("year", "2023") == 8
    for code in ("F04", "F16", "F13"):
        assert found.count("fragility", code) == len(find("", {"year": ["2022"], "fragility": [code]}).ids)
    assert found.without("year") == 18


def test_a_draft_and_an_archived_case_are_not_found() -> None:
    webinar = published(short_title="Marmelade pour tous")
    assert find("marmelade", {}).total == 1
    Webinar.objects.filter(pk=webinar.pk).update(sheet=None, state="archived")
    assert find("marmelade", {}).total == 0


def test_the_shelf_is_read_again_after_a_publication() -> None:
    before = len(shelf().ids)
    published()
    assert len(shelf().ids) == before + 1


def test_marks_are_put_after_escaping() -> None:
    found = find("énergie", {})
    (text,) = highlighted(found.understood, ["<img src=x onerror=alert(1)> une énergie\u202f!"])
    assert text == "&lt;img src=x onerror=alert(1)&gt; une <mark>énergie</mark>\u202f!"
    assert highlighted(find("", {}).understood, ["a < b"]) == ["a &lt; b"]


def test_a_correction_is_worth_its_words() -> None:
    assert find("numerqiue", {}).understood.corrections == (Correction("numerqiue", "numérique"),)


def plan(sql: str, parameters: Any) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}", parameters)
        return "\n".join(line for (line,) in cursor.fetchall())


def strange_words() -> None:
    """As many words as a large library has."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = {f"{a}{b}{c}{a}{c}{b}" for a in letters for b in letters for c in letters}
    SearchWord.objects.bulk_create(
        [SearchWord(word=word, shown=word) for word in words], ignore_conflicts=True
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE webinars_searchword")


def test_ten_thousand_cases(client: Any, django_assert_max_num_queries: Any) -> None:
    """One library for all that is asked of it, for it takes seconds to make; times are in ``make bench``."""
    many(10_000)
    index_all()
    strange_words()

    # No search reads the whole table.
    understood = words.understand("canton12")
    found = plan(engine.MATCH.format(query=understood.query), list(understood.parameters))
    assert "webinar_search" in found, found
    assert "Seq Scan on webinars_webinar" not in found, found
    looked = plan(*words.mend_sql(("canton12", "inconnu", "biodiverstie")))
    assert "webinar_search" in looked, looked
    assert "webinars_searchword_trigrams" in looked, looked
    assert "Seq Scan" not in looked, looked

    # Counts are right.
    everything = find("", {})
    assert everything.total == 10_018
    people = Webinar.objects.filter(sheet__isnull=False, tags__contains=["pillar:human"])
    assert everything.count("pillar", "human") == people.count()
    both = Webinar.objects.filter(sheet__isnull=False, tags__contains=["fragility:F04", "pillar:alliances"])
    assert find("", {"fragility": ["F04"], "pillar": ["alliances"]}).total == both.count()
    assert find("canton12", {}).total >= 10

    # A page asks for no more queries.
    for address in ("/bibliotheque/", "/bibliotheque/?q=mobilite", "/bibliotheque/?q=mobilte&goal=4&page=2"):
        with django_assert_max_num_queries(8):
            assert client.get(address).status_code == 200


def test_the_shelf_holds_what_the_table_holds() -> None:
    held = shelf()
    assert held.listed(held.everything) == list(held.ids)
    assert held.bits([]) == 0
    assert held.bits([-1, held.ids[3]]).bit_count() == 1
    assert held.listed(held.bits(held.ids[:5])) == list(held.ids[:5])
