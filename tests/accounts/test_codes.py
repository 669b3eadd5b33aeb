"""Six letters: read however they are typed; unknown ones are counted by address, and forgotten after ten minutes."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from apps.accounts.codes import Gate, tidy_code

pytestmark = pytest.mark.django_db
GATE = Gate("essai", "Rien n’a ce code.")


def request(address: str) -> object:
    return RequestFactory().get("/", REMOTE_ADDR=address)


def try_codes(address: str, times: int = GATE.most) -> None:
    for _ in range(times):
        GATE.count_unknown(request(address))  # type: ignore[arg-type]


def blocked(address: str) -> bool:
    return GATE.is_shut(request(address))  # type: ignore[arg-type]


def test_a_code_is_read_however_it_is_typed() -> None:
    assert tidy_code(" bcd-fgh ") == tidy_code("B C D F G H") == tidy_code("bçd.fgh") == "BCDFGH"
    assert tidy_code("💥" * 100) == ""


def test_what_a_code_opens_and_what_is_said_when_it_opens_nothing() -> None:
    doors = {"BCDFGH": "la porte"}
    asked = RequestFactory().get("/", REMOTE_ADDR="192.0.2.4")
    assert GATE.find(asked, "bcd-fgh", doors.get) == ("la porte", "", 200)
    for _ in range(GATE.most):
        assert GATE.find(asked, "ZZZZZZ", doors.get) == (None, "Rien n’a ce code.", 404)
    found, refusal, status = GATE.find(asked, "BCDFGJ", {"BCDFGJ": "une autre"}.get)
    assert (found, status) == (None, 429)
    assert "Attendez dix minutes" in refusal


def test_one_who_guesses_does_not_shut_the_hall_out() -> None:
    doors = {"BCDFGH": "la porte", "BCDFGJ": "la voisine"}
    hall, elsewhere = (RequestFactory().get("/", REMOTE_ADDR=one) for one in ("192.0.2.5", "192.0.2.6"))
    assert GATE.find(hall, "BCDFGH", doors.get)[2] == 200
    for place in ("192.0.2.5", "192.0.2.6"):
        try_codes(place)
    assert GATE.find(hall, "bcd fgh", doors.get) == ("la porte", "", 200)
    # What never opened there is not looked at, nor what opened in another hall or at another door.
    assert GATE.find(hall, "BCDFGJ", doors.get)[2] == 429
    assert GATE.find(elsewhere, "BCDFGH", doors.get)[2] == 429
    other = Gate("essai-voisin", "Rien n’a ce code.", most=0)
    assert other.find(hall, "BCDFGH", doors.get)[2] == 429


def test_the_twentieth_unknown_code_is_the_last_from_this_address() -> None:
    try_codes("192.0.2.1", GATE.most - 1)
    assert not blocked("192.0.2.1")
    try_codes("192.0.2.1", 1)
    assert blocked("192.0.2.1")
    assert not blocked("192.0.2.2")


def test_one_home_owns_its_whole_ipv6_network() -> None:
    try_codes("2001:db8:0:1::1")
    assert blocked("2001:db8:0:1:ffff::9")
    assert not blocked("2001:db8:0:2::1")


def test_the_wait_is_the_ten_minutes_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[int] = []
    real = cache.set

    def spy(name: str, value: int, timeout: int) -> None:
        kept.append(timeout)
        real(name, value, timeout)

    monkeypatch.setattr(cache, "set", spy)
    try_codes("192.0.2.3", 3)
    assert kept == [600] * 3
