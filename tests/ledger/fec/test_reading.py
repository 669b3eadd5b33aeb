"""What a valid FEC gives, whatever program wrote it."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

import pytest

from apps.ledger.fec import Reading, read
from tests.support import fec
from tests.support.fec import Dialect, Line

JULY = date(2024, 7, 3)


def reading(made: Iterable[Line], **dialect: object) -> Reading:
    return read(io.BytesIO(fec.encode(made, Dialect(**dialect))))  # type: ignore[arg-type]


def codes(found: Reading) -> set[str]:
    return {one.code for one in found.warnings}


def totals(found: Reading) -> dict[str, tuple[str, int, int, int]]:
    return {number: (one.label, one.opening, one.debit, one.credit) for number, one in found.accounts.items()}


YEAR = list(fec.lines(900, seed=3))
EXPECTED = fec.expected(YEAR)


@pytest.mark.parametrize(
    "dialect",
    [
        {},
        {"separator": "|"},
        {"bom": True},
        {"encoding": "cp1252"},
        {"encoding": "iso8859-15"},
        {"encoding": "utf-16-le", "bom": True},
        {"encoding": "utf-16-be", "bom": True},
        {"encoding": "utf-16-le"},
        {"newline": "\n"},
        {"newline": "\r"},
        {"final_newline": False},
        {"variant": "montant_sens"},
        {"variant": "montant_sens", "sides": ("+1", "-1")},
        {"variant": "montant_sens", "sides": ("Débit", "crédit")},
        {"variant": "montant_sens", "newline": "\n", "order": (*fec.TITLES[:10], *fec.TITLES[13:], "EcritureLib", "Debit", "Credit")},
        {"decimal": "."},
        {"thousands": " "},
        {"thousands": "\u00a0"},
        {"thousands": "\u00a0", "encoding": "cp1252"},
        {"thousands": "\u202f"},
        {"thousands": ".", "decimal": ","},
        {"thousands": ",", "decimal": "."},
        {"zero": ""},
        {"zero": "0"},
        {"quotes": True},
        {"cash": True},
        {"order": tuple(reversed(fec.TITLES))},
        {"title": str.upper},
        {"title": lambda name: " ".join(name).lower()},
        {"title": {"Debit": "Débit", "Credit": "Crédit", "CompteLib": "Compte libellé"}.get},
    ],
    ids="-".join,
)  # fmt: skip
def test_every_dialect_gives_the_same_totals(dialect: dict[str, object]) -> None:
    if "title" in dialect and dialect["title"].__class__.__name__ == "builtin_function_or_method":
        named: Callable[[str], str | None] = dialect["title"]  # type: ignore[assignment]
        dialect = dialect | {"title": lambda name: named(name) or name}
    found = reading(YEAR, **dialect)
    assert totals(found) == EXPECTED
    assert (found.lines, found.entries) == (900, len({(one.journal, one.number) for one in YEAR}))
    assert (found.first_day, found.last_day) == (date(2024, 1, 1), date(2024, 12, 31))
    assert (found.starts_on, found.ends_on) == (date(2024, 1, 1), date(2024, 12, 31))
    assert codes(found) == {"opening"}
    assert sum(one.balance for one in found.accounts.values()) == 0


def test_what_the_file_is_made_of_is_told() -> None:
    assert reading(YEAR).encoding == "utf-8"
    assert reading(YEAR, encoding="cp1252").encoding == "windows-1252"  # œ and € are at bytes 9C and 80
    assert reading(YEAR, encoding="iso8859-15").encoding == "iso-8859-15"
    assert reading(YEAR, bom=True, encoding="utf-16-be").encoding == "utf-16-be"
    found = reading(YEAR, separator="|", variant="montant_sens")
    assert (found.separator, found.variant) == ("|", "montant_sens")


def entry(
    journal: str, number: str, day: date, *moves: tuple[str, int], label: str = "Écriture"
) -> list[Line]:
    """Positive cents at the debit, negative at the credit."""
    return [Line(journal, number, day, one, label, max(cents, 0), max(-cents, 0)) for one, cents in moves]


SALE = entry("VE", "1", JULY, ("411000", 12_000), ("706100", -12_000))


def test_a_file_where_two_encodings_meet_keeps_its_accents_and_says_so() -> None:
    first = fec.encode([replace(one, account_label="Fête d'été") for one in SALE])
    more = entry("VE", "2", JULY, ("411000", 1), ("706100", -1))
    rest = fec.encode([replace(one, account_label="Noël à 5 €") for one in more], Dialect(encoding="cp1252"))
    found = read(io.BytesIO(first + rest.split(b"\r\n", 1)[1]))
    assert found.accounts["706100"].label == "Noël à 5 €"
    assert "encoding" in codes(found)


def test_slashed_days_need_one_that_cannot_be_a_month() -> None:
    found = reading(YEAR, day="%d/%m/%Y")
    assert totals(found) == EXPECTED
    assert codes(found) == {"opening", "dates"}
    assert reading(YEAR, day="%Y-%m-%d").accounts == found.accounts


def test_an_ending_column_in_excess_is_left_aside() -> None:
    data = fec.encode(YEAR, Dialect(trailing_separator=True)).replace(b"Idevise\t\r\n", b"Idevise\r\n")
    found = read(io.BytesIO(data))
    assert totals(found) == EXPECTED
    assert "trailing" in codes(found)


def test_blank_lines_before_the_titles() -> None:
    assert read(io.BytesIO(b"\r\n" * 5_000 + fec.encode(SALE))).lines == 2


class Trickle(io.BytesIO):
    """A source that gives a few bytes at a time, as a network does."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(size or 1, 37))


