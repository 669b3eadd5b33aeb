"""One association with a person a role, an open campaign, and a guest's copy."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from apps.accounts.models import Organisation, User
from apps.diagnostic.enums import RespondentRole
from apps.diagnostic.models import Campaign, Respondent
from tests.factories import OrganisationFactory, member
from tests.factories.diagnostic import campaign, respondent
from tests.support.client import StrictClient


@dataclass
class Place:
    organisation: Organisation
    people: dict[str, User]
    campaign: Campaign
    guest: Respondent
    token: str = "jeton-de-la-personne-invitee"

    def client(self, role: str) -> StrictClient:
        """admin, lead, board, staff, stranger (admin elsewhere), guest, anonymous."""
        client = StrictClient()
        if role == "guest":
            client.post(f"/diagnostic/reprendre/{self.token}/")
        elif role != "anonymous":
            client.force_login(self.people[role])
        return client

    def url(self, name: str = "", pk: object = None) -> str:
        return f"/diagnostic/{pk or self.campaign.pk}/{name}"

    def copy_url(self, name: str = "", copy: Respondent | None = None) -> str:
        return f"/diagnostic/reponses/{(copy or self.guest).pk}/{name}"


@pytest.fixture
def place(db: None) -> Place:
    organisation = OrganisationFactory.create(name="Les Ateliers du Canal")
    people = {role: member(organisation, role) for role in ("admin", "lead", "board", "staff")}
    people["stranger"] = member(OrganisationFactory.create(), "admin")
    opened = campaign(organisation)
    guest = respondent(opened, RespondentRole.PARTNER, name="Léa", token=Place.token)
    return Place(organisation, people, opened, guest)
