"""Step 3, what each activity costs in full, from the years that the team typed for the whole and for activities."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from apps.core.typography import join_list, nbsp
from apps.ledger.picture import full_cost
from apps.ledger.picture.activities import ZERO, Key
from apps.methodology.bench.sheet import Sheet
from apps.methodology.target import accounts
from apps.methodology.target.sheets import scopes
from apps.methodology.target.sums import COST_CODES, RESOURCE_CODES, Year
from apps.methodology.tools.photograph import COSTS, RESOURCES

EFFORT = "effort"
KEYS = {
    **full_cost.KEYS,
    EFFORT: (
        "Selon les parts du temps",
        "Les charges communes suivent la part du temps donnée à chaque activité, à l’étape 2.",
    ),
}
NAMES = dict((*RESOURCES, *COSTS))


@dataclass(frozen=True, slots=True)
class Costing:
    """``table`` is None when ``said`` tells why. ``keys``: (code, label, chosen). ``notes``: what is to be known, or ""."""

    table: full_cost.Table | None
    said: str
    keys: tuple[tuple[str, str, bool], ...] = ()
    key_said: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """``effort``: its part of the time at step 2, None when nobody gave it."""

    key: str
    name: str
    effort: Decimal | None


def of_sheet(sheet: Sheet, asked: str) -> Costing:
    """``asked``: a key of ``KEYS``; anything else is the first. No query beside the sheet's."""
    efforts = {str(row.id): row.get("share_of_effort") for row in sheet.rows("activity")}
    known = [(key, name) for key, name in scopes(sheet).items() if key]
    listed = [Activity(key, name, _number(efforts[key])) for key, name in known]
    return build([accounts.as_year(row) for row in sheet.rows("year")], listed, asked)


def _number(typed: object) -> Decimal | None:
    return None if typed in ("", None) else Decimal(str(typed))


def build(years: Sequence[Year], listed: Sequence[Activity], asked: str) -> Costing:
    """Of the last year where the whole and at least one activity have costs; the first of two that bear the same year."""
    whole, parts = _latest(years, [one.key for one in listed])
    if whole is None:
        return Costing(None, EMPTY)
    if too_much := _beyond(whole, parts.values()):
        return Costing(None, too_much)
    counted = [one for one in listed if one.key in parts]
    names = _names(counted)
    keys = [code for code in KEYS if code != EFFORT or all(one.effort is not None for one in counted)]
    key = asked if asked in keys else keys[0]
    efforts = {names[one.key]: one.effort or ZERO for one in counted}
    made = full_cost.table(
        whole.year,
        {names[scope]: year.amounts for scope, year in parts.items()},
        whole.amounts,
        cast(Key, key) if key != EFFORT else efforts,
        (whole.total("resources") or ZERO) - (whole.total("costs") or ZERO),
    )
    choices = tuple((code, KEYS[code][0], code == key) for code in keys)
    return Costing(made, "", choices, nbsp(KEYS[key][1]), _notes(whole.year, listed, parts))


EMPTY = nbsp(
    "Donnez les charges de l’ensemble et d’une activité pour la même année : le coût complet de l’activité, qui la "
    "paie et ce qu’elle apporte se calculent ici. Une activité suffit pour commencer."
)


def _latest(years: Sequence[Year], keys: Sequence[str]) -> tuple[Year | None, dict[str, Year]]:
    for whole in sorted((one for one in years if one.year and not one.scope), key=lambda one: -one.year):
        parts: dict[str, Year] = {}
        for one in years:
            if one.year == whole.year and one.scope in keys and one.total("costs") is not None:
                parts.setdefault(one.scope, one)
        if parts and whole.total("costs") is not None:
            return whole, parts
    return None, {}


def _beyond(whole: Year, parts: Collection[Year]) -> str:
    """The lines where activities make more than the whole, in words: splitting less than nothing tells nothing."""
    over = [
        code
        for code in (*RESOURCE_CODES, *COST_CODES)
        if sum((one.amounts.get(code, ZERO) for one in parts), ZERO) > whole.amounts.get(code, ZERO)
    ]
    if not over:
        return ""
    lines = join_list(f"« {NAMES[code]} »" for code in over)
    return nbsp(
        f"En {whole.year}, les activités dépassent l’ensemble pour {lines}. Corrigez l’un ou l’autre : le coût complet "
        "de chaque activité s’affichera ensuite."
    )


def _names(counted: Sequence[Activity]) -> dict[str, str]:
    """Two activities may bear the same name."""
    names: dict[str, str] = {}
    for one in counted:
        name, number = one.name, 2
        while name in names.values():
            name, number = f"{one.name} ({number})", number + 1
        names[one.key] = name
    return names


def _notes(year: int, listed: Sequence[Activity], parts: Mapping[str, Year]) -> str:
    without = [f"« {one.name} »" for one in listed if one.key not in parts]
    if not without:
        return ""
    verb = "n’a" if len(without) == 1 else "n’ont"
    return nbsp(
        f"{join_list(without)} {verb} pas de charges en {year} : ce qui s’y dépense est resté dans les charges "
        "communes, que les autres portent."
    )
