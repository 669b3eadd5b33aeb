"""A release as its page shows it: everything comes from the protected tables (no query here)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import timezone

from apps.core.typography import count, date_long, nbsp
from apps.dashboards.disclosure import Rules
from apps.dashboards.figures import gallery, protected
from apps.dashboards.figures.gallery import Figure, Listing
from apps.dashboards.figures.protected import Table
from apps.dashboards.models import Release, ReleaseTable
from apps.dashboards.quarters import Quarter
from apps.dashboards.releases import filters, numbers
from apps.dashboards.releases.filters import Choice, Chosen
from apps.dashboards.releases.parts import GROUPS, PARTS, Part
from apps.dashboards.tables import FILTERS

PAST_QUARTERS = 4
FILES = (("xlsx", "Excel (XLSX)"), ("ods", "LibreOffice (ODS)"), ("csv", "CSV"))


@dataclass(frozen=True)
class Shown:
    """A figure in its page. ``explore``: address of its Plotly JSON; ``csv``, ``png``: of its files, or nothing."""

    figure: Figure
    explore: str
    csv: str
    png: str

    @property
    def css(self) -> str:
        """« half »: two of them share a line of the page."""
        return "half" if self.figure.layout == "single" else ""


@dataclass(frozen=True)
class Groups:
    """What is asked in « groupe par groupe », and the same numbers for who asks nothing."""

    choices: list[tuple[str, list[Choice]]]
    listings: list[Listing]
    field: str = filters.FIELD


@dataclass(frozen=True)
class ShownPart:
    slug: str
    title: str
    note: str
    figures: tuple[Shown, ...]
    groups: Groups | None = None


def tables_of(release: Release) -> dict[str, Table]:
    return {row.key: protected.read(row.protected) for row in release.tables.all()}


def history(past: Sequence[ReleaseTable]) -> list[tuple[Quarter, Table]]:
    return [(row.release.quarter, protected.read(row.protected)) for row in past]


def threshold(release: Release) -> int:
    return int(release.rules.get("k", Rules().k))


def release_page(release: Release) -> dict[str, object]:
    """What is around the parts."""
    return {
        "release": release,
        "head": head(release),
        "files": [(name, reverse("dashboards:workbook", args=[release.slug, ext])) for ext, name in FILES],
        "quote": nbsp(numbers.quote(numbers.heading(release))),
        "k": threshold(release),
        "rounding": release.rules.get("rounding", 5),
    }


def parts(
    release: Release, tables: Mapping[str, Table], past: Sequence[tuple[Quarter, Table]]
) -> list[ShownPart]:
    """In order; a part that has nothing to draw is left out, except the groups."""
    return [shown for part in PARTS if (shown := shown_part(release, part, tables, past))]


def shown_part(
    release: Release, part: Part, tables: Mapping[str, Table], past: Sequence[tuple[Quarter, Table]]
) -> ShownPart | None:
    k = threshold(release)
    if part.slug == GROUPS:
        return groups(release, tables, None)
    if part.slug == "axes":
        title = "Cinq axes, trimestre par trimestre" if past else part.title
        figures = (
            [gallery.axes_by_quarter(tables["axes"], release.quarter, past, k)] if "axes" in tables else []
        )
    else:
        title = part.title
        figures = [gallery.figure(tables[key], k) for key in part.tables if key in tables]
    return placed(release, part, title, figures) if figures else None


def groups(release: Release, tables: Mapping[str, Table], chosen: Chosen | None) -> ShownPart:
    """« Groupe par groupe »: the list of those that may be asked, and the one that is."""
    part = next(part for part in PARTS if part.slug == GROUPS)
    figures = [gallery.one_of(chosen.table, chosen.row, tables["axes"], threshold(release))] if chosen else []
    listings = [gallery.listing(tables[key]) for key in FILTERS.values() if key in tables]
    shown = placed(release, part, part.title, figures)
    return replace(shown, groups=Groups(filters.choices(tables, chosen), listings))


def placed(release: Release, part: Part, title: str, figures: Sequence[Figure]) -> ShownPart:
    shown = tuple(show(release, figure) for figure in widened(figures))
    return ShownPart(part.slug, nbsp(title), nbsp(part.note), shown)


def widened(figures: Sequence[Figure]) -> list[Figure]:
    """A small picture that has no neighbour of its kind keeps its table at its side."""
    singles = [figure for figure in figures if figure.layout == "single"]
    return [
        replace(figure, layout="beside") if singles == [figure] and figure.panels else figure
        for figure in figures
    ]


def show(release: Release, figure: Figure) -> Shown:
    where = [release.slug, figure.key]
    return Shown(
        figure=figure,
        explore=reverse("dashboards:figure", args=where) if figure.panels else "",
        csv=reverse("dashboards:table_file", args=[*where, "csv"]),
        png=reverse("dashboards:figure_png", args=where) if figure.panels else "",
    )


@dataclass(frozen=True)
class Head:
    """``before``, ``marked``, ``after``: the headline and its highlighted words. ``frozen``: date of publication."""

    scope: str
    quarter: Quarter
    ordinal: str
    version: int
    frozen: str
    before: str
    marked: str
    after: str
    lede: str


def head(release: Release) -> Head:
    quarter = release.quarter
    before, marked, after = highlighted(release.headline or f"Publication du {quarter.name}")
    return Head(
        scope=f"Programme {release.programme.name}" if release.programme else "Publication nationale",
        quarter=quarter,
        ordinal="er" if quarter.number == 1 else "e",
        version=release.version,
        frozen=date_long(timezone.localtime(release.published_at)) if release.published_at else "",
        before=before,
        marked=marked,
        after=after,
        lede=lede(release),
    )


def highlighted(headline: str) -> tuple[str, str, str]:
    """The end of the first clause carries the stroke: « Les ressources », « progressent », « , les alliances attendent. »."""
    sentence = nbsp(headline)
    clause, comma, rest = sentence.partition(",")
    if not comma:
        clause, rest = sentence.rstrip("."), sentence[len(sentence.rstrip(".")) :]
    words = clause.split(" ")
    marked = min(3 if words[-2:] == ["sur", "100"] else 2 if len(words) > 4 else 1, len(words))
    before = " ".join(words[:-marked])
    return (f"{before} " if before else ""), " ".join(words[-marked:]), comma + rest


def lede(release: Release) -> str:
    quarter = release.quarter
    agreed = ", qui l’ont toutes accepté" if release.programme_id else ""
    size = (
        f"environ {count(release.size, 'association', 'associations')}"
        if release.size
        else "trop peu d’associations"
    )
    return nbsp(
        f"Cette publication compte {size}{agreed}. Chacune y est par sa dernière campagne, close entre le "
        f"{date_long(quarter.counted_from)} et le {date_long(quarter.last_day)}."
    )
