"""The section of « mon espace »: a funder’s programmes, and what the association shares. One query."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.accounts.selectors import people_in_session
from apps.dashboards import space
from apps.dashboards.services import consents
from apps.dashboards.services import programmes as services
from tests.dashboards.programmes.support import funder_person, plain, programme, waiting
from tests.factories import OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db


def drawn(user: User, organisation: Organisation | None) -> str:
    request: Any = RequestFactory().get("/")
    request.user = people_in_session().get(pk=user.pk)
    with CaptureQueriesContext(connection) as seen:
        found = space.section(request, organisation)
        html = render_to_string(found["template"], found["context"]) if found else ""
    assert len(seen) <= 1
    return plain(html)


def test_a_member_reads_what_the_association_shares() -> None:
    house = OrganisationFactory.create()
    by = member(house, Role.BOARD)
    html = drawn(by, house)
    assert "Aucun financeur ne suit votre association ici." in html
    assert f"/associations/{house.pk}/partage/" in html
    ours = programme(funder_person())
    given = consents.give_consent(programme=ours, organisation=house, by=by)
    assert "1 programme suit votre association" in drawn(by, house)
    consents.withdraw_consent(consent=given, by=by)
    assert "Aucun financeur" in drawn(by, house)


def test_an_invitation_waits_for_the_person_it_was_sent_to() -> None:
    house = OrganisationFactory.create()
    asked, other = member(house), member(house)
    ours = programme(funder_person())
    waiting(ours, asked.email.upper())
    assert f"/programmes/rejoindre/{ours.code}/" in drawn(asked, house)
    assert ours.name not in drawn(other, house)
    services.close(programme=ours)
    assert ours.name not in drawn(asked, house)


def test_an_address_that_is_not_proven_waits_for_nothing() -> None:
    house = OrganisationFactory.create()
    by = member(house, verified=False)
    waiting(programme(funder_person()), by.email)
    assert "Appuis ruraux" not in drawn(by, house)


def test_a_funder_finds_her_programmes() -> None:
    funder = funder_person()
    assert "Ouvrir un programme" in drawn(funder, None)
    for rank in range(space.MOST + 1):
        programme(funder, code=f"PROGR{'ABCDEF'[rank]}", name=f"Programme {rank}")
    html = drawn(funder, None)
    assert html.count("Programme ") == space.MOST
    assert "Tous mes programmes" in html


def test_whoever_has_neither_sees_nothing() -> None:
    assert drawn(UserFactory.create(), None) == ""
    gone = funder_person()
    programme(gone)
    gone.platform_grants.all().delete()
    assert drawn(gone, None) == ""
