"""Each address sent the methods that it does not take: refused in words, without a write, never a fault."""

from __future__ import annotations

from tests.rights.ground import Ground, ground
from tests.rights.table import COUNTERS, LIBRARIES, Row
from tests.test_permissions import TABLE

# Refused, or sent away before that.
REFUSED = {302, 401, 403, 404, 405}
# What no page of ours sends.
FOREIGN = ("put", "patch", "delete", "options", "trace")
# Django's administration draws its lists and forms whatever the method; the probes answer before anything else.
ANY_METHOD = ("admin:", "pages:healthz", "pages:readyz")
# The forms of allauth take a PUT as a POST, its token against forgery included.
PUT_IS_POST = ("account_", "mfa_")
# Who goes furthest in an address: the refusal must come from the method, not from the role.
STRONGEST = (
    "lead",
    "admin",
    "operator",
    "curator",
    "author",
    "funder",
    "staff",
    "outsider",
    "guest",
    "anonymous",
)


def strongest(at: Ground, expected: str) -> str:
    got = dict(zip(at.roles, expected.split(), strict=False))
    for wanted in (("200",), ("302", "422", "409", "405")):
        for role in STRONGEST:
            if got[role] in wanted:
                return role
    return "anonymous"


def foreign_methods(at: Ground, name: str, url: str, role: str) -> list[str]:
    faults = []
    for method in FOREIGN:
        answer = at.ask(role, method, url)
        put = method == "put" and name.startswith(PUT_IS_POST)
        taken = {200, 204} if method == "options" or put or name.startswith(ANY_METHOD) else set()
        if answer.status not in REFUSED | taken or answer.written - COUNTERS or answer.promised:
            faults.append(f"{method} {name}: {role} gets {answer.status} {answer.fault} {answer.written}")
    return faults


def head(at: Ground, name: str, url: str, role: str, status: int) -> list[str]:
    """The answer of a GET without its body, or « 405 »."""
    told = at.ask(role, "head", url)
    if told.status not in (status, 405) or told.body or told.written - COUNTERS or told.promised:
        return [f"head {name}: {role} gets {told.status} {told.fault}, not {status}"]
    return []


def other_way(at: Ground, name: str, method: str, url: str, role: str) -> list[str]:
    """A GET on what acts does nothing; a POST on what is read is never a fault."""
    if method == "post":
        answer = at.ask(role, "get", url)
        if answer.status not in REFUSED | {200, 301} or answer.written - COUNTERS or answer.promised:
            return [f"get {name}: {role} gets {answer.status} {answer.fault} {answer.written}"]
        return []
    answer = at.ask(role, "post", url)
    return [f"post {name}: {role} gets {answer.status} {answer.fault}"] if answer.status >= 500 else []


def faults_of(at: Ground, name: str, row: Row) -> list[str]:
    method, arguments, expected = row
    url, role = at.url(name, arguments), strongest(at, expected)
    faults = foreign_methods(at, name, url, role) + other_way(at, name, method, url, role)
    if method == "get":
        faults += head(at, name, url, role, int(expected.split()[at.roles.index(role)]))
    return faults


def test_an_address_refuses_the_methods_it_does_not_take(db: None) -> None:
    at = ground()
    faults = [
        fault for name, row in sorted((TABLE | LIBRARIES).items()) for fault in faults_of(at, name, row)
    ]
    assert not faults, "\n".join(faults)
