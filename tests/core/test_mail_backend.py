"""What people type reaches the mail as they typed it: no name is a template."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st
from post_office.models import Email

from apps.accounts.enums import Role
from apps.accounts.services.invitations import invite_member
from apps.core.mail_backend import literal
from tests.factories import OrganisationFactory, member

HOSTILE = "{% oups %} {{ settings.SECRET_KEY }} {# tu #} {%{{#}}%} {% endverbatim %}"


@settings(deadline=None)
@given(st.text(alphabet="{}%# aé<&\n'", max_size=60))
def test_a_text_is_rendered_as_itself(text: str) -> None:
    assert Template(literal(text)).render(Context()) == text


@pytest.fixture
def _mail_table(settings: Any) -> None:
    settings.EMAIL_BACKEND = "apps.core.mail_backend.EmailBackend"


@pytest.mark.django_db
@pytest.mark.usefixtures("_mail_table")
def test_a_hostile_name_is_only_a_name() -> None:
    mail = EmailMultiAlternatives(f"Pour {HOSTILE}", f"Bonjour {HOSTILE}", to=["a@exemple.fr"])
    mail.attach_alternative(f"<p>{HOSTILE}</p>", "text/html")
    mail.send()
    row = Email.objects.get()
    assert row.subject == f"Pour {HOSTILE}"
    assert row.message == f"Bonjour {HOSTILE}"
    assert row.html_message == f"<p>{HOSTILE}</p>"


@pytest.mark.django_db
@pytest.mark.usefixtures("_mail_table")
def test_an_association_with_such_a_name_still_invites() -> None:
    organisation = OrganisationFactory.create(name=HOSTILE)
    by = member(organisation, Role.ADMIN)
    invite_member(organisation=organisation, by=by, email="b@exemple.fr", role=Role.STAFF)
    (mail,) = Email.objects.all()
    assert "{% oups %}" in mail.subject
    assert HOSTILE in mail.message
