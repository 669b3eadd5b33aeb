"""What a spreadsheet would run: the poisons, and the cells of a file as another program reads them."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from typing import Any

from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook

POISONS = (
    "=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "\u200b=1", "\ufeff=1", "\u00a0=1", "\u202f =1",
    "\x01=1", "\u0378=1", "\u2060\u200f+1", '=HYPERLINK("http://mal.example";"x")',
)  # fmt: skip
SIGNS = "=+-@＝＋－＠"
NUMBER = re.compile(r"-?\d+([.,]\d+)?")
TABLE, OFFICE, TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("table", "office", "text")
)


def is_dangerous(text: str) -> bool:
    """A text that some program computes: nothing is believed of what the platform says of itself."""
    if NUMBER.fullmatch(text):
        return False
    seen = text.lstrip("".join(c for c in set(text) if unicodedata.category(c)[0] in "ZC"))
    return seen[:1] in SIGNS if seen else False


def poisoned(value: Any, words: Iterator[str]) -> Any:
    """The same value where each text begins with the next poison; what is no text stays, and so does what is ``KEPT``."""
    if isinstance(value, str):
        return next(words) + value
    if isinstance(value, dict):
        return {key: inside if key in KEPT else poisoned(inside, words) for key, inside in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(poisoned(inside, words) for inside in value)
    if dataclasses.is_dataclass(value) and not type(value).__module__.startswith(APART):
        changed = {
            field.name: poisoned(getattr(value, field.name), words)
            for field in dataclasses.fields(value)
            if field.init and field.name not in KEPT
        }
        return dataclasses.replace(value, **changed)  # type: ignore[type-var]
    return value


# Not typed by anybody: references, kinds, stored forms of a choice; the dates and numbers under « value ».
KEPT = {
    "levers_kind",
    "spec",
    "tool",
    "kind",
    "id",
    "key",
    "value",
    "state",
    "stage",
    "verdict",
    "since",
    "replaces",
    "study",
}
APART = ("apps.simulator", "apps.methodology.tools")


# --- cells: (is it a formula, text) --------------------------------------------------------------------------------
def csv_cells(content: bytes) -> Iterator[tuple[bool, str]]:
    text = content.decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
        for cell in row:
            yield False, cell


def xlsx_cells(content: bytes) -> Iterator[tuple[bool, str]]:
    for sheet in load_workbook(io.BytesIO(content)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    yield cell.data_type == "f", cell.value if isinstance(cell.value, str) else ""


def odf_cells(content: bytes) -> Iterator[tuple[bool, str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = fromstring(archive.read("content.xml"))
    for cell in root.iter(f"{TABLE}table-cell"):
        is_text = cell.get(f"{OFFICE}value-type") in (None, "string")
        yield f"{TABLE}formula" in cell.attrib, "".join(cell.itertext()) if is_text else ""


READERS = {"csv": csv_cells, "xlsx": xlsx_cells, "ods": odf_cells, "odt": odf_cells}


def cells(extension: str, content: bytes) -> list[tuple[bool, str]]:
    return list(READERS[extension](content))
