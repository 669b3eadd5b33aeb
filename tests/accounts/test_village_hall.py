"""Sixty people behind one box come in within the minute; one who guesses, behind the same box, does not."""

from __future__ import annotations

import pytest
from post_office.models import Email

from apps.accounts.models import User
from apps.course.debates.views import phones
from apps.course.groups.views.joining import GATE
from apps.course.models import GroupMember
from apps.diagnostic.models import Respondent
from tests.accounts.helpers import PASSWORD, mailed_code, text
from tests.factories import UserFactory, debates
from tests.factories import groups as made_groups
from tests.factories.diagnostic import campaign
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


# --- six letters read from the wall --------------------------------------------------------------------------------
LETTERS = "BCDFGHJKMNPQRSTVWXZB"


def slip(code: str) -> str:
    """The last letter is wrong."""
    return code[:-1] + ("B" if code[-1] != "B" else "C")


def test_sixty_join_a_group_by_its_code() -> None:
    group, let_in = made_groups.group(), 0
    for number in range(PEOPLE):
        client = StrictClient(REMOTE_ADDR=HALL)
        client.force_login(UserFactory.create())
        if number < CLUMSY:
            assert client.post("/se-former/groupes/rejoindre/", {"code": slip(group.code)}).status_code == 404
        page = client.post("/se-former/groupes/rejoindre/", {"code": group.code.lower()})
        let_in += client.post(page["Location"], {"full_name": "", "shows_name": ""}).status_code == 302
    assert let_in == PEOPLE == GroupMember.objects.filter(group=group).count()


def test_sixty_open_the_same_questionnaire_by_its_code() -> None:
    opened = campaign()
    for number in range(PEOPLE):
        client = StrictClient(REMOTE_ADDR=HALL)
        if number < CLUMSY:
            assert client.post("/diagnostic/rejoindre/", {"code": slip(opened.code)}).status_code == 404
        page = client.post("/diagnostic/rejoindre/", {"code": opened.code})
        assert (
            client.post(page["Location"], {"role": "partenaire", "name": f"Voisine {number}"}).status_code
            == 302
        )
    assert Respondent.objects.filter(campaign=opened).count() == PEOPLE


def test_a_machine_in_the_hall_keeps_nobody_out_of_its_questionnaire() -> None:
    opened, other = campaign(), campaign()
    address = f"/diagnostic/rejoindre/{opened.code}/"
    assert StrictClient(REMOTE_ADDR=HALL).get(address).status_code == 200
    for _ in range(GATE.most):
        StrictClient(REMOTE_ADDR=HALL).get("/diagnostic/rejoindre/BCDFGH/")
    late = StrictClient(REMOTE_ADDR=HALL)
    page = late.post("/diagnostic/rejoindre/", {"code": opened.code})
    assert page.status_code == 302
    assert late.post(page["Location"], {"role": "partenaire", "name": "Voisine en retard"}).status_code == 302
    assert StrictClient(REMOTE_ADDR=HALL).get(f"/diagnostic/rejoindre/{other.code}/").status_code == 429


def test_sixty_vote_in_the_same_debate() -> None:
    debate = debates.asking()
    for number in range(PEOPLE):
        phone = StrictClient(REMOTE_ADDR=HALL)
        if number < CLUMSY:
            assert phone.post("/vote/", {"code": slip(debate.code)}).status_code == 404
        page = phone.post("/vote/", {"code": debate.code})
        assert phone.get(page["Location"]).status_code == 200
        voted = phone.post(page["Location"], {"question": debate.question, "choice": str(number % 2)})
        assert voted.status_code == 302, voted.content.decode()
    assert debate.ballots.count() == PEOPLE


@pytest.mark.parametrize("path", ["/se-former/groupes/rejoindre/", "/vote/", "/diagnostic/rejoindre/"])
def test_a_machine_that_tries_codes_is_stopped_even_by_addresses_and_without_cookies(path: str) -> None:
    most = {"/vote/": phones.CODE_PAGE.gate.most}.get(path, GATE.most)
    for rank in range(most):
        letters = "".join(LETTERS[(rank + place) % 19] for place in range(6))
        assert StrictClient(REMOTE_ADDR=HALL).get(f"{path}{letters}/").status_code == 404
    page = StrictClient(REMOTE_ADDR=HALL).get(f"{path}BCDFGH/")
    assert page.status_code == 429
    assert "Trop de codes inconnus" in text(page)
    assert StrictClient(REMOTE_ADDR="81.2.69.161").get(f"{path}BCDFGH/").status_code == 404
