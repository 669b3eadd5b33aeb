"""The personal path: three questions, stops with their reasons, kept and changed at will."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.catalogue.models import Resource
from apps.course.models import Learner
from apps.course.orientation import QUESTIONS, Paths
from apps.course.screens.path import ELSEWHERE, paths
from tests.factories import OrganisationFactory, UserFactory
from tests.factories.course import follow, learner, quiz_data, right_answers, step
from tests.factories.groups import group, place
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
URL = "/se-former/mon-parcours/"
QUESTIONS_OF_ONE = "/se-former/etapes/etape-1/questions/"
CHOSEN = {"profil": "gouvernance", "objectif": "debattre", "maturite": "decouverte"}


def combinations(found: Paths) -> list[dict[str, str]]:
    every = [[choice.code for choice in question.choices] for question in found.questions]
    return [dict(zip(QUESTIONS, answers, strict=True)) for answers in product(*every)]


def test_every_answer_leads_to_a_path_with_reasons() -> None:
    found = paths()
    for answers in combinations(found):
        proposed = found.proposed(answers)
        assert 4 <= len(proposed) <= 9, answers
        assert all(reason.startswith("Parce que") for _, reason in proposed)


def test_every_stop_of_the_file_leads_somewhere(client: StrictClient) -> None:
    shown = "".join(client.get(URL, answers).content.decode() for answers in combinations(paths()))
    for stop in paths().stops:
        if stop.code in ELSEWHERE:
            address = reverse(ELSEWHERE[stop.code][1])
        elif stop.code == "dla":
            address = "https://www.info-dla.fr/"
        elif stop.code.startswith("etape"):
            address = f"/se-former/etapes/{stop.code}/"
        elif stop.code.startswith("methode"):
            address = Resource.objects.get(pk=stop.code).get_absolute_url()
            assert address.startswith("/agir/methode/")
        else:
            address = "/se-former/module-20-minutes/"
        assert f'<b><a href="{address}">' in shown, stop.code


def test_the_path_spans_the_whole_platform() -> None:
    codes = {stop.code.rstrip("0123456789") for stop in paths().stops}
    assert {"module-20-minutes", "etape-", "methode-", "express", "diagnostic", "cas"} <= codes | {
        stop.code for stop in paths().stops
    }


def test_nothing_is_proposed_before_the_three_answers(client: StrictClient) -> None:
    assert "Le chemin proposé" not in client.get(URL).content.decode()
    assert "Le chemin proposé" not in client.get(URL, {"profil": "gouvernance"}).content.decode()
    assert "Le chemin proposé" not in client.get(URL, {**CHOSEN, "profil": "inventé"}).content.decode()
    assert not Learner.objects.exists()


def test_a_path_is_kept_with_the_account_and_changed(client_of: Callable[..., StrictClient]) -> None:
    client = client_of(UserFactory.create())
    assert "Garder ce chemin" in client.get(URL, CHOSEN).content.decode()
    client.post(URL, CHOSEN)
    kept = Learner.objects.get()
    assert (kept.profile, kept.objective, kept.maturity) == tuple(CHOSEN.values())
    assert "Ce chemin est gardé" in client.get(URL).content.decode()
    client.post(URL, {**CHOSEN, "maturite": "ancre"})
    assert Learner.objects.get().maturity == "ancre"


def test_a_visitor_keeps_her_path_in_the_browser_then_in_her_account(client: StrictClient) -> None:
    client.post(URL, {**CHOSEN, "porte": "deux-heures"})
    assert "gardé dans ce navigateur" in client.get(URL).content.decode()
    client.force_login(UserFactory.create())
    client.post(URL, {"porte": "parcours-entier"})
    kept = Learner.objects.get()
    assert (kept.profile, kept.door) == ("gouvernance", "parcours-entier")


def test_an_unknown_door_or_answer_is_left_aside(client_of: Callable[..., StrictClient]) -> None:
    client = client_of(UserFactory.create())
    client.post(URL, {**CHOSEN, "profil": "<script>", "porte": "nulle-part"})
    kept = Learner.objects.get()
    assert (kept.profile, kept.objective, kept.door) == ("", "debattre", "")


def test_the_path_says_what_is_already_done(client_of: Callable[..., StrictClient]) -> None:
    user = UserFactory.create()
    follow(learner(user), 1)
    answers = next(a for a in combinations(paths()) if "etape-1" in dict(paths().proposed(a)))
    assert "20\u00a0min, fait" in client_of(user).get(URL, answers).content.decode().replace(
        "15\u00a0min", "20\u00a0min"
    )


def test_through_the_door_of_two_hours_one_goes_from_the_questions_to_the_next_step(
    client: StrictClient,
) -> None:
    said = step(1)
    client.post("/se-former/etapes/etape-1/questions/", quiz_data(right_answers(said)))
    assert 'href="/se-former/etapes/etape-1/cas/">Continuer' in client.get(QUESTIONS_OF_ONE).content.decode()
    client.post(URL, {"porte": "deux-heures"})
    assert 'href="/se-former/etapes/etape-2/">Continuer' in client.get(QUESTIONS_OF_ONE).content.decode()


def test_a_member_of_groups_finds_her_switches_on_her_path(client_of: Callable[..., StrictClient]) -> None:
    user = UserFactory.create()
    who = learner(user)
    leader = OrganisationFactory.create(name="Le réseau des Essais")
    for name in ("Printemps", "Été", "Automne"):
        place(group(leader, name=name), who)
    client = client_of(user)
    with CaptureQueriesContext(connection) as queries:
        shown = client.get(URL, CHOSEN).content.decode()
    assert len(queries) <= 10
    assert all(name in shown for name in ("Printemps", "Été", "Automne", "Le courriel du lundi"))
