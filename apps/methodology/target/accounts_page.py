"""The page of three years side by side, as its template reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, QueryDict
from django.utils import timezone

from apps.core.typography import join_list, nbsp
from apps.methodology.access import Place
from apps.methodology.bench.boxes import Box
from apps.methodology.bench.finding import item_to_write
from apps.methodology.bench.pages import frame
from apps.methodology.bench.saving import clash_of, save_form
from apps.methodology.bench.sheet import Row, Sheet
from apps.methodology.target import accounts, costing
from apps.methodology.target.selectors import Figures, known_years
from apps.methodology.target.sheets import scopes
from apps.methodology.target.sums import checks
from apps.methodology.tools import TOOLS
from apps.methodology.tools.activities import ACTIVITY
from apps.methodology.tools.photograph import YEAR

Kept = dict[tuple[UUID, str], Box]


def sheet_of(place: Place, scope: str) -> Sheet:
    """404 for an activity that is not on the map. 2 queries."""
    sheet = Sheet(place, (YEAR, ACTIVITY))
    if scope not in scopes(sheet):
        raise Http404
    return sheet


def page(
    sheet: Sheet, scope: str, kept: Kept | None = None, *, latest: str = "", why: str = "", key: str = ""
) -> dict[str, Any]:
    """``kept``: boxes of what was refused; ``latest``, ``why``: the year that was asked and why it was refused;
    ``key``: how common costs are split.

    2 queries beside the sheet's, for the whole.
    """
    shown, earlier = accounts.columns(sheet, scope)
    years = [accounts.as_year(row) for row in accounts.rows_of(sheet, scope)]
    every = [year for row in sheet.rows("year") if (year := accounts.as_year(row)).year]
    known = scopes(sheet)
    title, *more = accounts.sentences(years)
    more += map(nbsp, checks(every, list(known)[1:]))
    return {
        **frame(sheet, TOOLS["photographie"]),
        "scope": scope,
        "scope_title": known[scope],
        "scopes": [(name, accounts.address(sheet, key), key == scope) for key, name in known.items()],
        "columns": shown,
        "earlier": earlier,
        "blocks": accounts.blocks(sheet, shown, kept or {}) if shown else [],
        "results": accounts.results(shown),
        "title": title,
        "more": more,
        "svg": accounts.picture(years),
        "costing": None if scope else costing.of_sheet(sheet, key),
        "offer": offer(sheet) if not scope and sheet.place.writes else "",
        "latest": latest or str(latest_year(shown)),
        "why": why,
        "key": uuid4(),
    }


def latest_year(shown: list[accounts.Column]) -> int:
    """The last year that is closed, or the one after the last that is open here."""
    last = timezone.localdate().year - 1
    numbers = [year for column in shown if (year := accounts.year_of(column.row))]
    return max([last, *numbers])


# --- the figures of the accounts and of the diagnostic ------------------------------------------------------------------------
def to_copy(sheet: Sheet, figures: Mapping[int, Figures]) -> dict[int, Figures]:
    """Of the last three years that are known, what this démarche has left empty."""
    rows = {accounts.year_of(row): row for row in reversed(accounts.rows_of(sheet, ""))}
    found = {}
    for year in sorted(figures)[-accounts.SHOWN :]:
        row = rows.get(year)
        empty = {code: v for code, v in figures[year].items() if row is None or row.get(code) in ("", None)}
        if empty:
            found[year] = empty
    return found


def offer(sheet: Sheet) -> str:
    """« Les comptes ont 24 montants… », "" when there is nothing to take up. 5 queries at most."""
    known = known_years(sheet.place)
    found = to_copy(sheet, known.years)
    if not found:
        return ""
    number = sum(map(len, found.values()))
    have = "montants qui manquent" if number > 1 else "montant qui manque"
    return nbsp(f"{known.source} {number} {have} ici, pour {join_list(found)}.")


# --- without script: the whole table at once --------------------------------------------------------------------------------
def save(sheet: Sheet, scope: str, data: QueryDict) -> tuple[Kept, bool]:
    """Saves what was changed; the boxes of what was refused, as made for a fresh sheet, and whether two texts meet."""
    fresh: Sheet | None = None
    kept: Kept = {}
    clashes = False
    for row in accounts.rows_of(sheet, scope):
        if not (part := part_of(data, row)):
            continue
        item = item_to_write(sheet.place, row.id)
        for one in save_form(place=sheet.place, item=item, row=row, sheet=sheet, data=part):
            fresh = fresh or Sheet(sheet.place, sheet.kinds)
            clash = clash_of(row.kind.field(one.code), one.conflict, fresh) if one.conflict else None
            clashes = clashes or clash is not None
            now = fresh.row(row.id) or row
            kept[row.id, one.code] = fresh.box(now, one.code, typed=one.typed, error=one.error, clash=clash)
    return kept, clashes


def part_of(data: QueryDict, row: Row) -> QueryDict | None:
    """The fields of this year in the form of the table, named as ``save_form`` reads them."""
    start = f"{row.id}:"
    codes = [name.removeprefix(start) for name in data.getlist("c") if name.startswith(start)]
    if not codes:
        return None
    part = QueryDict(mutable=True)
    part.setlist("c", codes)
    for code in codes:
        part.setlist(f"v-{code}", data.getlist(f"v-{start}{code}"))
        part[f"b-{code}"] = data.get(f"b-{start}{code}", "0")
    return part
