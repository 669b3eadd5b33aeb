"""The same tables, recomputed in plain Python, one association after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from apps.accounts.models import Organisation
from apps.dashboards.building.population import Window
from apps.dashboards.quarters import Quarter
from apps.dashboards.tables import INDICATOR_BANDS
from apps.diagnostic.enums import CampaignState
from apps.diagnostic.models import Campaign
from apps.diagnostic.scoring import RESOURCE_KEYS

AXES = "ABCDE"
Cell = tuple[str, str, str]  # table, row, column


@dataclass(frozen=True)
class Association:
    campaign: Campaign
    before: Campaign | None

    @property
    def scores(self) -> dict[str, Fraction]:
        return known(self.campaign)


def known(campaign: Campaign) -> dict[str, Fraction]:
    axes = campaign.result.payload["axes"]
    return {a: Fraction(str(axes[a]["score"])) for a in AXES if axes[a]["score"] is not None}


def counted(quarter: Quarter, keeps: Callable[[Organisation], bool]) -> list[Association]:
    window = Window.of(quarter)
    found = []
    for organisation in filter(keeps, Organisation.objects.order_by("pk")):
        closed = sorted(
            organisation.campaigns.filter(state=CampaignState.CLOSED), key=lambda c: (c.closed_at, c.pk)
        )
        within = [c for c in closed if window.since <= c.closed_at < window.until]
        if within:
            place = closed.index(within[-1])
            found.append(Association(within[-1], closed[place - 1] if place else None))
    return found


def cells_of(one: Association) -> Iterable[Cell]:
    """Every cell that the association is in, but for those of what people did."""
    campaign, payload, scores = one.campaign, one.campaign.result.payload, one.scores
    size = campaign.size_class
    region = campaign.department.region_id if campaign.department else None
    fragilities = [f.pk for f in campaign.fragilities.all()]
    yield ("participation", "tout", "n")
    dimensions = {
        "": ["tout"],
        "-region": [region] if region else [],
        "-taille": [size.pk] if size else [],
        "-fragilite": fragilities,
        "-profil": [payload["profile"]] if payload["profile"] else [],
    }
    for name, rows in dimensions.items():
        for row in rows:
            if name not in ("", "-profil"):
                yield (f"participation{name}", row, "n")
            yield from ((f"axes{name}", row, axis) for axis in scores)
    yield from (("distribution-axes", axis, f"b{min(int(v // 20) * 20, 80)}") for axis, v in scores.items())
    if payload["barycentre"]:
        yield ("equilibre", balance(payload["barycentre"]), "n")
    yield from (("profils", row, "n") for row in dimensions["-profil"])
    yield from (("alertes", alert["code"], "n") for alert in payload["alerts"])
    yield from (("forces", code, "n") for code in payload["strengths"])
    yield from (("fragiles", code, "n") for code in payload["weaknesses"])
    yield from (("regards", axis, said) for axis in AXES if (said := heard(one, axis)))
    for name, (_, bounds, _) in INDICATOR_BANDS.items():
        if (value := payload["indicators"][name]) is not None:
            yield ("finances", name, f"b{1 + sum(value >= bound for bound in bounds)}")
    yield from (("ressources", key, "total") for key in amounts(one))
    if one.before:
        for axis in scores.keys() & known(one.before).keys():
            yield ("evolution", axis, "before")
            yield ("evolution", axis, "now")
    cohorts = ["tout", *([size.pk, "salaries-oui" if size.has_employees else "salaries-non"] if size else [])]
    yield from (("reperes", row, axis) for row in cohorts for axis in scores)


def balance(shares: dict[str, float]) -> str:
    parts = [floor(Fraction(str(shares[key])) * 5) for key in ("human", "financial", "alliances")]
    if sum(parts) == 5:
        parts[parts.index(max(parts))] -= 1
    return "-".join(map(str, parts))


def heard(one: Association, axis: str) -> str:
    gaps = [
        Fraction(str(row["roles"]["gouvernance"])) - Fraction(str(row["roles"]["equipe"]))
        for row in one.campaign.result.statements
        if row["code"].startswith(axis) and {"gouvernance", "equipe"} <= row["roles"].keys()
    ]
    if not gaps:
        return ""
    mean = sum(gaps) / len(gaps)
    half = Fraction(1, 2)
    return "board_higher" if mean >= half else "team_higher" if mean <= -half else "same"


def amounts(one: Association) -> dict[str, Fraction]:
    finances = one.campaign.result.finances
    last = finances[-1]["resources"] if finances else {}
    return {key: Fraction(str(last[key])) for key in RESOURCE_KEYS if last.get(key) is not None}


def membership(population: Iterable[Association]) -> dict[Cell, list[Association]]:
    found: dict[Cell, list[Association]] = defaultdict(list)
    for one in population:
        for cell in cells_of(one):
            found[cell].append(one)
    return found


def value_of(cell: Cell, members: list[Association]) -> dict[str, Fraction]:
    table, row, column = cell
    if table.startswith("axes"):
        return {"mean": mean(one.scores[column] for one in members)}
    if table == "evolution":
        told = [
            one.scores[row] if column == "now" else known(one.before)[row] for one in members if one.before
        ]
        return {"mean": mean(told)}
    if table == "ressources":
        given = sorted((amounts(one)[row] for one in members), reverse=True)
        return {"total": sum(given, Fraction()), "largest": given[0], "second": (*given, Fraction())[1]}
    if table == "reperes":
        return quartiles(sorted(one.scores[column] for one in members))
    return {}


def mean(values: Iterable[Fraction]) -> Fraction:
    told = list(values)
    return sum(told, Fraction()) / len(told)


def quartiles(ordered: list[Fraction]) -> dict[str, Fraction]:
    """Between two values, in proportion."""

    def at(share: Fraction) -> Fraction:
        place = share * (len(ordered) - 1)
        low = floor(place)
        high = min(low + 1, len(ordered) - 1)
        return ordered[low] + (place - low) * (ordered[high] - ordered[low])

    return {f"q{rank}": at(Fraction(rank, 4)) for rank in (1, 2, 3)}
