"""Each act that the journal promises is in it, with who did it and to what; a refused act is not."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from apps.accounts.enums import PlatformRole, Role
from apps.accounts.models import Membership, PlatformGrant, User
from apps.accounts.services import invitations, members, organisations, people, tokens
from apps.accounts.services.members import LastAdminError
from apps.audit.events import Event
from apps.audit.models import AuditEntry
from apps.dashboards.services import consents
from tests.accounts.helpers import PASSWORD
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db


def last(event: Event) -> AuditEntry:
    found = AuditEntry.objects.filter(event=event).order_by("-number").first()
    assert found, f"no entry: {event}"
    return found


def acts() -> list[str]:
    return list(AuditEntry.objects.values_list("event", flat=True))


@pytest.fixture
def claire() -> User:
    user = UserFactory.create(email="claire@exemple.fr")
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.update_or_create(email=user.email, defaults={"verified": True, "primary": True})
    return user


def test_signing_in_and_out(claire: User, client: Client) -> None:
    client.post("/compte/login/", {"login": claire.email, "password": PASSWORD})
    entry = last(Event.SIGNED_IN)
    assert (entry.actor, entry.subject, entry.details) == (
        claire.pk,
        f"user:{claire.pk}",
        {"by": ["password"]},
    )
    assert len(entry.address_hash) == 32
    assert entry.request_id
    client.post("/compte/logout/")
    assert last(Event.SIGNED_OUT).actor == claire.pk


def test_a_wrong_password_is_kept_against_the_account_and_never_what_was_typed(
    claire: User, client: Client
) -> None:
    client.post("/compte/login/", {"login": "CLAIRE@exemple.fr", "password": "pas celui-ci du tout"})
    entry = last(Event.SIGN_IN_FAILED)
    assert (entry.actor, entry.subject) == (None, f"user:{claire.pk}")
    assert "pas celui-ci" not in str(entry.details)
    client.post("/compte/login/", {"login": "inconnue@exemple.fr", "password": "pas celui-ci du tout"})
    assert acts().count(Event.SIGN_IN_FAILED) == 1


def test_a_new_password(claire: User, client: Client) -> None:
    client.force_login(claire)
    new = "giroflée-cardamome-2026"
    client.post("/compte/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert last(Event.PASSWORD_CHANGED).actor == claire.pk


def test_a_corrected_name_is_not_in_it(claire: User) -> None:
    people.rename(user=claire, full_name="Claire Moreau")
    entry = last(Event.PROFILE_CORRECTED)
    assert entry.subject == f"user:{claire.pk}"
    assert "Moreau" not in str(entry.details)


def test_who_joins_changes_and_leaves_an_association(claire: User) -> None:
    made = organisations.create_organisation(
        sheet=organisations.Sheet(name="La Marmite"), by=claire, key=uuid4()
    )
    assert last(Event.MEMBER_JOINED).subject == f"organisation:{made.pk}"
    other = UserFactory.create()
    seat = Membership.objects.create(user=other, organisation=made, role=Role.STAFF)
    members.change_role(membership=seat, role=Role.ADMIN)
    assert last(Event.ROLE_CHANGED).details == {"person": other.pk, "from": Role.STAFF, "to": Role.ADMIN}
    members.change_role(membership=seat, role=Role.ADMIN)
    assert acts().count(Event.ROLE_CHANGED) == 1  # nothing changed
    members.remove_member(membership=seat)
    assert last(Event.MEMBER_LEFT).details == {"person": other.pk}


def test_a_refused_act_is_not_in_it() -> None:
    admin = member(OrganisationFactory.create())
    seat = admin.memberships.get()
    before = acts()
    with pytest.raises(LastAdminError):
        members.remove_member(membership=seat)
    with pytest.raises(LastAdminError):
        members.change_role(membership=seat, role=Role.STAFF)
    assert acts() == before


def test_an_invitation_that_is_accepted(claire: User) -> None:
    organisation = OrganisationFactory.create()
    made, _ = invitations.invite_member(
        organisation=organisation, email=claire.email, role=Role.STAFF, by=member(organisation)
    )
    invitations.accept_invitation(invitation=made, by=claire)
    entry = last(Event.MEMBER_JOINED)
    assert (entry.actor, entry.details) == (claire.pk, {"person": claire.pk, "role": Role.STAFF})


def test_roles_of_the_platform(claire: User) -> None:
    grant = PlatformGrant.objects.create(user=claire, role=PlatformRole.CURATOR)
    assert last(Event.PLATFORM_ROLE_GIVEN).details == {"role": PlatformRole.CURATOR}
    grant.delete()
    assert last(Event.PLATFORM_ROLE_TAKEN).subject == f"user:{claire.pk}"


def test_tokens(claire: User) -> None:
    token, secret = tokens.create_token(user=claire, label="tableur")
    tokens.delete_token(token=token)
    entry = last(Event.TOKEN_DELETED)
    assert entry.subject == f"token:{token.token_key}" == last(Event.TOKEN_CREATED).subject
    assert secret not in str(AuditEntry.objects.values_list("details", "subject"))


def test_an_objection_and_its_end(claire: User) -> None:
    organisation = MembershipFactory.create(user=claire).organisation
    for _ in range(2):
        consents.object_to_national(organisation=organisation, by=claire)
    for _ in range(2):
        consents.agree_to_national(organisation=organisation, by=claire)
    assert acts().count(Event.OBJECTION) == acts().count(Event.OBJECTION_LIFTED) == 1


def test_nobody_s_name_nor_address_is_in_it(claire: User, client: Client) -> None:
    client.post("/compte/login/", {"login": claire.email, "password": PASSWORD})
    people.rename(user=claire, full_name="Claire Moreau")
    rows: list[Any] = list(AuditEntry.objects.values())
    for word in ("claire", "Moreau", "exemple.fr", "127.0.0.1"):
        assert word not in str(rows)
