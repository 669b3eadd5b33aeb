"""« Le cas qui me ressemble, un pas devant moi », for the association of the signed-in person."""

from __future__ import annotations

from typing import Any

from apps.accounts.models import Organisation
from apps.catalogue.closeness import PILLARS
from apps.core.typography import nbsp
from apps.diagnostic import nearby


def context(organisation: Organisation | None) -> dict[str, Any]:
    """With the last result when there is one; what the association's sheet says otherwise."""
    if organisation is None:
        return {"door": "s-informer", "organisation": None, "closes": [], "result": None, "told": ""}
    result = nearby.latest_result(organisation)
    situation = nearby.of_result(result) if result else nearby.of_organisation(organisation)
    return {
        "door": "s-informer",
        "organisation": organisation,
        "result": result,
        "told": nbsp(f"Votre appui le plus bas : {PILLARS[situation.weakest]}.") if situation.weakest else "",
        "closes": nearby.cases(situation),
    }
