"""The pieces of ``make load`` run on the rehearsed deployment; what they measure is not judged here."""

from __future__ import annotations

import pytest

from tests.deploy.rehearsal import Deployment
from tests.load.__main__ import compared, measured
from tests.load.measure import Memory
from tests.load.paper import page


@pytest.mark.fault
def test_a_small_crowd_reads_and_writes_without_error_and_loses_nothing(deployment: Deployment) -> None:
    found = measured(deployment, 12, 10, bare_seconds=4, warm_up=4)
    assert found.pages[-1].count > 12
    assert found.pages[-1].failures == 0
    assert (found.lost, found.errors) == (0, 0)
    assert found.bare[-1].failures == 0
    assert found.web.most > 50
    text = page(found)
    assert text.count("\n| ") == 1 + len(found.pages) + len(found.bare) - 1
    assert "perdues" in text


def test_a_write_that_the_database_does_not_hold_is_counted(deployment: Deployment) -> None:
    kept = {"answers": {"00000000-0000-0000-0000-000000000000": {"A1": "2"}}, "fields": {"1": "jamais écrit"}}
    assert compared(deployment, kept) == (2, 2)


def test_growth_is_that_of_the_fattest_process_after_its_warm_up() -> None:
    flat = [(float(at), 100.0) for at in range(0, 300, 5)]
    fat = [(float(at), 100.0 + at / 10) for at in range(0, 300, 5)]
    memory = Memory({1: flat, 2: fat})
    assert 10 < memory.growth < 20
    assert Memory({1: flat}).growth == 0
    assert memory.most == pytest.approx(229.5)
