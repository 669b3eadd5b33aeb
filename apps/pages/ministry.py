"""The 21 measures of the ministerial mission: four building sites, three horizons, and the results known."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from apps.catalogue.provenance import provenances
from apps.core.content import read_yaml


@lru_cache(maxsize=1)
def content() -> dict[str, Any]:
    """``fixtures/content/measures.yaml``, read once: it changes with a deployment."""
    return dict(read_yaml("measures.yaml"))


def context() -> dict[str, Any]:
    """The measures under their horizon: the report ties none of them to a building site."""
    told = content()
    horizons = [
        {**horizon, "measures": [row for row in told["measures"] if row["horizon"] == horizon["code"]]}
        for horizon in told["horizons"]
    ]
    return {
        "door": "s-informer",
        "intro": told["intro"],
        "sites": told["sites"],
        "horizons": horizons,
        "results": told["results"],
        "notes": told["note"],
        "sources": provenances({"": told["source"]}),
    }
