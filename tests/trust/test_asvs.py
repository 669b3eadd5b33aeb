"""The table of ASVS: complete, and no answer that leads nowhere."""

from __future__ import annotations

import pytest

from trajectoires.trust import asvs

TEXT = asvs.TABLE.read_text(encoding="utf-8")


def test_levels_one_and_two_are_the_published_253() -> None:
    levels = list(asvs.wanted().values())
    assert (levels.count(1), levels.count(2)) == (70, 183)


def test_every_requirement_has_its_answer_and_every_answer_leads_somewhere() -> None:
    assert list(asvs.faults(TEXT)) == []


def row(code: str) -> str:
    return next(line for line in TEXT.splitlines() if line.startswith(f"| {code} |"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ("", "aucune ligne"),
        (row("V1.2.4") + "\n" + row("V1.2.4"), "2 lignes"),
        ("| V1.2.4 | 2 | Requêtes | Par construction : ORM et rien d’autre |", "niveau 1, pas 2"),
        ("| V1.2.4 | 1 | Requêtes | C’est bien |", "ni test, ni document, ni raison"),
        ("| V1.2.4 | 1 | Requêtes | Écart |", "sans raison"),
        ("| V1.2.4 | 1 | Requêtes | `tests/nowhere/test_nothing.py` |", "n’existe pas"),
        ("| V1.2.4 | 1 | Requêtes | `tests/trust/test_asvs.py::test_nothing` |", "n’existe pas"),
        ("| V1.2.99 | 1 | Requêtes | `tests/trust/test_asvs.py` |", "pas une exigence"),
    ],
)
def test_a_table_that_does_not_hold_is_told(changed: str, said: str) -> None:
    assert any(said in fault for fault in asvs.faults(TEXT.replace(row("V1.2.4"), changed)))
