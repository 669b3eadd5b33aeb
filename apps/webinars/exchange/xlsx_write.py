"""The library as a spreadsheet: every cell is a text, so that « =1+1 » stays what someone wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from apps.webinars.exchange.tables import COLUMNS, Line

GUIDE = "mode d’emploi"
WIDE = ("texte", "présentation", "ouverture", "note", "libellé", "fonction", "titre", "source", "graphies")
# Spreadsheets read « _x0041_ » as « A »: the sign is said in their own way.
CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
HELP = (
    "Une ligne par cas dans « cas » ; ses détails (intervenants, regards, chiffres, leviers, textes…) dans les autres feuilles, "
    "rattachés par la colonne « cas ».",
    "L’ordre des lignes d’une feuille est celui de la fiche. Une ligne supprimée disparaît de la fiche ; une ligne ajoutée s’y ajoute.",
    "Gardez les feuilles et les titres de colonnes ; leur ordre est libre. N’écrivez pas de formule : elle serait refusée.",
    "Plusieurs codes dans une cellule se séparent par « ; ». Une graphie par ligne dans la cellule « graphies ».",
    "La colonne « version » dit de quelle version part ce classeur : n’y touchez pas. Si la fiche a changé depuis, elle sera refusée "
    "plutôt qu’écrasée.",
    "Un cas importé devient un brouillon : les lecteurs ne voient rien avant une publication.",
    "Une personne ou une organisation corrigée à la main sur sa fiche n’est plus changée par un fichier.",
)


def workbook(lines: Iterable[Line], codes: Iterable[tuple[str, str, str]]) -> bytes:
    """``codes``: (list, code, name), told in the first sheet."""
    book = Workbook(write_only=True)
    guide(book.create_sheet(GUIDE), codes)
    sheets: dict[str, Any] = {}
    for name, columns in COLUMNS.items():
        sheets[name] = book.create_sheet(name)
        for rank, column in enumerate(columns):
            sheets[name].column_dimensions[
                chr(65 + rank % 26) if rank < 26 else f"A{chr(65 + rank - 26)}"
            ].width = 48 if column in WIDE else 20
        sheets[name].freeze_panes = "B2"
        sheets[name].append([head(sheets[name], column) for column in columns])
    for line in lines:
        sheets[line.table].append(
            [text(sheets[line.table], line.cells[column]) for column in COLUMNS[line.table]]
        )
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def guide(place: Any, codes: Iterable[tuple[str, str, str]]) -> None:
    place.column_dimensions["A"].width, place.column_dimensions["C"].width = 24, 60
    for sentence in HELP:
        place.append([text(place, sentence, wrap=False)])
    place.append([])
    place.append([head(place, title) for title in ("liste", "code", "ce que c’est")])
    for row in codes:
        place.append([text(place, value, wrap=False) for value in row])


def text(place: Any, value: str, *, wrap: bool = True) -> Any:
    """Typed as a text whatever it begins with, and formatted as one: typing over it makes no formula either."""
    made: Any = WriteOnlyCell(place)
    made._value = CODED.sub("_x005F_", value) or None
    made.data_type = "s" if value else "n"
    made.number_format = "@"
    made.alignment = Alignment(wrap_text=wrap, vertical="top")
    return made


def head(place: Any, value: str) -> Any:
    made = text(place, value)
    made.font = Font(bold=True)
    return made
