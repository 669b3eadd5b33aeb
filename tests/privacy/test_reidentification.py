"""After an erasure, the whole database is searched: for her words, for her number, for the moments that would find her again."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db.models import CharField, EmailField, TextField
from django.utils import timezone
from post_office.models import Email

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.accounts.services.invitations import invite_member
from apps.core.processings import Fate
from apps.course.services.learning import learner_of
from apps.diagnostic.models import Answer, Respondent
from apps.methodology.enums import SeatRole
from apps.methodology.models import Decision, Engagement, Seat
from apps.privacy import erasure
from apps.privacy.models import Cause
from apps.privacy.registers import model_of, processings, rows_of
from tests.factories import OrganisationFactory
from tests.factories.agenda import registration, session
from tests.factories.attestations import attestation
from tests.factories.diagnostic import answer_all, respondent
from tests.privacy.support import dump, full_world
from tests.support.world import World

pytestmark = pytest.mark.django_db
MARK = "Zéphirine-Quintefeuille"
ADDRESS = "zephirine.quintefeuille@exemple.fr"
# Fields where a person is named; texts that people typed about anything stay with the team, as the privacy page says.
NAMES = re.compile(r"(^|_)(name|full_name|email|user_agent)$")
KEPT = {one.model for one in processings() if one.fate is Fate.KEPT}


@pytest.fixture(name="place")
def make_place(db: None) -> World:
    return full_world()


@pytest.fixture
def her(place: World) -> User:
    """A member of the team, everywhere she may be, under a name and an address of her own."""
    user = place.people["staff"]
    user.email, user.full_name = ADDRESS, MARK
    user.save()
    user.emailaddress_set.update(email=ADDRESS)
    copy = Respondent.objects.filter(campaign=place.closed, user=None).first() or respondent(place.closed)
    answer_all(copy) if not copy.answers.exists() else None
    Respondent.objects.filter(pk=copy.pk).update(user=user, email=ADDRESS, finished_at=timezone.now())
    attestation(learner_of(user))
    registration(session(), email=ADDRESS, name=MARK)
    Email.objects.create(from_email="a@exemple.fr", to=ADDRESS, subject=f"Bonjour {MARK}")
    invite_member(
        organisation=OrganisationFactory.create(), email=ADDRESS, role=Role.STAFF, by=place.people["admin"]
    )
    engagement = Engagement.objects.get(organisation=place.organisation)
    seat = Seat.objects.filter(engagement=engagement, user=user).first() or Seat.objects.create(
        engagement=engagement, user=user, role=SeatRole.MEMBER
    )
    Decision.objects.create(
        engagement=engagement,
        step=1,
        what="On y va.",
        decided_by=MARK,
        seat=seat,
        decided_on=timezone.localdate(),
    )
    UserSession.objects.create(user=user, ip="81.2.69.160", session_key="x" * 32, user_agent=MARK)
    marked(user)
    return user


def marked(user: User) -> None:
    """Her name in every field that holds one, of every row that the register says is hers."""
    for processing in processings():
        model = model_of(processing)
        names = [
            field.name
            for field in model._meta.fields
            if isinstance(field, (CharField, TextField))
            and not isinstance(field, EmailField)
            and NAMES.search(field.name)
        ]
        if names and processing.model not in ("accounts.User", "accounts.Organisation", "post_office.Email"):
            rows = rows_of(processing, user)
            model._default_manager.filter(pk__in=rows.values("pk")).update(
                **{name: MARK[: model._meta.get_field(name).max_length or 99] for name in names}  # type: ignore[union-attr]
            )


def test_her_name_and_address_are_nowhere_but_where_it_is_said(her: User) -> None:
    before = {label for label, rows in dump().items() if any(MARK in row or ADDRESS in row for row in rows)}
    assert len(before) > 5, before
    erasure.erase_person(user=her, cause=Cause.ASKED)
    after = {label for label, rows in dump().items() if any(MARK in row or ADDRESS in row for row in rows)}
    # The letter that carries the receipt goes once it has left (test_erasure).
    assert after - KEPT <= {"post_office.Email"}


def test_no_row_points_to_her_any_more(her: User) -> None:
    number = her.pk
    erasure.erase_person(user=her, cause=Cause.ASKED)
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.fields:
            if getattr(field, "related_model", None) is User:
                assert not model._default_manager.filter(**{field.attname: number}).exists(), (
                    f"{model}.{field.name}"
                )


def test_her_answers_are_found_again_by_no_moment(place: World, her: User) -> None:
    """Her copy of a closed diagnostic against every moment of the journal and of the other tables."""
    copies = list(Respondent.objects.filter(user=her, campaign__state="closed").values_list("pk", flat=True))
    assert copies
    erasure.erase_person(user=her, cause=Cause.ASKED)
    moments: list[Any] = list(
        Answer.objects.filter(respondent__in=copies).values_list("updated_at", flat=True)
    )
    for row in Respondent.objects.filter(pk__in=copies).values(
        "invited_at", "expires_at", "joined_at", "finished_at", "created_at"
    ):
        moments += [moment for moment in row.values() if moment]
    assert moments
    for moment in moments:
        assert (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0)  # in UTC


def test_the_copy_that_stays_opens_by_no_link_of_hers(place: World, her: User) -> None:
    copy = Respondent.objects.filter(user=her, campaign__state="closed").first()
    assert copy
    before = copy.token_hash
    erasure.erase_person(user=her, cause=Cause.ASKED)
    copy.refresh_from_db()
    assert copy.token_hash != before


def test_what_stays_of_the_others_is_untouched(place: World, her: User) -> None:
    other = place.people["lead"]
    before = {one.model: rows_of(one, other).count() for one in processings()}
    erasure.erase_person(user=her, cause=Cause.ASKED)
    after = {one.model: rows_of(one, other).count() for one in processings()}
    changed = {label: (before[label], after[label]) for label in before if before[label] != after[label]}
    assert changed == {}
