"""``manage.py erase_person``: for who asks in writing and cannot sign in any more."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from post_office.models import Email

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.audit.events import Event
from apps.audit.models import AuditEntry
from apps.privacy.models import ErasureReceipt
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db


def said(*arguments: str) -> str:
    out = io.StringIO()
    call_command("erase_person", *arguments, stdout=out)
    return out.getvalue()


def test_what_would_be_done_is_said_and_nothing_is() -> None:
    user = UserFactory.create(email="claire@exemple.fr")
    text = said("Claire@exemple.fr")
    assert "Compte" in text
    assert "ajoutez --apply" in text
    assert User.objects.filter(pk=user.pk).exists()
    assert not ErasureReceipt.objects.exists()


def test_she_is_erased_with_her_receipt_and_the_journal_says_so() -> None:
    UserFactory.create(email="claire@exemple.fr")
    text = said("claire@exemple.fr", "--apply")
    assert "/effacement/" in text
    assert not User.objects.filter(email="claire@exemple.fr").exists()
    receipt = ErasureReceipt.objects.get()
    assert AuditEntry.objects.filter(event=Event.ERASED, subject=f"receipt:{receipt.pk}").count() == 1
    assert Email.objects.filter(to="claire@exemple.fr").count() == 1


def test_who_runs_an_association_alone_is_refused_and_kept() -> None:
    organisation = OrganisationFactory.create(name="Les Essais du Canal")
    user = member(organisation, Role.ADMIN)
    MembershipFactory.create(organisation=organisation, role=Role.STAFF)
    with pytest.raises(CommandError, match="Les Essais du Canal"):
        said(user.email, "--apply")
    assert "✗" in said(user.email)
    assert User.objects.filter(pk=user.pk).exists()


def test_an_unknown_address_is_said() -> None:
    with pytest.raises(CommandError, match="Aucun compte"):
        said("personne@exemple.fr", "--apply")
