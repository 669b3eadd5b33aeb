"""The pieces of ``make bench`` run; what they measure is not judged here."""

from __future__ import annotations

import pytest

from tests.bench import fec, releases, simulator
from tests.bench.__main__ import run, told
from tests.bench.client import Times
from tests.bench.pages import Measure
from tests.bench.reports import Reports
from tests.bench.table import Table, doubled, lost
from tests.bench.votes import Votes, follows


@pytest.mark.fault
def test_a_short_run_measures_every_page_and_the_report() -> None:
    measured, made, grown, voted, written = run(
        rounds=1, report_rounds=1, count=1, more=30, phones=6, seconds=3, people=4
    )
    names = [measure.name for measure in measured]
    assert len(names) == len(set(names)) == 35
    assert all(measure.ratio > 0 for measure in measured)
    assert made.speed > 0
    assert len(grown) == 4
    assert (voted.counted, len(voted.votes), len(voted.follows)) == (6, 6, 6)
    assert (written.lost, written.doubled) == (0, 0)
    assert written.writes == len(written.bare) + 3 * written.people  # the first three, warm-up, are kept too
    assert len(told(measured, made, grown, voted, written)) == len(names) + len(grown) + 18


WRITTEN = Table(2, 60, 2, 0, 0, 0, (0.02, 0.03), (0.01, 0.02), (0.01,))
VOTES = Votes(2, 60, 2, (0.01, 0.02), (0.01,), (0.02,), (0.5, 1.0))


def test_a_vote_is_followed_by_the_first_screen_that_counts_it() -> None:
    assert follows([1.0, 1.2, 4.0], [(1.1, 2), (5.0, 3)]) == [pytest.approx(0.1), 0.0, 1.0]
    with pytest.raises(AssertionError, match="never showed 3"):
        follows([1.0, 1.2, 4.0], [(1.1, 2)])


def test_a_line_says_the_median_the_bounds_and_the_ratio() -> None:
    page, bare = Times((0.030, 0.010, 0.020)), Times((0.005, 0.005, 0.006))
    line = told([Measure("accueil", page, bare)], Reports(page, page, bare), [], VOTES, WRITTEN)[1]
    assert "20,0 ms (10,0–30,0)" in line
    assert "rapport 4,00   > 3" in line


def test_the_queue_is_compared_with_weasyprint_alone() -> None:
    slow, quick = Times((2.0,)), Times((1.0,))
    assert Reports(click=quick, queue=slow, alone=quick).speed == 0.5


def test_what_is_lost_or_written_twice_is_counted() -> None:
    changes = [["a", 1, "un"], ["a", 2, "un deux"], ["b", 1, "trois"]]
    kept = {"k1": "un", "k2": "deux", "k3": "trois"}
    assert (lost(kept, {"changes": changes, "holes": []}), doubled(changes)) == (0, 0)
    assert lost({**kept, "k4": "quatre"}, {"changes": changes, "holes": [7]}) == 2
    assert lost(kept, {"changes": [*changes, ["a", 3, "deux quatre"]], "holes": []}) == 1  # « un » dropped
    assert lost(kept, {"changes": [*changes, ["a", 3, "quatre"]], "holes": []}) == 0  # started again
    assert doubled([*changes, ["a", 2, "un un"]]) == 2


def test_a_file_of_accounts_is_read_beside_the_bare_reader() -> None:
    measured = fec.measure(count=2_000, rounds=1)
    assert (measured.lines, len(measured.ours), len(measured.bare)) == (2_000, 1, 1)
    assert 0 < measured.memory < fec.MOST_MEMORY
    assert len(fec.told(measured)) == 3


def test_a_scenario_is_measured_at_each_size() -> None:
    measured = simulator.measure(rounds=2, sizes=(1, 3))
    assert [one.hypotheses for one in measured] == [1, 3]
    assert all(time > 0 for one in measured for time in one.times)
    assert len(simulator.told(measured)) == 3


@pytest.mark.fault
def test_a_release_is_built_and_read_at_each_size() -> None:
    measured = releases.measure(sizes=(200, 400), builds=1, rounds=2)
    assert [one.results for one in measured.built] == [200, 400]
    assert all(one.ratio > 0 for one in measured.built)
    assert len({one.slug for one in measured.built}) == 2
    assert 0 < measured.queries <= releases.MOST_QUERIES
    assert 0 < measured.weight <= releases.MOST_BYTES
    assert len(releases.told(measured)) == 7
