"""« Mon espace » tells a learner where she is, and her association what it wrote."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.models import Organisation, User
from apps.course.models import Attestation
from apps.course.services import learning
from tests.course.notes import wrote
from tests.diagnostic.pages import count_queries, text
from tests.factories import OrganisationFactory, UserFactory, member
from tests.factories.course import follow, follow_all, learner, page, step
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
HOME = "/espace/"


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create(name="Les Ateliers du Canal")


@pytest.fixture
def me(organisation: Organisation) -> User:
    return member(organisation)


def section(client: StrictClient) -> str:
    """The HTML of the section."""
    html: str = client.get(HOME).content.decode()
    return html.split('id="parcours"')[1].split("</section>")[0]


def test_before_the_first_step(client_of: Any, me: User) -> None:
    found = section(client_of(me))
    assert "Commencer le parcours" in found
    assert f'href="{page(1).get_absolute_url()}"' in found
    assert f'href="{reverse("course:path")}"' in found
    assert "attestation" not in found


def test_on_the_way(client_of: Any, me: User) -> None:
    who = learner(me)
    follow(who, 1, 2)
    sections = step(3).sections
    learning.open_part(learner=who, page=page(3), part=sections[0].code)
    found = section(client_of(me))
    assert "Étape 3 sur 7, encore " in found
    assert "étapes déjà faites" in found
    assert f'href="{reverse("course:part", args=["etape-3", sections[1].code])}"' in found
    assert "Reprendre le parcours" in found


def test_at_the_end(client_of: Any, me: User) -> None:
    who = learner(me)
    follow_all(who)
    client = client_of(me)
    found = section(client)
    assert "le parcours est terminé" in found
    assert f'href="{reverse("course:attest")}"' in found
    given = Attestation.objects.create(
        learner=who, code="ABCD-EFGH-JKLM-NPQR", rank=1, full_name="Nadia", credential="x"
    )
    found = section(client)
    assert "Mon attestation" in found
    assert f'href="{given.get_absolute_url()}"' in found


def test_a_revoked_attestation_may_be_asked_again(client_of: Any, me: User) -> None:
    who = learner(me)
    follow_all(who)
    given = Attestation.objects.create(
        learner=who, code="ABCD-EFGH-JKLM-NPQR", rank=1, full_name="Nadia", credential="x"
    )
    given.revoked_at, given.revoked_reason = given.issued_at, "Nom corrigé"
    given.save()
    assert f'href="{reverse("course:attest")}"' in section(client_of(me))


def test_what_she_did_before_signing_in_counts_at_once(client_of: Any, me: User) -> None:
    """A page that is read never writes: until her first act, both are shown together."""
    client = client_of(me)
    session = client.session
    opened = [part.code for part in step(1).sections]
    row = {"opened": opened, "answers": {"q": [0]}, "how": "rule", "edition": page(1).edition}
    session["course"] = {"steps": {"etape-1": row}}
    session.save()
    assert "Étape 2 sur 7, encore " in section(client)


def test_the_association_finds_what_it_wrote(client_of: Any, me: User, organisation: Organisation) -> None:
    assert "y a écrit" not in section(client_of(me))
    wrote(organisation, 4)
    found = section(client_of(me))
    assert "Ce que l’association y a écrit" in found
    assert f'href="{reverse("course:part", args=["etape-4", "exercice"])}"' in found
    stranger = member(OrganisationFactory.create())
    assert "y a écrit" not in section(client_of(stranger))


def test_a_person_without_association_sees_her_progress(client_of: Any) -> None:
    me = UserFactory.create()
    follow(learner(me), 1)
    client = client_of(me)
    assert "Étape 2 sur 7" in section(client)
    assert text(client.get(HOME)).index("Aucune association") < text(client.get(HOME)).index("Étape 2 sur 7")


def test_the_whole_space_costs_ten_queries_at_most(
    client_of: Any, me: User, organisation: Organisation, settings: Any
) -> None:
    client = client_of(me)
    new = count_queries(client, HOME)
    follow(learner(me), 1)
    wrote(organisation, 1, by=me)
    one = count_queries(client, HOME)
    follow(learner(me), 2, 3)
    for number in (2, 3):
        wrote(organisation, number, by=me)
    assert count_queries(client, HOME) == one == new <= 10
    settings.SPACE_SECTIONS = [path for path in settings.SPACE_SECTIONS if "course" not in path]
    assert one - count_queries(client, HOME) == 3
