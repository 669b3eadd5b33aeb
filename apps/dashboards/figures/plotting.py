"""The same figures for Plotly: JSON and hover texts made from a protected table alone (pure).

Two kinds of traces, ``bar`` and ``scatter``: the bundle that we serve knows no other. A hidden cell is a gap whose name
says « masqué »; nothing of it is in the JSON but its state.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Sequence
from typing import Any

import plotly.graph_objects as go

from apps.core.figures.palette import AXES, EDGE, FINANCIAL, INK, LINE, PAPER
from apps.core.microtypography import nbsp
from apps.dashboards.figures import balance_cells
from apps.dashboards.figures.gallery import COUNTS, FILLS, spoken
from apps.dashboards.figures.protected import Cell, Row, Table
from apps.dashboards.figures.region_map import steps_of
from apps.dashboards.figures.states import RAMP
from apps.dashboards.quarters import Quarter

SHADES = ("#d2e9e4", "#8cc4bc", FINANCIAL.strong, "#07423f", INK)
HIDDEN_MARK, MISSING_MARK, PARTLY_MARK = " (masqué)", " (pas de donnée)", " (en partie masqué)"
Value = Callable[[Cell], int | None]


def as_json(figure: go.Figure) -> str:
    """Compact, without Plotly's own template; the same figure gives the same bytes."""
    data = figure.to_plotly_json()
    data["layout"].pop("template", None)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def plot(table: Table) -> go.Figure:
    draw = _balance if table.key == "equilibre" else _BY_KIND[table.kind]
    return draw(table)


def plot_over_time(now: Table, quarter: Quarter, past: Sequence[tuple[Quarter, Table]]) -> go.Figure:
    whole = [*past, (quarter, now)]
    figure = _new(y=_hundred())
    for key, label in now.columns:
        cells = [table.rows[0].cells[key] for _, table in whole]
        figure.add_trace(
            go.Scatter(
                x=[when.short for when, _ in whole],
                y=[_mean(cell) for cell in cells],
                name=label,
                mode="lines+markers",
                line={"color": AXES[key].tone.strong, "width": 3, "dash": DASHES[key]},
                marker={"symbol": SYMBOLS[key], "size": 11},
                text=[
                    f"{label}, {when.short} : {spoken(table.rows[0].cells[key], 'means')}"
                    for when, table in whole
                ],
                hovertemplate="%{text}<extra></extra>",
                connectgaps=False,
            )
        )
    return figure


SYMBOLS = {"A": "circle", "B": "square", "C": "triangle-up", "D": "diamond", "E": "triangle-right"}
DASHES = {"A": "solid", "B": "solid", "C": "solid", "D": "dot", "E": "dash"}


def _new(*, x: dict[str, Any] | None = None, y: dict[str, Any] | None = None, **layout: Any) -> go.Figure:
    axis = {
        "gridcolor": LINE,
        "zerolinecolor": INK,
        "linecolor": EDGE,
        "fixedrange": True,
        "automargin": True,
    }
    return go.Figure(
        layout={
            "font": {"family": "Atkinson Next, Verdana, sans-serif", "size": 15, "color": INK},
            "paper_bgcolor": PAPER,
            "plot_bgcolor": PAPER,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "xaxis": {**axis, **(x or {})},
            "yaxis": {**axis, **(y or {})},
            "legend": {"orientation": "h", "y": -0.15, "traceorder": "normal"},
            "hoverlabel": {"bgcolor": INK, "bordercolor": INK, "font": {"color": PAPER, "size": 15}},
            "dragmode": False,
            "bargap": 0.3,
            **layout,
        }
    )


def _hundred() -> dict[str, Any]:
    return {"range": [0, 100], "tickvals": [0, 25, 50, 75, 100]}


def _name(row: Row, cell: Cell) -> str:
    marks = {"hidden": HIDDEN_MARK, "missing": MISSING_MARK, "zero": " (0)"}
    return _folded(row.label + marks.get(cell.state, ""))


def _folded(name: str) -> str:
    """On lines that leave room for the bars on a telephone."""
    return "<br>".join(textwrap.wrap(name, 24))


def _n(cell: Cell) -> int | None:
    return cell.n if cell.state in ("shown", "zero") else None


def _mean(cell: Cell) -> int | None:
    return cell.get("mean") if cell.is_shown else None


def _hover(name: str, cell: Cell, kind: str) -> str:
    return nbsp(f"{name} : {spoken(cell, kind)}")


def _lying(
    figure: go.Figure, rows: Sequence[Row], values: Sequence[Any], table: Table, **more: Any
) -> go.Figure:
    """Lying bars, the first one on top."""
    figure.add_trace(
        go.Bar(
            orientation="h",
            y=[_name(row, row.cell) for row in rows],
            x=list(values),
            marker={"color": FILLS.get(table.key, COUNTS)},
            text=[_hover(row.label, row.cell, table.kind) for row in rows],
            textposition="none",
            hovertemplate="%{text}<extra></extra>",
            **more,
        )
    )
    return figure


def _tall(rows: int) -> dict[str, Any]:
    return {"height": 110 + 34 * rows, "showlegend": False}


def _counts(table: Table) -> go.Figure:
    rows = table.rows if table.key in ("parcours", "methode") else table.by_size()
    figure = _new(
        x={"rangemode": "tozero"}, y={"autorange": "reversed", "showgrid": False}, **_tall(len(rows))
    )
    return _lying(figure, rows, [_n(row.cell) for row in rows], table)


