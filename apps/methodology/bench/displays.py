"""What a tool shows beside its fields: a figure, a table, a calendar. Each is a function of the sheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.template.loader import select_template

from apps.methodology.bench.sheet import Sheet
from apps.methodology.levers import show as levers
from apps.methodology.papers import show as papers
from apps.methodology.roadmap import follow_up
from apps.methodology.roadmap import show as roadmap
from apps.methodology.simulation import comparison
from apps.methodology.target import activities, photograph, scenarios

# tool code → what its template « methodology/tools/<code>.html » reads, under ``show``.
DISPLAYS: dict[str, Callable[[Sheet], dict[str, Any]]] = {
    "cadrage": papers.show,
    "activites": activities.show,
    "photographie": photograph.show,
    "cible": scenarios.show,
    "simulateur": comparison.show,
    "leviers": levers.levers,
    "ordre-du-jour": levers.agenda,
    "trajectoire": roadmap.show_roadmap,
    "suivi": follow_up.show_follow_up,
}

# Style sheets and scripts of a tool beside the bench's own: few, so that a first visit stays light.
STYLES = {
    "activites": ("target",),
    "photographie": ("target",),
    "cible": ("target",),
    "simulateur": ("target", "simulation", "talk"),
    "leviers": ("levers",),
    "ordre-du-jour": ("levers",),
    "trajectoire": ("roadmap",),
    "suivi": ("roadmap",),
}
SCRIPTS = {
    "cible": ("target",),
    "simulateur": ("simulation",),
    "photographie": ("target",),
    "leviers": ("levers",),
}


def assets(tool: str) -> dict[str, list[str]]:
    """``css`` and ``js``: names of static files."""
    return {
        "css": [f"css/method-{name}.css" for name in STYLES.get(tool, ())],
        "js": [f"js/method-{name}.js" for name in SCRIPTS.get(tool, ())],
    }


def display(sheet: Sheet, tool: str) -> dict[str, Any] | None:
    build = DISPLAYS.get(tool)
    return build(sheet) if build else None


@lru_cache(maxsize=64)
def first_template(*names: str) -> str:
    """The first of these that exists."""
    return str(select_template(names).template.name)


def fields_template(kind: str) -> str:
    """How the fields of one item are laid out: ``boxes`` by code, ``row``, ``sheet``."""
    return first_template(f"methodology/kinds/{kind}.html", "methodology/bench/fields.html")


def list_template(kind: str) -> str:
    """How the items of a kind are listed: ``section`` with its ``lines``."""
    return first_template(f"methodology/kinds/{kind}_list.html", "methodology/bench/list.html")
