"""What the reader chooses on the page, by plain addresses: nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from apps.core.typography import euros, nbsp
from apps.ledger.picture.in_kind import Valued

NAMES = ("nature", "valeur", "cle", "commun")
GIFTS = ("nature", "valeur")


def switches(said: QueryDict, with_in_kind: bool, valued: Sequence[Valued]) -> dict[str, Any]:
    """``with_address``, ``without_address``: the same page, its other choices kept. ``keep_…``: fields of the other form."""
    return {
        "with_in_kind": with_in_kind,
        "with_address": _address(said, nature="1"),
        "without_address": _address(said, nature=""),
        "in_kind_said": nbsp(_said(with_in_kind, valued[-1])),
        "keep_split": [pair for pair in _pairs(said) if pair[0] not in GIFTS],
        "keep_gifts": [pair for pair in _pairs(said) if pair[0] in GIFTS],
    }


def _pairs(said: QueryDict) -> list[tuple[str, str]]:
    return [(name, value) for name in NAMES for value in said.getlist(name) if value]


def _address(said: QueryDict, *, nature: str) -> str:
    made = QueryDict(mutable=True)
    for name, value in _pairs(said):
        if name != "nature":
            made.appendlist(name, value)
    if nature:
        made["nature"] = nature
    return f"?{made.urlencode()}"


def _said(with_in_kind: bool, last: Valued) -> str:
    if last.total is None:
        return f"Aucun apport en nature n’est valorisé en {last.year.year} : les montants sont ceux de l’argent seul."
    amount, valued = euros(last.total), last.volunteering is not None
    what = "Le bénévolat et les apports en nature" if valued else "Les apports en nature, sans le bénévolat,"
    if with_in_kind:
        return f"{what} sont comptés : {amount} de plus en {last.year.year}, des deux côtés. Le résultat ne change pas."
    return f"{what} ne sont pas comptés ici : {amount} en {last.year.year}."