def test_a_source_may_give_little_at_a_time() -> None:
    assert totals(read(Trickle(fec.encode(YEAR)))) == EXPECTED
    assert read(Trickle(fec.encode(YEAR, Dialect(encoding="utf-16")))).accounts == reading(YEAR).accounts


def test_what_is_remembered_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.ledger.fec.values.KEPT", 5)
    assert totals(reading(YEAR)) == EXPECTED
    assert totals(reading(YEAR, variant="montant_sens")) == EXPECTED


def test_blank_lines_are_nothing() -> None:
    data = fec.encode(SALE).replace(b"\r\n", b"\r\n\r\n") + b"\r\n\x1a"
    assert read(io.BytesIO(data)).lines == 2


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("AN", "À nouveaux"),
        ("RAN", "Report à nouveau"),
        ("ANO", ""),
        ("X1", "A-NOUVEAUX"),
        ("00", "Reprise des soldes"),
    ],
)
def test_opening_journals_by_code_or_label(code: str, label: str) -> None:
    start = date(2024, 1, 1)
    opening = entry(code, "1", start, ("512000", 5_000), ("102000", -5_000), label="Solde")
    found = reading([*[replace(one, journal_label=label) for one in opening], *SALE])
    assert found.accounts["512000"].opening == 5_000
    assert (found.accounts["512000"].debit, found.accounts["102000"].opening) == (0, -5_000)


def test_a_journal_of_the_first_day_with_balance_sheet_accounts_is_an_opening() -> None:
    start = date(2024, 1, 1)
    opening = entry("OUV1", "1", start, ("512000", 5_000), ("102000", -5_000), label="Solde")
    assert reading([*opening, *SALE]).accounts["102000"].opening == -5_000
    with_costs = entry("ZZ", "1", start, ("606100", 5_000), ("102000", -5_000))
    assert reading([*with_costs, *SALE]).accounts["102000"].opening == 0


def test_an_opening_entry_among_various_operations_is_known_by_its_label() -> None:
    start = date(2024, 9, 1)
    opening = entry("OD", "1", start, ("512000", 5_000), ("102000", -5_000), label="Reprise des soldes 2023")
    other = entry("OD", "2", start, ("606100", 700), ("512000", -700), label="Facture")
    later = entry(
        "OD", "3", date(2025, 2, 1), ("530000", 9), ("512000", -9), label="Soldes d'ouverture de caisse"
    )
    found = reading(
        [*opening, *other, *later, *entry("VE", "1", date(2025, 8, 20), ("411000", 5), ("706100", -5))]
    )
    bank = found.accounts["512000"]
    assert (bank.opening, bank.debit, bank.credit) == (5_000, 0, 709)
    assert codes(found) == {"opening"}


def test_lines_of_such_an_entry_may_be_apart() -> None:
    start = date(2024, 9, 1)
    opening = entry("OD", "1", start, ("512000", 5_000), ("102000", -5_000), label="Soldes d'ouverture")
    between = entry("OD", "2", start, ("606100", 700), ("512000", -700))
    assert reading([opening[0], *between, opening[1]]).accounts["102000"].opening == -5_000


def test_costs_among_the_openings_stay_costs() -> None:
    start = date(2024, 1, 1)
    made = entry("AN", "1", start, ("512000", 5_000), ("102000", -4_000), ("606100", -1_000))
    found = reading([*made, *SALE])
    assert (found.accounts["512000"].opening, found.accounts["606100"].credit) == (5_000, 1_000)
    assert {"opening", "opening_movements"} <= codes(found)


