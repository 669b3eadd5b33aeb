"""Mails: one reason each, in plain text, and what to do when it was not you."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.core.mail import EmailMessage
from django.db import OperationalError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from apps.accounts import mails
from apps.accounts.enums import Role
from apps.accounts.models import Invitation, Organisation
from apps.accounts.roles import DUTIES
from tests.factories import OrganisationFactory, UserFactory, member

FOLDER = Path(project.BASE_DIR) / "templates" / "account" / "email"
NAMES = sorted(path.name.removesuffix("_message.txt") for path in FOLDER.glob("[!b]*_message.txt"))
CONTEXT = {
    "site_name": "Trajectoires", "contact_email": "contact@exemple.fr", "email": "nadia@exemple.fr",
    "code": "123456", "ip": "192.0.2.1", "user_agent": "Navigateur", "timestamp": timezone.now(),
    "password_reset_url": "https://exemple.fr/compte/reset/", "signup_url": "https://exemple.fr/compte/signup/",
    "from_email": "avant@exemple.fr", "to_email": "apres@exemple.fr", "deleted_email": "avant@exemple.fr",
}  # fmt: skip
NOT_YOU = re.compile(
    r"Ce n’est pas vous\s\?|Vous n’avez (rien demandé|pas créé de compte)\s\?|Vous ne connaissez pas"
)


def mail_of(name: str) -> str:
    return render_to_string(f"account/email/{name}_message.txt", CONTEXT)


@pytest.mark.parametrize("name", NAMES)
def test_an_account_mail_says_its_reason_and_what_if_it_was_not_you(name: str) -> None:
    mail = mail_of(name)
    assert mail.startswith("Bonjour,\n")
    assert mail.rstrip().endswith("L’équipe de Trajectoires\ncontact@exemple.fr")
    assert len(NOT_YOU.findall(mail)) == 1
    assert len(re.findall(r"https?://", mail)) <= 1
    assert "<" not in mail
    assert "&" not in mail


@pytest.mark.parametrize("name", [name for name in NAMES if "code" in mail_of(name)])
def test_a_code_stands_alone_on_its_line_and_says_how_long_it_lasts(name: str) -> None:
    if "123456" in (mail := mail_of(name)):
        assert re.search(r"^ +123456$", mail, re.M)
        assert re.search(r"(trente|quinze) minutes", mail)


def test_the_durations_told_are_those_of_the_settings() -> None:
    told = {
        "email_confirmation_signup": (
            "trente minutes",
            project.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT,
            30,
        ),
        "login_code": ("quinze minutes", project.ACCOUNT_LOGIN_BY_CODE_TIMEOUT, 15),
        "password_reset_code": ("quinze minutes", project.ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT, 15),
    }
    for name, (words, seconds, minutes) in told.items():
        assert words in mail_of(name)
        assert seconds == minutes * 60


def test_a_subject_is_one_line() -> None:
    for path in FOLDER.glob("*_subject.txt"):
        subject = render_to_string(f"account/email/{path.name}", CONTEXT)
        assert len(subject.strip().splitlines()) == 1, path.name
        assert len(subject) < 80


def test_an_invitation_is_plain_text_with_one_link() -> None:
    invitation = Invitation(
        email="ami@exemple.fr", role=Role.LEAD, expires_at=timezone.now() + timedelta(days=14)
    )
    context = {
        "invitation": invitation, "organisation": Organisation(name="L’Atelier & Cie <b>"), "inviter": None,
        "role": "référente", "duty": DUTIES[Role.LEAD], "url": "https://exemple.fr/invitations/x/",
        "site_name": "Trajectoires", "site_url": "https://exemple.fr",
    }  # fmt: skip
    mail = render_to_string("emails/accounts/invitation.txt", context)
    assert "L’Atelier & Cie <b>" in mail
    assert "L’association vous invite" in mail
    assert mail.count("https://") == 1
    assert len(NOT_YOU.findall(mail)) == 1
    assert "Ouvrir le lien ne vous engage à rien." in mail


@pytest.mark.django_db
def test_a_dead_database_is_not_a_late_mail(client_of: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says 503 and nothing is recorded, rather than « the mail will be late »."""

    def fail(self: EmailMessage) -> None:
        raise OperationalError("gone")

    organisation = OrganisationFactory.create()
    client = client_of(member(organisation, Role.ADMIN))
    monkeypatch.setattr(EmailMessage, "send", fail)
    page = client.post(
        reverse("accounts:invitation_create", args=[organisation.pk]),
        {"email": "ami@exemple.fr", "role": "staff"},
    )
    assert page.status_code == 503
    assert not Invitation.objects.exists()


@pytest.mark.django_db
def test_nothing_is_sent_while_the_page_waits(client: Any) -> None:
    """Mails are rows: beat sends them, an SMTP outage holds nobody."""
    UserFactory.create(email="nadia@exemple.fr")
    client.post(reverse("account_request_login_code"), {"email": "nadia@exemple.fr"})
    mail = Email.objects.get()
    assert mail.status == 2  # queued
    assert mail.message
    assert mail.html_message == ""


def test_a_mail_error_does_not_spoil_the_transaction_around_it(db: None) -> None:
    def fail() -> None:
        Email.objects.create(pk="x")  # A database error, inside.

    assert not mails.safely(fail)
    assert Email.objects.count() == 0
