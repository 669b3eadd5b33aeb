"""Sixty people behind one box come in within the minute; one who guesses, behind the same box, does not."""

from __future__ import annotations

import pytest
from post_office.models import Email

from apps.accounts.models import User
from tests.accounts.helpers import PASSWORD, mailed_code, text
from tests.factories import UserFactory
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
HALL = "81.2.69.160"
PEOPLE, CLUMSY, BY_CODE = 60, 12, 20


def person(number: int) -> User:
    user = UserFactory.create(email=f"voisine{number}@exemple.fr")
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.update_or_create(email=user.email, defaults={"verified": True, "primary": True})
    return user


def comes_in(client: StrictClient) -> bool:
    return client.get("/espace/").status_code == 200


def test_sixty_people_sign_in_at_once_with_their_slips_of_the_finger() -> None:
    inside = 0
    for number in range(PEOPLE):
        client, who = StrictClient(REMOTE_ADDR=HALL), person(number)
        if number < CLUMSY:
            client.post("/compte/login/", {"login": who.email, "password": PASSWORD + "é"})
        client.post("/compte/login/", {"login": who.email, "password": PASSWORD})
        inside += comes_in(client)
    assert inside == PEOPLE


def test_twenty_ask_for_a_code_at_once() -> None:
    inside = 0
    for number in range(BY_CODE):
        client, who = StrictClient(REMOTE_ADDR=HALL), person(number)
        client.post("/compte/login/code/", {"email": who.email})
        client.post("/compte/login/code/confirm/", {"code": mailed_code(who.email)})
        inside += comes_in(client)
    assert inside == BY_CODE
    assert Email.objects.count() == BY_CODE


def test_who_guesses_among_them_is_stopped_and_they_are_not() -> None:
    target, other = person(1), person(2)
    thief = StrictClient(REMOTE_ADDR=HALL)
    for number in range(6):
        page = thief.post("/compte/login/", {"login": target.email, "password": f"essai numéro {number}"})
    assert "Trop d’essais à la suite." in text(page)
    page = thief.post("/compte/login/", {"login": target.email, "password": PASSWORD})
    assert not comes_in(thief)
    neighbour = StrictClient(REMOTE_ADDR=HALL)
    neighbour.post("/compte/login/", {"login": other.email, "password": PASSWORD})
    assert comes_in(neighbour)