def test_balances_opened_and_closed_through_account_89() -> None:
    opening = entry("OD", "1", date(2024, 1, 1), ("512000", 5_000), ("890000", -5_000))
    closing = entry("OD", "9", date(2024, 12, 31), ("891000", 5_000), ("512000", -5_000))
    found = reading([*opening, *SALE, *closing])
    assert (found.accounts["512000"].opening, found.accounts["512000"].balance) == (5_000, 5_000)
    assert "closing" in codes(found)


def test_an_entry_with_the_result_that_closes_nothing_counts() -> None:
    mended = entry("OD", "5", JULY, ("606100", 300), ("120000", -300))
    found = reading([*SALE, *mended])
    assert (found.accounts["606100"].debit, found.accounts["120000"].credit) == (300, 300)
    assert "closing" not in codes(found)


def test_an_animation_journal_is_no_opening() -> None:
    made = entry("AN", "1", date(2024, 1, 1), ("606100", 700), ("512000", -700))
    found = reading([*[replace(one, journal_label="Animation") for one in made], *SALE])
    assert found.accounts["512000"].credit == 700
    assert "opening" not in codes(found)


def test_an_opening_on_the_eve_leaves_the_exercise_its_twelve_months() -> None:
    made = entry("AN", "1", date(2023, 12, 31), ("512000", 5_000), ("102000", -5_000))
    found = reading([*made, *fec.lines(900, opening=False)])
    assert (found.first_day, found.accounts["512000"].opening) == (date(2024, 1, 1), 5_000)
    assert codes(found) == {"opening"}


