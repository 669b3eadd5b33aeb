"""Where a learner is: the rule of progress, the time left, what comes next (pure)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from apps.course.journey import Journey, Known, Trace, fulfils, journey
from apps.course.parts import Part
from apps.course.words import duration

PARTS = (
    Part("a", "A", 4, "section"),
    Part("b", "B", 5, "section"),
    Part("questions", "Q", 3, "quiz"),
    Part("cas", "C", 5, "case"),
)


def steps(count: int = 3) -> list[Known]:
    return [Known(f"etape-{n}", n, f"Étape {n}", 12, f"/{n}/", 1, PARTS) for n in range(1, count + 1)]


def at(traces: dict[str, Trace], last: tuple[str, str] = ("", "")) -> Journey:
    return journey(steps(), traces, last)


def test_nothing_done_yet() -> None:
    found = at({})
    assert (found.done, found.total, found.minutes_left) == (0, 3, 36)
    assert found.current
    assert found.current.step.number == 1
    assert not found.is_begun
    assert not found.is_over


def test_the_rule_asks_for_all_sections_and_the_quiz() -> None:
    both = frozenset({"a", "b"})
    assert fulfils(PARTS, both, True)
    assert not fulfils(PARTS, both, False)
    assert not fulfils(PARTS, frozenset({"a", "cas"}), True)


def test_the_case_counts_neither_for_the_rule_nor_for_the_time() -> None:
    stage = at({"etape-1": Trace(frozenset({"a"}))}).stages[0]
    assert [part.code for part in stage.left] == ["b", "questions"]
    assert stage.minutes_left == 8


def test_one_goes_on_in_the_step_where_one_was_unless_it_is_done() -> None:
    assert at({}, ("etape-3", "a")).current.step.number == 3  # type: ignore[union-attr]
    done = {"etape-3": Trace(how="said")}
    assert at(done, ("etape-3", "a")).current.step.number == 1  # type: ignore[union-attr]


def test_all_done_leaves_nothing() -> None:
    found = at({f"etape-{n}": Trace(how="rule") for n in (1, 2, 3)})
    assert found.is_over
    assert found.current is None
    assert found.minutes_left == 0


def test_a_step_published_again_is_told_to_those_who_began_it() -> None:
    changed = [Known("etape-1", 1, "Un", 12, "/1/", 2, PARTS)]
    began = journey(changed, {"etape-1": Trace(frozenset({"a"}), edition=1)})
    assert began.stages[0].has_changed
    assert not journey(changed, {}).stages[0].has_changed
    assert not journey(changed, {"etape-1": Trace(frozenset({"a"}), edition=2)}).stages[0].has_changed


@given(
    st.dictionaries(
        st.sampled_from(["etape-1", "etape-2", "etape-3"]),
        st.builds(
            Trace,
            opened=st.frozensets(st.sampled_from(["a", "b", "cas", "disparue"])),
            quizzed=st.booleans(),
            how=st.sampled_from(["", "rule", "said"]),
        ),
    )
)
def test_time_left_and_what_is_left_never_disagree(traces: dict[str, Trace]) -> None:
    found = at(traces)
    assert 0 <= found.done <= found.total
    assert (found.minutes_left == 0) == all(not stage.left for stage in found.stages)
    assert [found.state(stage) for stage in found.stages].count("now") == (0 if found.is_over else 1)


def test_durations_are_said_as_people_say_them() -> None:
    assert [duration(n) for n in (5, 60, 80, 125)] == [
        "5\u00a0min",
        "1\u00a0h",
        "1\u00a0h\u00a020",
        "2\u00a0h\u00a005",
    ]


def test_the_door_changes_the_time_and_the_way_never_the_rule() -> None:
    short, whole = journey(steps(), {}, door="deux-heures"), journey(steps(), {}, door="parcours-entier")
    assert short.is_short
    assert not whole.is_short
    assert (short.minutes_left, whole.minutes_left) == (36, 51)
    done = {"etape-1": Trace(how="rule")}
    assert journey(steps(), done, door="parcours-entier").left_in(whole.stages[0]) == 17
    assert journey(steps(), done, door="parcours-entier").done == 1
