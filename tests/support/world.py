"""A small world for tests about rights: one association, everyone around it, a campaign of each kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from apps.accounts.enums import PlatformRole, Role
from apps.accounts.models import Organisation, PlatformGrant, User
from apps.diagnostic import selectors, services
from apps.diagnostic.models import Campaign, Respondent, Result
from tests.factories import OrganisationFactory, UserFactory, member
from tests.support.client import StrictClient


@dataclass
class World:
    organisation: Organisation
    people: dict[str, User]
    closed: Campaign
    result: Result
    open: Campaign
    copies: dict[str, Respondent]
    token: str

    def client(self, role: str) -> StrictClient:
        client = StrictClient()
        if role == "guest":
            client.post(f"/diagnostic/reprendre/{self.token}/")
        elif role != "anonymous":
            client.force_login(self.people[role])
        return client


def answer_everything(respondent: Respondent, value: str = "2") -> None:
    for code in selectors.questionnaire(respondent.campaign.instrument).codes:
        respondent.answers.create(statement=code, value=value)


def platform_person(role: str) -> User:
    user = UserFactory.create()
    PlatformGrant.objects.create(user=user, role=role)
    TOTP.activate(user, generate_totp_secret())
    if role == PlatformRole.OPERATOR:
        user.is_staff = user.is_superuser = True
        user.save()
    return user


def world(respondents: int = 3, *, earlier: int = 0) -> World:
    """``earlier``: closed campaigns more, before the open one."""
    organisation = OrganisationFactory.create(name="Les Essais du Canal")
    people: dict[str, Any] = {role: member(organisation, role) for role in Role.values}
    people["outsider"] = member(OrganisationFactory.create(), Role.ADMIN)
    people |= {role: platform_person(role) for role in PlatformRole.values}
    closed = services.open_campaign(organisation=organisation, by=people["admin"])
    for _ in range(respondents):
        answer_everything(services.join_campaign(campaign=closed, role="equipe").respondent)
    result = services.close_campaign(campaign=closed, by=people["admin"])
    closed.refresh_from_db()
    for _ in range(earlier):
        one = services.open_campaign(organisation=organisation, by=people["admin"])
        answer_everything(services.join_campaign(campaign=one, role="equipe").respondent)
        services.close_campaign(campaign=one, by=people["admin"])
    opened = services.open_campaign(organisation=organisation, by=people["admin"])
    guest = services.join_campaign(campaign=opened, role="partenaire", name="Invitée")
    copies = {"guest": guest.respondent}
    for role in Role.values:
        copies[role] = services.join_campaign(campaign=opened, role="equipe", user=people[role]).respondent
    return World(organisation, people, closed, result, opened, copies, guest.token)
