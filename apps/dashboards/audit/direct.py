"""A1, A10, A11, A12: what a cell says by itself (pure)."""

from __future__ import annotations

from apps.dashboards.audit.findings import Findings
from apps.dashboards.audit.seen import Case, Place, Read
from apps.dashboards.audit.words import cell_name, title
from apps.dashboards.disclosure.cells import Exact
from apps.dashboards.tables import BY_KEY, Kind

QUARTERS = 4
ROOM = 50  # points of a hundred


def told_here(case: Case) -> list[tuple[Place, Read, Exact]]:
    """The shown cells of the release that is judged, with the truth behind each."""
    found = []
    for place, cell in case.subject.cells.items():
        exact = case.exact(case.subject, place)
        if cell.is_shown and exact is not None:
            found.append((place, cell, exact))
    return found


def small_cells(case: Case) -> Findings:
    """A1: a count shown under the threshold, « nobody » where it is an answer, an absence that hides somebody."""
    out = Findings("A1", title("A1"))
    least = case.k // case.subject.precision.rounding * case.subject.precision.rounding
    for place, cell in case.subject.cells.items():
        out.tried()
        exact, about = case.exact(case.subject, place), BY_KEY.get(place.table)
        name = cell_name(case.subject, place)
        if cell.is_shown and exact is None:
            out.found(f"{name} : rien ne dit d’où vient ce nombre.")
        elif cell.is_shown and (cell.n < least or (exact is not None and exact.n < case.k)):
            out.found(f"{name} : montrée, alors qu’elle compte moins de {case.k} associations.")
        elif cell.state == "zero" and ((about and about.tells_answers) or (exact and exact.n)):
            out.found(f"{name} : « 0 » y dit une réponse.")
        elif cell.state == "missing" and exact is not None and exact.n:
            out.found(f"{name} : « pas de donnée » y cache des associations.")
    return out


def insiders(case: Case) -> Findings:
    """A10: whoever reads takes away what it already knows; a quarter of a group is a group too."""
    out = Findings("A10", title("A10"))
    for place, _, exact in told_here(case):
        about, name = BY_KEY.get(place.table), cell_name(case.subject, place)
        out.tried(2)
        if exact.n - 1 - exact.held < case.k:
            out.found(f"{name} : il en reste moins de {case.k} à qui retire ce qu’il sait déjà.")
        elif about is not None and about.kind is Kind.QUARTILES and exact.n < QUARTERS * case.k:
            out.found(f"{name} : un quart de ce groupe compte moins de {case.k} associations.")
    return out


def dominant(case: Case) -> Findings:
    """A11: the second largest takes its own amount away from the sum, or one association is nearly all of it."""
    out = Findings("A11", title("A11"))
    for place, cell, exact in told_here(case):
        if not {"total", "largest", "second"} <= exact.values.keys():
            continue
        out.tried()
        total, largest, second = (exact.values[name] for name in ("total", "largest", "second"))
        name = cell_name(case.subject, place)
        if total <= 0 or largest > case.dominance * total:
            out.found(f"{name} : une association y pèse presque tout le montant.")
        elif case.p is not None and total - largest - second < case.p * largest:
            out.found(f"{name} : le montant de la plus grande s’y devine de près.")
        if "low" in cell.values and not cell.values["low"] <= total < cell.values["high"]:
            out.found(f"{name} : la tranche ne contient pas le montant.")
        if "low" not in cell.values:
            out.found(f"{name} : le montant n’est pas dit par une tranche.")
    return out


def uniform(case: Case) -> Findings:
    """A12: everybody, or nobody, in a cell that tells an answer; a mean so close to an end that each is known."""
    out = Findings("A12", title("A12"))
    for place, cell, exact in told_here(case):
        about = BY_KEY.get(place.table)
        if about is None or not about.tells_answers:
            continue
        out.tried()
        name = cell_name(case.subject, place)
        if about.kind in (Kind.COUNT, Kind.DISTRIBUTION):
            truth = case.truths.get(cell.origin)
            base = truth.bases.get(place.table, {}).get(place.row) if truth else None
            if exact.n == 0 or exact.n == base:
                out.found(f"{name} : toutes, ou aucune, y ont la même réponse.")
        elif "mean" in cell.values:
            end = min(cell.values["mean"], 100 - cell.values["mean"])
            if exact.n * (end + case.subject.precision.mean) < ROOM:
                out.found(f"{name} : la moyenne est si près du bord que celle de chacune se devine.")
    return out
