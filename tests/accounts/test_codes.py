"""Unknown codes are counted by address, and forgotten after ten minutes."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from apps.diagnostic import throttle

pytestmark = pytest.mark.django_db


def request(address: str) -> object:
    return RequestFactory().get("/", REMOTE_ADDR=address)


def try_codes(address: str, times: int = throttle.MOST_TRIES) -> None:
    for _ in range(times):
        throttle.count_unknown_code(request(address))  # type: ignore[arg-type]


def blocked(address: str) -> bool:
    return throttle.too_many_tries(request(address))  # type: ignore[arg-type]


def test_the_twentieth_unknown_code_is_the_last_from_this_address() -> None:
    try_codes("192.0.2.1", throttle.MOST_TRIES - 1)
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
