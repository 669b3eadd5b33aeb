"""What the module asks, and how votes are counted (pure)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from apps.course.debates.asks import DECISION, Ask, asks_of, counted, tally
from apps.course.sheet import DebateQuestion, Decision, Module, Sequence

ASK = Ask("valeur", "Question 1", "Où ?", "", ("ici", "là", "ailleurs"), 0)


def module() -> Module:
    first = DebateQuestion(code="valeur", prompt="Où ?", choices=["ici", "là"])
    second = DebateQuestion(code="appui", prompt="Qui ?", choices=["elle", "lui"])
    return Module(
        sequences=[Sequence(code="a"), Sequence(code="b", questions=[first, second]), Sequence(code="c")],
        decision=Decision(prompt="Mandat ?", yes="Oui", no="Non", later="Plus tard"),
    )


def test_questions_come_in_order_and_the_decision_last() -> None:
    found = asks_of(module())
    assert [(ask.code, ask.name, ask.sequence) for ask in found.values()] == [
        ("valeur", "Question 1", 1),
        ("appui", "Question 2", 1),
        (DECISION, "La décision", 2),
    ]
    assert found[DECISION].choices == ("Oui", "Non", "Plus tard")
    assert found[DECISION].is_decision


def test_no_code_of_a_sheet_may_be_that_of_the_decision() -> None:
    assert DECISION.startswith("_")


def test_nobody_voted() -> None:
    found = tally(ASK, [])
    assert (found.total, found.best, [line.percent for line in found.lines]) == (0, 0, [0, 0, 0])


def test_shares() -> None:
    found = tally(ASK, [1, 2])
    assert [(line.ballots, line.percent) for line in found.lines] == [(1, 33), (2, 67), (0, 0)]
    assert found.best == 2


def test_a_choice_that_left_the_module_counts_for_none() -> None:
    assert counted(ASK, [(0, 4), (7, 2)]) == [4, 0, 0]


@given(st.lists(st.integers(0, 400), max_size=3))
def test_shares_add_up_to_one(counts: list[int]) -> None:
    found = tally(ASK, counts)
    assert found.total == sum(counts)
    assert sum(line.share for line in found.lines) == (1 if found.total else 0)
