"""Order, delays, costs and periods: pure rules."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from apps.methodology.roadmap import periods, rules, timeline, words
from apps.methodology.roadmap.rules import Action
from tests.methodology.roadmap.support import TODAY, an, plainly

# Other suites share the machine: a slow draw says nothing of the rules.
relaxed = hypothesis(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def troubles(*actions: Action) -> list[str]:
    return [plainly(text) for text in words.troubles(rules.order(actions))]


def test_an_action_that_begins_before_what_it_waits_for_is_told_with_both_dates() -> None:
    said = troubles(an("a", "2027-03-03", "2027-05-01", after=("b",)), an("b", "2027-01-01", "2027-06-30"))
    assert said == [
        "« A » commence le 3 mars 2027, alors que « B », qui doit venir avant, finit le 30 juin 2027."
    ]


def test_one_may_begin_the_day_the_other_ends() -> None:
    assert troubles(an("a", "2027-06-30", after=("b",)), an("b", due="2027-06-30")) == []


def test_an_action_without_a_start_counts_from_its_due_date() -> None:
    said = troubles(an("a", due="2027-03-03", after=("b",)), an("b", due="2027-06-30"))
    assert said[0].startswith("« A » est due le 3 mars 2027")


def test_what_is_done_holds_nobody_back() -> None:
    done = an("b", due="2027-06-30", progress="done")
    assert troubles(an("a", "2027-03-03", after=("b",)), done) == []
    late = an("b", due="2027-01-30", done_on=date(2027, 4, 2))
    assert "s’est terminée le 2 avril 2027" in troubles(an("a", "2027-03-03", after=("b",)), late)[0]


def test_waiting_for_a_dropped_action_or_an_unknown_one() -> None:
    said = troubles(an("a", "2027-03-03", after=("b", "gone")), an("b", due="2027-06-30", progress="dropped"))
    assert said == ["« A » attend « B », qui est abandonnée : retirez ce lien, ou reprenez cette action."]


def test_a_circle_is_told_in_plain_words_and_only_once() -> None:
    said = troubles(
        an("a", "2027-01-01", "2027-02-01", after=("c",)),
        an("b", "2027-02-01", "2027-03-01", after=("a",)),
        an("c", "2027-03-01", "2027-04-01", after=("b",)),
    )
    assert said == [
        "« A » attend « C », qui attend « B », qui attend « A » : aucune ne peut commencer la première. "
        "Retirez l’un de ces liens."
    ]


def test_an_action_that_waits_for_itself() -> None:
    assert troubles(an("a", after=("a",))) == ["« A » s’attend elle-même : retirez ce lien."]


def test_two_circles_are_both_told_and_a_branch_into_one_is_none() -> None:
    found = rules.cycles(
        [
            an("a", after=("b",)),
            an("b", after=("a",)),
            an("c", after=("d",)),
            an("d", after=("c", "a")),
            an("e", after=("a",)),
        ]
    )
    assert [[one.id for one in circle] for circle in found] == [["a", "b"], ["c", "d"]]


def test_dropping_one_opens_the_circle() -> None:
    assert (
        rules.cycles(
            [a for a in (an("a", after=("b",)), an("b", after=("a",), progress="dropped")) if a.is_live]
        )
        == ()
    )


def test_a_start_after_the_due_date_is_told() -> None:
    assert troubles(an("a", "2027-05-01", "2027-03-03")) == [
        "« A » commence le 1er mai 2027, après son échéance du 3 mars 2027."
    ]


@relaxed
@given(st.lists(st.tuples(st.integers(0, 11), st.lists(st.integers(0, 11), max_size=4)), max_size=12))
def test_a_circle_is_found_exactly_when_there_is_no_order(links: list[tuple[int, list[int]]]) -> None:
    """Compared with another way: removing again and again those that wait for nothing."""
    edges = {str(key): tuple(map(str, afters)) for key, afters in links}
    actions = [an(key, after=after) for key, after in edges.items()]
    left = set(edges)
    while free := {key for key in left if not (set(edges[key]) & left)}:
        left -= free
    found = rules.cycles(actions)
    assert bool(found) == bool(left)
    for circle in found:
        for one, nxt in zip(circle, [*circle[1:], circle[0]], strict=True):
            assert nxt.id in one.after


def test_late_is_the_day_after_and_not_when_done_or_dropped() -> None:
    assert not an("a", due="2027-03-15").is_late(TODAY)
    assert an("a", due="2027-03-14").is_late(TODAY)
    assert not an("a", due="2027-03-14", progress="done").is_late(TODAY)
    assert not an("a", due="2027-03-14", progress="dropped").is_late(TODAY)
    assert not an("a", due="2027-03-14", done_on=date(2027, 3, 1)).is_late(TODAY)


def test_costs_go_to_the_year_of_the_due_date_and_to_the_pillar() -> None:
    found = rules.costs(
        [
            an("a", due="2027-03-15", cost="1200.50", pillar="human"),
            an("b", "2027-12-01", "2028-02-01", cost="800", pillar="alliances"),
            an("c", cost="10"),
            an("d", due="2027-01-01", cost="99999", progress="dropped"),
            an("e", due="2027-01-01"),
        ]
    )
    assert [(line.year, line.total) for line in found.years] == [
        (2027, Decimal("1200.50")),
        (2028, Decimal(800)),
        (None, Decimal(10)),
    ]
    assert found.parts == {"human": Decimal("1200.50"), "alliances": Decimal(800), "": Decimal(10)}
    assert (found.total, found.unknown) == (Decimal("2010.50"), 1)


def test_the_summary_counts_what_is_kept() -> None:
    actions = [
        an("a", due="2027-03-01", cost="1200", owner="Chloé"),
        an("b", due="2027-05-01", progress="doing"),
        an("c", progress="done"),
        an("d", progress="dropped"),
    ]
    said = plainly(words.summary(actions, rules.costs(actions), TODAY))
    assert said == (
        "3 actions : 1 faite, 1 en cours et 1 en retard. Coût : 1 200 € en tout. "
        "2 actions n’ont pas encore de coût."
    )


def test_names_beyond_a_few_are_counted() -> None:
    assert (
        plainly(words.named([an(one) for one in "abcdefg"]))
        == "« A », « B », « C », « D », « E » et 2 autres"
    )


# Periods


def test_a_year_is_four_whole_quarters_from_the_one_that_runs() -> None:
    span = periods.years_from(TODAY, 1)
    assert (span.start, span.end, span.last_day) == (date(2027, 1, 1), date(2028, 1, 1), date(2027, 12, 31))
    assert periods.years_from(date(2027, 12, 31), 3).end == date(2030, 10, 1)


def test_parts_are_named() -> None:
    assert plainly(periods.name_of(date(2027, 1, 1), 3)) == "1er trimestre 2027"
    assert plainly(periods.name_of(date(2027, 7, 1), 6)) == "2e semestre 2027"


def test_a_plan_lists_what_is_late_then_each_part_then_what_has_no_date() -> None:
    plan = periods.plan(
        [
            an("next", due="2027-05-05"),
            an("late", due="2026-05-05"),
            an("done", due="2026-06-06", progress="done"),
            an("now", due="2027-03-20"),
            an("runs", "2027-06-01", "2029-06-01"),
            an("far", "2030-01-01", "2030-06-01"),
            an("undated"),
            an("dropped", due="2027-04-04", progress="dropped"),
        ],
        TODAY,
        1,
    )
    assert [one.id for one in plan.late] == ["late"]
    parts = [(plainly(part.name), [one.id for one in part.actions]) for part in plan.parts]
    assert parts == [
        ("1er trimestre 2027", ["now"]),
        ("2e trimestre 2027", ["next"]),
        ("Après le 31 décembre 2027", ["runs"]),
    ]
    assert [one.id for one in plan.undated] == ["undated"]
    assert (plan.before, plan.beyond) == (1, 1)


days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
actions = st.lists(
    st.builds(
        lambda n, starts, due, pillar, progress: Action(
            str(n),
            f"Action {n} au nom assez long pour être coupé",
            starts=starts,
            due=due,
            pillar=pillar,
            progress=progress,
        ),
        st.integers(0, 999),
        st.none() | days,
        st.none() | days,
        st.sampled_from(["", "human", "financial", "alliances"]),
        st.sampled_from(["", "todo", "doing", "done", "dropped"]),
    ),
    max_size=25,
)


@relaxed
@given(actions, days)
def test_every_kept_action_is_in_a_plan_exactly_once(found: list[Action], today: date) -> None:
    for years in (1, 3):
        plan = periods.plan(found, today, years)
        kept = [one for one in found if not one.is_dropped]
        undone = sum(one.last is None and one.is_done for one in kept)
        assert len(plan.shown) + len(plan.undated) + plan.before + plan.beyond + undone == len(kept)


@relaxed
@given(actions, days)
def test_the_calendar_holds_today_and_no_name_touches_another(found: list[Action], today: date) -> None:
    span = periods.around(found, today)
    assert span.holds(today)
    assert (span.end - span.start).days <= 366 * periods.MOST_YEARS + 92
    spots = timeline.packed([one for one in found if span.meets(one)], span)
    for row in {spot.row for spot in spots}:
        beside = sorted((min(s.x, s.left), max(s.end, s.right)) for s in spots if s.row == row)
        assert all(end <= start for (_, end), (start, _) in pairwise(beside))
    svg = timeline.draw(found, span, today, "Calendrier")
    assert len(svg.rows) == sum(not one.is_dropped for one in found)
    assert "NaN" not in svg.inline()


def test_a_long_title_is_cut_between_two_words() -> None:
    assert (
        timeline.shortened("Écrire à toutes les fondations de la région Bretagne")
        == "Écrire à toutes les fondations…"
    )
    assert timeline.shortened("x" * 60) == "x" * 33 + "…"


def test_states_are_told_apart_without_colour() -> None:
    span = periods.Span(TODAY - timedelta(days=100), TODAY + timedelta(days=100))
    pictures = {
        progress: timeline.draw(
            [an("a", "2027-02-01", "2027-04-01", progress=progress)], span, TODAY, "x"
        ).inline()
        for progress in ("", "doing", "done")
    }
    pictures["late"] = timeline.draw([an("a", "2027-02-01", "2027-03-01")], span, TODAY, "x").inline()
    assert len(set(pictures.values())) == 4
    assert "<path" in pictures["done"]
    rows = timeline.draw([an("a", due="2027-03-01")], span, TODAY, "x").rows
    assert rows[0][-1] == "En retard"
