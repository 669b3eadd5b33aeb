"""Which cases are near, in which order, and the words that say why."""

from __future__ import annotations

import pytest

from apps.catalogue import closeness
from apps.catalogue.closeness import Situation, candidates, cases, closest, names, near_case, neighbours
from apps.catalogue.models import Resource

pytestmark = pytest.mark.django_db


def case(code: str) -> Resource:
    return cases().get(pk=code)


def test_shared_need_comes_first_then_the_weakest_pillar() -> None:
    situation = Situation(frozenset({"F16", "F05"}), region="32", weakest="alliances")
    found = closest(situation, candidates(situation), names())
    assert [close.case.pk for close in found[:2]] == ["webinaire-2023-04-20", "webinaire-2022-02-17"]
    assert all(close.reasons for close in found)
    assert [close.score for close in found] == sorted((close.score for close in found), reverse=True)


def test_each_reason_is_said_in_words() -> None:
    known = names()
    row = case("webinaire-2023-04-20")
    row.sizes, row.regions = ["salaries-200k-500k"], ["32"]
    situation = Situation(frozenset({"F16", "F05"}), "32", "salaries-50k-200k", "alliances")
    why = closeness.weigh(situation, row, known).why.replace("\u00a0", " ").replace("\u202f", " ")
    assert "Il traite les fragilités « Pauvreté » et « Transition énergétique », comme vous." in why
    assert "Un pas devant sur vos alliances, votre appui le plus bas : « " in why
    assert "Il se passe dans votre région (Hauts-de-France)." in why
    assert "un peu plus grande que la vôtre" in why
    same = closeness.weigh(Situation(size="salaries-200k-500k"), row, known)
    assert same.reasons == ("Une association de votre taille y témoigne.",)


def test_nothing_in_common_is_not_shown() -> None:
    known = names()
    assert closeness.weigh(Situation(), case("webinaire-2022-10-20"), known).reasons == ()
    assert closest(Situation(), cases(), known) == []
    assert closest(Situation(size="inconnue"), [case("webinaire-2022-10-20")], known) == []


def test_a_case_weak_on_the_pillar_is_no_step_ahead() -> None:
    row = case("webinaire-2022-02-17")
    row.readings = {"human": "Des gens."}
    row.leaning = ["financial"]
    assert closeness.weigh(Situation(weakest="human"), row, names()).reasons == ()


def test_neighbours_never_include_the_case_itself() -> None:
    rows, known = list(cases()), names().fragilities
    for row in rows:
        found = neighbours(row, rows, known)
        assert row not in [close.case for close in found]
        assert len(found) <= 3
        assert all(close.reasons for close in found)


def test_a_case_without_a_like_has_goals_to_look_by() -> None:
    Resource.objects.get(pk="webinaire-2022-10-20").fragilities.clear()
    assert near_case("webinaire-2022-10-20", names().fragilities)
    assert near_case("inconnu", {}) == []


def test_candidates_are_bounded() -> None:
    assert len(candidates(Situation(weakest="alliances"))) <= closeness.CANDIDATES
