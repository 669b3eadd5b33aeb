"""Two connections at once, with real commits."""

from __future__ import annotations

import threading
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection, transaction

from apps.accounts.enums import Role
from apps.accounts.models import Membership, Organisation
from apps.accounts.services.invitations import InvitationRefusedError, accept_invitation, invite_member
from apps.accounts.services.members import LastAdminError, change_role, remove_member
from apps.accounts.services.organisations import AlreadyHereError, Sheet, create_organisation
from tests.factories import OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.usefixtures("committed")


def together(*acts: Callable[[], object]) -> list[object]:
    """Run each act in its own thread and connection, started at the same moment; what each gave or raised."""
    ready = threading.Barrier(len(acts))
    given: list[object] = [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            ready.wait(10)
            given[place] = act()
        except Exception as error:
            given[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return given


def test_two_last_admins_cannot_both_leave() -> None:
    organisation = OrganisationFactory.create()
    first, second = (Membership.objects.get(user=member(organisation)) for _ in range(2))
    given = together(lambda: remove_member(membership=first), lambda: remove_member(membership=second))
    assert sorted(type(g).__name__ for g in given) == ["LastAdminError", "NoneType"]
    assert Membership.objects.filter(organisation=organisation, role=Role.ADMIN).count() == 1


def test_two_admins_cannot_demote_each_other() -> None:
    organisation = OrganisationFactory.create()
    first, second = (Membership.objects.get(user=member(organisation)) for _ in range(2))
    given = together(
        lambda: change_role(membership=first, role=Role.STAFF),
        lambda: change_role(membership=second, role=Role.STAFF),
    )
    assert sum(isinstance(g, LastAdminError) for g in given) == 1
    assert Membership.objects.filter(organisation=organisation, role=Role.ADMIN).count() == 1


def test_the_second_waits_for_the_first_and_sees_what_it_did() -> None:
    """The lock, shown: the second transaction stands still until the first one commits."""
    organisation = OrganisationFactory.create()
    first, second = (Membership.objects.get(user=member(organisation)) for _ in range(2))
    given: list[object] = []

    def leave() -> None:
        try:
            remove_member(membership=second)
        except LastAdminError as error:
            given.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=leave)
    with transaction.atomic():
        remove_member(membership=first)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive(), "the second one must wait"
    thread.join(20)
    assert len(given) == 1


def test_the_same_form_sent_twice_at_once_makes_one_organisation() -> None:
    user, key = UserFactory.create(), uuid4()
    given = together(*[lambda: create_organisation(sheet=Sheet(name="Le Relais"), by=user, key=key)] * 2)
    assert given[0] == given[1]
    assert isinstance(given[0], Organisation)
    assert Organisation.objects.filter(creation_key=key).count() == 1
    assert Membership.objects.filter(user=user).count() == 1


def test_two_people_with_the_same_number_at_once_make_one_organisation() -> None:
    people = [UserFactory.create() for _ in range(2)]
    given = together(
        *[
            lambda by=by: create_organisation(sheet=Sheet(name="X", siren="732829320"), by=by, key=uuid4())
            for by in people
        ]
    )
    assert sum(isinstance(g, AlreadyHereError) for g in given) == 1
    assert Organisation.objects.filter(siren="732829320").count() == 1


def test_the_same_person_is_invited_once_and_becomes_a_member_once() -> None:
    organisation = OrganisationFactory.create()
    admin, guest = member(organisation), UserFactory.create(email="invitee-concurrente@exemple.fr")
    given = together(
        *[lambda: invite_member(organisation=organisation, email=guest.email, role=Role.STAFF, by=admin)] * 2
    )
    assert sum(isinstance(g, InvitationRefusedError) for g in given) == 1
    invitation = organisation.invitations.get()
    together(*[lambda: accept_invitation(invitation=invitation, by=guest)] * 2)
    assert Membership.objects.filter(organisation=organisation, user=guest).count() == 1
