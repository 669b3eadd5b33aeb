"""Two clicks at the same instant, on real connections."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from apps.accounts.models import Organisation, User
from apps.dashboards.models import Consent, Programme, ProgrammeInvitation
from apps.dashboards.programmes.errors import Refused
from apps.dashboards.services import consents
from apps.dashboards.services import programmes as services
from tests.dashboards.programmes.support import funder_person, programme
from tests.factories import OrganisationFactory, member


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Real commits; only what they made is removed."""
    from post_office.models import Email

    with django_db_blocker.unblock():
        rows = (Programme, Organisation, User, Email)
        before = [set(model.objects.values_list("pk", flat=True)) for model in rows]
        yield
        for model, known in zip(rows, before, strict=True):
            model.objects.exclude(pk__in=known).delete()


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each gave, or the sentence it refused with."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        ready.wait()
        try:
            return act()
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_managers_agree_at_once_to_one_consent(committed: None) -> None:
    ours, house = programme(funder_person()), OrganisationFactory.create()
    people = [member(house) for _ in range(4)]
    acts = [
        lambda by=by: consents.give_consent(programme=ours, organisation=house, by=by).pk for by in people
    ]
    assert len(set(at_once(*acts))) == 1
    assert Consent.objects.filter(organisation=house).count() == 1


def test_two_colleagues_leaving_at_once_leave_somebody(committed: None) -> None:
    first, second = funder_person(), funder_person()
    ours = programme(first)
    ours.people.add(second)
    said = at_once(
        *(lambda who=who: services.remove_person(programme=ours, person=who) for who in (first, second))
    )
    assert sorted(said, key=str) == [None, services.LAST] or sorted(said, key=str) == [services.LAST, None]
    assert ours.people.count() == 1


def test_one_address_invited_twice_at_once_gets_one_mail(committed: None) -> None:
    from post_office.models import Email

    by = funder_person()
    ours = programme(by)
    at_once(
        *[lambda: services.invite(programme=ours, association="Le Relais", email="a@exemple.fr", by=by)] * 3
    )
    assert ProgrammeInvitation.objects.filter(programme=ours).count() == 1
    assert Email.objects.filter(to__icontains="a@exemple.fr").count() == 1


def test_a_programme_that_closes_takes_nobody_after(committed: None) -> None:
    ours, house = programme(funder_person()), OrganisationFactory.create()
    by = member(house)
    said = at_once(
        lambda: services.close(programme=ours).closed_at,
        lambda: consents.give_consent(programme=ours, organisation=house, by=by).given_at,
    )
    ours.refresh_from_db()
    consent = Consent.objects.filter(organisation=house).first()
    # Refused, or given before it closed.
    assert consents.CLOSED in said if consent is None else ours.closed_at is not None
