"""The exercise: kept for the association, shared by its members, never overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.course.models import ExerciseAnswer
from tests.factories import OrganisationFactory, UserFactory, member
from tests.factories.course import step
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., StrictClient]
URL = "/se-former/etapes/etape-1/exercice/"


def typed(text: str, version: int = 0) -> dict[str, Any]:
    """The first written prompt, filled."""
    prompt = next(row for row in step(1).exercise.prompts if row.kind in ("text", "long"))
    return {prompt.code: text, "version": str(version)}


def said(value: str) -> ExerciseAnswer:
    row = ExerciseAnswer.objects.get()
    assert value in row.values.values()
    return row


@pytest.fixture
def people() -> tuple[User, User]:
    organisation = OrganisationFactory.create(name="Les Essais du Canal")
    return member(organisation, Role.LEAD), member(organisation, Role.STAFF)


def test_members_share_what_they_write(client_of: ClientOf, people: tuple[User, User]) -> None:
    lead, staff = map(client_of, people)
    assert lead.post(URL, typed("Nous nourrissons la curiosité.")).status_code == 302
    assert said("Nous nourrissons la curiosité.").version == 1
    shown = staff.get(URL).content.decode()
    assert "Nous nourrissons la curiosité." in shown
    assert 'name="version" value="1"' in shown


def test_a_stranger_sees_nothing_of_it(client_of: ClientOf, people: tuple[User, User]) -> None:
    client_of(people[0]).post(URL, typed("Secret de maison"))
    outsider = member(OrganisationFactory.create(), Role.ADMIN)
    for client in (client_of(outsider), client_of(UserFactory.create()), StrictClient()):
        assert "Secret de maison" not in client.get(URL).content.decode()


def test_two_members_at_once_each_see_both_texts(client_of: ClientOf, people: tuple[User, User]) -> None:
    lead, staff = map(client_of, people)
    lead.post(URL, typed("Le texte de la première"))
    clash = staff.post(URL, typed("Le texte de la seconde"))
    shown = clash.content.decode()
    assert clash.status_code == 409
    assert "Le texte de la première" in shown
    assert "Le texte de la seconde" in shown
    assert said("Le texte de la première")
    assert 'name="version" value="1"' in shown
    assert staff.post(URL, typed("Les deux ensemble", version=1)).status_code == 302
    assert said("Les deux ensemble").version == 2


def test_a_double_click_is_no_conflict(client_of: ClientOf, people: tuple[User, User]) -> None:
    lead = client_of(people[0])
    assert [lead.post(URL, typed("Une fois")).status_code for _ in range(2)] == [302, 302]
    assert said("Une fois").version == 1


def test_nothing_written_is_told(client_of: ClientOf, people: tuple[User, User]) -> None:
    response = client_of(people[0]).post(URL, {"version": "0"})
    assert response.status_code == 422
    assert "Rien n’est encore écrit" in response.content.decode()
    assert not ExerciseAnswer.objects.exists()


def test_too_long_a_text_is_refused_and_kept(client_of: ClientOf, people: tuple[User, User]) -> None:
    long = "é" * 3001
    response = client_of(people[0]).post(URL, typed(long))
    assert response.status_code == 422
    assert long in response.content.decode()


def test_what_a_visitor_typed_waits_for_her_sign_in(client: StrictClient, people: tuple[User, User]) -> None:
    response = client.post(URL, typed("Écrit avant d’entrer"))
    assert response.headers["Location"].startswith("/compte/login/")
    client.force_login(people[0])
    assert "Écrit avant d’entrer" in client.get(URL).content.decode()
    assert not ExerciseAnswer.objects.exists()


def test_a_person_without_association_is_told_what_to_do(client_of: ClientOf) -> None:
    client = client_of(UserFactory.create())
    assert "Il manque une association" in client.get(URL).content.decode()
    response = client.post(URL, typed("Mon texte"))
    assert response.status_code == 422
    assert "Mon texte" in response.content.decode()
    assert not ExerciseAnswer.objects.exists()


def test_hidden_characters_of_a_paste_are_left_out(client_of: ClientOf, people: tuple[User, User]) -> None:
    client_of(people[0]).post(URL, typed("Une\x00 ligne\x07\r\nune autre\uffff"))
    assert said("Une ligne\nune autre")
