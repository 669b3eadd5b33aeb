"""The filters of the library: several values widen one filter, several filters narrow the list."""

from __future__ import annotations

import re

from django.db.models import Value
from django.http import QueryDict
from rest_framework.exceptions import ValidationError

from apps.catalogue.models import Fragility, Level, Region, SizeClass
from apps.webinars.enums import Cycle, OrganisationKind
from apps.webinars.sheet import PILLARS

Codes = dict[str, str]  # what may be written → the code it stands for
GOALS = [str(number) for number in range(1, 18)]
FIXED: dict[str, Codes] = {
    "goal": dict(zip(GOALS, GOALS, strict=True)),
    "pillar": {pillar: pillar for pillar in PILLARS},
    "cycle": dict(zip(Cycle.values, Cycle.values, strict=True)),
    "kind": dict(zip(OrganisationKind.values, OrganisationKind.values, strict=True)),
}
# Read from the catalogue.
LISTS = ("fragility", "level", "region", "size")
NAMES = ("goal", "fragility", "pillar", "cycle", "year", "kind", "region", "level", "size")
YEAR = re.compile(r"[0-9]{4}")


def asked(params: QueryDict) -> dict[str, list[str]]:
    """Filter → codes. ValidationError says, for each filter that makes no sense, what it takes. 0 or 1 query."""
    given = {name: [value for value in params.getlist(name) if value] for name in NAMES}
    known = {**FIXED, **(vocabulary() if any(given[name] for name in LISTS) else {})}
    known["year"] = {value: value for value in given["year"] if YEAR.fullmatch(value)}
    refused = [name for name in NAMES if any(value not in known[name] for value in given[name])]
    if refused:
        raise ValidationError([f"{name} ({permitted(name, known[name])})" for name in refused])
    return {name: [known[name][value] for value in values] for name, values in given.items() if values}


def vocabulary() -> dict[str, Codes]:
    """The codes of the lists, and the page names of the fragilities. 1 query."""
    nothing = Value("")
    rows = Fragility.objects.order_by().values_list(Value("fragility"), "pk", "slug")
    rows = rows.union(
        Level.objects.order_by().values_list(Value("level"), "pk", nothing),
        Region.objects.order_by().values_list(Value("region"), "pk", nothing),
        SizeClass.objects.order_by().values_list(Value("size"), "pk", nothing),
    )
    found: dict[str, Codes] = {name: {} for name in LISTS}
    for name, code, slug in sorted(rows):
        found[name] |= {code: code, **({slug: code} if slug else {})}
    return found


def permitted(name: str, known: Codes) -> str:
    if name == "goal":
        return "valeurs permises : de 1 à 17"
    if name == "year":
        return "valeur permise : une année sur quatre chiffres"
    codes = ", ".join(dict.fromkeys(known.values()))
    pages = ", ou le nom de leur page" if name == "fragility" else ""
    return f"valeurs permises : {codes}{pages}"
