"""Step 2: what the map says, shows and costs."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Organisation
from apps.methodology.models import Seat
from apps.methodology.target.activities import Time, sentences
from apps.methodology.target.figures.activity_map import Activity, ActivityMap, Family
from tests.methodology.target.support import address, item, plain
from tests.support.client import StrictClient

FAMILIES = (Family("Sociale", (("F06", "Santé"), ("F08", "Éducation"), ("F09", "Handicap"))),)
NO_TIME = Time((), 0)


def mapped(*codes: str, declared: str = "") -> ActivityMap:
    """An activity for each of ``codes``, « F06,F08 » answering both."""
    made = (Activity(n, f"A{n}", frozenset(filter(None, one.split(",")))) for n, one in enumerate(codes, 1))
    return ActivityMap(FAMILIES, tuple(made), frozenset(filter(None, declared.split(","))))


def said(data: ActivityMap, time: Time = NO_TIME) -> list[str]:
    return [plain(sentence) for sentence in sentences(data, time)]


def test_a_declared_fragility_that_nothing_answers_is_the_first_thing_said() -> None:
    assert said(mapped("F06", declared="F06,F08,F09"))[0] == (
        "Deux fragilités déclarées n’ont aucune activité : Éducation et Handicap."
    )
    assert said(mapped("F06", declared="F08"))[0] == "Une fragilité déclarée n’a aucune activité : Éducation."


def test_activities_that_answer_nothing_are_counted() -> None:
    assert said(mapped("F06", "", ""))[0] == "2 activités ne disent pas à quelle fragilité elles répondent."
    assert said(mapped("F06", ""))[0] == "1 activité ne dit pas à quelle fragilité elle répond."
    assert said(mapped("", ""))[0] == "Aucune activité ne dit encore à quelle fragilité elle répond."


def test_the_most_answered_fragility_is_named_when_it_is_alone() -> None:
    assert said(mapped("F06", "F06,F08"))[0] == "Le plus d’activités répondent à « Santé » : 2 sur 2."
    assert said(mapped("F06", "F08")) == ["2 activités pour 2 fragilités."]


@pytest.mark.parametrize(
    ("shares", "missing", "expected"),
    [
        ([45, 55], 0, ["55 % du temps va à « A2 »."]),
        (
            [45, 65],
            0,
            [
                "65 % du temps va à « A2 ».",
                "Les parts de temps font 110 % : c’est plus que le tout, revoyez-les ensemble.",
            ],
        ),
        (
            [45],
            2,
            ["45 % du temps va à « A1 ».", "2 activités ne disent pas leur part ; les autres font 45 %."],
        ),
        ([45, 35], 0, ["45 % du temps va à « A1 ».", "Les parts de temps font 80 % : il en manque 20 %."]),
    ],
)
def test_shares_of_time_are_added_up(shares: list[int], missing: int, expected: list[str]) -> None:
    time = Time([(f"A{n}", Decimal(share)) for n, share in enumerate(shares, 1)], missing)
    assert said(mapped("F06", "F06"), time)[1:] == expected


def test_the_page_shows_the_map_its_table_and_what_is_declared(
    lead: Seat, association: Organisation, client_of: Callable[..., StrictClient]
) -> None:
    association.fragilities.set(["F06"])
    made = item(
        lead,
        "activity",
        title="Cours de français",
        fragilities=["F08"],
        beneficiaries="Adultes arrivés depuis peu",
    )
    page = client_of(lead.user).get(address(lead.engagement, "outils/activites/")).content.decode()
    assert "Une fragilité déclarée n’a aucune activité" in page
    assert "Adultes arrivés depuis peu" in page
    assert 'role="img"' in page
    assert f"/elements/{made.pk}/" in page


def test_an_empty_map_says_how_it_begins(lead: Seat, client_of: Callable[..., StrictClient]) -> None:
    page = client_of(lead.user).get(address(lead.engagement, "outils/activites/")).content.decode()
    assert "La carte se dessine avec votre première activité." in page


def test_the_board_reads_the_map_and_the_activity(
    lead: Seat, board: Seat, client_of: Callable[..., StrictClient]
) -> None:
    made = item(
        lead, "activity", title="Cours de français", what="Deux soirs par semaine", levels=["commune"]
    )
    client = client_of(board.user)
    assert client.get(address(lead.engagement, "outils/activites/")).status_code == 200
    page = client.get(address(lead.engagement, f"elements/{made.pk}/")).content.decode()
    assert "Deux soirs par semaine" in page
    assert "data-field=" not in page


def test_the_page_asks_the_same_of_the_database_for_one_activity_and_three(
    lead: Seat, client_of: Callable[..., StrictClient]
) -> None:
    client, url = client_of(lead.user), address(lead.engagement, "outils/activites/")
    counts = []
    for number in (1, 2):
        for rank in range(number):
            item(
                lead,
                "activity",
                title=f"Activité {number}-{rank}",
                fragilities=["F08", "F06"],
                share_of_effort="20",
            )
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10
