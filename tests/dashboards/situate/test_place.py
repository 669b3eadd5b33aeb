"""Where a score falls between the published quarters."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from apps.dashboards.situate.place import (
    EVERYBODY,
    WITH_EMPLOYEES,
    WITHOUT_EMPLOYEES,
    Marks,
    cohorts,
    group_words,
    marks,
    place,
    since_words,
)

QUARTERS = (35, 50, 65)


@pytest.mark.parametrize(
    ("score", "says"),
    [
        (0, "sous le 1er quart"),
        (Decimal("32.5"), "sous le 1er quart"),
        (Decimal("32.6"), "au niveau du 1er quart"),
        (35, "au niveau du 1er quart"),
        (Decimal("37.4"), "au niveau du 1er quart"),
        (Decimal("37.5"), "entre le 1er et le 2e quart"),
        (47, "entre le 1er et le 2e quart"),
        (50, "au niveau du 2e quart"),
        (Decimal("57.3"), "entre le 2e et le 3e quart"),
        (65, "au niveau du 3e quart"),
        (Decimal("67.5"), "au-delà du 3e quart"),
        (100, "au-delà du 3e quart"),
    ],
)
def test_a_score_is_told_between_marks_that_are_known_to_the_nearest_five(score: Any, says: str) -> None:
    assert place(score, QUARTERS).says == says


@pytest.mark.parametrize(
    ("score", "values", "says"),
    [
        (45, (45, 45, 60), "au niveau du 1er et du 2e quart"),
        (45, (45, 45, 45), "au niveau du 1er, du 2e et du 3e quart"),
        (40, (45, 45, 45), "sous le 1er quart"),
        (52, (45, 45, 60), "entre le 2e et le 3e quart"),
        (52, (45, 60, 60), "entre le 1er et le 2e quart"),
        (0, (0, 0, 5), "au niveau du 1er et du 2e quart"),
        (100, (95, 100, 100), "au niveau du 2e et du 3e quart"),
    ],
)
def test_marks_that_are_the_same_are_told_together(
    score: int, values: tuple[int, int, int], says: str
) -> None:
    assert place(score, values).says == says


def test_between_two_neighbouring_marks_nothing_is_claimed_beyond_them() -> None:
    assert place(Decimal("47.5"), (45, 50, 80)).says == "entre le 1er et le 2e quart"


@pytest.mark.parametrize(
    ("score", "values"), [(-1, QUARTERS), (Decimal("100.1"), QUARTERS), (50, (60, 50, 70))]
)
def test_what_cannot_be_is_refused(score: Any, values: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="quarters go up"):
        place(score, values)


def test_no_rank_and_no_judgement_in_what_is_said() -> None:
    said = {place(score, QUARTERS).says for score in range(101)}
    assert len(said) == 7
    assert not [words for words in said for wrong in ("meilleur", "rang", "mieux", "%") if wrong in words]


@pytest.mark.parametrize(
    ("size", "has_employees", "expected"),
    [
        ("salaries-0-50k", True, ("salaries-0-50k", WITH_EMPLOYEES, EVERYBODY)),
        ("sans-salarie-0-10k", False, ("sans-salarie-0-10k", WITHOUT_EMPLOYEES, EVERYBODY)),
        ("", None, (EVERYBODY,)),
    ],
)
def test_the_group_goes_from_the_closest_to_the_widest(
    size: str, has_employees: bool | None, expected: tuple[str, ...]
) -> None:
    assert cohorts(size, has_employees) == expected


def shown(n: int, *values: int, **more: str) -> dict[str, Any]:
    return {"state": "shown", "n": n, **dict(zip(("q1", "q2", "q3"), values, strict=True)), **more}


def table(**rows: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {"rows": [{"key": key.replace("_", "-"), "cells": cells} for key, cells in rows.items()]}


@pytest.mark.parametrize("state", ["hidden", "zero", "missing"])
def test_the_group_widens_until_something_is_shown(state: str) -> None:
    data = table(
        petites={"A": {"state": state}},
        salaries_oui={"A": {"state": state}},
        tout={"A": shown(40, 30, 45, 60)},
    )
    assert marks(data, "A", ("petites", WITH_EMPLOYEES, EVERYBODY)) == Marks(EVERYBODY, 40, (30, 45, 60))


def test_each_axis_has_the_closest_group_of_its_own() -> None:
    data = table(
        petites={"A": shown(15, 20, 30, 40, since="2026-t2"), "B": {"state": "hidden"}},
        tout={"A": shown(40, 30, 45, 60), "B": shown(35, 10, 20, 30)},
    )
    assert marks(data, "A", ("petites", EVERYBODY)) == Marks("petites", 15, (20, 30, 40), "2026-t2")
    assert marks(data, "B", ("petites", EVERYBODY)) == Marks(EVERYBODY, 35, (10, 20, 30))


def test_nothing_shown_anywhere_is_nothing() -> None:
    data = table(tout={"A": {"state": "hidden"}})
    assert marks(data, "A", ("inconnue", EVERYBODY)) is None
    assert marks(data, "B", (EVERYBODY,)) is None
    assert marks({"rows": []}, "A", (EVERYBODY,)) is None


def test_groups_and_quarters_have_words() -> None:
    assert group_words("salaries-0-50k") == "des associations de votre taille"
    assert group_words(EVERYBODY) == "de toutes les associations comptées"
    assert since_words("2026-t2") == "T2\xa02026"
    assert since_words("autre") == "autre"
