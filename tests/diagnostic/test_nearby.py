"""Cases near an association: the situation that a result tells, and the case beside each lever."""

from __future__ import annotations

import pytest

from apps.catalogue import closeness
from apps.catalogue.closeness import Situation
from apps.diagnostic import nearby
from apps.diagnostic.presenters import present
from apps.diagnostic.report import result_of
from tests.diagnostic.result_cases import closed
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


def level(code: str, seat: int) -> str:
    return "0" if code[0] == "C" else "2"


def test_the_weakest_pillar_is_the_lowest_that_has_a_score() -> None:
    axes = {"A": {"score": 40.0}, "B": {"score": None}, "C": {"score": 30.0}, "D": {"score": 1.0}}
    assert nearby.weakest_pillar({"axes": axes}) == "alliances"
    assert nearby.weakest_pillar({"axes": {code: {"score": None} for code in "ABC"}}) == ""


def test_a_result_tells_the_situation_of_its_campaign() -> None:
    organisation = OrganisationFactory.create(department_id="35")
    organisation.fragilities.set(["F01"])
    result = closed(organisation, ("gouvernance", "equipe", "equipe"), level)
    result.campaign.fragilities.set(["F16"])
    situation = nearby.of_result(result_of(result.campaign_id))
    assert (situation.region, situation.weakest, situation.fragilities) == (
        "53",
        "alliances",
        frozenset({"F16"}),
    )
    assert nearby.of_organisation(organisation).fragilities == frozenset({"F01"})
    latest = nearby.latest_result(organisation)
    assert latest == result
    assert nearby.cases(situation)[0].case.pk in ("webinaire-2022-02-17", "webinaire-2023-04-20")


def test_a_lever_shows_a_case_of_its_own_pillar_each_once() -> None:
    situation = Situation(frozenset({"F16", "F05"}), weakest="alliances")
    chooser = nearby.CaseChooser(situation, closeness.candidates(situation), closeness.names())
    shown = [chooser.pick(axis) for axis in ("C", "A", "B", "D", "E")]
    found = [close for close in shown if close]
    assert len({close.case.pk for close in found}) == len(found) >= 3
    for axis, close in zip("CAB", shown, strict=False):
        assert close is None or nearby.PILLARS[axis] in close.case.leaning
    assert shown[0]
    assert "votre appui le plus bas" in shown[0].why
    assert shown[1] is None or "votre appui le plus bas" not in shown[1].why


def test_without_anything_in_common_the_lever_keeps_its_own_case() -> None:
    chooser = nearby.CaseChooser(Situation(), list(closeness.cases()), closeness.names())
    assert chooser.pick("A") is None


def test_the_levers_of_a_result_say_why_this_case() -> None:
    organisation = OrganisationFactory.create(department_id="35")
    result = closed(organisation, ("gouvernance", "equipe", "equipe"), level)
    result.campaign.fragilities.set(["F16", "F05"])
    levers = present(result_of(result.campaign_id), None).levers
    assert len(levers) == 3
    assert any("comme vous" in lever.webinar_why for lever in levers)
    assert len({lever.webinar.url for lever in levers}) == 3
