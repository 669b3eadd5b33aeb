"""Sentences claim only what published numbers show."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from apps.dashboards.figures import gallery, protected, sentences
from apps.dashboards.tables import TABLES
from tests.dashboards import samples


def read(key: str, cells: dict[str, dict[str, Any]]) -> protected.Table:
    """The sample, all its rows hidden but those given."""
    data = copy.deepcopy(samples.protected(key))
    for row in data["rows"]:
        names = list(row["cells"])
        row["cells"] = cells.get(row["key"], {name: {"state": "hidden"} for name in names})
    if data["total"]:
        data["total"] = {"n": sum(cell.get("n", 0) for row in data["rows"] for cell in row["cells"].values())}
    return protected.read(data)


def n(value: int, **more: Any) -> dict[str, Any]:
    return {"n": {"state": "shown", "n": value, **more}}


@pytest.mark.parametrize("key", [table.key for table in TABLES])
def test_nothing_is_claimed_when_nothing_is_shown(key: str) -> None:
    said = sentences.say(read(key, {}))
    assert not any(letter.isdigit() for letter in said)
    assert "assez" in said or "Trop peu" in said


def test_two_regions_stand_out_by_a_share_of_what_is_shown() -> None:
    said = sentences.say(read("participation-region", {"11": n(45), "84": n(40), "53": n(30), "76": n(30)}))
    assert (
        said
        == "Île-de-France et Auvergne-Rhône-Alpes rassemblent environ 59\u202f% des associations montrées."
    )


def test_regions_level_with_the_second_are_not_left_out() -> None:
    said = sentences.say(read("participation-region", {"11": n(45), "84": n(30), "53": n(30)}))
    assert said == "La région la plus représentée\u00a0: Île-de-France, environ 45\u00a0associations."


def test_equals_are_said_together() -> None:
    said = sentences.say(
        read("partenariats", {"mecenat": n(35, share=11), "cooperation-economique": n(35, share=11)})
    )
    assert said.startswith(
        "Les partenariats les plus répandus\u00a0: coopération économique et mécénat, à égalité,"
    )


@pytest.mark.parametrize(
    ("series", "said"),
    [
        (
            {"A": [58, 63], "B": [38, 42], "C": [45, 45]},
            "Les richesses humaines et les ressources financières montent\u202f; les alliances restent à 45.",
        ),
        ({"A": [58, 63], "C": [45, 46]}, "Les richesses humaines montent, les alliances restent à 46."),
        ({"D": [None, 52], "E": [44, None]}, ""),
        ({"E": [50, 44]}, "La trajectoire baisse."),
    ],
)
def test_what_moves_is_told_from_what_stays(series: dict[str, list[int | None]], said: str) -> None:
    assert sentences.over_time(series) == said


def test_a_gap_of_one_point_is_no_gap() -> None:
    everybody = protected.read(samples.protected("axes"))
    same = {
        key: {"state": "shown", "n": 40, "mean": mean + (key == "A")} for key, mean in samples.MEANS.items()
    }
    table = read("axes-region", {"53": same})
    row = table.row("53")
    assert row is not None
    assert gallery.one_of(table, row, everybody, 11).sentence.startswith("Bretagne\u00a0: à un point près")


def test_a_distribution_with_a_hidden_band_says_no_most_of_its_axis() -> None:
    shown = {f"b{low}": {"state": "shown", "n": 10 + low} for low in (0, 20, 40, 60, 80)}
    table = read("distribution-axes", {"A": {**shown, "b0": {"state": "hidden"}}, "B": shown})
    assert (
        sentences.say(table) == "Pour les ressources financières, la tranche la plus fournie va de 80 à 100."
    )
