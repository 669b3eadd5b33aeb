"""The acts that test_acts.py has not: each done as people do it, then read in the journal; given up, it is not there."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.test import Client
from django.urls import reverse

from apps.accounts.enums import PlatformRole, Role
from apps.accounts.models import User
from apps.audit.events import Event
from apps.audit.models import AuditEntry
from apps.course.models import Page
from apps.course.services.pages import WORKFLOW
from apps.dashboards.enums import ReleaseState
from apps.dashboards.models import Release
from apps.dashboards.services import consents, releases
from apps.methodology.enums import SeatRole
from apps.methodology.services import seats
from apps.webinars.services.workflow import CASES
from tests.accounts.helpers import PASSWORD, mailed_code
from tests.accounts.test_second_factor import current_code
from tests.audit.test_acts import acts, last
from tests.course.curation.desk import write
from tests.dashboards.operation.support import HERE, draft, url, waiting
from tests.dashboards.operation.test_acts import ended
from tests.dashboards.programmes.support import funder_person, programme
from tests.factories import OrganisationFactory, UserFactory, member
from tests.methodology.support import engagement_of, seat_in
from tests.support.client import StrictClient
from tests.support.world import platform_person
from tests.webinars.factories import whole

pytestmark = pytest.mark.django_db
NEW = "nouvelle@exemple.fr"


@pytest.fixture(autouse=True)
def _mails_are_rows(settings: Any, empty_counters: None) -> None:
    settings.EMAIL_BACKEND = "apps.core.mail_backend.EmailBackend"


class GivenUp(Exception):  # noqa: N818
    """The transaction around an act does not end."""


def says(event: Event, actor: User | None, subject: str, **details: Any) -> None:
    entry = last(event)
    assert (entry.actor, entry.subject) == (actor.pk if actor else None, subject)
    assert {name: entry.details.get(name) for name in details} == details


@pytest.fixture
def claire(client: Client) -> User:
    """Signed in by her password, and asked for it again."""
    user = UserFactory.create(email="claire@exemple.fr")
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.update_or_create(email=user.email, defaults={"verified": True, "primary": True})
    client.post("/compte/login/", {"login": user.email, "password": PASSWORD})
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    return user


def test_signing_up(client: Client) -> None:
    client.post(reverse("account_signup"), {"full_name": "Nouvelle", "email": NEW, "password1": PASSWORD})
    who = User.objects.get(email=NEW)
    says(Event.SIGNED_UP, who, f"user:{who.pk}")


def test_another_address(client: Client, claire: User) -> None:
    client.post(reverse("account_email"), {"action_add": "", "email": NEW})
    assert Event.EMAIL_CHANGED not in acts()
    client.post(reverse("account_email_verification_sent"), {"code": mailed_code(NEW)})
    assert User.objects.get(pk=claire.pk).email == NEW
    says(Event.EMAIL_CHANGED, claire, f"user:{claire.pk}")
    assert NEW not in str(list(AuditEntry.objects.values()))


def test_a_second_factor_comes_its_codes_are_remade_and_it_goes(
    client: Client, claire: User, django_capture_on_commit_callbacks: Any
) -> None:
    """allauth says it after the commit."""

    def send(name: str, **fields: str) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse(name), fields)

    def kinds(event: Event) -> set[str]:
        rows = AuditEntry.objects.filter(event=event, actor=claire.pk, subject=f"user:{claire.pk}")
        return {row.details["kind"] for row in rows}

    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'<code class="secret-text">(\w+)</code>', page)
    assert secret
    send("mfa_activate_totp", code=current_code(secret[1]))
    assert Authenticator.objects.filter(user=claire, type="totp").exists()
    assert "totp" in kinds(Event.FACTOR_ADDED)
    before = acts().count(Event.RECOVERY_CODES_MADE)
    send("mfa_generate_recovery_codes")
    assert acts().count(Event.RECOVERY_CODES_MADE) == before + 1
    says(Event.RECOVERY_CODES_MADE, claire, f"user:{claire.pk}")
    send("mfa_deactivate_totp")
    assert not Authenticator.objects.filter(user=claire).exists()
    assert "totp" in kinds(Event.FACTOR_REMOVED)
    assert secret[1] not in str(list(AuditEntry.objects.values()))


def test_a_seat_that_changes(client_of: Callable[..., StrictClient]) -> None:
    engagement = engagement_of()
    lead, other = seat_in(engagement), seat_in(engagement, SeatRole.MEMBER)
    address = reverse("method:seat_act", args=[engagement.pk, other.pk])
    client_of(lead.user).post(address, {"act": "role", "role": "board"})
    other.refresh_from_db()
    assert other.role == SeatRole.BOARD
    subject = f"engagement:{engagement.pk}"
    says(Event.SEAT_CHANGED, lead.user, subject, **{"person": other.user_id, "from": "member", "to": "board"})


def test_an_agreement_given_then_taken_back(client_of: Callable[..., StrictClient]) -> None:
    house = OrganisationFactory.create()
    manager, ours = member(house, Role.ADMIN), programme(funder_person())
    given = consents.give_consent(programme=ours, organisation=house, by=manager)
    says(Event.CONSENT_GIVEN, manager, f"organisation:{house.pk}", programme=str(ours.pk))
    consents.give_consent(programme=ours, organisation=house, by=manager)
    assert acts().count(Event.CONSENT_GIVEN) == 1
    client_of(manager).post(reverse("dashboards:consent_withdraw", args=[house.pk, given.pk]))
    says(Event.CONSENT_WITHDRAWN, manager, f"organisation:{house.pk}", programme=str(ours.pk))


@pytest.fixture
def operator() -> User:
    return platform_person(PlatformRole.OPERATOR)


def test_a_release_asked_published_and_another_set_aside(
    operator: User, client_of: Callable[..., StrictClient]
) -> None:
    client = client_of(operator)
    client.post(f"{HERE}construire/", {"scope": "national", "quarter": ended().slug})
    says(Event.RELEASE_BUILT, operator, f"release:{Release.objects.get().slug}")
    made = draft()
    client.post(url(made, "publier/"))
    assert Event.RELEASE_PUBLISHED not in acts(), "without the tick"
    client.post(url(made, "publier/"), {"sure": "on"})
    says(Event.RELEASE_PUBLISHED, operator, f"release:{made.slug}")
    other = waiting(ReleaseState.BUILT)
    client.post(url(other, "ecarter/"))
    says(Event.RELEASE_SET_ASIDE, operator, f"release:{other.slug}")


def test_a_case_and_a_page_of_the_course(operator: User) -> None:
    case = CASES.create(by=operator, draft=whole(), slug="webinaire-2031-01-16")
    before = acts().count(Event.CONTENT_PUBLISHED)
    CASES.submit(row=case, by=operator)
    assert acts().count(Event.CONTENT_PUBLISHED) == before, "only proposed"
    CASES.publish(row=case, by=operator)
    says(Event.CONTENT_PUBLISHED, operator, f"webinar:{case.pk}")
    page = write(operator, title="Un autre titre")
    held = WORKFLOW.submit(row=page, by=operator)
    WORKFLOW.publish(row=held, by=operator, reason="Le titre change.")
    says(Event.CONTENT_PUBLISHED, operator, f"page:{Page.objects.get(slug='etape-1').pk}")


@transaction.atomic
def begun(act: Callable[[], object]) -> None:
    before = len(acts())
    act()
    assert len(acts()) > before
    raise GivenUp


def given_up(act: Callable[[], object]) -> None:
    before = acts()
    with pytest.raises(GivenUp):
        begun(act)
    assert acts() == before


def test_an_act_that_is_given_up_leaves_no_entry(operator: User) -> None:
    house, ours, made = OrganisationFactory.create(), programme(funder_person()), draft()
    manager, lead = member(house, Role.ADMIN), seat_in(engagement_of())
    other = seat_in(lead.engagement, SeatRole.MEMBER)
    case = CASES.create(by=operator, draft=whole(), slug="webinaire-2031-01-16")
    CASES.submit(row=case, by=operator)
    given_up(lambda: consents.give_consent(programme=ours, organisation=house, by=manager))
    given_up(lambda: seats.change_role(seat=other, role=SeatRole.BOARD))
    given_up(lambda: releases.set_aside(release=made, by=operator))
    given_up(lambda: CASES.publish(row=case, by=operator))
    given_up(
        lambda: Client().post("/compte/signup/", {"full_name": "N", "email": NEW, "password1": PASSWORD})
    )
