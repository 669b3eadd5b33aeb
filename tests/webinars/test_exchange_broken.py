"""Files as people and attackers break them: each is refused with a sentence, or only its bad lines are."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import datetime
from typing import Any

import pytest

from apps.webinars import sheet
from apps.webinars.exchange import analysis, uploads
from apps.webinars.exchange.registers import Told
from apps.webinars.exchange.rows import FileError
from apps.webinars.models import Webinar
from tests.webinars.books import Book, book, column, put, repacked, saved
from tests.webinars.factories import whole

pytestmark = pytest.mark.django_db


def said(slug: str = "webinaire-2024-05-16", **changes: Any) -> sheet.Sheet:
    return whole(slug=slug, **changes)


@pytest.fixture(name="made")
def make_book() -> Book:
    """Two new cases; the tests break the first one."""
    return book(said(), said("webinaire-2024-06-20"))


def report(content: bytes, name: str = "fiches.xlsx") -> dict[str, Told]:
    """Code → line, of cases and strays."""
    lines = analysis.analyse(uploads.read(content, name)).lines
    return {line.slug or line.where: line for line in lines if line.kind in ("case", "line")}


def refuses(content: bytes, *words: str, name: str = "fiches.xlsx") -> None:
    with pytest.raises(FileError) as error:
        analysis.analyse(uploads.read(content, name))
    for word in words:
        assert word in str(error.value), str(error.value)


def first_only(made: Book, *words: str) -> None:
    """The first case is refused with these words, the second one is not touched."""
    lines = report(saved(made))
    bad, good = lines["webinaire-2024-05-16"], lines["webinaire-2024-06-20"]
    assert (bad.outcome, good.outcome) == ("refused", "created"), lines
    told = " ".join(bad.details)
    for word in words:
        assert word in told, told


# Spreadsheets that stay readable


def test_sheets_and_columns_may_move_and_have_other_cases(made: Book) -> None:
    for rows in made.values():
        for row in rows:
            row.reverse()
        rows[0] = [str(title).upper() for title in rows[0]]
    moved = {name.capitalize(): made[name] for name in reversed(made)}
    moved["Feuille 9"] = [["à moi"]]
    found = uploads.read(saved(moved), "x")
    assert found.remarks == ["La feuille « Feuille 9 » n’est pas lue."]
    assert {line.outcome for line in analysis.analyse(found).lines if line.kind == "case"} == {"created"}


def test_an_extra_column_is_told_and_empty_lines_are_nothing(made: Book) -> None:
    for row in made["cas"]:
        row.append("")
    made["cas"][0][-1] = "avis"
    made["leviers"] += [["", "", ""]] * 3
    found = uploads.read(saved(made), "x")
    assert found.remarks == ["La colonne « avis » de la feuille « cas » n’est pas lue."]
    assert found.strays == []


def test_numbers_dates_and_truths_typed_by_a_spreadsheet_are_read(made: Book) -> None:
    put(made, "cas", 1, "date", datetime(2024, 5, 16))
    put(made, "cas", 1, "odd", 4)
    put(made, "chiffres", 1, "nombre", 12_000_000)
    put(made, "chiffres", 1, "valeur", 0.125)
    put(made, "chiffres", 1, "année", 2022)
    put(made, "chiffres", 2, "nombre", "12\u202f000\u00a0000,5")
    put(made, "cas", 1, "modèle", True)

    def percent(workbook: Any) -> None:
        workbook["chiffres"].cell(2, column(made, "chiffres", "valeur") + 1).number_format = "0.0%"

    first, second = (sheet.read(entry.data) for entry in uploads.read(saved(made, percent), "x").cases)
    assert first.date == said().date
    assert first.goals == [4]
    assert (first.figures[0].value, first.figures[0].number, first.figures[0].year) == (
        "12,5\u202f%",
        12e6,
        "2022",
    )
    assert first.model == sheet.Model()
    assert second.figures[0].number == 12_000_000.5


def test_only_the_registers_may_be_sent(made: Book) -> None:
    found = uploads.read(saved({"personnes": made["personnes"]}), "x")
    assert found.people
    assert not found.cases


# Lines that are refused alone


def test_an_invalid_date(made: Book) -> None:
    put(made, "cas", 1, "date", "31/02/2024")
    first_only(made, "Date", "une date est attendue")


def test_a_text_instead_of_a_number(made: Book) -> None:
    put(made, "chiffres", 1, "nombre", "beaucoup")
    put(made, "cas", 1, "odd", "quatre")
    first_only(made, "Chiffres", "un nombre est attendu", "un nombre entier est attendu")


def test_an_unknown_person_organisation_and_code(made: Book) -> None:
    put(made, "intervenants", 1, "personne", "inconnue")
    put(made, "regards", 1, "organisation", "nulle-part")
    put(made, "cas", 1, "fragilités", "F01; F99")
    first_only(made, "« inconnue » n’existe pas", "« nulle-part »", "« F99 »")


def test_a_value_out_of_its_list_and_a_part_that_does_not_exist(made: Book) -> None:
    put(made, "cas", 1, "cycle", "au-hasard")
    put(made, "textes", 1, "partie", "conclusion")
    first_only(made, "n’est pas une partie", "« textes », ligne 2")
    put(made, "textes", 1, "partie", "Essentiel")
    first_only(made, "n’est pas dans la liste")


def test_a_formula_and_an_error_in_a_cell(made: Book) -> None:
    put(made, "cas", 1, "titre", "=FORMULE(A1)")
    put(made, "leviers", 1, "titre", "#REF!")

    def error(workbook: Any) -> None:
        workbook["leviers"].cell(2, column(made, "leviers", "titre") + 1).data_type = "e"

    lines = report(saved(made, error))
    told = " ".join(lines["webinaire-2024-05-16"].details)
    assert "« cas », ligne 2 : la colonne « titre » contient une formule" in told
    assert "contient une erreur (#REF!)" in told
    assert lines["webinaire-2024-06-20"].outcome == "created"


def test_the_same_code_twice(made: Book) -> None:
    made["cas"].append(list(made["cas"][1]))
    lines = report(saved(made))
    assert lines["webinaire-2024-05-16"].outcome == "refused"
    assert "plusieurs fois" in lines["webinaire-2024-05-16"].details[0]
    assert "ligne 2" in lines["webinaire-2024-05-16"].details[0]
    assert lines["webinaire-2024-06-20"].outcome == "created"


def test_a_detail_without_its_case(made: Book) -> None:
    put(made, "regards", 1, "cas", "webinaire-2031-01-01")
    put(made, "leviers", 1, "cas", "")
    lines = report(saved(made))
    assert (
        "« webinaire-2031-01-01 » n’est pas dans la feuille"
        in lines["feuille « regards », ligne 2"].details[0]
    )
    assert "la colonne « cas » est vide" in lines["feuille « leviers », ligne 2"].details[0]


@pytest.mark.parametrize("code", ["", "Avec Majuscules", "a" * 81, "../../etc/passwd", "é"])
def test_a_code_that_is_no_code(made: Book, code: str) -> None:
    for name in made:
        if name not in ("personnes", "organisations"):
            for row in made[name][1:]:
                row[0] = code if row[0] == "webinaire-2024-05-16" else row[0]
    outcomes = {line.outcome for line in report(saved(made)).values()}
    assert outcomes == {"refused", "created"}


def test_two_projects_and_a_wrong_pillar(made: Book) -> None:
    made["projets"] += [["webinaire-2024-05-16", name, "ada-essai", "les-essais", ""] for name in "ab"]
    made["modèles"] += [["webinaire-2024-05-16", "1", "national", "humain", "", "x"]]
    first_only(made, "a déjà un projet", "n’est pas un appui")


def test_a_person_without_a_name_and_an_organisation_of_no_kind(made: Book) -> None:
    made["personnes"].append(["sans-nom-9", "Léa", "", "", ""])
    made["organisations"].append(["lieu-9", "Lieu", "club", "", "", ""])
    made["organisations"].append(["lieu-8", "Lieu", "association", "99", "", ""])
    lines = {line.slug: line for line in analysis.analyse(uploads.read(saved(made), "x")).lines}
    assert "Le nom manque" in lines["sans-nom-9"].details[0]
    assert "type : cette valeur n’est pas dans la liste" in lines["lieu-9"].details[0]
    assert "région « 99 »" in lines["lieu-8"].details[0]


# Files that are refused whole


def test_a_missing_column_a_missing_sheet_a_column_twice(made: Book) -> None:
    refuses(
        saved({**made, "regards": [r[:-1] for r in made["regards"]]}),
        "« regards »",
        "« texte »",
        "remettez-la",
    )
    refuses(
        saved({name: rows for name, rows in made.items() if name != "leviers"}), "« leviers »", "remettez-la"
    )
    made["cas"][0][1] = "code"
    refuses(saved(made), "« code » y est deux fois")
    refuses(saved({"Feuille1": [["bonjour"]]}), "Aucune feuille attendue")
    refuses(saved({"cas": [], **{n: r for n, r in made.items() if n != "cas"}}), "il manque la colonne")


def test_too_many_lines_even_after_a_gap(made: Book) -> None:
    def far(workbook: Any) -> None:
        workbook["cas"].cell(30_000, 1).value = "webinaire-x"

    refuses(saved(made, far), "dépasse 20000 lignes")

    def styled(workbook: Any) -> None:
        workbook["cas"].cell(1_048_576, 1).number_format = "0"

    assert len(uploads.read(saved(made, styled), "x").cases) == 2


def test_macros_old_formats_and_locked_files(made: Book) -> None:
    content = saved(made)
    refuses(repacked(content, lambda parts: parts.update({"xl/vbaProject.bin": b"x"})), "macros")

    def typed(parts: dict[str, bytes]) -> None:
        kind = parts["[Content_Types].xml"]
        parts["[Content_Types].xml"] = kind.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")

    refuses(repacked(content, typed), "macros")
    refuses(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "ancien format")
    refuses(repacked(content, lambda p: p.update(mimetype=b"x") or p.pop("[Content_Types].xml")), ".ods")
    locked = bytearray(content)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := locked.find(mark, start)) >= 0:
            locked[start + place] |= 1
            start += 4
    refuses(bytes(locked), "mot de passe")


def test_malicious_xml(made: Book) -> None:
    evil = (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><worksheet>&d;</worksheet>'
    )
    wide = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a []><worksheet/>'.encode("utf-16")
    for xml in (evil, wide, evil.replace(b"DOCTYPE", b"doctype")):
        refuses(
            repacked(saved(made), lambda parts, xml=xml: parts.update({"xl/worksheets/sheet1.xml": xml})),
            "XML",
        )
    broken = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row'
    refuses(
        repacked(saved(made), lambda parts: parts.update({"xl/worksheets/sheet1.xml": broken})),
        "ne s’ouvre pas",
    )


def test_zip_bombs_and_damaged_archives(made: Book) -> None:
    zeros = io.BytesIO()
    with zipfile.ZipFile(zeros, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(4):
            archive.writestr(f"{n}.yaml", b" " * 10_000_000)
    assert len(zeros.getvalue()) < 100_000
    refuses(zeros.getvalue(), "trop gros")
    lying = bytearray(zeros.getvalue())
    start = 0
    while (start := lying.find(b"PK\x01\x02", start)) >= 0:
        lying[start + 24 : start + 28] = struct.pack("<I", 10)
        start += 4
    refuses(bytes(lying), "abîmé")
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for n in range(700):
            archive.writestr(f"{n}.yaml", b"")
    refuses(many.getvalue(), "trop gros")
    refuses(saved(made)[:-400], "abîmé")
    twice = io.BytesIO()
    with zipfile.ZipFile(twice, "w") as archive:
        archive.writestr("a.yaml", b"")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.yaml", b"")
    refuses(twice.getvalue(), "même nom")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b" \n ", "vide"),
        (bytes(range(256)) * 4, "ni un classeur ni un texte"),
        ("slug: x\ntitle: été\n".encode("utf-16"), "UTF-8"),
        ("slug: x\ntitle: été\n".encode("latin-1"), "UTF-8"),
        (b"a" * (uploads.LARGEST + 1), "dépasse"),
        (b"- a\n- b\n", "une fiche est attendue"),
        (b"bonjour", "une fiche est attendue"),
        (b"title: [a\n", "ligne 2"),
        (b"slug: x\nslug: y\n", "deux fois"),
        (b"a: &x [1]\nb: *x\n", "ancres"),
        (b"a: &x 1\n", "ancres"),
        (b"x: !!python/object/apply:os.system ['ls']\n", "ne se lit pas"),
        (b"date: 2022-13-45\n", "ne se lit pas"),
        (b"a: " + b"[" * 40 + b"]" * 40, "trop profond"),
        (b"a: " + b"[" * 200_000, "trop profond"),
        (b"a: b\n---\nc: d\n", "ne se lit pas"),
        (b"? [a]\n: b\n", "ne se lit pas"),
        (b"persons: oui\n", "n’est pas une liste"),
        (b"cases: []\nautres: []\n", "n’est pas une liste"),
        (b"persons: []\n", "ne contient ni cas"),
        (b"\x00", "ni un classeur ni un texte"),
    ],
)
def test_texts_that_are_no_sheets(content: bytes, words: str) -> None:
    refuses(content, words, name="fiche.yaml")


def test_a_yaml_sheet_with_wrong_fields_says_where(made: Book) -> None:
    content = "slug: webinaire-2024-01-18\ntitre: x\nshort_title: 12\nfigures:\n  - {value: 3}\n  - x\n"
    line = report(content.encode(), "2024.yaml")["webinaire-2024-01-18"]
    assert (line.outcome, line.where) == ("refused", "2024.yaml")
    told = " ".join(line.details)
    for words in (
        "titre : ce champ n’existe pas",
        "Titre court : un texte est attendu",
        "Chiffres 1, value",
        "Chiffres 2",
    ):
        assert words in told, told


def test_too_many_cases_at_once() -> None:
    one = "  - {slug: x-%d, title: a}\n"
    content = "cases:\n" + "".join(one % n for n in range(uploads.MOST_CASES + 1))
    refuses(content.encode(), "301 cas", "300 au plus", name="x.yaml")


def test_an_archived_case_and_an_older_spreadsheet() -> None:
    row = Webinar.objects.create(
        slug="webinaire-2024-05-16", draft=sheet.stored(said()), version=4, state="archived"
    )
    made = book(said(title="Autre titre"), version=4)
    assert "archivée" in report(saved(made))[row.slug].details[0]
    Webinar.objects.filter(pk=row.pk).update(state="draft", version=6)
    told = report(saved(made))[row.slug].details[0]
    assert "version 4, maintenant 6" in told
    made = book(said(title="Autre titre"))
    assert report(saved(made))[row.slug].outcome == "modified"
