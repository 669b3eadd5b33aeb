"""Reads a spreadsheet that someone sends (pure): its tables, whatever the order of sheets and columns."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from apps.webinars.exchange.archives import check_elements, check_xml
from apps.webinars.exchange.rows import FileError, Problem
from apps.webinars.exchange.tables import COLUMNS, FAMILY, VERSION, Line
from apps.webinars.exchange.xlsx_write import GUIDE
from apps.webinars.naming import key

MOST_ROWS, MOST_COLUMNS = 20_000, 80
# A row that begins, or a cell that holds something; bounded, so that no file makes it slow.
MARK = re.compile(rb"<(?:\w{1,20}:)?(?:row\b[^>]{0,300}?\br=\"(\d{1,9})\"|(?:v|is)\b)")
MACROS = "Ce classeur contient des macros : enregistrez-le au format « .xlsx », sans macro, puis renvoyez-le."
UNREADABLE = "Ce classeur ne s’ouvre pas : réenregistrez-le au format « .xlsx », puis renvoyez-le."
FORMULA = "la colonne « {0} » contient une formule : remplacez-la par sa valeur (copier, puis coller le texte seul)."
FAULT = "la colonne « {0} » contient une erreur ({1}) : écrivez le texte voulu."


def lines(content: bytes, parts: dict[str, bytes]) -> tuple[list[Line], list[str]]:
    """Every row of our tables, and remarks on what was left aside. ``parts``: the files of the archive."""
    check(parts)
    found: list[Line] = []
    remarks: list[str] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
            known = {key(name): name for name in COLUMNS}
            sheets = {known[key(s.title)]: s for s in book.worksheets if key(s.title) in known}
            remarks += [
                f"La feuille « {s.title[:40]} » n’est pas lue."
                for s in book.worksheets
                if key(s.title) not in (*known, key(GUIDE))
            ]
            require(set(sheets))
            for name in COLUMNS:
                if name in sheets:
                    found += table(name, sheets[name], remarks)
    except FileError:
        raise
    except Exception as error:  # openpyxl raises whatever it meets: KeyError, TypeError, ParseError…
        raise FileError(UNREADABLE) from error
    return found, remarks


def check(parts: dict[str, bytes]) -> None:
    if any("vbaproject" in name.lower() for name in parts) or b"macroEnabled" in parts.get(
        "[Content_Types].xml", b""
    ):
        raise FileError(MACROS)
    check_elements(parts)
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            check_xml(name, content)
        if "worksheets/" in name and last_row(content) > MOST_ROWS:
            raise FileError(f"Une feuille dépasse {MOST_ROWS} lignes : retirez ce qui n’est pas une fiche.")


def last_row(content: bytes) -> int:
    """The last row that holds something: a column formatted down to the last row is no content."""
    current = last = 0
    for mark in MARK.finditer(content):
        if mark[1]:
            current = int(mark[1])
        else:
            last = max(last, current)
    return last


def require(names: set[str]) -> None:
    if not names:
        raise FileError(
            "Aucune feuille attendue dans ce classeur. Partez d’un classeur exporté d’ici : feuilles "
            f"{', '.join(COLUMNS)}."
        )
    if names & set(FAMILY) and (missing := [name for name in FAMILY if name not in names]):
        raise FileError(
            f"Il manque la feuille « {' », « '.join(missing)} ». Sans elle, les cas perdraient ce qu’elle contient : "
            "remettez-la, même avec ses seuls titres."
        )


def table(name: str, place: Any, remarks: list[str]) -> Iterator[Line]:
    rows = place.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
    headers = header(name, next(rows, ()), remarks)
    for rank, row in enumerate(rows, 2):
        line = Line(name, rank, dict.fromkeys(COLUMNS[name], ""))
        for column, title in headers.items():
            line.cells[title] = value(line, title, row[column]) if column < len(row) else ""
        if line.problems or any(text.strip() for text in line.cells.values()):
            yield line


def header(name: str, row: tuple[Any, ...], remarks: list[str]) -> dict[int, str]:
    """Place → our column. FileError when one lacks or comes twice."""
    known = {key(title): title for title in COLUMNS[name]}
    found: dict[int, str] = {}
    for column, one in enumerate(row):
        said = str(one.value or "").strip()
        title = known.get(key(said))
        if title in found.values():
            raise FileError(f"Feuille « {name} » : la colonne « {title} » y est deux fois. Gardez-en une.")
        if title:
            found[column] = title
        elif said:
            remarks.append(f"La colonne « {said[:40]} » de la feuille « {name} » n’est pas lue.")
    missing = [title for title in COLUMNS[name] if title not in found.values() and title != VERSION]
    if missing:
        raise FileError(
            f"Feuille « {name} » : il manque la colonne « {' », « '.join(missing)} » en première ligne. Sans elle, les "
            "fiches perdraient ce qu’elle contient : remettez-la, même vide."
        )
    return found


def value(line: Line, title: str, cell: Any) -> str:
    """The text of a cell; a number or a date typed over a text is read as one would read it."""
    said = cell.value
    if said is None:
        return ""
    if cell.data_type == "f":
        line.problems.append(Problem(line.where, FORMULA.format(title)))
        return ""
    if cell.data_type == "e":
        line.problems.append(Problem(line.where, FAULT.format(title, said)))
        return ""
    if isinstance(said, bool):
        return "oui" if said else "non"
    if isinstance(said, datetime | date):
        return said.isoformat()[:10]
    if isinstance(said, float):
        return percent(said) if "%" in (cell.number_format or "") else plain(said)
    return str(said).replace("_x005F_", "_").replace("\r\n", "\n").replace("\r", "\n")


def plain(number: float) -> str:
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def percent(number: float) -> str:
    return f"{plain(round(number * 100, 9))}\u202f%".replace(".", ",")
