"""Demonstration campaigns, made through the same services as real ones."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from apps.accounts.models import Organisation, User
from apps.diagnostic import selectors, services
from apps.diagnostic.models import Answer, Campaign, Respondent
from apps.diagnostic.services.campaigns import context_of

FIRST_NAMES = (
    "Adèle",
    "Bilal",
    "Carmen",
    "Denis",
    "Emna",
    "Fanny",
    "Gilles",
    "Hana",
    "Ivan",
    "Jade",
    "Karim",
    "Lise",
)
UNKNOWN_SHARE, NOT_CONCERNED_SHARE = 0.04, 0.02


def at(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, 12)))


def campaign(organisation: Organisation, row: Mapping[str, Any], by: User | None) -> Campaign:
    """One campaign of the description, opened, answered, and closed when the row says so."""
    chance = random.Random(f"{organisation.name} {row['opened']}")  # noqa: S311 - the same data at each run
    made = services.open_campaign(organisation=organisation, by=by, at=at(row["opened"]))
    context = context_of(organisation)
    services.update_context(
        campaign=made,
        context=services.Context(
            legal_form=context.legal_form,
            department=context.department,
            size_class=context.size_class,
            fragilities=context.fragilities,
            years_since_board_renewal=row.get("board_renewal"),
            effort=tuple(row["effort"]) if "effort" in row else None,
        ),
    )
    for year in row.get("finances", []):
        figures = {key: Decimal(str(value)) for key, value in year.items() if key != "year"}
        services.save_finance_year(campaign=made, year=year["year"], figures=figures)
    answer_all(made, row, chance, by)
    if invited := row.get("invited"):
        people = [services.Invitee(email=email, role="gouvernance") for email in invited]
        services.invite_respondents(campaign=made, invitees=people)
    if "closed" in row:
        services.close_campaign(campaign=made, by=by, at=at(row["closed"], 18))
    return made


def answer_all(made: Campaign, row: Mapping[str, Any], chance: random.Random, by: User | None) -> None:
    names = iter(FIRST_NAMES)
    for role, count in row["respondents"].items():
        for _ in range(count):
            person = respondent(made, role, next(names), row["opened"])
            if role == "referent" and by:
                person.user = by
            person.finished_at = at(row["opened"] + timedelta(days=chance.randint(2, 9)))
            person.save()
            Answer.objects.bulk_create(answers(person, row["levels"], chance, role))
    for role, count in row.get("started", {}).items():
        for _ in range(count):
            person = respondent(made, role, next(names), row["opened"])
            Answer.objects.bulk_create(
                list(answers(person, row["levels"], chance, role))[: chance.randint(6, 20)]
            )


def respondent(made: Campaign, role: str, name: str, opened: date) -> Respondent:
    guest = services.join_campaign(campaign=made, role=role, name=name)
    guest.respondent.joined_at = at(opened + timedelta(days=1))
    guest.respondent.save()
    return guest.respondent


def answers(
    person: Respondent, levels: Mapping[str, float], chance: random.Random, role: str
) -> Iterator[Answer]:
    """Answers around the aimed level of each axis; the board sees things a little better than the team."""
    tilt = {"gouvernance": 0.35, "equipe": -0.25}.get(role, 0.0)
    for statement in selectors.questionnaire(person.campaign.instrument).statements:
        draw = chance.random()
        own = random.Random(f"{person.campaign.organisation.name} {statement.code}").uniform(-0.7, 0.7)  # noqa: S311
        level = round(chance.gauss(levels[statement.axis] + tilt + own, 0.55))
        value = str(min(3, max(0, level)))
        if draw < UNKNOWN_SHARE:
            value = "nsp"
        elif draw < UNKNOWN_SHARE + NOT_CONCERNED_SHARE:
            value = "nc"
        yield Answer(respondent=person, statement=statement.code, value=value)
