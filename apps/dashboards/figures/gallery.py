"""A protected table as a figure (pure): sentence, pictures, legend, rows of its table. Pages and files share it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from apps.core.figures.palette import ALLIANCES, AXES, FINANCIAL, INK
from apps.core.figures.svg import Svg
from apps.core.microtypography import nbsp
from apps.core.typography import number
from apps.dashboards.figures import balance_cells, columns, lying, region_map, sentences, slope, states
from apps.dashboards.figures.france_shapes import CREDIT
from apps.dashboards.figures.protected import Cell, Row, Table, kept
from apps.dashboards.figures.protected import text as words_of
from apps.dashboards.quarters import Quarter

COUNTS = "#d99a2b"
MOST_LINES = 10
FILLS = {"finances": FINANCIAL.strong, "ressources": FINANCIAL.strong, "partenariats": ALLIANCES.strong}
LONG = ("forces", "fragiles")


@dataclass(frozen=True)
class Panel:
    """One picture. ``axis``: class of the style sheet (« human »…), with its mark; or nothing."""

    svg: Svg
    name: str = ""
    axis: str = ""


@dataclass(frozen=True)
class Said:
    """A cell of the table that goes with a figure. ``note``: « valeur du T2 2026 »."""

    words: str
    is_known: bool = True
    note: str = ""


@dataclass(frozen=True)
class Listing:
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Said, ...]], ...]
    total: int | None = None


@dataclass(frozen=True)
class Figure:
    """``layout``: one of single, multiples (small, side by side), pairs (two by two), beside (the table at its side)."""

    key: str
    title: str
    sentence: str
    note: str
    panels: tuple[Panel, ...]
    layout: str
    legend: tuple[tuple[Svg | None, str], ...]
    listing: Listing
    ramp: tuple[tuple[str, str], ...] = ()
    credit: str = ""


def figure(table: Table, k: int) -> Figure:
    """Of any table of a release."""
    draw = _DRAW.get(table.key) or _BY_KIND[table.kind]
    panels, layout = draw(table) if is_drawn(table) else ((), "single")
    return Figure(
        key=table.key,
        title=table.title,
        sentence=sentences.say(table),
        note=nbsp(table.says),
        panels=panels,
        layout=layout,
        legend=states.legend(table.states(), k, kept=any(cell.since for cell in table.cells())),
        listing=listing(table),
        ramp=region_map.ramp_legend(table) if table.key in ("participation-region", "equilibre") else (),
        credit=CREDIT if table.key == "participation-region" else "",
    )


def is_drawn(table: Table) -> bool:
    """Nothing to see where everything is hidden: the sentence says it, the table lists it."""
    return table.kind != "quartiles" and any(cell.state in ("shown", "zero") for cell in table.cells())


def listing(table: Table) -> Listing:
    rows = table.rows
    if table.key == "equilibre":
        return Listing(
            table.title,
            ("Case", "Associations"),
            tuple(
                (
                    nbsp(balance_cells.place(row.key)) if balance_cells.is_cell(row.key) else row.label,
                    _said(row, table),
                )
                for row in rows
            ),
            table.total,
        )
    if any(row.labels for row in rows):
        return _by_line(table)
    header = (_ROWS.get(table.key, ""), *(label for _, label in table.columns))
    return Listing(table.title, header, tuple((row.label, _said(row, table)) for row in rows), table.total)


_ROWS = {
    "participation-region": "Région", "participation-taille": "Taille", "participation-fragilite": "Fragilité",
    "axes-region": "Région", "axes-taille": "Taille", "axes-fragilite": "Fragilité", "axes-profil": "Profil",
    "distribution-axes": "Axe", "regards": "Axe", "evolution": "Axe", "profils": "Profil", "alertes": "Alerte",
    "forces": "Énoncé", "fragiles": "Énoncé", "ressources": "Ressource", "partenariats": "Type", "parcours": "Étape",
    "methode": "Étape", "reperes": "Groupe", "participation": "", "axes": "",
}  # fmt: skip


def _by_line(table: Table) -> Listing:
    """Columns named per row become lines: « Trésorerie, moins d’un mois »."""
    rows = [
        (f"{row.label} : {row.labels.get(key, label)}", (said(row.cells[key], table.kind),))
        for row in table.rows
        for key, label in table.columns
    ]
    return Listing(
        table.title, ("Repère et tranche", "Associations"), tuple((nbsp(name), cells) for name, cells in rows)
    )


def _said(row: Row, table: Table) -> tuple[Said, ...]:
    return tuple(said(row.cells[key], table.kind) for key, _ in table.columns)


def said(cell: Cell, kind: str) -> Said:
    words = words_of(cell, kind)
    if cell.is_shown and kind in ("means", "change"):
        words = f"{words} (n\u00a0=\u00a0{number(cell.n)})" if cell.n else words
    return Said(words, cell.state in ("shown", "zero"), kept(cell))


def spoken(cell: Cell, kind: str) -> str:
    again = kept(cell)
    return words_of(cell, kind) + (f" ({again})" if again else "")


def _line(row: Row, cell: Cell, table: Table, name: str = "") -> lying.Line:
    return lying.Line(
        name or row.label,
        cell.state,
        cell.n,
        words_of(cell, table.kind),
        spoken(cell, table.kind),
        fill=FILLS.get(table.key, COUNTS),
        kept=bool(cell.since),
    )


def counts(table: Table) -> tuple[tuple[Panel, ...], str]:
    """In the order of published numbers; very long lists stop at the ten first that are shown."""
    rows: Sequence[Row] = table.by_size()
    if table.key in LONG:
        rows = [row for row in rows if row.cell.is_shown][:MOST_LINES]
    if table.key in ("parcours", "methode"):
        rows = table.rows
    lines = [_line(row, row.cell, table) for row in rows]
    return ((Panel(lying.draw(table.title, lines)),), "single") if lines else ((), "single")


def amounts(table: Table) -> tuple[tuple[Panel, ...], str]:
    order = sorted(table.rows, key=lambda row: -(row.cell.get("high") or 0))
    lines = [
        replace(_line(row, row.cell, table), value=row.cell.get("high") or 0, low=row.cell.get("low") or 0)
        for row in order
    ]
    return (Panel(lying.draw(table.title, lines, value_room=190)),), "single"


def means(table: Table) -> tuple[tuple[Panel, ...], str]:
    """Rows by axis, one panel an axis."""
    panels = []
    for key, label in table.columns:
        axis = AXES[key]
        lines = [
            replace(
                _line(row, row.cells[key], table),
                value=row.cells[key].get("mean") or 0,
                fill=axis.tone.strong,
            )
            for row in table.rows
        ]
        panels.append(Panel(lying.draw(label, lines, full=100), label, axis.key))
    return tuple(panels), "pairs"


def distribution(table: Table) -> tuple[tuple[Panel, ...], str]:
    shown = [cell.n for cell in table.cells() if cell.is_shown]
    top = max(shown, default=0) * 1.15 or 1
    ends = (table.columns[0][1].removeprefix("de "), table.columns[-1][1].removeprefix("de "))
    panels = []
    for row in table.rows:
        bars = [
            columns.Bar(
                label,
                row.cells[key].state,
                row.cells[key].n,
                number(row.cells[key].n),
                spoken(row.cells[key], table.kind),
                bool(row.cells[key].since),
            )
            for key, label in table.columns
        ]
        axis = AXES[row.key]
        panels.append(
            Panel(columns.draw(row.label, bars, axis.tone, ends, top=top, last=False), row.label, axis.key)
        )
    return tuple(panels), "multiples"


def by_row(table: Table) -> tuple[tuple[Panel, ...], str]:
    """One panel a row, its columns as lying bars: voices, financial marks."""
    panels = []
    for row in table.rows:
        axis = AXES.get(row.key)
        fill = axis.tone.strong if axis else FILLS.get(table.key, INK)
        lines = [
            replace(_line(row, row.cells[key], table, row.labels.get(key, label)), fill=fill)
            for key, label in table.columns
        ]
        panels.append(
            Panel(lying.draw(row.label, lines, value_room=120), row.label, axis.key if axis else "")
        )
    return tuple(panels), "pairs"


def _single(svg: Svg) -> tuple[tuple[Panel, ...], str]:
    return (Panel(svg),), "single"


_BY_KIND = {
    "count": counts,
    "means": means,
    "distribution": distribution,
    "change": lambda table: _single(slope.draw(table)),
    "amounts": amounts,
    "quartiles": lambda table: ((), "single"),
}
_DRAW = {
    "participation-region": lambda table: ((Panel(region_map.draw(table)),), "beside"),
    "equilibre": lambda table: _single(balance_cells.draw(table)),
    "regards": by_row,
    "finances": by_row,
}


def axes_by_quarter(now: Table, quarter: Quarter, past: Sequence[tuple[Quarter, Table]], k: int) -> Figure:
    """The five axes over the releases of the same scope, the oldest first; ``past`` may be empty."""
    whole = [*past, (quarter, now)]
    series = {key: [_mean(table, key) for _, table in whole] for key, _ in now.columns}
    panels = tuple(_axis_panel(key, whole) for key, _ in now.columns)
    cells = [table.rows[0].cells[key] for key, _ in now.columns for _, table in whole]
    moved = sentences.over_time(series) if past else ""
    return replace(
        figure(now, k),
        title="Score moyen par axe et par trimestre",
        sentence=moved or sentences.say(now),
        note="Une barre par trimestre. La dernière, pleine, est celle de cette publication."
        if past
        else "Une barre par axe\u00a0: c’est la première publication.",
        panels=panels,
        layout="multiples",
        legend=states.legend(
            frozenset(cell.state for cell in cells), k, kept=any(cell.since for cell in cells)
        ),
        listing=Listing(
            "Score moyen par axe et par trimestre",
            ("Axe", *(when.short for when, _ in whole)),
            tuple(
                (label, tuple(said(table.rows[0].cells[key], "means") for _, table in whole))
                for key, label in now.columns
            ),
        ),
    )


def _mean(table: Table, key: str) -> int | None:
    cell = table.rows[0].cells[key]
    return cell.get("mean") if cell.is_shown else None


def _axis_panel(key: str, whole: Sequence[tuple[Quarter, Table]]) -> Panel:
    axis = AXES[key]
    bars = []
    for when, table in whole:
        cell = table.rows[0].cells[key]
        written = number(cell.get("mean") or 0)
        bars.append(
            columns.Bar(
                when.short,
                cell.state,
                cell.get("mean") or 0,
                written,
                spoken(cell, "means"),
                bool(cell.since),
            )
        )
    ends = (whole[0][0].short, whole[-1][0].short)
    return Panel(columns.draw(axis.name, bars, axis.tone, ends), axis.name, axis.key)


def one_of(table: Table, row: Row, everybody: Table, k: int) -> Figure:
    """The five axes of one value of a dimension, beside those of all the associations."""
    panels = []
    for key, label in table.columns:
        axis = AXES[key]
        pair = ((row.label, row.cells[key]), ("Ensemble", everybody.rows[0].cells[key]))
        bars = [
            columns.Bar(
                name,
                cell.state,
                cell.get("mean") or 0,
                number(cell.get("mean") or 0),
                spoken(cell, "means"),
                bool(cell.since),
            )
            for name, cell in reversed(pair)
        ]
        panels.append(Panel(columns.draw(label, bars, axis.tone, ("Ensemble", "Ce groupe")), label, axis.key))
    cells = [*row.cells.values(), *everybody.rows[0].cells.values()]
    return Figure(
        key=table.key,
        title=table.title,
        sentence=_beside(row, everybody),
        note=f"Barre claire, l’ensemble\u00a0; barre pleine, {row.label}.",
        panels=tuple(panels),
        layout="multiples",
        legend=states.legend(
            frozenset(cell.state for cell in cells), k, kept=any(cell.since for cell in cells)
        ),
        listing=listing(table),
    )


def _beside(row: Row, everybody: Table) -> str:
    """The widest gaps with the whole, said when they reach two points."""
    gaps = {}
    for key, cell in row.cells.items():
        whole = everybody.rows[0].cells.get(key, Cell())
        if cell.is_shown and whole.is_shown:
            gaps[key] = (cell.get("mean") or 0) - (whole.get("mean") or 0)
    if not gaps:
        return sentences.NOTHING_SHOWN
    key, gap = max(gaps.items(), key=lambda item: abs(item[1]))
    if abs(gap) < sentences.MOVE:
        return nbsp(f"{row.label} : à un point près, les axes montrés sont ceux de l’ensemble.")
    side = "de plus" if gap > 0 else "de moins"
    return nbsp(f"{row.label} : {sentences.SHORT[key]}, {abs(gap)} points {side} que l’ensemble.")
