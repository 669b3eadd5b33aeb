"""Consent to be helped: given for a time, withdrawn at once, written down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from apps.accounts.models import User
from apps.audit.events import Event
from apps.audit.models import AuditEntry
from apps.privacy import erasure, export
from apps.privacy.models import Cause
from apps.support import services
from apps.support.models import SupportGrant, SupportVisit
from apps.support.tasks import close_visits
from tests.factories import UserFactory
from tests.helping.helpers import looking, operator, signed_in, start, visit_of
from tests.helping.violations import grant as consent
from tests.helping.violations import visit

pytestmark = pytest.mark.django_db
PAGE = "/espace/compte/aide/"


@pytest.fixture
def claire() -> User:
    return UserFactory.create(full_name="Claire Moreau")


@pytest.mark.parametrize("hours", [1, 24, 168])
def test_consent_lasts_what_was_chosen(claire: User, hours: int) -> None:
    sent = signed_in(claire).post(PAGE, {"purpose": "Je ne vois rien.", "hours": hours})
    assert sent.status_code == 302
    given = SupportGrant.objects.get()
    assert (given.user, given.purpose) == (claire, "Je ne vois rien.")
    assert given.until - given.given_at == timedelta(hours=hours)
    entry = AuditEntry.objects.get(event=Event.SUPPORT_GRANTED)
    assert (entry.actor, entry.subject, entry.details["hours"]) == (claire.pk, f"user:{claire.pk}", hours)


@pytest.mark.parametrize("typed", [{"purpose": "", "hours": 24}, {"purpose": "x" * 301, "hours": 24},
                                   {"purpose": "Gardé", "hours": 9}, {"purpose": "Gardé"}])  # fmt: skip
def test_a_refused_form_keeps_what_was_typed(claire: User, typed: dict[str, object]) -> None:
    page = signed_in(claire).post(PAGE, typed)
    assert page.status_code == 422
    assert str(typed["purpose"])[:20] in page.content.decode()
    assert not SupportGrant.objects.exists()


def test_given_twice_it_is_given_once(claire: User) -> None:
    for _ in range(2):
        signed_in(claire).post(PAGE, {"purpose": "Je ne vois rien.", "hours": 24})
    assert SupportGrant.objects.count() == 1
    assert "En cours jusqu’au " in signed_in(claire).get(PAGE).content.decode()


def test_who_has_powers_cannot_lend_them() -> None:
    client = signed_in(operator())
    assert "personne ne peut regarder" in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"purpose": "Essai", "hours": 1}).status_code == 422
    assert not SupportGrant.objects.exists()


def test_withdrawn_twice_it_is_withdrawn_once(claire: User) -> None:
    given = consent(user=claire)
    for _ in range(2):
        assert signed_in(claire).post(f"{PAGE}retirer/").status_code == 302
    given.refresh_from_db()
    assert given.withdrawn_at
    assert AuditEntry.objects.filter(event=Event.SUPPORT_WITHDRAWN).count() == 1


def test_withdrawing_is_of_ones_own_consent(claire: User) -> None:
    given = consent()
    signed_in(claire).post(f"{PAGE}retirer/")
    given.refresh_from_db()
    assert given.withdrawn_at is None


def test_the_page_and_the_journal_tell_each_visit(claire: User) -> None:
    given = consent(user=claire)
    by = operator()
    User.objects.filter(pk=by.pk).update(full_name="Sacha Roy")
    desk = looking(given, by)
    desk.get("/espace/")
    desk.post("/aide/terminer/")
    hers = signed_in(claire)
    page = hers.get(PAGE).content.decode()
    assert "Sacha Roy" in page
    assert "1\u00a0page regardée" in page
    journal = hers.get("/espace/compte/journal/").content.decode()
    assert "Aide commencée" in journal
    assert "Aide terminée</b>" in journal


def test_each_visit_is_told_by_two_mails(claire: User) -> None:
    desk = looking(consent(user=claire))
    assert Email.objects.filter(to=claire.email).count() == 1
    desk.post("/aide/terminer/")
    subjects = [mail.email_message().subject for mail in Email.objects.filter(to=claire.email)]
    assert sorted(subjects) == ["L’aide ne regarde plus avec vos yeux", "L’aide regarde avec vos yeux"]


def test_lists_ask_as_many_queries_for_three_as_for_one(
    claire: User, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            visit(grant=consent(user=claire, until=timezone.now() + timedelta(hours=2)))
            consent()
        hers, desk = signed_in(claire), signed_in(operator())
        for client, path in ((hers, PAGE), (desk, "/exploitation/aide/")):
            client.get(path)
            with CaptureQueriesContext(
                connection,
            ) as caught:
                assert client.get(path).status_code == 200
            counts.append(len(caught))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 10


# What time does


def test_a_visit_nobody_closed_ends_at_its_hour(claire: User) -> None:
    past = timezone.now() - timedelta(hours=2)
    left = visit(grant=consent(user=claire, given_at=past), started_at=past, limit=past + timedelta(hours=1))
    running = visit()
    close_visits()
    close_visits()
    left.refresh_from_db()
    running.refresh_from_db()
    assert (left.ended_at, left.end) == (left.limit, "time")
    assert running.ended_at is None
    assert AuditEntry.objects.filter(event=Event.SUPPORT_ENDED).count() == 1
    assert Email.objects.filter(to=claire.email).count() == 1


def test_consents_are_forgotten_after_a_year() -> None:
    old, kept = (timezone.now() - timedelta(days=days) for days in (370, 360))
    visit(grant=consent(given_at=old, until=old + timedelta(hours=1)))
    recent = consent(given_at=kept, until=kept + timedelta(hours=1))
    assert services.forget(timezone.now()) == 1
    assert list(SupportGrant.objects.all()) == [recent]
    assert not SupportVisit.objects.exists()


# Leaving


def test_erasing_takes_her_consents_and_ends_the_visit(claire: User) -> None:
    desk = looking(consent(user=claire))
    erasure.erase_person(user=claire, cause=Cause.ASKED, close_alone=True)
    assert not SupportGrant.objects.exists()
    assert desk.get("/espace/").status_code == 302
    # No device of hers knows of the lent session: it opens nothing any more, and leaves at night.
    assert not desk.get("/").wsgi_request.user.is_authenticated


def test_a_visit_outlives_the_account_of_who_looked(claire: User) -> None:
    by = operator()
    given = consent(user=claire)
    looking(given, by).post("/aide/terminer/")
    by.delete()
    assert visit_of(given).operator is None
    assert "une personne de l’équipe" in signed_in(claire).get(PAGE).content.decode()
    assert start(signed_in(operator()), given).status_code == 302


def test_her_copy_holds_her_consents_and_visits(claire: User) -> None:
    looking(consent(user=claire, purpose="Une page blanche."))
    parts = {part.processing.model: part.rows for part in export.parts_of(claire)}
    assert parts["support.SupportGrant"][0]["purpose"] == "Une page blanche."
    assert len(parts["support.SupportVisit"]) == 1
