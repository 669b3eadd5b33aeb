"""What programmes forget by themselves, and drafts that those they count no longer agree to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Organisation
from apps.dashboards import tasks
from apps.dashboards.models import Programme, ProgrammeInvitation, Release, ReleaseMember
from apps.dashboards.services import consents
from apps.dashboards.services.standing import LEFT, TOLD, why_stale
from tests.dashboards.world import programme, release
from tests.factories import OrganisationFactory, member

pytestmark = pytest.mark.django_db


def invited(of: Programme, **fields: Any) -> ProgrammeInvitation:
    row = {"association": "Une", "email": "une@exemple.fr", "token_hash": "h" * 64, **fields}
    return ProgrammeInvitation.objects.create(programme=of, **row)


@pytest.mark.parametrize("days", [29, 31])
def test_an_answered_or_expired_invitation_goes_with_its_address_after_thirty_days(days: int) -> None:
    now, ago = timezone.now(), timezone.now() - timedelta(days=days)
    of = programme()
    invited(of, email="a@exemple.fr", token_hash="a" * 64, expires_at=now, answer="declined", answered_at=ago)
    invited(of, email="b@exemple.fr", token_hash="b" * 64, expires_at=ago)
    waits = invited(of, email="c@exemple.fr", token_hash="c" * 64, expires_at=now + timedelta(days=1))
    tasks.forget()
    left = set(ProgrammeInvitation.objects.values_list("pk", flat=True))
    assert (left == {waits.pk}) is (days > 30)
    assert waits.pk in left


def counted(of: Programme | None) -> tuple[Release, Organisation]:
    organisation = OrganisationFactory.create()
    draft = release(of, state="built")
    if of:
        consents.give_consent(programme=of, organisation=organisation, by=member(organisation, Role.ADMIN))
    ReleaseMember.objects.create(release=draft, organisation=organisation, campaign_id=draft.pk)
    return draft, organisation


def test_a_draft_that_all_still_agree_to_is_not_stale() -> None:
    assert why_stale(counted(None)[0]) == why_stale(counted(programme())[0]) == ""


def test_a_consent_withdrawn_since_makes_the_draft_of_the_programme_stale() -> None:
    draft, organisation = counted(programme())
    consent = organisation.programme_consents.get()
    consents.withdraw_consent(consent=consent, by=consent.given_by)
    assert why_stale(draft) == LEFT


def test_an_objection_makes_the_national_draft_stale() -> None:
    draft, organisation = counted(None)
    consents.object_to_national(organisation=organisation, by=member(organisation, Role.ADMIN))
    assert why_stale(draft) == LEFT


def test_an_erased_association_makes_any_draft_stale() -> None:
    draft, organisation = counted(None)
    organisation.delete()
    assert why_stale(draft) == LEFT


def test_a_report_given_since_makes_the_draft_stale() -> None:
    draft, organisation = counted(programme())
    consents.say_report_given(consent=organisation.programme_consents.get(), given=True)
    assert why_stale(draft) == TOLD
    draft.exact_tables.filter(key="participation").update(exact={"cells": {"tout/n": {"held": 1}}})
    assert why_stale(draft) == ""
