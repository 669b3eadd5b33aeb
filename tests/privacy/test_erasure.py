"""Erasing: what is said is done, with a receipt; what is refused says what to do first."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth import authenticate
from post_office.models import STATUS, Email

from apps.accounts.models import Organisation, User
from apps.audit.events import Event
from apps.audit.models import AuditEntry
from apps.diagnostic.models import Answer, Respondent, Result
from apps.methodology.enums import SeatRole
from apps.methodology.models import Seat
from apps.privacy import erasure
from apps.privacy.models import Cause, ErasureReceipt
from tests.accounts.helpers import PASSWORD
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, member
from tests.factories.diagnostic import answer_all, campaign, closed_campaign, respondent
from tests.methodology.support import engagement_of
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def claire() -> User:
    user = UserFactory.create(email="claire@exemple.fr", full_name="Claire Moreau")
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.update_or_create(email=user.email, defaults={"verified": True, "primary": True})
    return user


@pytest.fixture
def hers(claire: User) -> StrictClient:
    """Signed in, and asked for her password again as the page wants."""
    client = StrictClient()
    client.post("/compte/login/", {"login": claire.email, "password": PASSWORD})
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    return client


def test_from_the_page_to_the_receipt(hers: StrictClient, claire: User) -> None:
    page = hers.get("/espace/compte/effacer/").content.decode()
    assert "Adresse confirmée" in page
    done = hers.post("/espace/compte/effacer/", {"word": "EFFACER"}, follow=True)
    text = done.content.decode()
    assert "Votre compte est" in text
    assert "effacé" in text
    assert not User.objects.filter(email="claire@exemple.fr").exists()
    assert hers.get("/espace/").status_code == 302
    entry = AuditEntry.objects.get(event=Event.ERASED)
    assert (entry.actor, entry.subject) == (claire.pk, f"receipt:{ErasureReceipt.objects.get().pk}")
    # The link of the mail is that of the page.
    mail = Email.objects.get(to="claire@exemple.fr")
    assert re.search(r"/effacement/\S+/", mail.email_message().body)
    assert authenticate(email="claire@exemple.fr", password=PASSWORD) is None


@pytest.mark.parametrize("word", ["", "effacer", "EFFACER MON COMPTE"])
def test_without_the_word_nothing_goes(hers: StrictClient, claire: User, word: str) -> None:
    page = hers.post("/espace/compte/effacer/", {"word": word})
    assert page.status_code == 422
    assert "Écrivez EFFACER" in page.content.decode()
    assert User.objects.filter(pk=claire.pk).exists()


def test_an_old_session_is_asked_for_a_proof_first(claire: User) -> None:
    client = StrictClient()
    client.force_login(claire)
    answer = client.post("/espace/compte/effacer/", {"word": "EFFACER"})
    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]
    assert User.objects.filter(pk=claire.pk).exists()


def test_opening_the_page_changes_nothing(hers: StrictClient, claire: User) -> None:
    for _ in range(3):
        hers.get("/espace/compte/effacer/")
    assert User.objects.filter(pk=claire.pk).exists()


def test_the_last_admin_hands_over_first(hers: StrictClient, claire: User) -> None:
    organisation = OrganisationFactory.create(name="La Marmite")
    MembershipFactory.create(user=claire, organisation=organisation, role="admin")
    MembershipFactory.create(organisation=organisation, role="staff")
    page = hers.post("/espace/compte/effacer/", {"word": "EFFACER"})
    assert page.status_code == 422
    assert "La Marmite" in page.content.decode()
    assert "confiez d’abord" in page.content.decode()
    member(organisation)
    assert hers.post("/espace/compte/effacer/", {"word": "EFFACER"}).status_code == 302
    assert organisation.memberships.count() == 2


def test_an_association_of_one_closes_only_when_she_says_so(hers: StrictClient, claire: User) -> None:
    organisation = OrganisationFactory.create()
    MembershipFactory.create(user=claire, organisation=organisation, role="admin")
    closed_campaign(organisation)
    assert hers.post("/espace/compte/effacer/", {"word": "EFFACER"}).status_code == 422
    assert hers.post("/espace/compte/effacer/", {"word": "EFFACER", "close_alone": "on"}).status_code == 302
    assert not Organisation.objects.filter(pk=organisation.pk).exists()
    assert AuditEntry.objects.filter(
        event=Event.ORGANISATION_ERASED, subject=f"organisation:{organisation.pk}"
    ).exists()


def test_answers_of_a_closed_diagnostic_stay_without_her_and_its_result_does_not_move(claire: User) -> None:
    organisation = OrganisationFactory.create()
    member(organisation)
    MembershipFactory.create(user=claire, organisation=organisation, role="staff")
    result = closed_campaign(organisation)
    copy = result.campaign.respondents.first()
    assert copy
    Respondent.objects.filter(pk=copy.pk).update(user=claire, name="Claire", email="claire@exemple.fr")
    before = Result.objects.values().get(pk=result.pk)
    erasure.erase_person(user=claire, cause=Cause.ASKED)
    copy.refresh_from_db()
    assert (copy.user, copy.name, copy.email) == (None, "", "")
    assert copy.joined_at is not None
    for moment in (copy.joined_at, copy.created_at, copy.answers.first().updated_at):  # type: ignore[union-attr]
        assert (moment.minute, moment.second, moment.microsecond) == (0, 0, 0)
    assert Result.objects.values().get(pk=result.pk) == before


def test_a_copy_of_an_open_diagnostic_goes(claire: User) -> None:
    copy = answer_all(respondent(campaign(), user=claire))
    erasure.erase_person(user=claire, cause=Cause.ASKED)
    assert not Respondent.objects.filter(pk=copy.pk).exists()
    assert not Answer.objects.filter(respondent_id=copy.pk).exists()


def test_every_session_of_hers_is_over(claire: User) -> None:
    phones = [StrictClient() for _ in range(2)]
    for phone in phones:
        phone.post("/compte/login/", {"login": claire.email, "password": PASSWORD})
    erasure.erase_person(user=claire, cause=Cause.INACTIVE)
    assert [phone.get("/espace/").status_code for phone in phones] == [302, 302]


def test_twice_at_once_is_once(claire: User) -> None:
    erasure.erase_person(user=claire, cause=Cause.ASKED)
    with pytest.raises(User.DoesNotExist):
        erasure.erase_person(user=claire, cause=Cause.ASKED)
    assert ErasureReceipt.objects.count() == 1


def test_the_mail_of_the_receipt_goes_once_it_has_left(claire: User) -> None:
    erasure.erase_person(user=claire, cause=Cause.ASKED)
    assert erasure.forget_letters() == 0
    Email.objects.update(status=STATUS.sent)
    assert erasure.forget_letters() == 1
    assert not Email.objects.exists()
    assert ErasureReceipt.objects.get().letter is None


def test_the_receipt_says_until_when_backups_hold_it(claire: User, settings: Any) -> None:
    settings.BACKUP_DAYS = 12
    receipt, token = erasure.erase_person(user=claire, cause=Cause.ASKED)
    assert (receipt.backups_until - receipt.at.date()).days in (12, 13)
    page = StrictClient().get(f"/effacement/{token}/")
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert "exemple.fr" not in page.content.decode()


def test_the_page_costs_as_many_queries_whatever_is_hers(
    hers: StrictClient, claire: User, django_assert_num_queries: Any
) -> None:
    for rows in (1, 2):
        for _ in range(rows):
            organisation = OrganisationFactory.create()
            MembershipFactory.create(user=claire, organisation=organisation, role="staff")
            MembershipFactory.create(organisation=organisation, role="lead")
            answer_all(respondent(campaign(organisation), user=claire))
            led = OrganisationFactory.create()
            MembershipFactory.create(user=claire, organisation=led, role="admin")
            MembershipFactory.create(organisation=led, role="staff")
            Seat.objects.create(engagement=engagement_of(led), user=claire, role=SeatRole.LEAD)
        with django_assert_num_queries(13):
            hers.get("/espace/compte/effacer/")
