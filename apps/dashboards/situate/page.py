"""What the page says: the result of a campaign beside the marks of the last national release, axis by axis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.core.figures.palette import AXES
from apps.core.figures.svg import Markup
from apps.core.microtypography import nbsp
from apps.core.typography import count, number
from apps.dashboards.models import Release, ReleaseTable
from apps.dashboards.situate import place as pure
from apps.dashboards.situate.figure import HEADER, Beside, draw
from apps.diagnostic.models import Campaign

NO_SCORE = "Votre campagne n’a pas de résultat sur cet axe : il n’y a rien à situer."
NO_MARK = "Trop peu d’associations ont répondu pour que quoi que ce soit soit montré sur cet axe."


@dataclass(frozen=True, slots=True)
class Line:
    """An axis. Without ``says``, ``why_not`` tells why there is nothing to draw."""

    css: str
    name: str
    says: str = ""
    group: str = ""
    widened: str = ""
    figure: Markup | str = ""
    row: tuple[str, ...] = ()
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class SituatePage:
    """``release`` None: nothing is published yet."""

    organisation: str
    campaign: Campaign
    release: Release | None
    quarter: str
    size: str
    lines: tuple[Line, ...]

    header = HEADER

    @property
    def rows(self) -> list[tuple[str, ...]]:
        return [line.row for line in self.lines if line.row]


def situate_page(campaign: Campaign, table: ReleaseTable | None) -> SituatePage:
    """``campaign`` is closed, read with its result and its size. ``table``: « reperes » of the last national release."""
    size = campaign.size_class
    release = table.release if table else None
    lines = tuple(_line(code, campaign, table.protected) for code in AXES) if table else ()
    return SituatePage(
        organisation=campaign.organisation.name,
        campaign=campaign,
        release=release,
        quarter=release.quarter.name if release else "",
        size=size.name if size else "",
        lines=lines,
    )


def _line(code: str, campaign: Campaign, table: Mapping[str, Any]) -> Line:
    axis, score = AXES[code], campaign.result.payload["axes"].get(code, {}).get("score")
    if score is None:
        return Line(axis.key, axis.name, why_not=nbsp(NO_SCORE))
    size = campaign.size_class
    wanted = pure.cohorts(size.code if size else "", size.has_employees if size else None)
    found = pure.marks(table, code, wanted)
    if found is None:
        return Line(axis.key, axis.name, why_not=NO_MARK)
    at, group = pure.place(score, found.values), pure.group_words(found.cohort)
    drawn = draw(Beside(code, score, found.values, group, at.says))
    return Line(
        css=axis.key,
        name=axis.name,
        says=nbsp(f"{at.says} {group}"),
        group=_group(found, number(score, 1)),
        widened=nbsp(_widened(found.cohort, wanted)),
        figure=drawn.inline(),
        row=drawn.rows[0],
    )


def _group(found: pure.Marks, own: str) -> str:
    about = count(found.group, "association", "associations")
    kept = (
        f" Ces quarts sont ceux du {pure.since_words(found.since)} : trop peu a changé depuis."
        if found.since
        else ""
    )
    return nbsp(f"Vous : {own}. Groupe : environ {about}.{kept}")


def _widened(cohort: str, wanted: tuple[str, ...]) -> str:
    if cohort == wanted[0]:
        return ""
    narrower = "de votre taille" if wanted[0] not in pure.GROUPS else "avec ou sans salarié comme vous"
    return f"Le groupe des associations {narrower} est trop petit pour être montré : il est élargi."
