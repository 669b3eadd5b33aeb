from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import Membership, Organisation, User
from apps.accounts.services.members import LastAdminError, change_role, remove_member
from tests.accounts.helpers import text
from tests.factories import OrganisationFactory, member
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., StrictClient]


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create(name="Le Relais")


def url(name: str, organisation: Organisation, user: User | None = None) -> str:
    args: list[Any] = [organisation.pk]
    if user:
        args.append(Membership.objects.get(user=user).pk)
    return reverse(f"accounts:{name}", args=args)


def role_of(user: User) -> str:
    return Membership.objects.get(user=user).role


@pytest.mark.parametrize("role", Role.values)
def test_every_member_sees_the_members_and_only_admins_see_buttons(
    client_of: ClientOf, organisation: Organisation, role: str
) -> None:
    member(organisation, Role.ADMIN, full_name="Karim Diallo")
    page = client_of(member(organisation, role)).get(url("members", organisation))
    assert "Membres du Relais" in text(page)
    assert "Karim Diallo" in text(page)
    assert ("Envoyer l’invitation" in text(page)) == (role == Role.ADMIN)
    assert ("Retirer" in text(page)) == (role == Role.ADMIN)


def test_strangers_do_not_know_the_page_exists(client_of: ClientOf, organisation: Organisation) -> None:
    assert (
        client_of(member(OrganisationFactory.create())).get(url("members", organisation)).status_code == 404
    )


def test_an_admin_changes_a_role(client_of: ClientOf, organisation: Organisation) -> None:
    client, other = client_of(member(organisation)), member(organisation, Role.STAFF, full_name="Karim")
    page = client.post(url("member_role", organisation, other), {"role": "lead"}, follow=True)
    assert role_of(other) == Role.LEAD
    assert "Karim a maintenant le rôle : référente ou référent." in text(page)


@pytest.mark.parametrize("role", ["", "reine"])
def test_a_role_of_no_list_changes_nothing(
    client_of: ClientOf, organisation: Organisation, role: str
) -> None:
    client, other = client_of(member(organisation)), member(organisation, Role.STAFF)
    page = client.post(url("member_role", organisation, other), {"role": role}, follow=True)
    assert role_of(other) == Role.STAFF
    assert "Choisissez un rôle" in text(page)


@pytest.mark.parametrize("role", [Role.LEAD, Role.BOARD, Role.STAFF])
@pytest.mark.parametrize("name", ["member_role", "member_remove"])
def test_others_change_nobody(client_of: ClientOf, organisation: Organisation, role: str, name: str) -> None:
    other = member(organisation, Role.STAFF)
    assert (
        client_of(member(organisation, role))
        .post(url(name, organisation, other), {"role": "admin"})
        .status_code
        == 403
    )
    assert role_of(other) == Role.STAFF


def test_nobody_reaches_the_members_of_another_association(
    client_of: ClientOf, organisation: Organisation
) -> None:
    client, elsewhere = client_of(member(organisation)), member(OrganisationFactory.create(), Role.STAFF)
    crossed = reverse(
        "accounts:member_remove", args=[organisation.pk, Membership.objects.get(user=elsewhere).pk]
    )
    assert client.post(crossed).status_code == 404
    assert role_of(elsewhere) == Role.STAFF


def test_an_admin_removes_a_member(client_of: ClientOf, organisation: Organisation) -> None:
    client, other = client_of(member(organisation)), member(organisation, Role.STAFF, full_name="Karim")
    page = client.post(url("member_remove", organisation, other), follow=True)
    assert "Karim ne fait plus partie du Relais." in text(page)
    assert not Membership.objects.filter(user=other).exists()
    other.refresh_from_db()
    assert other.current_organisation is None


def test_an_admin_removes_herself_when_another_remains(
    client_of: ClientOf, organisation: Organisation
) -> None:
    me = member(organisation)
    member(organisation)
    sent = client_of(me).post(url("member_remove", organisation, me))
    assert sent["Location"] == reverse("accounts:home")
    assert not Membership.objects.filter(user=me).exists()


@pytest.mark.parametrize("name", ["member_remove", "organisation_leave", "member_role"])
def test_the_last_admin_stays(client_of: ClientOf, organisation: Organisation, name: str) -> None:
    me = member(organisation)
    member(organisation, Role.LEAD)
    address = url(name, organisation, None if name == "organisation_leave" else me)
    page = client_of(me).post(address, {"role": "staff"}, follow=True)
    assert "au moins une personne qui l’administre" in text(page)
    assert role_of(me) == Role.ADMIN


def test_the_page_says_why_the_last_admin_has_no_button(
    client_of: ClientOf, organisation: Organisation
) -> None:
    page = client_of(member(organisation)).get(url("members", organisation))
    assert "Seule personne à administrer" in text(page)
    assert "Quitter l’association" not in text(page)


@pytest.mark.parametrize("role", [Role.LEAD, Role.BOARD, Role.STAFF])
def test_a_member_leaves(client_of: ClientOf, organisation: Organisation, role: str) -> None:
    me = member(organisation, role)
    page = client_of(me).post(url("organisation_leave", organisation), follow=True)
    assert "Vous avez quitté Le Relais." in text(page)
    assert not Membership.objects.filter(user=me).exists()


def test_services_keep_one_admin(organisation: Organisation) -> None:
    membership = Membership.objects.get(user=member(organisation))
    with pytest.raises(LastAdminError):
        change_role(membership=membership, role=Role.BOARD)
    with pytest.raises(LastAdminError):
        remove_member(membership=membership)
    assert change_role(membership=membership, role=Role.ADMIN).role == Role.ADMIN


@pytest.mark.parametrize("act", ["member_role", "member_remove"])
def test_someone_who_left_meanwhile(
    client_of: ClientOf, organisation: Organisation, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    client, other = client_of(member(organisation)), member(organisation, Role.STAFF)
    address = url(act, organisation, other)

    def gone(**kwargs: Any) -> None:
        raise Membership.DoesNotExist

    monkeypatch.setattr("apps.accounts.views.members.change_role", gone)
    monkeypatch.setattr("apps.accounts.views.members.remove_member", gone)
    assert "ne fait plus partie" in text(client.post(address, {"role": "lead"}, follow=True))


@pytest.mark.parametrize("others", [0, 2])
def test_queries_do_not_grow_with_members_or_invitations(
    client_of: ClientOf, organisation: Organisation, django_assert_num_queries: Any, others: int
) -> None:
    client = client_of(member(organisation))
    for n in range(others):
        member(organisation, Role.STAFF)
        client.post(url("invitation_create", organisation), {"email": f"i{n}@exemple.fr", "role": "staff"})
    client.get(url("members", organisation))  # Reads the messages.
    with django_assert_num_queries(5):
        client.get(url("members", organisation))
