"""A visit: who may begin it, what ends it, whose session it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from apps.accounts.models import PlatformGrant, User
from apps.audit.events import Event
from apps.audit.models import AuditEntry
from apps.privacy.models import LastSeen
from apps.privacy.retention import note_presence
from apps.support.models import SupportGrant, SupportVisit
from tests.factories import UserFactory
from tests.helping.helpers import BAR, looking, operator, seen_as, signed_in, start, visit_of
from tests.helping.violations import grant as consent

pytestmark = pytest.mark.django_db
DESK = "/exploitation/aide/"


@pytest.fixture
def given() -> SupportGrant:
    return consent(user=UserFactory.create(full_name="Claire Moreau"))


@pytest.fixture
def by() -> User:
    return operator()


# Beginning


def test_the_desk_shows_who_asked_why_and_until_when(given: SupportGrant, by: User) -> None:
    page = signed_in(by).get(DESK).content.decode()
    assert "Claire Moreau" in page
    assert "Je ne vois pas mes résultats." in page


def over(given: SupportGrant) -> None:
    SupportGrant.objects.update(
        given_at=timezone.now() - timedelta(days=2), until=timezone.now() - timedelta(hours=1)
    )


def withdrawn(given: SupportGrant) -> None:
    SupportGrant.objects.update(withdrawn_at=timezone.now())


def closed_account(given: SupportGrant) -> None:
    User.objects.filter(pk=given.user.pk).update(is_active=False)


def staff(given: SupportGrant) -> None:
    User.objects.filter(pk=given.user.pk).update(is_staff=True)


def curator(given: SupportGrant) -> None:
    PlatformGrant.objects.create(user=given.user, role="curator")


REFUSED = [over, withdrawn, closed_account, staff, curator]


@pytest.mark.parametrize("why", REFUSED)
def test_without_a_consent_that_holds_nobody_begins(
    given: SupportGrant, by: User, why: Callable[[SupportGrant], None]
) -> None:
    why(given)
    client = signed_in(by)
    assert "Claire Moreau" not in client.get(DESK).content.decode()
    assert start(client, given).status_code == 404
    assert seen_as(client) == by.pk
    assert not SupportVisit.objects.exists()


def test_nobody_looks_as_oneself(by: User) -> None:
    mine = consent(user=by)
    assert start(signed_in(by), mine).status_code == 404


def test_an_operator_without_second_factor_protects_her_account_first(given: SupportGrant, by: User) -> None:
    Authenticator.objects.all().delete()
    answer = start(signed_in(by), given)
    assert answer["Location"] == "/compte/2fa/"
    assert not SupportVisit.objects.exists()


def test_two_operators_do_not_look_at_once(given: SupportGrant) -> None:
    looking(given)
    second = signed_in(operator())
    assert "regarde déjà" in second.post(f"{DESK}{given.pk}/commencer/", follow=True).content.decode()
    assert SupportVisit.objects.count() == 1


def test_a_second_press_begins_nothing_more(given: SupportGrant, by: User) -> None:
    client = looking(given, by)
    assert start(client, given)["Location"] == "/espace/"
    other_browser = looking(given, by)
    assert seen_as(other_browser) == given.user.pk
    assert SupportVisit.objects.count() == 1
    assert AuditEntry.objects.filter(event=Event.SUPPORT_STARTED).count() == 1


def test_one_visit_does_not_lead_to_another(given: SupportGrant) -> None:
    other = consent()
    client = looking(given)
    start(client, other)
    assert seen_as(client) == given.user.pk
    assert client.session["hijack_history"] != []
    assert not SupportVisit.objects.filter(grant=other).exists()


def test_a_post_from_another_site_begins_nothing(given: SupportGrant, by: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(by)
    assert client.post(f"{DESK}{given.pk}/commencer/").status_code == 403
    assert not SupportVisit.objects.exists()


def test_a_visit_lasts_an_hour_or_until_the_consent_ends(given: SupportGrant) -> None:
    looking(given)
    seen = visit_of(given)
    assert seen.limit - seen.started_at == timedelta(hours=1)
    short = consent(until=timezone.now() + timedelta(minutes=10))
    looking(short)
    assert visit_of(short).limit == short.until


# Whose session


def test_keys_are_new_each_way_and_the_old_ones_open_nothing(given: SupportGrant, by: User) -> None:
    client = signed_in(by)
    keys = [client.session.session_key]
    start(client, given)
    keys.append(client.session.session_key)
    client.post("/aide/terminer/")
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3
    assert seen_as(client) == by.pk
    assert "hijack_history" not in client.session
    assert "support_visit" not in client.session
    assert not Session.objects.filter(session_key__in=keys[:2]).exists()
    assert UserSession.objects.get(user=by).session_key == keys[2]
    assert client.get(DESK).status_code == 200


def test_it_leaves_no_sign_of_her_having_come(given: SupportGrant, by: User) -> None:
    client = looking(given, by)
    given.user.refresh_from_db()
    assert given.user.last_login is None
    assert not UserSession.objects.filter(user=given.user).exists()
    note_presence(timezone.now())
    assert set(LastSeen.objects.values_list("user", flat=True)) == {by.pk}
    client.post("/aide/terminer/")
    given.user.refresh_from_db()
    assert given.user.last_login is None


def test_the_end_pressed_twice_ends_once(given: SupportGrant) -> None:
    client = looking(given)
    for _ in range(2):
        assert client.post("/aide/terminer/").status_code == 302
    assert visit_of(given).end == "done"
    assert AuditEntry.objects.filter(event=Event.SUPPORT_ENDED).count() == 1


def test_signing_out_signs_out_wholly(given: SupportGrant, by: User) -> None:
    client = looking(given, by)
    client.post("/compte/logout/")
    assert seen_as(client) is None
    assert "hijack_history" not in client.session
    assert visit_of(given).end == "signed_out"
    entry = AuditEntry.objects.get(event=Event.SIGNED_OUT)
    assert (entry.actor, entry.as_support) == (given.user.pk, by.pk)
    journal = signed_in(given.user).get("/espace/compte/journal/").content.decode()
    assert "Déconnexion, par l’aide, sous votre compte" in journal


# What ends it


def time_passes(given: SupportGrant, by: User) -> None:
    past = timezone.now() - timedelta(hours=2)
    SupportVisit.objects.update(started_at=past, limit=past + timedelta(hours=1))


def consent_ends(given: SupportGrant, by: User) -> None:
    over(given)


def she_withdraws(given: SupportGrant, by: User) -> None:
    signed_in(given.user).post("/espace/compte/aide/retirer/")


def role_is_taken(given: SupportGrant, by: User) -> None:
    PlatformGrant.objects.filter(user=by).delete()


def factor_is_lost(given: SupportGrant, by: User) -> None:
    Authenticator.objects.filter(user=by).delete()


def she_gets_powers(given: SupportGrant, by: User) -> None:
    curator(given)


ENDS = [time_passes, consent_ends, she_withdraws, role_is_taken, factor_is_lost, she_gets_powers]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("what", ENDS)
def test_it_ends_at_its_next_request(
    given: SupportGrant, by: User, what: Callable[[SupportGrant, User], None], method: str
) -> None:
    client = looking(given, by)
    what(given, by)
    answer = getattr(client, method)("/espace/")
    assert answer.status_code == 302
    assert BAR not in answer.content.decode()
    assert seen_as(client) == by.pk
    seen = visit_of(given)
    assert seen.ended_at
    assert seen.end in ("time", "withdrawn", "no_longer")
    assert AuditEntry.objects.filter(event=Event.SUPPORT_ENDED).count() == 1


def test_a_lent_session_without_a_visit_is_given_back(given: SupportGrant, by: User) -> None:
    client = looking(given, by)
    kept = client.session
    del kept["support_visit"]
    kept.save()
    assert client.get("/espace/").status_code == 302
    assert seen_as(client) == by.pk


def test_her_new_password_closes_it_wholly(given: SupportGrant, by: User) -> None:
    client = looking(given, by)
    given.user.set_password("une-autre-phrase-assez-longue")
    given.user.save()
    answer = client.get("/espace/")
    assert answer.status_code == 302
    assert "/compte/login/" in answer["Location"]
    assert seen_as(client) is None


def test_an_operator_whose_account_is_closed_is_a_visitor(given: SupportGrant, by: User) -> None:
    client = looking(given, by)
    User.objects.filter(pk=by.pk).update(is_active=False)
    assert client.get("/espace/").status_code == 302
    assert seen_as(client) is None


def test_a_fragment_asked_after_the_end_loads_the_page_again(given: SupportGrant, by: User) -> None:
    client = looking(given, by)
    she_withdraws(given, by)
    assert client.get("/espace/", headers={"HX-Request": "true"})["HX-Redirect"] == "/espace/"


def test_a_clock_set_back_does_not_break_the_end(
    given: SupportGrant, clock: Callable[[datetime], None]
) -> None:
    client = looking(given)
    clock(timezone.now() - timedelta(hours=3))
    assert client.post("/aide/terminer/").status_code == 302
    assert visit_of(given).ended_at == visit_of(given).started_at
