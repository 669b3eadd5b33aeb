"""The JSON given to Plotly: two kinds of traces, nothing of a hidden cell, the same bytes for the same table."""

from __future__ import annotations

import copy
import json

import pytest

from apps.dashboards.figures import plotting, protected
from apps.dashboards.quarters import Quarter
from apps.dashboards.tables import TABLES
from tests.dashboards import samples

KEYS = [table.key for table in TABLES]


@pytest.mark.parametrize("key", KEYS)
def test_only_traces_that_the_bundle_draws(key: str) -> None:
    body = plotting.as_json(plotting.plot(protected.read(samples.protected(key))))
    figure = json.loads(body)
    assert figure["data"]
    assert {trace["type"] for trace in figure["data"]} <= {"bar", "scatter"}
    assert "template" not in figure["layout"]
    assert "NaN" not in body


@pytest.mark.parametrize("key", KEYS)
def test_the_same_table_gives_the_same_bytes(key: str) -> None:
    first, second = (
        plotting.as_json(plotting.plot(protected.read(samples.protected(key)))) for _ in range(2)
    )
    assert first == second


@pytest.mark.parametrize("key", KEYS)
def test_numbers_left_beside_a_hidden_state_never_leave(key: str) -> None:
    """A careless table that kept an exact number under « hidden » would still not show it."""
    clean, dirty = samples.protected(key), copy.deepcopy(samples.protected(key))
    for data, extra in ((clean, {}), (dirty, {"n": 7, "mean": 7, "high": 7, "q1": 7, "q2": 7, "q3": 7})):
        for row in data["rows"]:
            row["cells"] = {name: {"state": "hidden", **extra} for name in row["cells"]}
    bodies = [plotting.as_json(plotting.plot(protected.read(data))) for data in (clean, dirty)]
    assert bodies[0] == bodies[1]


def test_axes_over_time_leave_a_hole_where_a_quarter_is_hidden() -> None:
    past = protected.read(samples.protected("axes", shift=-4))
    data = samples.protected("axes", shift=-2)
    data["rows"][0]["cells"]["E"] = {"state": "hidden"}
    whole = [(Quarter(2026, 1), past), (Quarter(2026, 2), protected.read(data))]
    figure = json.loads(
        plotting.as_json(
            plotting.plot_over_time(protected.read(samples.protected("axes")), Quarter(2026, 3), whole)
        )
    )
    last = figure["data"][4]
    assert last["y"] == [40, None, 44]
    assert "masqué" in last["text"][1]