def _amounts(table: Table) -> go.Figure:
    rows = sorted(table.rows, key=lambda row: -(row.cell.get("high") or 0))
    low = [row.cell.get("low") if row.cell.is_shown else None for row in rows]
    wide = [
        (row.cell.get("high") or 0) - (row.cell.get("low") or 0) if row.cell.is_shown else None
        for row in rows
    ]
    figure = _new(
        x={"rangemode": "tozero", "ticksuffix": "\u202f€"},
        y={"autorange": "reversed", "showgrid": False},
        **_tall(len(rows)),
    )
    return _lying(figure, rows, wide, table, base=low)


def _grouped(
    table: Table,
    series: Sequence[tuple[str, str, str]],
    value: Value,
    base: Value | None = None,
    **layout: Any,
) -> go.Figure:
    """``series``: (column, name, colour), a trace each. ``value``, ``base``: numbers of a cell, None when it shows none."""
    figure = _new(y={"autorange": "reversed", "showgrid": False}, **layout)
    for key, label, colour in series:
        cells = [row.cells[key] for row in table.rows]
        figure.add_trace(
            go.Bar(
                orientation="h",
                name=label,
                y=[_partly(row) for row in table.rows],
                x=[value(cell) for cell in cells],
                base=[base(cell) for cell in cells] if base else None,
                marker={"color": colour, "line": {"color": PAPER, "width": 1}},
                text=[
                    _hover(f"{row.label}, {row.labels.get(key, label)}", row.cells[key], table.kind)
                    for row in table.rows
                ],
                textposition="none",
                hovertemplate="%{text}<extra></extra>",
            )
        )
    return figure


def _partly(row: Row) -> str:
    """A bar from which a part is missing says so in its name."""
    hidden = sum(cell.state == "hidden" for cell in row.cells.values())
    return _folded(row.label + (HIDDEN_MARK if hidden == len(row.cells) else PARTLY_MARK if hidden else ""))


def _axes_of(table: Table) -> list[tuple[str, str, str]]:
    return [(key, label, EDGE if key == "E" else AXES[key].tone.strong) for key, label in table.columns]


def _means(table: Table) -> go.Figure:
    """Grouped by axis; one group of bars a row."""
    return _grouped(
        table,
        _axes_of(table),
        _mean,
        x={"range": [0, 100]},
        barmode="group",
        height=150 + 90 * len(table.rows),
    )


def _shared(table: Table) -> go.Figure:
    """The columns stacked, a bar a row. Bands that change from a row to the next are named in the hover texts."""
    shades = (EDGE, LINE, INK) if table.key == "regards" else SHADES
    series = [(key, label, shade) for (key, label), shade in zip(table.columns, shades, strict=False)]
    return _grouped(table, series, _n, barmode="stack", height=170 + 60 * len(table.rows))


def _change(table: Table) -> go.Figure:
    figure = _new()
    for row in table.rows:
        axis = AXES[row.key]
        figure.add_trace(
            go.Scatter(
                x=[label for _, label in table.columns],
                y=[_mean(row.cells[key]) for key, _ in table.columns],
                name=_partly(row),
                mode="lines+markers",
                line={"color": axis.tone.strong, "width": 3, "dash": DASHES[row.key]},
                marker={"symbol": SYMBOLS[row.key], "size": 11},
                text=[
                    _hover(f"{row.label}, {label.lower()}", row.cells[key], table.kind)
                    for key, label in table.columns
                ],
                hovertemplate="%{text}<extra></extra>",
            )
        )
    return figure


def _quartiles(table: Table) -> go.Figure:
    """From the first to the third quarter, a floating bar an axis."""
    height = 150 + 90 * len(table.rows)
    return _grouped(
        table, _axes_of(table), _reach, _first, x={"range": [0, 100]}, barmode="group", height=height
    )


def _first(cell: Cell) -> int | None:
    return cell.get("q1") if cell.is_shown else None


def _reach(cell: Cell) -> int | None:
    return (cell.get("q3") or 0) - (cell.get("q1") or 0) if cell.is_shown else None


def _balance(table: Table) -> go.Figure:
    """Each cell of the triangle is a polygon; its hover stands at its middle."""
    off = {"visible": False, "showgrid": False, "zeroline": False}
    figure = _new(
        x=off | {"range": [0, 600]},
        y=off | {"range": [592, 0], "scaleanchor": "x"},
        height=460,
        showlegend=False,
        hovermode="closest",
    )
    steps = steps_of(table)
    shift = len(RAMP) - len(steps)
    for row in table.rows:
        ring = balance_cells.corners(row.key)
        if not ring:
            continue
        rank = (
            next((n for n, (low, high) in enumerate(steps) if low <= row.cell.n <= high), None)
            if row.cell.is_shown
            else None
        )
        figure.add_trace(
            go.Scatter(
                x=[round(x, 1) for x, _ in (*ring, ring[0])],
                y=[round(y, 1) for _, y in (*ring, ring[0])],
                mode="lines",
                fill="toself",
                fillcolor=PAPER if rank is None else RAMP[shift + rank],
                line={"color": EDGE, "width": 1},
                text=_hover(balance_cells.place(row.key), row.cell, table.kind),
                hoverinfo="text",
                hoveron="fills",
            )
        )
    figure.add_trace(_pillar_names())
    return figure


def _pillar_names() -> go.Scatter:
    corners = balance_cells.TRIANGLE.corners
    return go.Scatter(
        x=[x for x, _ in corners],
        y=[corners[0][1] - 22, corners[1][1] + 26, corners[2][1] + 26],
        mode="text",
        text=[AXES[key].name for key in "ABC"],
        textposition=["top center", "bottom right", "bottom left"],
        textfont={"color": [AXES[key].tone.strong for key in "ABC"], "size": 15},
        hoverinfo="skip",
    )


_BY_KIND = {
    "count": _counts,
    "means": _means,
    "distribution": _shared,
    "change": _change,
    "amounts": _amounts,
    "quartiles": _quartiles,
}
