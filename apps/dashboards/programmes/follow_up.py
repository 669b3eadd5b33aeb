"""Which associations are invited, joined, finished: names and dates, never an answer, a score or a profile."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from apps.accounts.enums import InvitationState
from apps.core.spreadsheets import one_line
from apps.dashboards.models import Consent, Programme, ProgrammeInvitation
from apps.dashboards.programmes import selectors

# Published list: key in the address, what is said of one association, what the filter says.
STATES: dict[str, tuple[str, str]] = {
    "terminee": ("diagnostic terminé", "diagnostic terminé"),
    "commencee": ("diagnostic commencé", "diagnostic commencé"),
    "rejointe": ("diagnostic à ouvrir", "diagnostic à ouvrir"),
    "invitee": ("invitée, sans réponse", "invitées, sans réponse"),
    "expiree": ("invitation expirée", "invitations expirées"),
    "declinee": ("invitation déclinée", "invitations déclinées"),
}
JOINED = ("terminee", "commencee", "rejointe")
OF_INVITATION: dict[str, str] = {
    InvitationState.PENDING: "invitee",
    InvitationState.EXPIRED: "expiree",
    InvitationState.DECLINED: "declinee",
}


@dataclass(frozen=True, slots=True)
class Line:
    """``email``: the one the funder typed, only of an invitation. ``when``: joined, sent, expired or declined."""

    name: str
    state: str
    when: datetime
    email: str = ""

    @property
    def label(self) -> str:
        return STATES[self.state][0]

    @property
    def is_joined(self) -> bool:
        return self.state in JOINED

    @property
    def verb(self) -> str:
        words = {"invitee": "invitée le", "expiree": "expirée le", "declinee": "déclinée le"}
        return words.get(self.state, "a rejoint le")


@dataclass(frozen=True, slots=True)
class Choice:
    """A state that the list may be narrowed to."""

    key: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class FollowUp:
    lines: list[Line]

    @property
    def joined(self) -> int:
        return sum(line.is_joined for line in self.lines)

    @property
    def finished(self) -> int:
        return sum(line.state == "terminee" for line in self.lines)

    @property
    def choices(self) -> list[Choice]:
        counts = Counter(line.state for line in self.lines)
        return [Choice(key, label, counts[key]) for key, (_, label) in STATES.items()]

    def only(self, state: str) -> list[Line]:
        """All of them for ""."""
        return [line for line in self.lines if not state or line.state == state]


def follow_up(programme: Programme) -> FollowUp:
    """By name. 2 queries."""
    invited = [of_invitation(row) for row in selectors.followed_invitations(programme)]
    joined = [of_consent(row) for row in selectors.followed_consents(programme)]
    return FollowUp(sorted([*invited, *joined], key=lambda line: (plain(line.name), line.email)))


def of_invitation(row: ProgrammeInvitation) -> Line:
    state = OF_INVITATION[selectors.state_of(row)]
    when = {"invitee": row.sent_at, "expiree": row.expires_at, "declinee": row.answered_at}[state]
    assert when is not None
    return Line(row.association, state, when, row.email)


def of_consent(row: Consent) -> Line:
    is_finished, is_started = row.is_finished, row.is_started  # type: ignore[attr-defined]
    state = "terminee" if is_finished else "commencee" if is_started else "rejointe"
    return Line(row.organisation.name, state, row.given_at)


def plain(text: str) -> str:
    """« Écluse » sorts beside « ecole »."""
    bare = unicodedata.normalize("NFKD", text)
    return "".join(c for c in bare if not unicodedata.combining(c)).casefold()


def to_csv(lines: Iterable[Line]) -> bytes:
    """Semicolons and a mark of UTF-8: what French spreadsheets expect. No cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["Association", "Où elle en est", "Date", "Ce que dit la date", "Adresse invitée"])
    for line in lines:
        day = timezone.localtime(line.when).date().isoformat()
        writer.writerow(
            [one_line(line.name), line.label, day, line.verb.removesuffix(" le"), one_line(line.email)]
        )
    return ("\ufeff" + out.getvalue()).encode()
