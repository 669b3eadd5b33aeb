"""A lost second factor: the person is told, a day passes, then only the command removes it; who still has it keeps it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from apps.accounts import mails, retention
from apps.accounts.models import FactorReset, User
from apps.audit.events import Event
from apps.audit.models import AuditEntry
from tests.accounts.helpers import PASSWORD, last_mail
from tests.accounts.test_second_factor import current_code
from tests.factories import UserFactory
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
Clock = Callable[[datetime], None]
EMAIL = "claire@exemple.fr"


@pytest.fixture
def secret() -> str:
    made: str = generate_totp_secret()
    return made


@pytest.fixture
def claire(secret: str) -> User:
    user = UserFactory.create(email=EMAIL)
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.update_or_create(email=EMAIL, defaults={"verified": True, "primary": True})
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return user


def run(*options: str, email: str = EMAIL) -> str:
    out = StringIO()
    call_command("reset_second_factor", email, *options, stdout=out)
    return out.getvalue().replace("\u00a0", " ")


def factors() -> int:
    return Authenticator.objects.count()


def events(user: User) -> list[str]:
    rows = AuditEntry.objects.filter(subject=f"user:{user.pk}").order_by("number")
    return list(rows.values_list("event", flat=True))


def test_asked_then_told_then_done_a_day_later(claire: User, clock: Clock) -> None:
    said = run(email="Claire@Exemple.FR")
    assert "La personne est prévenue" in said
    assert factors() == 2
    mail = last_mail(EMAIL)
    assert "Connectez-vous avec votre seconde protection" in mail.message
    asked = FactorReset.objects.get().asked_at
    clock(asked + timedelta(hours=23, minutes=59))
    with pytest.raises(CommandError, match="Trop tôt"):
        run()
    assert factors() == 2
    clock(asked + timedelta(hours=24, seconds=1))
    assert "C’est retiré (recovery_codes, totp)" in run()
    assert factors() == 0
    assert not FactorReset.objects.exists()
    assert "vient de retirer" in last_mail(EMAIL).message
    assert events(claire)[-3:] == [Event.FACTOR_RESET_ASKED, Event.FACTOR_REMOVED, Event.FACTOR_REMOVED]
    assert {entry.actor for entry in AuditEntry.objects.filter(subject=f"user:{claire.pk}")} == {None}
    assert EMAIL not in str(list(AuditEntry.objects.values()))
    client = StrictClient()
    client.post("/compte/login/", {"login": EMAIL, "password": PASSWORD})
    assert client.get("/espace/").status_code == 200


def test_whoever_signs_in_with_it_keeps_it(claire: User, secret: str) -> None:
    run()
    client = StrictClient()
    client.post("/compte/login/", {"login": EMAIL, "password": PASSWORD})
    assert FactorReset.objects.exists(), "a password alone stops nothing: it is what a thief has"
    client.post(reverse("mfa_authenticate"), {"code": current_code(secret)})
    assert client.get("/espace/").status_code == 200
    assert not FactorReset.objects.exists()
    assert Event.FACTOR_RESET_CANCELLED in events(claire)
    assert factors() == 2


def test_it_is_given_up(claire: User) -> None:
    with pytest.raises(CommandError, match="Aucune demande"):
        run("--cancel")
    run()
    assert "abandonnée" in run("--cancel")
    assert events(claire)[-1] == Event.FACTOR_RESET_CANCELLED
    assert factors() == 2


def test_a_request_that_nobody_came_back_for_begins_again(claire: User, clock: Clock) -> None:
    run()
    later = timezone.now() + timedelta(days=8)
    clock(later)
    assert "La personne est prévenue" in run()
    assert factors() == 2
    assert FactorReset.objects.get().asked_at == later
    clock(later + timedelta(days=8))
    retention.erase_past()
    assert not FactorReset.objects.exists()


def test_a_mail_that_cannot_be_written_asks_nothing(claire: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mails, "queue", lambda *_, **__: False)
    with pytest.raises(CommandError, match="rien n’est demandé"):
        run()
    assert not FactorReset.objects.exists()
    assert Event.FACTOR_RESET_ASKED not in events(claire)


def test_neither_a_stranger_nor_an_account_without_one(claire: User) -> None:
    with pytest.raises(CommandError, match="Aucun compte"):
        run(email="inconnue@exemple.fr")
    UserFactory.create(email="sans@exemple.fr")
    with pytest.raises(CommandError, match="n’a pas de seconde protection"):
        run(email="sans@exemple.fr")
