"""Step 5: where one stands, where one wants to be, and the scenarios side by side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Organisation
from apps.methodology.enums import SeatRole
from apps.methodology.models import Seat
from apps.methodology.services.items import single_key
from apps.methodology.target import scenarios
from apps.methodology.target.selectors import Standing, matrix, standing
from tests.factories.diagnostic import campaign, closed_campaign
from tests.methodology.support import seat_in
from tests.methodology.target.support import address, item, place_of, plain, sheet_of, write_single
from tests.support.client import StrictClient

HERE = Standing({"human": 0.5, "financial": 0.3, "alliances": 0.2}, date(2025, 3, 3))


def said(now: Standing | None, target: list[int] | None, member: bool = True) -> list[str]:
    return [plain(one) for one in scenarios.point_sentences(now, target, member)]


def test_the_way_from_today_to_the_target_is_said_in_points() -> None:
    assert said(HERE, [40, 31, 29]) == [
        "D’aujourd’hui à la cible, la part des richesses humaines baisse le plus.",
        "Le chemin : richesses humaines −10 points, ressources financières +1 point et alliances +9 points.",
    ]
    assert said(HERE, [50, 30, 20])[0] == "Votre cible est là où vous êtes."


def test_what_is_missing_is_said() -> None:
    assert "aucun diagnostic de l’association n’est clos" in said(None, None)[1]
    assert "se lit par les membres" in said(None, [40, 30, 30], member=False)[1]
    assert "pas assez de réponses" in said(Standing(None, date(2025, 3, 3)), [40, 30, 30])[1]
    assert said(HERE, None)[0] == "L’équilibre visé n’est pas encore posé."
    assert said(None, [40, 30, 30])[0] == (
        "Vous visez richesses humaines 40 %, ressources financières 30 % et alliances 30 %."
    )


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ([], "Aucun scénario n’est écrit : racontez-en deux ou trois avant d’en retenir un."),
        ([False], "Aucun scénario n’est retenu."),
        ([True, False], "Le scénario retenu : « S1 »."),
        ([True, True], "2 scénarios sont retenus : S1 et S2. Gardez-en un, ou réunissez-les."),
    ],
)
def test_one_scenario_is_chosen_none_or_several(lead: Seat, chosen: list[bool], expected: str) -> None:
    for number, is_chosen in enumerate(chosen, 1):
        item(lead, "scenario", title=f"S{number}", is_chosen="oui" if is_chosen else "")
    assert plain(scenarios.chosen_sentence(sheet_of(lead, "cible").rows("scenario"))) == expected


def test_the_effort_of_a_scenario_stands_beside_the_published_matrix(lead: Seat) -> None:
    item(lead, "scenario", title="Tenir", effort=["15", "60", "25"])
    item(lead, "scenario", title="Grandir", effort=["60", "30", "10"], is_chosen="oui")
    rows = sheet_of(lead, "cible").rows("scenario")
    effort = scenarios.effort(rows, matrix())
    assert effort
    assert plain(effort.title) == (
        "« Grandir » donne plus de place aux 18 mois que la ligne « Action collective transformatrice »."
    )
    assert "60 % de l’effort, la ligne publiée en compte 15 %" in plain(effort.text)
    assert [row[0] for row in effort.svg.rows][:2] == ["1. Tenir", "2. Grandir"]
    assert len(effort.svg.rows) == 5
    alike, _ = scenarios.effort_sentence([(rows[0], [15, 60, 25])], matrix())
    assert "à peu près comme la ligne" in alike


def test_without_effort_the_matrix_is_shown_alone(lead: Seat) -> None:
    effort = scenarios.effort(sheet_of(lead, "cible").rows("scenario"), matrix())
    assert effort
    assert effort.title == "Aucun scénario ne dit encore comment se partage l’effort."
    assert len(effort.svg.rows) == 3


def test_today_is_the_point_of_the_last_closed_campaign(lead: Seat, association: Organisation) -> None:
    assert standing(place_of(lead)) is None
    campaign(association)
    assert standing(place_of(lead)) is None
    association.campaigns.all().delete()
    closed_campaign(association)
    found = standing(place_of(lead))
    assert found
    assert found.shares
    assert sum(found.shares.values()) == pytest.approx(1, abs=0.01)


def test_the_result_of_another_association_is_never_shown(lead: Seat) -> None:
    closed_campaign()
    assert standing(place_of(lead)) is None


def test_somebody_from_outside_does_not_read_the_result(lead: Seat, association: Organisation) -> None:
    closed_campaign(association)
    outside = seat_in(lead.engagement, SeatRole.MEMBER, outside=True)
    assert standing(place_of(outside)) is None
    assert not scenarios.is_member(sheet_of(outside, "cible"))


def test_the_lead_finds_the_triangle_the_shares_and_the_scenarios(
    lead: Seat, association: Organisation, client_of: Callable[..., StrictClient]
) -> None:
    closed_campaign(association)
    write_single(lead, "target", "balance", ["40", "30", "30"])
    item(
        lead,
        "scenario",
        title="Grandir",
        horizon="7_ans",
        balance=["30", "30", "40"],
        risks="Une <b>baisse</b>",
    )
    page = plain(client_of(lead.user).get(address(lead.engagement, "outils/cible/")).content.decode())
    assert "Équilibre visé : richesses humaines 40 %" in page
    assert "1. Grandir : richesses humaines 30 %" in page
    assert 'data-now="' in page
    assert "data-triangle" in page
    assert "Une &lt;b&gt;baisse&lt;/b&gt;" in page
    assert page.count('name="v-balance"') == 3


def test_the_shares_are_typed_without_script(lead: Seat, client_of: Callable[..., StrictClient]) -> None:
    url = address(lead.engagement, f"elements/{single_key(lead.engagement_id, 'target')}/")
    client = client_of(lead.user)
    refused = client.post(url, {"c": "balance", "v-balance": ["50", "30", "30"], "b-balance": "0"})
    assert refused.status_code == 422
    assert "Les trois parts font 110" in plain(refused.content.decode())
    client.post(url, {"c": "balance", "v-balance": ["50", "30", "20"], "b-balance": "0"})
    assert sheet_of(lead, "cible").single("target").get("balance") == [50, 30, 20]


def test_the_board_sees_the_picture_and_no_point_to_move(
    lead: Seat, board: Seat, client_of: Callable[..., StrictClient]
) -> None:
    write_single(lead, "target", "balance", ["40", "30", "30"])
    made = item(lead, "scenario", title="Grandir")
    client = client_of(board.user)
    page = client.get(address(lead.engagement, "outils/cible/")).content.decode()
    assert "Équilibre visé" in page
    assert "data-triangle" not in page
    assert (
        "data-triangle" not in client.get(address(lead.engagement, f"elements/{made.pk}/")).content.decode()
    )


def test_the_page_costs_the_same_with_one_scenario_and_three(
    lead: Seat, association: Organisation, client_of: Callable[..., StrictClient]
) -> None:
    closed_campaign(association)
    client, url = client_of(lead.user), address(lead.engagement, "outils/cible/")
    counts = []
    for number in (1, 2):
        for rank in range(number):
            item(
                lead,
                "scenario",
                title=f"S{number}-{rank}",
                balance=["40", "30", "30"],
                effort=["60", "20", "20"],
            )
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10
