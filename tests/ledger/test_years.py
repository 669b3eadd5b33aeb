"""One exercise as the rest of the platform reads it: what is known, what is not, and sums that meet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from apps.diagnostic.scoring import RESOURCE_KEYS
from apps.diagnostic.scoring.case import FIGURES
from apps.ledger.chart.natures import NATURES
from apps.ledger.years import COSTS, IN_KIND, RESOURCES, LedgerYear
from apps.methodology.tools import photograph
from tests.ledger.support import values


def euros(**amounts: str) -> dict[str, Decimal]:
    return {nature: Decimal(amount) for nature, amount in amounts.items()}


def year(
    source: Any = "fec", starts: date = date(2025, 1, 1), ends: date = date(2025, 12, 31), **fields: Any
) -> LedgerYear:
    return LedgerYear(uuid4(), ends.year, starts, ends, source, fields.pop("amounts", {}), **fields)


def test_its_natures_are_those_of_the_chart_side_by_side() -> None:
    for natures, side in ((RESOURCES, "resource"), (COSTS, "cost"), (IN_KIND, "in_kind")):
        assert set(natures) == {code for code, one in NATURES.items() if one.side == side}
    assert all(NATURES[code].feeds == feeds for code, feeds in {**RESOURCES, **COSTS}.items())


def test_what_it_feeds_is_known_there() -> None:
    full = year(
        amounts=dict.fromkeys((*RESOURCES, *COSTS, *IN_KIND), Decimal(1)),
        treasury=Decimal(1), equity=Decimal(1), volunteer_hours=Decimal(1), employees_fte=Decimal(1),
        top_funder=Decimal(1), multi_year=Decimal(1),
    )  # fmt: skip
    assert set(full.finances()) == {*FIGURES, *RESOURCE_KEYS}
    codes = {spec.code for spec in photograph.YEAR.fields}
    assert set(full.step3()) - codes <= {"autres_produits"}


def test_the_result_counts_what_has_no_nature_yet() -> None:
    one = year(
        amounts=euros(ventes="1000", payroll="600", in_kind_goods="80"),
        unmapped=Decimal(155), unmapped_costs=Decimal(150), unmapped_resources=Decimal(5),
    )  # fmt: skip
    assert values(one.resources, one.costs, one.in_kind) == (1000, 600, 80)
    assert one.result == 255
    assert values(one.finances()["charges"], one.finances()["result"]) == (750, 255)


def test_subsidies_of_other_bodies_go_with_the_state_and_the_rest_goes_nowhere() -> None:
    one = year(
        amounts=euros(
            subv_etat="100",
            subv_autres="20",
            exceptionnels="7",
            reprises="3",
            income_tax="2",
            other_costs="1",
        )
    )
    found, third = one.finances(), one.step3()
    assert found["subv_etat"] == 120
    assert sum(found[key] for key in RESOURCE_KEYS) == 120
    assert values(third["subv_etat"], third["autres_produits"], third["other_costs"]) == (120, 10, 3)


def test_accounts_that_were_read_know_that_the_rest_is_zero() -> None:
    found = year(amounts=euros(ventes="10")).finances()
    assert values(found["dons"], found["payroll"], found["charges"]) == (0, 0, 0)
    assert not {"treasury", "in_kind"} & set(found)


def test_a_year_typed_by_hand_says_nothing_of_what_was_left_empty() -> None:
    found = year("typed", amounts=euros(ventes="10", dons="0")).finances()
    assert found == euros(ventes="10", dons="0")
    both = year("typed", amounts=euros(ventes="10", payroll="4")).finances()
    assert values(both["charges"], both["result"], both["payroll"]) == (4, 6, 4)
    assert "depreciation" not in both


@pytest.mark.parametrize(
    ("starts", "ends", "months"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), 12),
        (date(2024, 9, 1), date(2025, 8, 31), 12),
        (date(2024, 7, 1), date(2025, 12, 31), 18),
        (date(2025, 12, 1), date(2025, 12, 31), 1),
        (date(2025, 12, 31), date(2025, 12, 31), 1),
    ],
)
def test_its_length_in_months(starts: date, ends: date, months: int) -> None:
    assert year(starts=starts, ends=ends).months == months
