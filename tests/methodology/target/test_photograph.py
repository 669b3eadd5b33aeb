"""Step 3: the sheets, one for the whole and one an activity."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.methodology.errors import Refused
from apps.methodology.models import Field, Item, Seat
from apps.methodology.services.items import remove_item
from apps.methodology.target import services, sheets
from apps.methodology.tools.photograph import CELLS
from tests.methodology.target.support import address, item, plain, sheet_of
from tests.support.client import StrictClient


def scopes_held(seat: Seat) -> list[str]:
    return [card.scope for card in sheets.cards(sheet_of(seat, "photographie"))]


def test_preparing_makes_the_missing_sheets_and_twice_makes_no_more(lead: Seat) -> None:
    first, second = (item(lead, "activity", title=title) for title in ("Cours", "Visites"))
    item(lead, "photograph", activity=str(second.pk))
    assert services.prepare_sheets(seat=lead) == 2
    assert services.prepare_sheets(seat=lead) == 0
    assert scopes_held(lead) == ["", str(first.pk), str(second.pk)]


def test_an_activity_without_a_name_waits_for_its_sheet(lead: Seat) -> None:
    item(lead, "activity")
    assert services.prepare_sheets(seat=lead) == 1
    assert sheets.missing(sheet_of(lead, "photographie")) == []


def test_a_closed_demarche_makes_no_sheet(lead: Seat) -> None:
    lead.engagement.closed_at = timezone.now()
    lead.engagement.save()
    with pytest.raises(Refused):
        services.prepare_sheets(seat=lead)
    assert not Item.objects.exists()


def test_two_sheets_on_the_same_thing_are_said(lead: Seat) -> None:
    item(lead, "photograph")
    item(lead, "photograph")
    assert [card.is_double for card in sheets.cards(sheet_of(lead, "photographie"))] == [False, True]


def test_a_sheet_of_a_removed_activity_is_kept_and_named_so(lead: Seat) -> None:
    gone = item(lead, "activity", title="Cours")
    item(lead, "photograph", activity=str(gone.pk))
    remove_item(seat=lead, item=gone, key=uuid4())
    assert [card.title for card in sheets.cards(sheet_of(lead, "photographie"))] == [sheets.REMOVED]


def test_the_sentences_say_what_is_begun_and_what_the_whole_leaves_out(lead: Seat) -> None:
    item(lead, "activity", title="Cours")
    local = dict.fromkeys(
        ("human_local_existing", "financial_local_wanted", "financial_national_growing"), "Écrit"
    )
    item(lead, "photograph", **local)
    sheet = sheet_of(lead, "photographie")
    made = sheets.cards(sheet)
    assert [plain(one) for one in sheets.sentences(made, len(sheets.missing(sheet)))] == [
        "1 fiche commencée sur 1.",
        "Dans l’ensemble, rien n’est dit des richesses humaines au plan national.",
        "Dans l’ensemble, rien n’est dit des alliances au plan territorial et au plan national.",
        "1 fiche manque encore.",
    ]
    assert sheets.cells_of(made[0].row)[0] == (True, False, False, False, False, False)


def test_the_lead_prepares_the_sheets_from_the_page(
    lead: Seat, client_of: Callable[..., StrictClient]
) -> None:
    item(lead, "activity", title="Cours")
    client = client_of(lead.user)
    page = client.get(address(lead.engagement, "outils/photographie/")).content.decode()
    assert "Préparer les 2 fiches qui manquent" in page
    answer = client.post(address(lead.engagement, "fiches/preparer/"), follow=True)
    assert "2 fiches prêtes" in plain(answer.content.decode())
    assert Item.objects.filter(kind="photograph").count() == 2


def test_the_eighteen_cells_are_on_the_page_of_a_sheet(
    lead: Seat, board: Seat, client_of: Callable[..., StrictClient]
) -> None:
    made = item(lead, "photograph", alliances_national_wanted="Un accord avec la tête de réseau")
    page = client_of(lead.user).get(address(lead.engagement, f"elements/{made.pk}/")).content.decode()
    assert all(f'data-field="{made.pk}:{field.code}"' in page for field in CELLS)
    read = client_of(board.user).get(address(lead.engagement, f"elements/{made.pk}/")).content.decode()
    assert "Un accord avec la tête de réseau" in read
    assert "data-field=" not in read


def test_the_board_may_not_prepare(lead: Seat, board: Seat, client_of: Callable[..., StrictClient]) -> None:
    client = client_of(board.user)
    assert client.post(address(lead.engagement, "fiches/preparer/")).status_code == 403
    page = client.get(address(lead.engagement, "outils/photographie/")).content.decode()
    assert "Préparer" not in page
    assert not Item.objects.exists()


def test_the_page_costs_the_same_with_one_activity_and_three(
    lead: Seat, client_of: Callable[..., StrictClient]
) -> None:
    client, url = client_of(lead.user), address(lead.engagement, "outils/photographie/")
    counts = []
    for number in (1, 2):
        for rank in range(number):
            made = item(lead, "activity", title=f"Activité {number}-{rank}")
            item(lead, "photograph", activity=str(made.pk), human_local_existing="Écrit")
            services.prepare_years(seat=lead, scope=str(made.pk), latest=2025)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert Field.objects.filter(item__kind="photograph").count() == 6
    assert counts[0] == counts[1] <= 10
