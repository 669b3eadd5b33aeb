"""What a password may be: long rather than complicated, and not what a guesser tries first."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from apps.accounts.passwords import REFUSED
from tests.factories import UserFactory
from trajectoires.settings.accounts import PASSWORD_HASHERS

GOOD = "le chat roux dort au soleil"


def refused(password: str) -> list[str]:
    try:
        validate_password(password)
    except ValidationError as error:
        return [one.code for one in error.error_list]
    return []


@pytest.mark.parametrize("password", ["onze signes", "courte", "a1B$"])
def test_fewer_than_twelve_signs_are_refused(password: str) -> None:
    assert "password_too_short" in refused(password)


@pytest.mark.parametrize(
    "password", ["tout en minuscules sans chiffre", "🙂🌻🏡🚲🌧️📚🥖🎻🪁🐝🌙🧶", "ÉÈÀÇ ÉÈÀÇ ÉÈÀÇ", GOOD]
)
def test_any_signs_will_do(password: str) -> None:
    assert refused(password) == []


@pytest.mark.parametrize(
    "password", ["unbelievable", "qwerty123456", "telechargement", "123456123456", "q1w2e3r4t5y6"]
)
def test_the_most_common_passwords_are_refused(password: str) -> None:
    assert refused(password)


@pytest.mark.parametrize(
    "password",
    ["Trajectoires2026!", "association-2026", "motdepasse1234", "Bénévole!Bénévole!", "azertyazerty1"],
)
def test_words_of_this_place_alone_are_refused(password: str) -> None:
    assert "password_guessable" in refused(password)


def test_such_a_word_among_others_is_welcome() -> None:
    assert refused("notre association aime les giroflées") == []


def test_the_refusal_tells_how_to_mend_it() -> None:
    with pytest.raises(ValidationError) as caught:
        validate_password("Trajectoires2026!")
    assert REFUSED in caught.value.messages


@pytest.mark.django_db
@pytest.mark.parametrize(
    "password", [GOOD * 4, f"  {GOOD}  ", GOOD.upper()], ids=["long", "spaces", "capitals"]
)
def test_a_password_is_taken_as_it_is_typed(password: str, settings: Any) -> None:
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    user = UserFactory.create(email="claire@exemple.fr")
    user.set_password(password)
    user.save()
    assert identify_hasher(user.password).algorithm == "scrypt"
    user.refresh_from_db()
    assert user.check_password(password)
    assert not user.check_password(
        password.strip().lower() if password != password.strip() else password[:72].lower() + "x"
    )


@pytest.mark.django_db
def test_the_field_hides_the_word_and_welcomes_password_managers(client: Client) -> None:
    for address, offered in (("/compte/login/", "current-password"), ("/compte/signup/", "new-password")):
        page = client.get(address).content.decode()
        assert 'type="password"' in page
        assert f'autocomplete="{offered}"' in page
        assert "onpaste" not in page
