"""Seeds of second factors are encrypted by a key that is not in the database."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.core.management import call_command

from apps.core.sealing import MARK, UnreadableError, reseal, seal, unseal
from tests.factories import UserFactory


def test_what_is_sealed_is_read_again_and_never_written_twice_the_same() -> None:
    sealed = seal("JBSWY3DPEHPK3PXP")
    assert "JBSWY" not in sealed
    assert sealed != seal("JBSWY3DPEHPK3PXP")
    assert unseal(sealed) == "JBSWY3DPEHPK3PXP"


def test_what_was_written_before_is_still_read() -> None:
    assert unseal("JBSWY3DPEHPK3PXP") == "JBSWY3DPEHPK3PXP"


def test_a_new_key_reads_what_the_old_one_sealed_until_it_is_forgotten(settings: Any) -> None:
    old = settings.SECRET_KEY
    sealed = seal("graine")
    settings.SECRET_KEY = "another-key-" * 6
    with pytest.raises(UnreadableError):
        unseal(sealed)
    settings.SECRET_KEY_FALLBACKS = [old]
    again = reseal(sealed)
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(again) == "graine"


def test_a_changed_seal_opens_nothing() -> None:
    sealed = seal("graine")
    with pytest.raises(UnreadableError):
        unseal(sealed[:-4] + ("AAAA" if sealed[-4:] != "AAAA" else "BBBB"))


@pytest.mark.django_db
def test_no_seed_is_readable_in_the_database() -> None:
    user = UserFactory.create()
    auth.TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    codes = RecoveryCodes.activate(user).get_unused_codes()
    for row in Authenticator.objects.filter(user=user):
        written = row.data.get("secret") or row.data["seed"]
        assert written.startswith(MARK)
    assert (
        RecoveryCodes(Authenticator.objects.get(user=user, type="recovery_codes")).get_unused_codes() == codes
    )


@pytest.mark.django_db
def test_after_a_change_of_key_the_command_leaves_nothing_to_the_old_one(settings: Any) -> None:
    user = UserFactory.create()
    auth.TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    codes = RecoveryCodes.activate(user).get_unused_codes()
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-key-" * 6
    settings.SECRET_KEY_FALLBACKS = [old]
    call_command("reseal_factors")
    settings.SECRET_KEY_FALLBACKS = []
    assert (
        RecoveryCodes(Authenticator.objects.get(user=user, type="recovery_codes")).get_unused_codes() == codes
    )
    assert unseal(Authenticator.objects.get(user=user, type="totp").data["secret"]) == "JBSWY3DPEHPK3PXP"
