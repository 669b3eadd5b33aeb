"""Numbers, dates, lists and spaces as a French reader expects them."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core import typography as t

N, B = "\u202f", "\u00a0"  # narrow and plain no-break spaces


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0, None, "0"),
        (1234, None, f"1{N}234"),
        (1234567, None, f"1{N}234{N}567"),
        (Decimal("1234.50"), None, f"1{N}234,5"),
        (Fraction(1, 3), None, "0,333"),
        (-12.5, None, "\u221212,5"),
        (-0.0001, None, "0"),
        (999.9996, None, f"1{N}000"),
        (40, 1, "40,0"),
        (1.05, 1, "1,1"),
        (0.285, 2, "0,29"),
        (2.5, 0, "3"),
        (-2.5, 0, "\u22123"),
        (Fraction(5, 1000), 2, "0,01"),
        (10**21, 0, f"1{f'{N}000' * 7}"),
    ],
)
def test_number(value: t.Number, decimals: int | None, expected: str) -> None:
    assert t.number(value, decimals) == expected


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")])
def test_number_refuses_what_is_not_one(value: t.Number) -> None:
    with pytest.raises(ValueError, match="finite"):
        t.number(value)


@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 4))
def test_number_reads_back_within_half_a_unit(value: Decimal, decimals: int) -> None:
    written = t.number(value, decimals).replace(N, "").replace(",", ".").replace("\u2212", "-")
    assert abs(Decimal(written) - value) <= Decimal(10) ** -decimals / 2


def test_units() -> None:
    assert t.percent(0.444) == f"44{N}%"
    assert t.percent(Fraction(1, 8), 1) == f"12,5{N}%"
    assert t.percent(0.005) == f"1{N}%"
    assert t.euros(Decimal("41000.50")) == f"41{N}001{N}€"
    assert t.euros(-3200) == f"\u22123{N}200{N}€"
    assert t.months(2.033) == f"2{B}mois"
    assert t.months(Fraction(21, 10)) == f"2,1{B}mois"
    assert t.points(30.4) == f"30,4{B}points"
    assert t.points(1) == f"1{B}point"
    assert t.points(-2) == f"\u22122{B}points"


@pytest.mark.parametrize(("n", "word"), [(0, "cas"), (1, "cas"), (1.9, "cas"), (2, "CAS"), (-3, "CAS")])
def test_plural_starts_at_two(n: float, word: str) -> None:
    assert t.plural(n, "cas", "CAS") == word


def test_dates() -> None:
    assert t.date_long(date(2026, 10, 5)) == f"5{B}octobre 2026"
    assert t.date_long(date(2026, 3, 1)) == f"1er{B}mars 2026"
    assert t.date_range(date(2026, 10, 5), date(2026, 11, 20)) == f"du 5{B}octobre au 20{B}novembre 2026"
    assert t.date_range(date(2026, 10, 1), date(2026, 10, 9)) == f"du 1er au 9{B}octobre 2026"
    assert t.date_range(date(2025, 12, 8), date(2026, 1, 9)) == f"du 8{B}décembre 2025 au 9{B}janvier 2026"
    same = datetime(2026, 10, 5, 9), datetime(2026, 10, 5, 8)
    assert t.date_range(*same) == f"le 5{B}octobre 2026"
    with pytest.raises(ValueError, match="before"):
        t.date_range(date(2026, 10, 6), date(2026, 10, 5))


def test_times() -> None:
    assert t.time_short(datetime(2026, 10, 5, 18, 42)) == f"18{B}h{B}42"
    assert t.time_short(time(9, 5)) == f"9{B}h{B}05"
    assert t.time_short(time(0, 0)) == f"0{B}h"


def test_seasons_never_share_a_name() -> None:
    assert t.season(date(2026, 10, 5)) == "automne 2026"
    assert t.season(date(2026, 3, 1)) == "printemps 2026"
    assert t.season(date(2026, 8, 31)) == "été 2026"
    assert t.season(date(2026, 12, 31)) == t.season(date(2027, 2, 28)) == "hiver 2026-2027"


@pytest.mark.parametrize(
    ("items", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (("a", "b", 3), "a, b et 3")]
)
def test_join_list(items: list[object], expected: str) -> None:
    assert t.join_list(items) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Les Ateliers du Canal", "des Ateliers du Canal"),
        ("LES RESTOS", "des RESTOS"),
        ("Le Relais", "du Relais"),
        ("La Ruche", "de la Ruche"),
        ("L'Arche", "de l’Arche"),
        ("Association X", "d’Association X"),
        ("Marmite", "de Marmite"),
        ("Lesieur", "de Lesieur"),
        ("Étoile", "d’Étoile"),
        ("Œuvre", "d’Œuvre"),
        ("Habitat", "d’Habitat"),
        ("Handicap International", "de Handicap International"),
        ("Hauts-de-France Actif", "de Hauts-de-France Actif"),
        ("Huîtres", "d’Huîtres"),
        ("Yoga", "de Yoga"),
        ("Yves", "d’Yves"),
        ("Onze", "de Onze"),
        ("Le", "de Le"),
        (" Marmite ", "de Marmite"),
        ("", ""),
    ],
)
def test_de(name: str, expected: str) -> None:
    assert t.de(name) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("", ""),
        ("Pourquoi? Parce que: voici!", f"Pourquoi{N}? Parce que{B}: voici{N}!"),
        ("Oui ; non !", f"Oui{N}; non{N}!"),
        ("Vraiment ?!", f"Vraiment{N}?!"),
        ("« oui »", f"«{N}oui{N}»"),
        ("«Quoi»?", f"«{N}Quoi{N}»{N}?"),
        ("44 % de 41 000 €", f"44{N}% de 41{N}000{N}€"),
        ("5 557 réponses", f"5{N}557 réponses"),
        ("l'eau d'«ici»", f"l’eau d’«{N}ici{N}»"),
        ("<b>Note</b> : ok", f"<b>Note</b>{B}: ok"),
        ("**Vrai?** (non?)", f"**Vrai{N}?** (non{N}?)"),
    ],
)
def test_nbsp_writes(raw: str, expected: str) -> None:
    assert t.nbsp(raw) == expected


@pytest.mark.parametrize(
    "text",
    [
        "à 18:42",
        "https://exemple.fr/a?b=1;c=2%20d",
        "www.exemple.fr/a?b",
        "mailto:a@b.fr?subject=x",
        "Q&amp;A &#x27; &nbsp;",
        "`a ? b : c`",
        "<code>x ? y : z</code>",
        '<a href="?q=1;2" title="Oui ?">ici</a>',
        "<script>if (a ? b : c) { d; }</script>",
        "peut-être",
        "![image](x.png)",
        "en 2025 310 associations",
        "'mot'",
        "a != b",
    ],
)
def test_nbsp_leaves(text: str) -> None:
    assert t.nbsp(text) == text


def test_nbsp_after_an_address() -> None:
    assert t.nbsp("Voir https://a.fr/b?c=1 : oui") == f"Voir https://a.fr/b?c=1{B}: oui"


@given(st.text(st.sampled_from("ab1'«»;:!?% \u00a0\u202f<>&/`.\n€"), max_size=40))
def test_nbsp_changes_only_spaces_and_apostrophes_and_only_once(text: str) -> None:
    def bare(s: str) -> str:
        return re.sub(r"\s", "", s).replace("'", "’")

    once = t.nbsp(text)
    assert bare(once) == bare(text)
    assert t.nbsp(once) == once
