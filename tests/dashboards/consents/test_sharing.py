"""What an association shares: read by every member, changed by its managers, taken back in one click."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import override_settings
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.dashboards.models import Consent, Objection, Programme, Release, ReleaseMember
from apps.dashboards.programmes.errors import Refused
from apps.dashboards.quarters import Quarter
from apps.dashboards.services import consents
from apps.dashboards.services import programmes as services
from tests.accounts.helpers import text
from tests.dashboards.programmes.support import funder_person, programme, queries, url
from tests.dashboards.world import release
from tests.factories import OrganisationFactory, member
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., StrictClient]


@pytest.fixture
def ours() -> Programme:
    return programme(funder_person())


@pytest.fixture
def house() -> Organisation:
    return OrganisationFactory.create(name="Les Ateliers du Canal")


@pytest.fixture
def manager(house: Organisation) -> User:
    return member(house, Role.ADMIN, full_name="Nadia Morel")


@pytest.fixture
def consent(ours: Programme, house: Organisation, manager: User) -> Consent:
    return consents.give_consent(programme=ours, organisation=house, by=manager)


def counted(made: Release, organisation: Organisation) -> None:
    ReleaseMember.objects.create(release=made, organisation=organisation, campaign_id=uuid4())


def test_every_member_reads_what_is_shared_and_since_when(
    client_of: ClientOf, house: Organisation, consent: Consent
) -> None:
    page = client_of(member(house, Role.STAFF)).get(url("sharing", house.pk))
    said = text(page)
    for words in (
        "Appuis ruraux",
        "Fondation des Essais",
        "par Nadia Morel",
        "Version accord-1",
        "comme membre",
    ):
        assert words in said
    # Its acts are for those who manage: the only form left is the one that signs out.
    assert page.content.decode().count("<form") == 1


def test_withdrawing_is_one_click_and_says_what_it_changes(
    client_of: ClientOf, house: Organisation, manager: User, consent: Consent
) -> None:
    client, address = client_of(manager), url("consent_withdraw", house.pk, consent.pk)
    page = text(client.post(address, follow=True))
    assert "L’accord est retiré." in page
    assert "Celles qui sont déjà parues ne changent pas." in page
    assert "Pour le redonner" in page
    consent.refresh_from_db()
    assert (consent.withdrawn_by, consent.is_active) == (manager, False)
    at = consent.withdrawn_at
    client.post(address)
    consent.refresh_from_db()
    assert consent.withdrawn_at == at


def test_withdrawn_consents_are_kept_and_another_may_be_given(
    client_of: ClientOf, house: Organisation, manager: User, ours: Programme, consent: Consent
) -> None:
    consents.withdraw_consent(consent=consent, by=manager)
    page = client_of(manager).get(url("sharing", house.pk))
    assert "retiré le" in text(page)
    assert f"/programmes/rejoindre/{ours.code}/" in page.content.decode()
    again = consents.give_consent(programme=ours, organisation=house, by=manager, report_given=True)
    assert again.pk != consent.pk
    assert house.programme_consents.count() == 2


def test_a_get_withdraws_nothing(
    client_of: ClientOf, house: Organisation, manager: User, consent: Consent
) -> None:
    for name in ("consent_withdraw", "consent_report"):
        assert client_of(manager).get(url(name, house.pk, consent.pk)).status_code == 405
    assert client_of(manager).get(url("national_switch", house.pk)).status_code == 405
    consent.refresh_from_db()
    assert consent.is_active


def test_the_consent_of_another_association_does_not_exist(
    client_of: ClientOf, house: Organisation, manager: User, ours: Programme
) -> None:
    other = OrganisationFactory.create()
    theirs = consents.give_consent(programme=ours, organisation=other, by=member(other))
    for name in ("consent_withdraw", "consent_report"):
        for place in (house, other):
            assert client_of(manager).post(url(name, place.pk, theirs.pk), {"given": "1"}).status_code == 404
    theirs.refresh_from_db()
    assert (theirs.is_active, theirs.report_given) == (True, False)


def test_a_closed_programme_takes_no_consent_but_lets_go(
    client_of: ClientOf, house: Organisation, manager: User, ours: Programme, consent: Consent
) -> None:
    services.close(programme=ours)
    # The one that stands is given back as it is.
    assert consents.give_consent(programme=ours, organisation=house, by=manager) == consent
    page = client_of(manager).post(url("consent_withdraw", house.pk, consent.pk), follow=True)
    assert "l’accord ne peut plus être redonné" in text(page)
    assert "Redonner" not in text(page)
    with pytest.raises(Refused, match="Ce programme est clos"):
        consents.give_consent(programme=ours, organisation=house, by=manager)
    assert house.programme_consents.filter(withdrawn_at=None).count() == 0


def test_the_report_is_said_given_or_not(
    client_of: ClientOf, house: Organisation, manager: User, consent: Consent
) -> None:
    client, address = client_of(manager), url("consent_report", house.pk, consent.pk)
    for posted, kept in (("1", True), ("1", True), ("peut-être", True), ("0", False)):
        assert client.post(address, {"given": posted}).status_code == 302
        consent.refresh_from_db()
        assert consent.report_given is kept
    consents.withdraw_consent(consent=consent, by=manager)
    client.post(address, {"given": "1"})
    consent.refresh_from_db()
    assert not consent.report_given


def test_a_person_who_leaves_changes_nothing(
    client_of: ClientOf, house: Organisation, manager: User, consent: Consent
) -> None:
    other = member(house, Role.LEAD)
    manager.memberships.all().delete()
    assert "par Nadia Morel" in text(client_of(other).get(url("sharing", house.pk)))
    manager.delete()
    consent.refresh_from_db()
    assert consent.is_active
    page = text(client_of(other).get(url("sharing", house.pk)))
    assert "par une personne dont le compte n’existe plus" in page


def test_an_association_leaves_the_national_release_and_comes_back(
    client_of: ClientOf, house: Organisation, manager: User
) -> None:
    client, address = client_of(manager), url("national_switch", house.pk)
    assert "y est comptée" in text(client.get(url("sharing", house.pk)))
    client.post(address, {"counted": "0"})
    first = Objection.objects.get()
    page = text(client.post(address, {"counted": "0"}, follow=True))
    assert "n’y est plus comptée" in page
    assert Objection.objects.get().made_at == first.made_at
    assert first.made_by == manager
    client.post(address, {"counted": "n’importe quoi"})
    assert Objection.objects.exists()
    for _ in range(2):
        client.post(address, {"counted": "1"})
    assert not Objection.objects.exists()


def test_a_demonstration_is_told_that_it_is_not_counted(
    client_of: ClientOf, house: Organisation, manager: User
) -> None:
    Organisation.objects.filter(pk=house.pk).update(is_demo=True)
    address = url("sharing", house.pk)
    with override_settings(RELEASES_COUNT_DEMO=False):
        assert "donnée de démonstration" in text(client_of(manager).get(address))
    with override_settings(RELEASES_COUNT_DEMO=True):
        assert "donnée de démonstration" not in text(client_of(manager).get(address))


def test_the_releases_that_count_it_are_the_published_ones(
    client_of: ClientOf, house: Organisation, manager: User, ours: Programme, consent: Consent
) -> None:
    national, mine = release(), release(ours)
    draft = release(state="built", quarter=Quarter(2026, 2))
    not_in = release(quarter=Quarter(2025, 4))
    for made in (national, mine, draft):
        counted(made, house)
    client, address = client_of(manager), url("sharing", house.pk)
    html = client.get(address).content.decode()
    for made in (national, mine):
        assert f'href="{url("release", made.slug)}"' in html
    for made in (draft, not_in):
        assert made.slug not in html
    consents.withdraw_consent(consent=consent, by=manager)
    after = client.get(address)
    assert f'href="{url("release", mine.slug)}"' not in after.content.decode()
    assert "Votre association ne la lit plus : son accord est retiré" in text(after)


def test_three_of_each_cost_no_more_queries_than_one(
    client_of: ClientOf, house: Organisation, manager: User
) -> None:
    client, costs = client_of(manager), []
    for rank in range(3):
        made = programme(code=f"PROGR{'ABC'[rank]}")
        given = consents.give_consent(programme=made, organisation=house, by=manager)
        consents.withdraw_consent(consent=given, by=manager)
        consents.give_consent(programme=made, organisation=house, by=manager)
        counted(release(version=rank + 1), house)
        costs.append(queries(client, url("sharing", house.pk)))
    assert costs[0] == costs[2] <= 10


def test_a_consent_is_never_withdrawn_before_it_is_given(consent: Consent, manager: User) -> None:
    consents.withdraw_consent(consent=consent, by=manager)
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    assert timedelta(0) <= consent.withdrawn_at - consent.given_at < timezone.now() - consent.given_at
