"""What the database itself refuses, whatever the code does: one violation a constraint, none forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.enums import PlatformRole, Role
from apps.accounts.models import Invitation, Membership, Organisation, PlatformGrant, User
from apps.catalogue.models import ContentRevision, EcosystemInteraction, FragilityGoal, TrajectoryRow
from apps.diagnostic.enums import CampaignState
from apps.documents.models import Document
from apps.webinars.models import Person, Webinar
from tests.course import violations as course
from tests.course.attestations import violations as attestations
from tests.course.debates import violations as debates
from tests.course.groups import violations as groups
from tests.dashboards import violations as dashboards
from tests.factories import OrganisationFactory, UserFactory, agenda, member
from tests.factories.diagnostic import answer, campaign, finance_year, respondent
from tests.helping import violations as helping
from tests.ledger import violations as ledger
from tests.methodology import violations as method
from tests.methodology.choosing import violations as choosing
from tests.privacy import violations as privacy
from tests.webinars import factories as library

pytestmark = pytest.mark.django_db
Act = Callable[[], Any]


def invitation(email: str, organisation: Organisation, token: str) -> Invitation:
    end = timezone.now() + timedelta(days=1)
    return Invitation.objects.create(
        email=email, organisation=organisation, token_hash=token, role=Role.STAFF, expires_at=end
    )


def document(organisation: Organisation, **fields: Any) -> Document:
    values = {
        "kind": "rapport",
        "key": "k",
        "subject_id": organisation.pk,
        "expires_at": timezone.now(),
        **fields,
    }
    return Document.objects.create(organisation=organisation, **values)


def twice(act: Act) -> Act:
    def both() -> None:
        act()
        act()

    return both


def one_user() -> None:
    User.objects.create(email="nadia@exemple.fr")
    User.objects.create(email="Nadia@Exemple.fr")


def one_membership() -> None:
    organisation = OrganisationFactory.create()
    Membership.objects.create(user=member(organisation), organisation=organisation, role=Role.STAFF)


def one_grant() -> None:
    user = UserFactory.create()
    twice(lambda: PlatformGrant.objects.create(user=user, role=PlatformRole.CURATOR))()


def one_invitation() -> None:
    organisation = OrganisationFactory.create()
    invitation("ami@exemple.fr", organisation, "a")
    invitation("AMI@exemple.fr", organisation, "b")


def one_link() -> None:
    known = FragilityGoal.objects.all()[0]
    FragilityGoal.objects.create(fragility=known.fragility, goal=known.goal, weight="secondaire")


def one_interaction() -> None:
    row = EcosystemInteraction.objects.all()[0]
    row.pk = "autre"
    row.save(force_insert=True)


def one_open_campaign() -> None:
    known = campaign()
    known.pk, known.code = None, "BCDFGH"
    known.save(force_insert=True)


def one_copy_per_user() -> None:
    organisation = OrganisationFactory.create()
    made, user = campaign(organisation), member(organisation)
    twice(lambda: respondent(made, user=user))()


def one_copy_per_email() -> None:
    made = campaign()
    twice(lambda: respondent(made, email="ami@exemple.fr"))()


def one_answer() -> None:
    copy = respondent(campaign())
    twice(lambda: answer(copy, "A1"))()


def one_year() -> None:
    made = campaign()
    twice(lambda: finance_year(made, 2024))()


def one_document() -> None:
    organisation = OrganisationFactory.create()
    twice(lambda: document(organisation))()


VIOLATIONS: dict[str, Act] = {
    "one_content_revision": lambda: ContentRevision.objects.create(id=2, token=uuid4()),
    "one_user_per_email_whatever_the_case": one_user,
    "one_grant_per_user_and_role": one_grant,
    "organisation_has_a_name": lambda: OrganisationFactory.create(name=""),
    "one_organisation_per_siren": twice(lambda: OrganisationFactory.create(siren="732829320")),
    "one_organisation_per_rna": twice(lambda: OrganisationFactory.create(rna="W583004126")),
    "one_membership_per_user_and_organisation": one_membership,
    "one_pending_invitation_per_email": one_invitation,
    "one_link_per_fragility_and_goal": one_link,
    "one_interaction_per_pair": one_interaction,
    "trajectory_row_sums_to_100": lambda: TrajectoryRow.objects.update(months_18=101),
    "one_open_campaign_per_organisation": one_open_campaign,
    "closed_campaign_has_a_date": lambda: campaign(state=CampaignState.CLOSED),
    "effort_sums_to_100": lambda: campaign(effort_18_months=70, effort_7_years=20, effort_28_years=11),
    "one_copy_per_user": one_copy_per_user,
    "one_copy_per_email": one_copy_per_email,
    "one_answer_per_statement": one_answer,
    "answer_is_on_the_scale": lambda: answer(respondent(campaign()), "A1", "4"),
    "one_row_per_year": one_year,
    "year_is_plausible": lambda: finance_year(campaign(), 1989),
    "one_document_per_state": one_document,
    "ready_document_has_a_file": lambda: document(
        OrganisationFactory.create(), state="ready", sha256="0" * 64
    ),
}


def one_session() -> None:
    known = agenda.session()
    agenda.session(starts_at=known.starts_at)


def one_registration() -> None:
    known = agenda.session()
    agenda.registration(known, "ami@exemple.fr")
    agenda.registration(known, "Ami@exemple.fr")


VIOLATIONS |= {
    "session_has_a_title": lambda: agenda.session(title=""),
    "session_ends_after_it_starts": lambda: agenda.session(ends_at=agenda.moment()),
    "cancelled_session_says_why": lambda: agenda.cancelled(cancelled_reason=""),
    "one_session_at_a_time": one_session,
    "one_active_registration_per_email": one_registration,
    "active_registration_has_an_address": lambda: agenda.registration(agenda.session(), ""),
}


def case(**fields: Any) -> Any:
    return Webinar.objects.create(**{"slug": "cas", "draft": {}, **fields})


def one_appearance() -> None:
    who, where = library.person(), library.organisation()
    made = case()
    for _ in range(2):
        made.appearances.create(person=who, organisation=where, role="x", position=1)


def one_revision() -> None:
    made = case()
    for _ in range(2):
        made.revisions.create(number=1, action="saved", sheet={})


def one_check() -> None:
    made = case()
    for _ in range(2):
        made.link_checks.create(url="https://exemple.fr", state="works", checked_at=timezone.now())


VIOLATIONS |= {
    "person_has_a_name_or_asked_to_leave": lambda: Person.objects.create(slug="x", last_name=""),
    "cited_organisation_has_a_name": lambda: library.organisation("x", name=""),
    "scheduled_case_has_a_moment": lambda: case(state="scheduled"),
    "archived_case_is_not_public": lambda: case(
        state="archived", sheet={}, title="x", date="2024-01-18", published_at=timezone.now()
    ),
    "public_case_is_complete": lambda: case(sheet={}, state="published"),
    "one_appearance_per_place": one_appearance,
    "one_revision_per_number": one_revision,
    "one_check_per_link": one_check,
}


VIOLATIONS |= course.VIOLATIONS
VIOLATIONS |= attestations.VIOLATIONS
VIOLATIONS |= groups.VIOLATIONS
VIOLATIONS |= debates.VIOLATIONS
VIOLATIONS |= ledger.VIOLATIONS
VIOLATIONS |= method.VIOLATIONS
VIOLATIONS |= choosing.VIOLATIONS
VIOLATIONS |= dashboards.VIOLATIONS
VIOLATIONS |= helping.VIOLATIONS
VIOLATIONS |= privacy.VIOLATIONS
VIOLATIONS["document_has_one_audience"] = lambda: document(OrganisationFactory.create(), is_public=True)


def ours() -> set[str]:
    models = [model for model in apps.get_models() if model.__module__.startswith("apps.")]
    return {constraint.name for model in models for constraint in model._meta.constraints}


def test_no_constraint_is_forgotten() -> None:
    assert set(VIOLATIONS) == ours()


@pytest.mark.parametrize("name", VIOLATIONS)
def test_the_database_refuses(name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        VIOLATIONS[name]()


# What the conditions of these constraints let through, on purpose


def test_numbers_that_are_unknown_may_repeat() -> None:
    OrganisationFactory.create_batch(2, siren="", rna="")
    assert Organisation.objects.filter(siren="", rna="").count() == 2


def test_whoever_answered_an_invitation_may_be_invited_again() -> None:
    organisation = OrganisationFactory.create()
    for n, state in enumerate(("accepted_at", "declined_at", "revoked_at")):
        past = invitation("ami@exemple.fr", organisation, str(n))
        setattr(past, state, timezone.now())
        past.save()
    invitation("ami@exemple.fr", organisation, "last")
    assert Invitation.objects.filter(organisation=organisation, email="ami@exemple.fr").count() == 4


def test_people_by_link_may_share_a_campaign_without_account_or_address() -> None:
    made = campaign()
    respondent(made)
    respondent(made)
    assert made.respondents.filter(user=None, email="").count() == 2


def test_a_closed_campaign_leaves_room_for_an_open_one() -> None:
    organisation = OrganisationFactory.create()
    campaign(organisation, state=CampaignState.CLOSED, closed_at=timezone.now())
    campaign(organisation)
    assert organisation.campaigns.count() == 2


def test_half_an_effort_is_refused() -> None:
    with pytest.raises(IntegrityError, match="effort_sums_to_100"), transaction.atomic():
        campaign(effort_18_months=50, effort_7_years=None, effort_28_years=None)


def test_only_a_cancelled_session_gives_a_reason() -> None:
    with pytest.raises(IntegrityError, match="cancelled_session_says_why"), transaction.atomic():
        agenda.session(cancelled_reason="Reportée.")


def test_a_cancelled_session_leaves_its_hour_and_whoever_left_may_come_back() -> None:
    agenda.cancelled()
    known = agenda.session()
    agenda.registration(known, cancelled_at=timezone.now())
    agenda.registration(known, cancelled_at=timezone.now())
    agenda.registration(known)
    assert known.registrations.count() == 3


def test_a_person_who_asked_to_leave_has_no_name() -> None:
    Person.objects.create(slug="partie", is_withdrawn=True)
    with pytest.raises(IntegrityError, match="person_has_a_name_or_asked_to_leave"), transaction.atomic():
        Person.objects.create(slug="encore-la", last_name="Essai", is_withdrawn=True)
