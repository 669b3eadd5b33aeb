"""The sharing page of an association, ready for a template without logic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from apps.accounts.models import Organisation, User
from apps.dashboards.consents import selectors
from apps.dashboards.models import Consent, Objection, Release

GONE = "une personne dont le compte n’existe plus"


@dataclass(frozen=True, slots=True)
class Counted:
    """A published release. ``url``: "" when the association no longer reads it."""

    name: str
    of: str
    published_at: datetime | None
    url: str


@dataclass(frozen=True, slots=True)
class Accord:
    """``text``: template of the words agreed to. ``again``: where to agree again, "" when the programme is closed or the
    association is in it again."""

    consent: Consent
    given_by: str
    withdrawn_by: str
    text: str
    again: str


@dataclass(frozen=True, slots=True)
class Sharing:
    organisation: Organisation
    may_act: bool
    counted: list[Counted]
    active: list[Accord]
    withdrawn: list[Accord]
    objection: Objection | None
    objection_by: str
    is_left_out: bool


def sharing(organisation: Organisation, *, may_act: bool) -> Sharing:
    """3 queries."""
    known = list(selectors.consents_of(organisation))
    reads = {consent.programme_id for consent in known if consent.is_active}
    rows = [accord(consent, reads) for consent in known]
    objection = selectors.objection_of(organisation)
    return Sharing(
        organisation=organisation,
        may_act=may_act,
        counted=[counted(row.release, reads) for row in selectors.counted_in(organisation)],
        active=[row for row in rows if row.consent.is_active],
        withdrawn=[row for row in rows if not row.consent.is_active],
        objection=objection,
        objection_by=who(objection.made_by) if objection else "",
        is_left_out=organisation.is_demo and not settings.RELEASES_COUNT_DEMO,
    )


def accord(consent: Consent, reads: set[UUID]) -> Accord:
    programme = consent.programme
    is_free = programme.is_open and programme.pk not in reads
    again = reverse("dashboards:programme_join_code", args=[programme.code]) if is_free else ""
    text = f"dashboards/consents/accord/{consent.words}.html"
    return Accord(consent, who(consent.given_by), who(consent.withdrawn_by), text, again)


def counted(release: Release, reads: set[UUID]) -> Counted:
    """``reads``: programmes whose releases the association may open."""
    may_read = release.programme_id is None or release.programme_id in reads
    version = f", version\u00a0{release.version}" if release.version > 1 else ""
    return Counted(
        name=f"{release.quarter.name}{version}",
        of=f"programme {release.programme}" if release.programme else "publication nationale",
        published_at=release.published_at,
        url=reverse("dashboards:release", args=[release.slug]) if may_read else "",
    )


def who(person: User | None) -> str:
    return str(person) if person else GONE
