"""What the database refuses of programmes, consents and releases (see tests/core/test_constraints.py)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from apps.dashboards.models import Consent, ProgrammeInvitation, Release, ReleaseMember
from tests.dashboards.world import programme, release
from tests.factories import OrganisationFactory

Act = Callable[[], Any]


def asked(**fields: Any) -> ProgrammeInvitation:
    values = {
        "association": "Le Relais",
        "email": "ami@exemple.fr",
        "token_hash": uuid4().hex,
        "expires_at": timezone.now() + timedelta(days=30),
        **fields,
    }
    return ProgrammeInvitation.objects.create(
        **{"programme": fields.get("programme") or programme(), **values}
    )


def one_waiting() -> None:
    asked(email="AMI@exemple.fr", programme=asked().programme)


def consent(**fields: Any) -> Consent:
    values = {"words": "accord-1", **fields}
    values.setdefault("programme", None)
    values["programme"] = values["programme"] or programme()
    return Consent.objects.create(**{"organisation": OrganisationFactory.create(), **values})


def one_consent() -> None:
    first = consent()
    consent(programme=first.programme, organisation=first.organisation)


def row(**fields: Any) -> Release:
    values = {"slug": uuid4().hex, "year": 2026, "quarter_number": 3, **fields}
    return Release.objects.create(**values)


def one_version() -> None:
    row(state="set_aside")
    row(state="set_aside")


def one_draft() -> None:
    row()
    row(version=2)


def one_member() -> None:
    made, campaign = row(), uuid4()
    for _ in range(2):
        ReleaseMember.objects.create(release=made, campaign_id=campaign)


def one_table() -> None:
    made = release()
    made.tables.create(key=made.tables.all()[0].key, position=99, protected={})


def one_exact_table() -> None:
    made = release()
    made.exact_tables.create(key=made.exact_tables.all()[0].key, exact={})


def one_suppression() -> None:
    made = row()
    for _ in range(2):
        made.suppressions.create(table="axes", row="tout", column="A", reason="small")


VIOLATIONS: dict[str, Act] = {
    "programme_has_a_name": lambda: programme(name=""),
    "one_waiting_programme_invitation_per_email": one_waiting,
    "programme_invitation_answer_is_dated": lambda: asked(answer="declined"),
    "one_consent_per_programme_and_organisation": one_consent,
    "consent_is_withdrawn_after_it_is_given": lambda: consent(
        withdrawn_at=timezone.now() - timedelta(days=1)
    ),
    "one_release_per_scope_quarter_and_version": one_version,
    "one_unpublished_release_per_scope_and_quarter": one_draft,
    "quarter_is_1_to_4": lambda: row(quarter_number=5),
    "published_release_is_built_and_not_refused": lambda: row(
        state="published", built_at=timezone.now(), published_at=timezone.now(), refusal="Trop petite."
    ),
    "one_member_per_campaign_and_release": one_member,
    "one_table_per_key_and_release": one_table,
    "one_exact_table_per_key_and_release": one_exact_table,
    "one_suppression_per_cell": one_suppression,
}
