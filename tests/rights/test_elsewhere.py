"""Another association's object answers as a missing one: same status, bytes, headers and queries, hence same time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median
from time import perf_counter

from tests.rights.foreign import foreign, missing
from tests.rights.ground import Answer, Ground, ground
from tests.rights.table import LIBRARIES, Row
from tests.test_permissions import TABLE

ROWS = TABLE | LIBRARIES
PLACEHOLDER = re.compile(r"\{(\w+)\}")
# What differs from one page to the next, whoever asks.
CHANGING = re.compile(
    rb'(name="csrfmiddlewaretoken" value="|nonce="|"X-CSRFToken": ?"|csrf-token" content=")[^"]+|'
    rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)
NONCE = re.compile(r"'nonce-[^']+'")
# The clock, and the length of the asked path.
LEFT_OUT = {"Expires", "Content-Length"}


def masked(answer: Answer, url: str) -> tuple[object, ...]:
    """What somebody outside sees of an answer, and what it cost."""
    path = url.encode()
    body = CHANGING.sub(b"*", answer.body.replace(path, b"URL").replace(path.replace(b"/", b"%2F"), b"URL"))
    headers = {
        name: NONCE.sub("*", value.replace(url, "URL"))
        for name, value in answer.headers.items()
        if name not in LEFT_OUT
    }
    return answer.status, answer.fault, body, headers, tuple(answer.sql)


def names_in(arguments: dict[str, str]) -> list[str]:
    return [name for value in arguments.values() for name in PLACEHOLDER.findall(value)]


def compare(at: Ground, role: str, method: str, one: str, other: str) -> tuple[str, int]:
    """What differs, in words (nothing when nothing does), and the status of the first."""
    first, second = at.ask(role, method, one), at.ask(role, method, other)
    seen, missed = masked(first, one), masked(second, other)
    parts = ("status", "fault", "bytes", "headers", "queries")
    differ = [name for name, a, b in zip(parts, seen, missed, strict=True) if a != b]
    if not differ:
        return "", first.status
    return (
        f"{differ}: {first.status} {second.status} {len(first.sql)} {len(second.sql)} queries",
        first.status,
    )


def theirs(at: Ground) -> Iterator[tuple[str, Row, str]]:
    """(name, row, placeholder) of the objects that a stranger does not reach."""
    place = at.roles.index("outsider")
    for name, (method, arguments, expected) in sorted(ROWS.items()):
        if expected.split()[place] == "404":
            for named in names_in(arguments):
                yield name, (method, arguments, expected), named


def test_a_stranger_cannot_tell_an_object_from_a_missing_one(db: None) -> None:
    at, faults, tried = ground(), [], 0
    for name, (method, arguments, _), named in theirs(at):
        real = at.url(name, arguments)
        none = at.url(name, arguments, **{named: missing(at.known[named])})
        differ, status = compare(at, "outsider", method, real, none)
        tried += 1
        if differ or status not in (404, 401):
            faults.append(f"{name} without its {named}: {status} {differ}")
    assert not faults, "\n".join(faults)
    assert tried > 100


def test_a_foreign_object_under_one_s_own_is_a_missing_one(db: None) -> None:
    """Those who may open the address, with the number of another association's object in it."""
    others = foreign()
    at, faults, tried = ground(), [], 0
    for name, (method, arguments, expected) in sorted(ROWS.items()):
        got = dict(zip(at.roles, expected.split(), strict=False))
        may = [role for role in ("lead", "admin", "funder") if got[role] not in ("403", "404")][:1]
        for named in names_in(arguments):
            if named not in others:
                continue
            one, other = (
                at.url(name, arguments, **{named: value}) for value in (others[named], missing(others[named]))
            )
            for role in (*may, "network"):
                differ, status = compare(at, role, method, one, other)
                tried += 1
                # 302: what is gone already is gone, for a second click.
                if differ or status not in (302, 403, 404):
                    faults.append(f"{name} with another's {named}: {role} {status} {differ}")
    assert not faults, "\n".join(faults)
    assert tried > 100


def test_the_two_take_the_same_time(db: None) -> None:
    """Told by the queries above; the clock only says that nothing else weighs."""
    at = ground()
    for name in ("diagnostic:result", "method:engagement", "documents:download"):
        method, arguments, _ = ROWS[name]
        (named,) = names_in(arguments)
        urls = (at.url(name, arguments), at.url(name, arguments, **{named: missing(at.known[named])}))
        spent: dict[str, list[float]] = {url: [] for url in urls}
        for turn in range(20):
            for url in urls if turn % 2 else reversed(urls):
                start = perf_counter()
                at.ask("outsider", method, url)
                spent[url].append(perf_counter() - start)
        real, none = (median(spent[url][4:]) for url in urls)
        assert 0.5 < real / none < 2, f"{name}: {real * 1000:.1f} ms, {none * 1000:.1f} ms when missing"
