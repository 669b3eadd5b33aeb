"""Closed campaigns that stretch the result: alone, four, seven with a past, twelve who disagree on everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.utils import timezone

from apps.accounts.models import Organisation
from apps.diagnostic import selectors, services
from apps.diagnostic.models import Answer, Campaign, FinanceYear, Instrument, Respondent, Result
from apps.diagnostic.scoring import RESOURCE_KEYS
from tests.factories import OrganisationFactory

Level = Callable[[str, int], str]  # (statement, person's rank) → value

YEAR: dict[str, Any] = {
    "charges": 324000, "depreciation": 7800, "payroll": 226000, "treasury": 55300, "equity": 40600, "result": 2100,
    "top_funder": 106000, "multi_year": 96000, "in_kind": 28000, "volunteer_hours": 4700, "employees_fte": 6,
    "cotisations": 6900, "ventes": 74500, "commande_publique": 21300, "subv_etat": 28000, "subv_region": 24000,
    "subv_departement": 38000, "subv_bloc_communal": 106000, "subv_europe": 0, "dons": 9200, "mecenat": 12500,
    "fondations": 5500, "financiers": 200,
}  # fmt: skip
LONG_NAME = (
    "Fédération départementale des associations d’éducation populaire, de solidarité internationale et d’insertion "
    "par l’activité économique de la Bourgogne nivernaise, du Morvan et de l’Yonne"
)  # 187 of the 200 characters that a name may have


def moment(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


def closed(
    organisation: Organisation,
    roles: Sequence[str],
    level: Level,
    *,
    years: Mapping[int, Mapping[str, Any]] | None = None,
    opened: str = "2026-10-05T10:00",
    ended: str = "2026-11-20T18:00",
    **context: Any,
) -> Result:
    """The result of a campaign answered by one person a role given."""
    campaign = services.open_campaign(organisation=organisation, by=None, at=moment(opened))
    for name, value in context.items():
        setattr(campaign, name, value)
    campaign.save()
    for year, figures in (years or {}).items():
        FinanceYear.objects.create(campaign=campaign, year=year, **figures)
    answers(campaign, roles, level)
    return services.close_campaign(campaign=campaign, by=None, at=moment(ended))


def answers(campaign: Campaign, roles: Sequence[str], level: Level) -> None:
    codes = selectors.questionnaire(campaign.instrument).codes
    for rank, role in enumerate(roles):
        person = Respondent.objects.create(campaign=campaign, role=role, token_hash=uuid4().hex)
        Answer.objects.bulk_create(
            Answer(respondent=person, statement=code, value=level(code, rank)) for code in codes
        )


def by_axis(levels: Mapping[str, int], wobble: bool = True) -> Level:
    """A level an axis, and people who differ by one on a few statements, by two on fewer."""

    def level(code: str, rank: int) -> str:
        number = int(code[1:])
        shift = (1 if rank < 3 else -1) if wobble and number % 3 == 0 else 0
        if wobble and number == 7:
            shift *= 2
        return str(min(3, max(0, levels[code[0]] + shift)))

    return level


def alone() -> Result:
    return closed(
        OrganisationFactory.create(name="Le Fil"), ["gouvernance"], by_axis(dict.fromkeys("ABCDE", 1))
    )


def pair() -> Result:
    roles = ["gouvernance", "equipe"]
    return closed(OrganisationFactory.create(), roles, by_axis({"A": 2, "B": 0, "C": 1, "D": 2, "E": 1}))


def four() -> Result:
    roles = ["gouvernance", "gouvernance", "gouvernance", "equipe"]
    level = by_axis({"A": 2, "B": 2, "C": 2, "D": 2, "E": 1})
    return closed(OrganisationFactory.create(size_class_id=None), roles, level, years={2025: YEAR})


def seven() -> Result:
    """Three of the board, three of the team, one lead; three years of accounts; a campaign the year before."""
    organisation = OrganisationFactory.create(
        name="Les Ateliers du Canal", size_class_id="salaries-200k-500k"
    )
    roles = ["gouvernance"] * 3 + ["equipe"] * 3 + ["referent"]
    closed(
        organisation, roles[:5], by_axis({"A": 2, "B": 1, "C": 1, "D": 1, "E": 1}),
        opened="2025-10-06T10:00", ended="2025-11-21T18:00", years={2024: YEAR | {"treasury": 20000}},
    )  # fmt: skip
    years = {2023: YEAR | {"result": -900}, 2024: YEAR | {"ventes": 66800}, 2025: YEAR}
    return closed(
        organisation, roles, by_axis({"A": 2, "B": 1, "C": 1, "D": 2, "E": 1}), years=years,
        years_since_board_renewal=4, effort_18_months=70, effort_7_years=25, effort_28_years=5,
    )  # fmt: skip


def twelve() -> Result:
    """Everybody disagrees on everything, all alerts ring, the name is as long as a name may be."""
    organisation = OrganisationFactory.create(name=LONG_NAME, size_class_id="salaries-2m-plus")
    roles = ["gouvernance"] * 4 + ["equipe"] * 3 + ["referent"] * 3 + ["partenaire"] * 2
    bad = YEAR | {"result": -152300.55, "treasury": 1200, "equity": -1234567.89, "top_funder": 240000}
    closed(
        organisation,
        roles,
        lambda code, rank: str(rank % 4),
        opened="2026-02-01T10:00",
        ended="2026-03-02T10:00",
    )
    return closed(
        organisation, roles, lambda code, rank: str((rank + int(code[1:])) % 4),
        years={2023: bad, 2024: bad, 2025: bad | {"charges": 98765432.1, "treasury": 900.5}},
        years_since_board_renewal=14, effort_18_months=100, effort_7_years=0, effort_28_years=0,
    )  # fmt: skip


def sixteen() -> Result:
    """Four groups who each answer alike, one level apart; accounts with nothing but the origin of resources."""
    organisation = OrganisationFactory.create(
        name="Maison des jeunes et de la culture de la vallée de l’Yonne"
    )
    roles = [role for role in ("gouvernance", "equipe", "referent", "partenaire") for _ in range(4)]
    known = {key: value for key, value in YEAR.items() if key in RESOURCE_KEYS}
    return closed(
        organisation, roles, lambda code, rank: str((rank // 4 + int(code[1:])) % 4),
        years={2024: known, 2025: known}, effort_18_months=15, effort_7_years=60, effort_28_years=25,
    )  # fmt: skip


def vague() -> Result:
    """Nobody knows, half of it concerns nobody; one empty year of accounts."""
    roles = ["gouvernance"] * 3 + ["equipe"] * 2
    return closed(
        OrganisationFactory.create(), roles,
        lambda code, rank: "1" if code[0] in "AD" else "nc" if int(code[1:]) % 2 else "nsp",
        years={2025: {}},
    )  # fmt: skip


def longest(code: str) -> int:
    """The level whose next one is told at most length."""
    statement = selectors.questionnaire(Instrument.objects.get(pk="mse-1")).statement(code)
    return max(range(3), key=lambda level: len(statement.anchors[level + 1]))


def crowd(name: str, level: Level, years: Mapping[int, Mapping[str, Any]] | None, **context: Any) -> Result:
    """Twenty people in four groups, with a campaign the year before."""
    organisation = OrganisationFactory.create(name=name, size_class_id="salaries-2m-plus")
    roles = ["gouvernance"] * 7 + ["equipe"] * 6 + ["referent"] * 4 + ["partenaire"] * 3
    closed(organisation, roles, level, opened="2025-02-01T10:00", ended="2025-03-02T10:00")
    return closed(organisation, roles, level, years=years, years_since_board_renewal=14, **context)


def twenty() -> Result:
    """Everybody disagrees, the longest texts, all alerts, two groups too small to be shown on most statements."""

    def level(code: str, rank: int) -> str:
        if code != "E4" and rank in (13, 14, 15, 17, 18):
            return "nsp"
        usual = longest(code)
        return str(usual) if rank not in (0, 7, 16) else str(usual + 2 if usual < 2 else 0)

    bad = YEAR | {"result": -152300.55, "treasury": 900.5, "equity": -1234567.89, "top_funder": 240000}
    effort = {"effort_18_months": 100, "effort_7_years": 0, "effort_28_years": 0}
    return crowd(LONG_NAME, level, {2023: bad, 2024: bad, 2025: bad}, **effort)


def incomplete() -> Result:
    """The same crowd, with accounts where many figures lack: each indicator says which."""
    known = {
        key: value
        for key, value in YEAR.items()
        if key not in ("subv_etat", "treasury", "payroll", "in_kind")
    }
    return crowd(
        LONG_NAME, lambda code, rank: str((rank + int(code[1:])) % 4), {2024: known, 2025: known},
        effort_18_months=100, effort_7_years=0, effort_28_years=0,
    )  # fmt: skip


def no_accounts() -> Result:
    return crowd("Fédérationdépartementale" * 8, lambda code, rank: str((rank + int(code[1:])) % 4), None)


def urgent_alone() -> Result:
    """One person, and every alert."""
    bad = YEAR | {"result": -152300.55, "treasury": 900.5, "equity": -1234567.89, "top_funder": 240000}
    organisation = OrganisationFactory.create(name=LONG_NAME)
    level = by_axis({"A": 2, "B": 0, "C": 1, "D": 2, "E": 1})
    closed(organisation, ["referent"], level, opened="2025-02-01T10:00", ended="2025-03-02T10:00")
    return closed(
        organisation, ["referent"], level, years={2023: bad, 2024: bad, 2025: bad},
        years_since_board_renewal=14, effort_18_months=70, effort_7_years=25, effort_28_years=5,
    )  # fmt: skip


CASES: dict[str, Callable[[], Result]] = {
    "alone": alone,
    "pair": pair,
    "four": four,
    "seven": seven,
    "twelve": twelve,
    "sixteen": sixteen,
    "vague": vague,
    "twenty": twenty,
    "incomplete": incomplete,
    "no_accounts": no_accounts,
    "urgent_alone": urgent_alone,
}