@pytest.mark.parametrize(
    ("chunk", "variant"), [(700, "debit_credit"), (1 << 18, "debit_credit"), (900, "montant_sens")]
)
def test_closing_entries_are_set_aside(chunk: int, variant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.ledger.fec.stream.CHUNK", chunk)
    made = list(fec.lines(900, seed=3, closing=True, sections=("A", "B")))
    found = reading(made, section="Section", variant=variant)
    closing = next(one for one in found.warnings if one.code == "closing")
    assert closing.line is not None
    assert totals(found) == fec.expected(made)
    assert sum(one.balance for number, one in found.accounts.items() if number[0] in "67") < 0
    assert {code for _, code in found.sections} == {"A", "B"}


def test_in_kind_contributions_closed_too_are_given_back() -> None:
    given = entry("OD", "1", JULY, ("864000", 300), ("870000", -300))
    closed = entry("CL", "9", JULY, ("870000", 300), ("864000", -300))
    result = entry("CL", "10", JULY, ("706100", 12_000), ("120000", -12_000))
    found = reading([*SALE, *given, *closed, *result])
    assert (found.accounts["864000"].balance, found.accounts["870000"].balance) == (300, -300)
    assert found.accounts["706100"].balance == -12_000
    assert {"closing", "closing_in_kind"} <= codes(found)
    assert reading([*SALE, *given, *closed]).accounts["864000"].balance == 0


def test_an_entry_may_come_back_later() -> None:
    by_account = sorted(YEAR, key=lambda one: one.account)
    assert totals(reading(by_account)) == EXPECTED
    assert reading(by_account).entries == len({(one.journal, one.number) for one in YEAR})


def test_sections_of_an_analytic_column() -> None:
    made = list(fec.lines(600, sections=("JEUNES", "Séjours d'été")))
    found = reading(made, section="Code analytique", encoding="cp1252")
    counted: dict[tuple[str, str], tuple[int, int]] = {}
    for one in made:
        if one.journal != "AN":
            debit, credit = counted.get((one.account, one.section), (0, 0))
            counted[one.account, one.section] = (debit + one.debit, credit + one.credit)
    assert found.sections == counted
    assert codes(found) == {"opening", "sections"}


def test_other_columns_are_named_and_left_aside() -> None:
    extra = {"Axe1": lambda one: "A", "Axe2": lambda one: "B", "Lettre du mois": lambda one: "z"}
    found = reading(SALE, extra=extra)
    assert set(found.sections) == {("411000", "A"), ("706100", "A")}
    ignored = next(one.text for one in found.warnings if one.code == "columns_ignored")
    assert "Axe2" in ignored
    assert "Lettre du mois" in ignored


def test_a_column_of_free_text_is_no_analytic_code(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("totals", "reader"):
        monkeypatch.setattr(f"apps.ledger.fec.{module}.PAIRS", 5)
    made = [one for n in range(9) for one in entry("VE", str(n), JULY, ("411000", 1 + n), ("706100", -1 - n))]
    found = reading(made, extra={"Section": lambda one: f"texte {one.number}"})
    assert not found.sections
    assert "sections_dropped" in codes(found)


def test_classes_eight_and_nine() -> None:
    made = [
        *SALE,
        *entry("OD", "1", JULY, ("864000", 300), ("870000", -300)),
        *entry("OD", "2", JULY, ("801000", 50), ("809000", -50)),
        *entry("AX", "1", JULY, ("921000", 999), ("909000", -999)),
    ]
    found = reading(made)
    assert sorted(found.accounts) == ["411000", "706100", "801000", "809000", "864000", "870000"]
    assert {"class_8", "class_9"} <= codes(found)
    assert "9,99" in next(one.text for one in found.warnings if one.code == "class_9")


def test_labels_are_short_inert_and_the_last_one_given() -> None:
    named = [
        replace(SALE[0], account_label="=HYPERLINK(1)\x07 \x1b  usagers"),
        replace(SALE[1], account_label='"Ventes'),
    ]
    again = [replace(one, number="2", account_label="") for one in SALE]
    found = reading([*named, *again, *[replace(SALE[0], account="512000", number="3", account_label="L" * 300)],
                     replace(SALE[1], number="3", account_label="")])  # fmt: skip
    assert found.accounts["411000"].label == "HYPERLINK(1) usagers"
    assert found.accounts["706100"].label == '"Ventes'
    assert found.accounts["512000"].label == "L" * 200
    assert next(one for one in found.warnings if one.code == "formula").line == 2
    endless = [replace(one, account_label="a" + "é" * 900) for one in SALE]
    assert reading(endless).accounts["411000"].label == "a" + "é" * 199
    assert reading(endless, encoding="cp1252").accounts["411000"].label == "a" + "é" * 199


def test_what_is_odd_but_harmless_is_told_with_its_line() -> None:
    negative = entry("OD", "7", JULY, ("606100", -300), ("512000", 300))
    negative = [replace(one, debit=-one.credit, credit=-one.debit) for one in negative]
    found = reading([*SALE, *negative, *SALE[:0], *[replace(one, number="") for one in SALE]])
    told = {one.code: one.line for one in found.warnings}
    assert told == {"negative": 4, "unnumbered": 6, "short_year": None}
    assert (found.accounts["606100"].debit, found.accounts["512000"].credit) == (-300, -300)
    twice = {one.code: one.line for one in reading([*SALE, *SALE]).warnings}
    assert twice == {"duplicates": 4, "short_year": None}


def test_a_foreign_currency_beside_the_euro_is_only_told() -> None:
    abroad = [replace(one, number="2", currency="CHF") for one in SALE]
    home = [replace(one, currency="EUR") for one in SALE]
    assert "foreign" in codes(reading([*home, *abroad]))
    assert "foreign" not in codes(reading(home))


def test_missing_columns_without_effect_are_named() -> None:
    order = tuple(
        one for one in fec.TITLES if one not in ("PieceRef", "JournalLib", "Idevise", "EcritureLib")
    )
    found = reading(SALE, order=order)
    assert "JournalLib" in next(one.text for one in found.warnings if one.code == "columns_absent")


def test_a_first_exercise_may_be_long() -> None:
    made = [*SALE, *entry("VE", "2", date(2025, 12, 3), ("411000", 1), ("706100", -1))]
    assert "long_year" in codes(reading(made))


def test_progress_goes_from_0_to_100_in_whole_steps() -> None:
    data, told = fec.build(9_000), list[int]()
    read(io.BytesIO(data), size=len(data), progress=told.append)
    assert told[0] == 0
    assert told[-1] == 100
    assert told == sorted(set(told))
    assert len(told) > 4
    blind = list[int]()
    read(io.BytesIO(data), progress=blind.append)
    assert blind == [0, 100]


def test_a_reading_travels_between_processes() -> None:
    found = reading(SALE)
    assert pickle.loads(pickle.dumps(found)) == found


def test_an_empty_label_in_the_last_column_does_not_erase_the_one_before() -> None:
    """The line’s own return, at the end of an empty column, is no label."""
    last = tuple(title for title in fec.TITLES if title != "CompteLib") + ("CompteLib",)
    day = date(2025, 3, 1)
    made = [
        fec.Line("VE", "1", day, "706", "", 0, 500, account_label="Été"),
        fec.Line("VE", "1", day, "706", "", 500, 0, account_label=""),
    ]
    found = read(io.BytesIO(fec.encode(made, fec.Dialect(order=last, newline="\r\n"))))
    assert found.accounts["706"].label == "Été"
