"""A session that ends in the middle of a form: nothing typed is lost."""

from __future__ import annotations

import time
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import Invitation, Organisation
from tests.accounts.helpers import PASSWORD, sheet, text
from tests.factories import OrganisationFactory, UserFactory, member
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
CREATE = reverse("accounts:organisation_create")


def sign_in(client: StrictClient, user: Any, then: str) -> Any:
    user.set_password(PASSWORD)
    user.save()
    return client.post(then, {"login": user.email, "password": PASSWORD}, follow=True)


def test_a_new_organisation_is_found_again_after_sign_in(client: StrictClient) -> None:
    sent = client.post(CREATE, sheet(siren="123", fragilities=["F01", "F02"]))
    assert sent["Location"] == f"{reverse('account_login')}?next={CREATE}"
    assert "ce que vous aviez écrit est gardé" in text(client.get(sent["Location"]))
    page = sign_in(client, UserFactory.create(), sent["Location"])
    assert page.redirect_chain[-1][0] == CREATE
    body = page.content.decode()
    assert 'value="Les Ateliers du Canal"' in body
    assert 'value="123"' in body
    assert 'value="58" selected' in body
    assert body.count("checked") == 2
    assert client.post(CREATE, sheet()).status_code == 302
    assert 'value="Les Ateliers du Canal"' not in client.get(CREATE).content.decode()


def test_an_edited_sheet_is_found_again(client: StrictClient) -> None:
    organisation = OrganisationFactory.create(name="Avant")
    url = reverse("accounts:organisation_edit", args=[organisation.pk])
    sent = client.post(url, sheet(name="Après"))
    assert 'value="Après"' in sign_in(client, member(organisation), sent["Location"]).content.decode()
    organisation.refresh_from_db()
    assert organisation.name == "Avant"


def test_an_invitation_is_found_again_on_the_page_of_members(client: StrictClient) -> None:
    organisation = OrganisationFactory.create()
    sent = client.post(
        reverse("accounts:invitation_create", args=[organisation.pk]),
        {"email": "k@exemple.fr", "role": "lead"},
    )
    page = sign_in(client, member(organisation), sent["Location"])
    assert page.redirect_chain[-1][0] == reverse("accounts:members", args=[organisation.pk])
    assert 'value="k@exemple.fr"' in page.content.decode()
    assert not Invitation.objects.exists()
    client.post(
        reverse("accounts:invitation_create", args=[organisation.pk]),
        {"email": "k@exemple.fr", "role": "lead"},
    )
    assert 'value="k@exemple.fr"' not in client.get(page.redirect_chain[-1][0]).content.decode()


def test_a_name_is_found_again(client: StrictClient) -> None:
    sent = client.post(reverse("accounts:profile"), {"full_name": "Nadia M."})
    assert 'value="Nadia M."' in sign_in(client, UserFactory.create(), sent["Location"]).content.decode()


@pytest.mark.parametrize(
    ("name", "args", "page"),
    [
        ("member_role", [1], "accounts:members"),
        ("member_remove", [1], "accounts:members"),
        ("invitation_resend", [1], "accounts:members"),
        ("invitation_revoke", [1], "accounts:members"),
        ("organisation_leave", [], "accounts:profile"),
        ("organisation_switch", [], "accounts:home"),
    ],
)
def test_a_button_leads_back_to_the_page_that_holds_it(
    client: StrictClient, name: str, args: list[int], page: str
) -> None:
    pk = uuid4()
    back = reverse(page, args=[pk] if page == "accounts:members" else [])
    sent = client.post(reverse(f"accounts:{name}", args=[pk, *args]))
    assert sent["Location"] == f"{reverse('account_login')}?next={back}"
    assert "rien n’a changé" in text(client.get(sent["Location"]))


@pytest.mark.parametrize(("name", "args"), [("token_delete", ["abc"]), ("invitation_answer", [3])])
def test_other_buttons_too(client: StrictClient, name: str, args: list[Any]) -> None:
    assert client.post(reverse(f"accounts:{name}", args=args))["Location"].startswith(
        reverse("account_login")
    )


def test_a_page_asked_by_a_visitor_keeps_no_draft(client: StrictClient) -> None:
    assert client.get(CREATE)["Location"] == f"{reverse('account_login')}?next={CREATE}"
    assert "drafts" not in client.session


def test_a_huge_form_is_not_kept(client: StrictClient) -> None:
    client.post(CREATE, sheet(name="a" * 30_000))
    assert "drafts" not in client.session
    assert not Organisation.objects.exists()


def test_a_draft_waits_one_hour(client: StrictClient, monkeypatch: pytest.MonkeyPatch) -> None:
    client.post(CREATE, sheet())
    client.force_login(member(OrganisationFactory.create(), Role.STAFF))
    session = client.session
    assert session["drafts"]
    later = time.time() + 3700
    monkeypatch.setattr("apps.accounts.drafts.time.time", lambda: later)
    assert 'value="Les Ateliers du Canal"' not in client.get(CREATE).content.decode()
