"""What is refused: each time the line, the reason and the remedy, in French; nothing is read by halves."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import pickle
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from apps.ledger.fec import FecFault, read
from apps.ledger.fec.words import FAULTS
from tests.support import fec
from tests.support.fec import Dialect, Line

VALID = fec.build(900)
ROWS = VALID.split(b"\r\n")
HEAD = ROWS[0]
JULY = date(2024, 7, 3)


def refused(data: bytes) -> FecFault:
    with pytest.raises(FecFault) as met:
        read(io.BytesIO(data), size=len(data))
    return met.value


def changed(line: int, change: Callable[[list[bytes]], Iterable[bytes]]) -> bytes:
    """The valid file with one line changed, by its number in the file."""
    rows = list(ROWS)
    rows[line - 1] = b"\t".join(change(rows[line - 1].split(b"\t")))
    return b"\r\n".join(rows)


def put(place: int, value: str) -> Callable[[list[bytes]], list[bytes]]:
    return lambda fields: [*fields[:place], value.encode(), *fields[place + 1 :]]


def workbook() -> bytes:
    target = io.BytesIO()
    openpyxl.Workbook().save(target)
    return target.getvalue()


def zipped(name: str, content: bytes, method: int = zipfile.ZIP_STORED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        archive.writestr(name, content)
    return target.getvalue()


ODS = zipped("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")
BOMB = zipped("fec.txt", b"0" * 50_000_000, zipfile.ZIP_DEFLATED)

WHOLE: dict[str, tuple[bytes, str, int | None]] = {
    "empty": (b"", "empty", None),
    "blank": (b"\r\n \r\n\r\n", "empty", None),
    "mark only": (b"\xef\xbb\xbf", "empty", None),
    "header only": (HEAD + b"\r\n", "header_only", None),
    "header only, no end": (HEAD, "header_only", None),
    "no header": (b"\r\n".join(ROWS[1:]), "header", 1),
    "prose": (b"Bonjour,\nveuillez trouver le FEC.\n", "header", 1),
    "column away": (VALID.replace(b"CompteNum", b"Colonne5"), "columns_missing", 1),
    "column twice": (VALID.replace(b"ValidDate", b"Debit"), "column_twice", 1),
    "semicolons": (VALID.replace(b"\t", b";"), "separator", 1),
    "commas": (VALID.replace(b",", b".").replace(b"\t", b","), "separator", 1),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "binary", None),
    "xlsx": (workbook(), "binary", None),
    "ods": (ODS, "binary", None),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "binary", None),
    "image": (b"\x89PNG\r\n\x1a\n" + bytes(50), "binary", None),
    "xml": (b"<?xml version='1.0'?><comptabilite/>", "binary", None),
    "web page": (b"\n<!DOCTYPE html><html></html>", "binary", None),
    "zip": (zipped("fec.txt", VALID), "archive", None),
    "zip bomb": (BOMB, "archive", None),
    "gzip": (gzip.compress(VALID), "archive", None),
    "bzip2": (bz2.compress(VALID), "archive", None),
    "xz": (lzma.compress(VALID), "archive", None),
    "ebcdic": (VALID.decode().replace("€", "E").replace("œ", "o").encode("cp500", "replace"), "ebcdic", None),
    "ebcdic, other titles": ("COMPTE DEBIT 0001 CREDIT 000002 LIBELLE".encode("cp500") * 9, "ebcdic", None),
    "utf-16 cut": (fec.build(900, dialect=Dialect(encoding="utf-16"))[:-1], "encoding", None),
    "noise": (bytes(range(1, 256)) * 40, "header", 1),
}  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_files_that_are_no_fec(name: str) -> None:
    data, code, line = WHOLE[name]
    met = refused(data)
    assert (met.code, met.line) == (code, line)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (workbook(), "classeur Excel"),
        (ODS, "LibreOffice"),
        (WHOLE["pdf"][0], "PDF"),
        (WHOLE["xls"][0], "Excel"),
    ],
)
def test_what_it_is_instead_is_named(data: bytes, kind: str) -> None:
    assert kind in refused(data).reason


def test_a_bomb_is_never_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(BOMB) < 100_000
    monkeypatch.setattr("zlib.decompressobj", None)
    assert refused(BOMB).code == "archive"


# Line 40 of the valid file, one value changed.
LINE: dict[str, tuple[Callable[[list[bytes]], Iterable[bytes]], str]] = {
    "one column less": (lambda f: f[:-1], "columns"),
    "one column more": (lambda f: [*f, b"x"], "columns"),
    "separator in a label": (put(10, "Achat\tdivers"), "columns"),
    "pipes": (lambda f: [b"|".join(f)], "mixed_separators"),
    "shifted right": (lambda f: [b"", *f[:-1]], "shifted"),
    "shifted left": (lambda f: [*f[1:], b""], "shifted"),
    "amounts shifted": (lambda f: [*f[:10], b"Achat", *f[10:-1]], "shifted"),
    "titles again": (lambda _: HEAD.split(b"\t"), "two_files"),
    "no date": (put(3, ""), "date"),
    "a day that is none": (put(3, "20240231"), "date"),
    "day first": (put(3, "31012024"), "date"),
    "a year out of time": (put(3, "02240131"), "date"),
    "words for a date": (put(3, "hier"), "date"),
    "another way of writing": (put(3, "2024-02-03"), "date_mixed"),
    "a spreadsheet's day": (put(3, "45322"), "date_excel"),
    "a formula for a day": (put(3, "=TODAY()"), "formula"),
    "a very long day": (put(3, " " * 80 + "20240101"), "date"),
    "words for an amount": (put(11, "douze"), "amount"),
    "two commas": (put(11, "1,2,3"), "amount"),
    "badly grouped": (put(11, "12 34,00"), "amount"),
    "a lone comma": (put(11, ","), "amount"),
    "infinite": (put(11, "Infinity"), "amount"),
    "superscript": (put(11, "12²"), "amount"),
    "other digits": (put(11, "١٢,٠٠"), "amount"),
    "an endless amount": (put(11, "9" * 5_000), "amount"),
    "exponent": (put(11, "1,5E+04"), "amount_excel"),
    "three decimals": (put(11, "12,345"), "amount_decimals"),
    "billions": (put(11, "10000000001,00"), "amount_large"),
    "billions spelled": (put(11, "10 000 000 001,00"), "amount_large"),
    "a formula": (put(11, "=SUM(A1:A9)"), "formula"),
    "an old formula": (put(12, "@SUM(A1)"), "formula"),
    "a signed formula": (put(12, "+cmd('x')!A0"), "formula"),
    "both sides": (lambda f: put(12, "5,00")(put(11, "5,00")(f)), "both_sides"),
    "no account": (put(4, "  "), "account_missing"),
    "account beside": (lambda f: [*f[:4], b"", *f[4:-1]], "shifted"),
    "letters for an account": (put(4, "FDUPONT"), "account"),
    "a digit alone": (put(4, "6"), "account"),
    "an endless account": (put(4, "4" * 60), "account"),
    "class 0": (put(4, "012000"), "account_class"),
    "a formula for an account": (put(4, "=401"), "formula"),
    "an endless number": (put(2, "7" * 400), "long_value"),
    "an endless journal": (put(0, "J" * 400), "long_value"),
    "nul": (put(10, "Achat\0"), "nul"),
    "long line": (put(10, "x" * 20_000), "long_line"),
}  # fmt: skip


@pytest.mark.parametrize("name", LINE)
def test_one_wrong_line(name: str) -> None:
    change, code = LINE[name]
    met = refused(changed(40, change))
    assert (met.code, met.line) == (code, 40), met


@pytest.mark.parametrize(
    ("sens", "code"), [("X", "sens"), ("", "sens"), ("=A1", "formula"), ("D" * 99, "sens")]
)
def test_a_wrong_side(sens: str, code: str) -> None:
    data = fec.build(900, dialect=Dialect(variant="montant_sens"))
    rows = data.split(b"\r\n")
    rows[39] = b"\t".join(put(12, sens)(rows[39].split(b"\t")))
    met = refused(b"\r\n".join(rows))
    assert (met.code, met.line) == (code, 40)


def test_zeros_beyond_the_cent_are_no_decimals() -> None:
    fields = ROWS[39].split(b"\t")
    place = 11 if fields[11] != b"0,00" else 12
    found = read(io.BytesIO(changed(40, put(place, fields[place].decode() + "000"))))
    assert found == read(io.BytesIO(VALID))


def test_ambiguous_days() -> None:
    made = [replace(one, day=date(2024, 2, 3)) for one in fec.lines(60, opening=False)]
    met = refused(fec.encode(made, Dialect(day="%d/%m/%Y")))
    assert met.code == "date_ambiguous"
    assert "03/02/2024" in met.reason


def test_american_days() -> None:
    assert refused(fec.build(900, dialect=Dialect(day="%m/%d/%Y"))).code == "date"


@pytest.mark.parametrize("cut", [10, 40, 90])
def test_a_file_cut_in_a_line(cut: int) -> None:
    kept = b"\r\n".join(ROWS[:400]) + b"\r\n" + ROWS[400][:cut]
    assert ROWS[400][:cut].count(b"\t") < 17
    met = refused(kept)
    assert (met.code, met.line) == ("truncated", 401)


def test_a_file_cut_between_two_lines_of_an_entry() -> None:
    numbers = [row.split(b"\t")[2] for row in ROWS[1:-1]]
    place = next(n for n in range(400, 800) if numbers[n] == numbers[n - 1])
    met = refused(b"\r\n".join(ROWS[: place + 1]) + b"\r\n")
    assert (met.code, met.line) == ("unbalanced_end", place + 1)
    assert "coupé" in met.remedy


def test_an_unbalanced_entry_tells_where_it_ends_and_by_how_much() -> None:
    rows = [row.split(b"\t") for row in ROWS]
    line = next(
        n for n in range(39, 800) if rows[n][2] != rows[n + 1][2]
    )  # the last of its entry, in position
    place = 11 if rows[line][11] != b"0,00" else 12
    amount = int(rows[line][place].replace(b",", b"")) + 1_234_56
    met = refused(changed(line + 1, put(place, f"{amount // 100},{amount % 100:02d}")))
    assert (met.code, met.line) == ("unbalanced_entry", line + 1)
    assert "1\u202f234,56\u00a0€" in met.reason
    assert rows[line][2].decode() in met.reason


def test_one_number_a_line_is_another_trouble() -> None:
    made = [replace(one, number=str(place)) for place, one in enumerate(fec.lines(200))]
    met = refused(fec.encode(made))
    assert met.code == "entry_by_line"
    assert "EcritureNum" in met.remedy


def test_entries_without_numbers_are_checked_together() -> None:
    made = [replace(one, number="") for one in fec.lines(200, opening=False)]
    assert read(io.BytesIO(fec.encode(made))).lines == 200
    met = refused(fec.encode([*made, Line("OD", "", JULY, "606100", "Achat", debit=150)]))
    assert (met.code, met.line) == ("unbalanced_file", None)
    assert "1,50\u00a0€" in met.reason


def year(number: int, **options: object) -> list[Line]:
    return list(fec.lines(900, year=number, **options))  # type: ignore[arg-type]


def sale(number: str, day: date) -> list[Line]:
    return [
        Line("VE", number, day, "411000", "Vente", debit=100),
        Line("VE", number, day, "706100", "Vente", credit=100),
    ]


@pytest.mark.parametrize(
    "made",
    [
        [*year(2023), *year(2024)],
        [*year(2023), *year(2024, opening=False)],
        [*year(2023, opening=False), *year(2024, opening=False)],
        [*year(2022, opening=False), *year(2024, opening=False)],
        [*year(2023, closing=True, opening=False), *[replace(one, number=f"B{one.number}") for one in sale("1", date(2024, 3, 1))]],
        [*sale("1", date(2023, 2, 1)), *sale("2", date(2023, 3, 1)), *sale("1", date(2024, 2, 1))],
    ],
    ids=["twice opened", "24 months after an opening", "numbers again", "three years", "closed before the end", "restart"],
)  # fmt: skip
def test_two_exercises_in_one_file(made: list[Line]) -> None:
    met = refused(fec.encode(made))
    assert met.code == "two_years"
    assert "exercice par exercice" in met.remedy
    assert re.search(r"ligne.\d+", met.reason)


def test_two_files_end_to_end() -> None:
    met = refused(fec.encode(year(2023)) + fec.encode(year(2024)))
    assert (met.code, met.line) == ("two_files", 902)


def test_closings_that_cannot_be_told_apart() -> None:
    made = sorted(fec.lines(900, closing=True), key=lambda one: one.account)
    assert refused(fec.encode(made)).code == "closed_year"


@pytest.mark.parametrize(("limit", "value"), [("TAIL", 200), ("APART", 0)])
def test_closings_too_long_to_be_taken_back(limit: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"apps.ledger.fec.tally.{limit}", value)
    monkeypatch.setattr("apps.ledger.fec.stream.CHUNK", 300)
    assert refused(fec.encode(fec.lines(900, closing=True))).code == "closed_year"


def test_accounts_kept_in_another_currency() -> None:
    met = refused(fec.encode([replace(one, currency="XPF") for one in fec.lines(60)]))
    assert met.code == "currency"
    assert "XPF" in met.reason


@pytest.mark.parametrize(
    ("place", "limit", "code"),
    [
        ("stream.LINES_LIMIT", 500, "too_many_lines"),
        ("totals.CELLS", 20, "too_many_accounts"),
        ("tally.JOURNALS", 3, "too_many_journals"),
        ("tally.OPEN", 20, "too_many_open"),
    ],
)
def test_limits(place: str, limit: int, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"apps.ledger.fec.{place}", limit)
    made = list(fec.lines(900))
    if code == "too_many_open":
        made.sort(key=lambda one: one.account)
    assert refused(fec.encode(made)).code == code


def test_nothing_of_what_was_met_can_disturb_a_page_or_a_sentence() -> None:
    met = refused(changed(40, put(11, "<b>{0}\x1b[31m" + "z" * 500)))
    assert "{0}" in met.reason
    assert "\x1b" not in met.reason
    assert len(met.reason) < 120


def test_a_fault_says_all_in_one_sentence_and_travels() -> None:
    met = refused(changed(40, put(11, "douze")))
    assert str(met) == f"Ligne\u00a040\u00a0: {met.reason} {met.remedy}"
    again = pickle.loads(pickle.dumps(met))
    assert (again.code, again.line, str(again)) == (met.code, met.line, str(met))
    assert str(refused(b"")).startswith("Le fichier est vide.")


@pytest.mark.parametrize("code", FAULTS)
def test_every_refusal_says_what_then_how_to_mend(code: str) -> None:
    reason, remedy = FAULTS[code]
    for text in (reason, remedy):
        assert text[0].isupper()
        assert text.endswith(".")
        assert not re.search(r"[Ee]rreur|invalide|incorrect|'", text)


def test_each_sentence_of_a_refusal_is_a_whole_one() -> None:
    for reason, remedy in FAULTS.values():
        for text in (reason, remedy):
            assert text.endswith("."), text
            assert not re.search(r"[^.:»] (?:Envoyez|Refaites|Dans le logiciel|Vérifiez)", text), text


def test_a_gap_is_a_size_not_a_sign() -> None:
    rows = list(ROWS)
    fields = rows[1].split(b"\t")
    side = 11 if fields[12] in (b"0,00", b"") else 12
    for size in (b"1,00", b"999999,00"):
        changed_row = b"\t".join([*fields[:side], size, *fields[side + 1 :]])
        met = refused(b"\r\n".join([rows[0], changed_row, *rows[2:]]))
        assert met.code.startswith("unbalanced")
        assert "écart de \u2212" not in met.reason
