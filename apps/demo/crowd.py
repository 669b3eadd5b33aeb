"""Hundreds of invented associations with closed campaigns, written in bulk: what releases count in the demonstration."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml
from django.conf import settings
from django.utils import timezone

from apps.accounts.models import Organisation
from apps.core.secrets import CODE_ALPHABET
from apps.demo.campaigns import at
from apps.demo.crowd_draws import Crowd, Drawn, accounts, copies, draw
from apps.demo.crowd_work import work
from apps.diagnostic import selectors
from apps.diagnostic.disclosure import public_outcome, statement_rows
from apps.diagnostic.enums import CampaignState
from apps.diagnostic.models import Campaign, FinanceYear, Instrument, Result
from apps.diagnostic.results import as_row, as_year
from apps.diagnostic.scoring import SCORING_VERSION, score

LASTED = (18, 25, 33, 40, 54)  # days that a campaign stays open


def described() -> dict[str, Any]:
    path = Path(settings.CONTENT_DIR).parent / "demo" / "crowd.yaml"
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data


def key_of(rank: int, *parts: object) -> UUID:
    return uuid5(NAMESPACE_URL, " ".join(map(str, ("trajectoires-demo/foule", rank, *parts))))


@dataclass(frozen=True, slots=True)
class Told:
    """A closed campaign of the crowd, with what is written beside it."""

    campaign: Campaign
    years: Sequence[FinanceYear]
    result: Result
    fragilities: Sequence[str]


def crowd(today: date | None = None) -> list[Drawn]:
    """Nothing is written when it is there already. Everybody, in the same order at each run."""
    data = described()
    drawn = draw(data, today or timezone.localdate())
    if not Organisation.objects.filter(pk=key_of(drawn[0].rank)).exists():
        write_organisations(drawn)
        write_campaigns(list(stories(data, drawn)))
        work(data, drawn, [key_of(who.rank) for who in drawn])
    return drawn


def write_organisations(drawn: Iterable[Drawn]) -> None:
    Organisation.objects.bulk_create(
        Organisation(
            pk=key_of(who.rank),
            name=who.name,
            department_id=who.department,
            legal_form_id=who.legal_form,
            size_class_id=who.size,
            is_demo=True,
        )
        for who in drawn
    )
    between = Organisation.fragilities.through
    between._default_manager.bulk_create(
        between(organisation_id=key_of(who.rank), fragility_id=code)
        for who in drawn
        for code in who.fragilities
    )


def stories(data: Crowd, drawn: Iterable[Drawn]) -> Iterator[Told]:
    instrument = selectors.current_instrument()
    statements = [(s.code, s.axis) for s in selectors.questionnaire(instrument).statements]
    codes = free_codes()
    for who in drawn:
        previous = None
        for rank, day in enumerate(who.closings):
            told = story(data, who, rank, day, instrument, statements)
            told.campaign.code, told.campaign.previous = next(codes), previous
            previous = told.campaign
            yield told


def free_codes() -> Iterator[str]:
    """The same codes at each run, but for those that a campaign has already."""
    chance = random.Random("codes de la foule")  # noqa: S311 - these campaigns are closed: the code opens nothing
    taken = set(Campaign.objects.values_list("code", flat=True))
    while True:
        code = "".join(chance.choices(CODE_ALPHABET, k=6))
        if code not in taken:
            taken.add(code)
            yield code


def story(
    data: Crowd,
    who: Drawn,
    rank: int,
    day: date,
    instrument: Instrument,
    statements: Sequence[tuple[str, str]],
) -> Told:
    """The campaign closed on this day, its years of accounts and its result, scored like a real one."""
    made = Campaign(
        pk=key_of(who.rank, rank),
        organisation_id=key_of(who.rank),
        instrument=instrument,
        state=CampaignState.CLOSED,
        opened_at=at(day - timedelta(days=who.chance.choice(LASTED))),
        closed_at=at(day, 18),
        is_demo=True,
        legal_form_id=who.legal_form,
        department_id=who.department,
        size_class_id=who.size,
        years_since_board_renewal=who.chance.choice((None, 0, 1, 1, 2, 3, 3, 4, 5, 6, 8, 11)),
    )
    years = [
        FinanceYear(campaign=made, year=year, **figures)
        for year, figures in accounts(data, who, day.year - 1)
    ]
    said = copies(data, who, rank, statements)
    outcome = score(statements, said, [as_year(year) for year in years], made.years_since_board_renewal)
    result = Result(
        campaign=made,
        instrument=instrument,
        instrument_sha256=instrument.sha256,
        scoring_version=SCORING_VERSION,
        respondent_count=len(said),
        payload=public_outcome(outcome.as_json(), len(said)),
        statements=statement_rows(statements, said),
        finances=[as_row(year) for year in years],
    )
    return Told(made, years, result, who.fragilities)


def write_campaigns(told: Sequence[Told]) -> None:
    Campaign.objects.bulk_create(row.campaign for row in told)
    between = Campaign.fragilities.through
    between._default_manager.bulk_create(
        between(campaign_id=row.campaign.pk, fragility_id=code) for row in told for code in row.fragilities
    )
    FinanceYear.objects.bulk_create(year for row in told for year in row.years)
    Result.objects.bulk_create(row.result for row in told)
