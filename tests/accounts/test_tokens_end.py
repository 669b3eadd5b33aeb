"""A token ends, and its owner is told a week before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from post_office.models import Email

from apps.accounts.models import ApiToken, User
from apps.accounts.services.tokens import PER_PERSON, TooManyTokensError, create_token, warn_of_ends
from tests.factories import UserFactory
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def claire() -> User:
    return UserFactory.create(email="claire@exemple.fr")


@pytest.fixture
def hers(claire: User) -> StrictClient:
    client = StrictClient()
    client.force_login(claire)
    return client


def days_left(token: ApiToken) -> int:
    return round((token.expiry - timezone.now()) / timedelta(days=1))


@pytest.mark.parametrize(("asked", "given"), [("30", 30), ("90", 90), ("365", 365), ("", 90)])
def test_it_lasts_what_was_chosen(hers: StrictClient, claire: User, asked: str, given: int) -> None:
    assert hers.post("/espace/jetons/", {"label": "Tableur", "days": asked}).status_code == 200
    assert days_left(ApiToken.objects.get(user=claire)) == given


def test_for_ever_is_refused_and_the_name_kept(hers: StrictClient, claire: User) -> None:
    page = hers.post("/espace/jetons/", {"label": "Tableur", "days": "99999"})
    assert page.status_code == 422
    assert "Choisissez une durée dans la liste." in page.content.decode()
    assert 'value="Tableur"' in page.content.decode()
    assert not ApiToken.objects.exists()


def test_one_that_is_over_opens_nothing_and_leaves_its_place(hers: StrictClient, claire: User) -> None:
    secrets = [create_token(user=claire, label=f"n° {number}")[1] for number in range(PER_PERSON)]
    with pytest.raises(TooManyTokensError):
        create_token(user=claire, label="de trop")
    ApiToken.objects.update(expiry=timezone.now() - timedelta(minutes=1))
    header = {"authorization": f"Bearer {secrets[0]}"}
    assert StrictClient().get("/api/v1/organisations/", headers=header).status_code == 401
    assert "Aucun jeton" in hers.get("/espace/jetons/").content.decode()
    create_token(user=claire, label="neuf")


def test_its_owner_is_told_once_a_week_before(claire: User, clock: Any) -> None:
    token, _ = create_token(user=claire, label="tableur du <trésorier>", days=30)
    assert warn_of_ends() == 0
    clock(timezone.now() + timedelta(days=24))
    assert warn_of_ends() == 1
    assert warn_of_ends() == 0
    mail = Email.objects.get()
    assert mail.to == ["claire@exemple.fr"]
    assert "tableur du <trésorier>" in mail.message or "tableur du <trésorier>" in str(mail.context)
    clock(token.expiry + timedelta(days=1))
    assert warn_of_ends() == 0
