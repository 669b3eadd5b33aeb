"""From one release to the next (rule 6), and beside other scopes (rule 9)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from apps.dashboards.disclosure import (
    EarlierRelease,
    Exact,
    ExactTable,
    ProtectedTable,
    Published,
    Rules,
    State,
    protect_release,
)
from tests.dashboards.disclosure.people import (
    Association,
    as_earlier,
    later,
    some_people,
    tables,
)

RULES = Rules()
CELL = ("tout", "A")


def axes(n: int, mean: str, moved: dict[str, int] | None = None) -> dict[str, ExactTable]:
    cell = Exact(n, values={"mean": Fraction(mean)}, moved=moved or {})
    return {"axes": ExactTable("axes", ("tout",), ("A",), {CELL: cell}, {"tout": n})}


def publish(
    exact: dict[str, ExactTable], earlier: list[EarlierRelease], release: str
) -> tuple[Published, EarlierRelease]:
    protected = protect_release(exact, earlier, RULES, release)
    return protected["axes"].cells[CELL], as_earlier(release, exact, protected)


def test_too_few_moved_repeats_and_enough_refreshes() -> None:
    first, past = publish(axes(30, "40"), [], "r1")
    again, second = publish(axes(32, "60", {"r1": 11}), [past], "r2")
    assert (again.values, again.since) == (first.values, "r1")
    fresh, _ = publish(axes(33, "60", {"r1": 12, "r2": 1}), [second, past], "r3")
    assert (fresh.values, fresh.since) == ({"mean": 60}, "r3")


def test_small_steps_never_add_up_to_a_leak() -> None:
    """Compared with the release whose value is shown, not with the last one."""
    _, r1 = publish(axes(30, "40"), [], "r1")
    _, r2 = publish(axes(30, "50", {"r1": 8}), [r1], "r2")
    third, _ = publish(axes(30, "60", {"r1": 14, "r2": 6}), [r2, r1], "r3")
    assert third.since == "r3"


def test_a_return_close_to_an_old_value_is_held_back() -> None:
    _, r1 = publish(axes(30, "40"), [], "r1")
    second, r2 = publish(axes(50, "50", {"r1": 20}), [r1], "r2")
    third, _ = publish(axes(31, "41", {"r2": 19, "r1": 1}), [r2, r1], "r3")
    assert (second.since, third.since) == ("r2", "r2")


def test_a_group_that_shrank_a_little_keeps_its_value_and_one_that_emptied_is_hidden() -> None:
    _, r1 = publish(axes(14, "40"), [], "r1")
    assert publish(axes(9, "40", {"r1": 5}), [r1], "r2")[0].since == "r1"
    assert publish(axes(2, "40", {"r1": 12}), [r1], "r2")[0].state is State.HIDDEN


def test_a_hidden_group_may_appear() -> None:
    hidden, r1 = publish(axes(9, "40"), [], "r1")
    assert hidden.state is State.HIDDEN
    assert publish(axes(14, "40", {"r1": 5}), [r1], "r2")[0].is_shown


def test_another_scope_almost_the_same_hides() -> None:
    _, national = publish(axes(60, "40"), [], "national")
    other = replace(national, same_scope=False)
    assert publish(axes(55, "42", {"national": 5}), [other], "programme")[0].state is State.HIDDEN
    assert publish(axes(40, "42", {"national": 20}), [other], "programme")[0].is_shown
    assert publish(axes(60, "40", {"national": 0}), [other], "programme")[0].is_shown


def test_publishing_the_same_population_again_changes_nothing() -> None:
    people = some_people(300, 3)
    exact = tables(people)
    first = protect_release(exact, [], RULES, "r1")
    again = tables(people, [("r1", people)])
    second = protect_release(again, [as_earlier("r1", exact, first)], RULES, "r2")
    assert {k: t.cells for k, t in first.items()} == {k: t.cells for k, t in second.items()}


def remainders(
    key: str, exact: dict[str, ExactTable], protected: dict[str, ProtectedTable], people: list[Association]
) -> dict[str, int]:
    """By column, the associations outside the visible cells of a table published for the first time."""
    table = protected[key]
    return {
        column: sum(
            exact[key].cells[row, column].n for row in table.rows if not table.cells[row, column].is_shown
        )
        for column in table.columns
    }


def test_what_is_hidden_of_a_table_is_never_a_small_group() -> None:
    for seed in range(60):
        people = some_people(30 + 7 * seed, seed)
        exact = tables(people)
        protected = protect_release(exact, [], RULES, "r1")
        for key in (
            "participation-region",
            "participation-taille",
            "axes-region",
            "axes-taille",
            "axes-profil",
        ):
            for column, rest in remainders(key, exact, protected, people).items():
                assert rest == 0 or rest > RULES.k, (seed, key, column, rest)


def test_a_cell_never_moves_by_a_small_group_over_eight_quarters() -> None:
    for seed in range(12):
        people = some_people(220, seed)
        past: list[tuple[str, list[Association]]] = []
        earlier: list[EarlierRelease] = []
        for number in range(8):
            release = f"r{number}"
            exact = tables(people, past)
            protected = protect_release(exact, earlier, RULES, release)
            for key, table in protected.items():
                for cell, published in table.cells.items():
                    if published.is_shown and published.since == release:
                        told = {
                            e.published[key][cell].since for e in earlier if e.published[key][cell].is_shown
                        }
                        assert not [t for t in told if 0 < exact[key].cells[cell].moved[t] <= RULES.k]
            earlier.insert(0, as_earlier(release, exact, protected))
            past.insert(0, (release, people))
            people = later(people, leave=6, join=9, again=12, seed=100 * seed + number)


def test_the_total_minus_the_cells_is_never_a_small_group_whatever_the_quarters() -> None:
    """The two-quarter trap: 6 joiners wait in one région while 20 of another are told, then the 6 come with 6 more."""
    home = {"size": "petite", "profile": "a_consolider", "scores": (50,) * 5}
    base = [Association(n, 0, "11" if n < 40 else "24", **home) for n in range(80)]
    six = [Association(100 + n, 0, "11", **home) for n in range(6)]
    twenty = [Association(200 + n, 0, "24", **home) for n in range(20)]
    more = [Association(300 + n, 0, "11", **home) for n in range(6)]
    steps = [base, base + six + twenty, base + six + twenty + more]
    past: list[tuple[str, list[Association]]] = []
    earlier: list[EarlierRelease] = []
    since = []
    for number, people in enumerate(steps):
        exact = tables(people, past)
        protected = protect_release(exact, earlier, RULES, f"r{number}")
        since.append({row: protected["participation-region"].cells[row, "n"].since for row in ("11", "24")})
        earlier.insert(0, as_earlier(f"r{number}", exact, protected))
        past.insert(0, (f"r{number}", people))
    # The second release waits: telling the twenty would tell the six, who are the rest of what the whole gained.
    assert since[1] == {"11": "r0", "24": "r0"}
    # The third may tell one of the two, not what gives back the six.
    assert since[2] != {"11": "r2", "24": "r2"} or all(
        e.published["participation"]["tout", "n"].since == "r0" for e in earlier[:2]
    )
