"""Debates at any point of a meeting, with the module that is really published."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from apps.accounts.models import Organisation
from apps.course import sheet
from apps.course.debates import selectors, services
from apps.course.models import Debate, View
from tests.factories.accounts import OrganisationFactory

DAY = date(2027, 1, 21)


def module() -> sheet.Module:
    page = selectors.public_module()
    assert page
    said = sheet.read(page.sheet)
    assert isinstance(said, sheet.Module)
    return said


def question(rank: int = 0) -> str:
    """The code of a question of the module."""
    return module().questions[rank].code


def ready(organisation: Organisation | None = None, **fields: Any) -> Debate:
    made = services.open_debate(
        organisation=organisation or OrganisationFactory.create(),
        by=None,
        title="Conseil d’administration de janvier",
        held_on=DAY,
        key=uuid4(),
    )
    if fields:
        Debate.objects.filter(pk=made.pk).update(**fields)
        made.refresh_from_db()
    return made


def live(organisation: Organisation | None = None) -> Debate:
    return services.start(debate=ready(organisation))


def asking(organisation: Organisation | None = None, rank: int = 0) -> Debate:
    return services.open_question(debate=live(organisation), code=question(rank))


def ballots(debate: Debate, *choices: int) -> None:
    """One phone a choice, on the open question."""
    for choice in choices:
        services.vote(debate=debate, question=debate.question, voter=uuid4(), choice=choice)


def words(debate: Debate, text: str = "Un mot", voter: UUID | None = None) -> View:
    """What a phone typed on the open question."""
    services.say(debate=debate, question=debate.question, voter=voter or uuid4(), text=text)
    return View.objects.get(debate=debate, text=text)


def over(organisation: Organisation | None = None, *choices: int) -> Debate:
    """A meeting that ended while its first question was open."""
    made = asking(organisation)
    ballots(made, *choices)
    return services.end(debate=made)
