"""The pages of steps 7 and 8: what they show, to whom, at what cost."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.methodology.enums import SeatRole
from apps.methodology.models import Field, Item, Seat
from apps.methodology.services.items import single_key
from tests.methodology.roadmap.support import client, item, words
from tests.methodology.support import engagement_of, seat_in

pytestmark = pytest.mark.django_db


def tool(seat: Seat, code: str = "trajectoire") -> str:
    return reverse("method:tool", args=[seat.engagement_id, code])


def url(name: str, seat: Seat, *more: Any) -> str:
    return reverse(f"method:{name}", args=[seat.engagement_id, *more])


def in_days(n: int) -> str:
    return (timezone.localdate() + timedelta(days=n)).isoformat()


def queries(seat: Seat, path: str, status: int = 200) -> int:
    person = client(seat)
    person.get(path)  # what is kept of the catalogue is read once
    with CaptureQueriesContext(connection) as found:
        assert person.get(path).status_code == status
    return len(found)


def cost(seat: Seat, *pages: tuple[Any, ...]) -> list[int]:
    return [queries(seat, url(name, seat, *more)) for name, *more in pages]


# Step 7


def test_an_empty_roadmap_says_what_to_do(lead: Seat) -> None:
    assert "Ajoutez ci-dessous une première action" in words(client(lead).get(tool(lead)))


def test_the_roadmap_tells_what_is_late_alone_undated_and_out_of_order(lead: Seat) -> None:
    first = item(lead, "action", title="Signer le bail", due=in_days(90), owner=str(lead.pk), cost="1200")
    item(
        lead,
        "action",
        title="Ouvrir le tiers-lieu",
        starts=in_days(10),
        due=in_days(60),
        after=[str(first.pk)],
    )
    item(lead, "action", title="Prévenir la mairie", due=in_days(-3), owner=str(lead.pk), pillar="alliances")
    item(lead, "action", title="Sans date")
    item(lead, "action", title="Ouvrir le tiers-lieu bis", progress="dropped")
    page = client(lead).get(tool(lead))
    text = words(page)
    assert "« Ouvrir le tiers-lieu » commence le" in text
    assert "1 action en retard Prévenir la mairie, due le" in text
    assert "2 actions sans responsable Ouvrir le tiers-lieu Sans date" in text
    assert "1 action sans échéance Sans date" in text
    assert "1 action sans date n’est pas sur le calendrier." in text
    assert "1 200 €" in text
    assert 'aria-label="Calendrier du' in page.content.decode()
    assert "4 actions : 1 en retard." in text


def test_a_circle_is_told_and_stays_writable(lead: Seat) -> None:
    one = item(lead, "action", title="Louer")
    two = item(lead, "action", title="Bâtir", after=[str(one.pk)])
    answer = client(lead).post(
        url("field", lead), {"item": one.pk, "code": "after", "value": str(two.pk), "base": 0, "key": uuid4()}
    )
    assert answer.status_code == 200
    said = "« Louer » attend « Bâtir », qui attend « Louer » : aucune ne peut commencer la première."
    assert said in words(client(lead).get(tool(lead)))
    assert said in words(client(lead).get(url("item", lead, one.pk)))


@pytest.mark.parametrize("size", [1, 3, 200])
def test_a_roadmap_costs_as_many_queries_whatever_its_size(lead: Seat, size: int) -> None:
    for n in range(size):
        item(
            lead,
            "action",
            title=f"Action {n}",
            due=in_days(n * 5),
            owner=str(lead.pk),
            pillar="human",
            cost="10",
        )
    first = Item.objects.filter(kind="action").first()
    assert first
    assert queries(lead, tool(lead)) <= 10
    assert queries(lead, url("item", lead, first.pk)) <= 10
    assert cost(lead, ("roadmap_print", 1), ("roadmap_print", 3), ("roadmap_file", 1), ("feed_make",)) == [
        6,
        6,
        7,
        3,
    ]


def test_the_view_of_a_year_leaves_the_others_out_and_says_so(lead: Seat) -> None:
    item(lead, "action", title="Bientôt", due=in_days(20), indicator="Le bail est signé")
    item(lead, "action", title="Un jour", starts=in_days(800), due=in_days(900))
    one = words(client(lead).get(url("roadmap_print", lead, 1)))
    assert "Bientôt Fait quand : Le bail est signé" in one
    assert "Un jour" not in one
    assert "Hors de ces dates : 1 action commence après." in one
    assert "Un jour" in words(client(lead).get(url("roadmap_print", lead, 3)))


def test_only_one_and_three_years(lead: Seat) -> None:
    assert client(lead).get(url("roadmap_print", lead, 2)).status_code == 404
    assert client(lead).get(url("roadmap_file", lead, 5)).status_code == 404


# Step 8


def an_indicator(seat: Seat, **more: Any) -> Item:
    return item(seat, "indicator", title="Heures de bénévolat", unit="heures", **more)


def test_the_follow_up_tells_gaps_and_the_next_review(lead: Seat) -> None:
    row = an_indicator(lead)
    item(lead, "reading", row, date=in_days(-5), planned="60", actual="48")
    item(lead, "reading", row, date=in_days(-1), planned="70")
    item(lead, "review", date=in_days(-300), next_on=in_days(65))
    text = words(client(lead).get(tool(lead, "suivi")))
    assert "48 heures, 12 de moins que prévu" in text
    assert "1 indicateur : 1 sous ce qui était prévu." in text
    assert "1 indicateur attend un chiffre depuis une date passée" in text
    assert "dans 65 jours" in text


@pytest.mark.parametrize("size", [1, 3, 60])
def test_a_follow_up_costs_as_many_queries_whatever_its_size(lead: Seat, size: int) -> None:
    for n in range(size):
        row = an_indicator(
            lead, start="1", start_on=in_days(-50), goal="9", goal_on=in_days(50), keeper=str(lead.pk)
        )
        item(lead, "reading", row, date=in_days(-5), actual="4")
        item(lead, "action", title=f"Action {n}", indicator="Tout est signé")
    first = Item.objects.filter(kind="indicator").first()
    assert first
    assert queries(lead, tool(lead, "suivi")) <= 10
    assert queries(lead, url("item", lead, first.pk)) <= 10
    assert cost(lead, ("readings",), ("pitch",), ("pitch_file",)) == [5, 5, 6]


def test_an_action_s_promise_becomes_an_indicator_once(lead: Seat) -> None:
    row = item(
        lead,
        "action",
        title="Louer",
        indicator="Le bail est signé",
        pillar="alliances",
        due="2028-01-01",
        owner=str(lead.pk),
    )
    assert "Le bail est signé (Louer)" in words(client(lead).get(tool(lead, "suivi")))
    for _ in range(2):
        answer = client(lead).post(url("indicators_from_actions", lead), {"action": str(row.pk)})
        assert answer.status_code == 302
    made = Item.objects.get(kind="indicator")
    said = dict(made.fields.values_list("code", "value"))
    assert said == {
        "title": "Le bail est signé",
        "action": str(row.pk),
        "pillar": "alliances",
        "goal_on": "2028-01-01",
        "keeper": str(lead.pk),
    }
    assert "Le bail est signé (Louer)" not in words(client(lead).get(tool(lead, "suivi")))
    made.gone_at = timezone.now()
    made.save()
    client(lead).post(url("indicators_from_actions", lead), {"action": str(row.pk)})
    assert Item.objects.filter(kind="indicator", gone_at=None).count() == 1


def test_an_action_of_another_demarche_makes_nothing(lead: Seat) -> None:
    other = item(seat_in(engagement_of()), "action", title="Louer", indicator="Signé")
    client(lead).post(url("indicators_from_actions", lead), {"action": [str(other.pk), "n’importe quoi"]})
    assert not Item.objects.filter(kind="indicator").exists()


def test_a_reading_taken_away_on_the_page_of_its_indicator_comes_back_from_the_history(lead: Seat) -> None:
    row, person = an_indicator(lead), client(lead)
    one = item(lead, "reading", row, date=in_days(-5), actual="48", comment="La rentrée")
    page, act = url("item", lead, row.pk), url("item_act", lead, one.pk)
    answer = person.post(act, {"act": "remove"}, follow=True)
    assert "L’historique permet de le faire revenir." in words(answer)
    assert "La rentrée" not in words(person.get(page))
    text = person.get(url("history", lead) + "?outil=suivi").content.decode()
    assert "Faire revenir" in text
    (way,) = re.findall(r'action="([^"]*/retour/)"', text)
    assert "L’élément est revenu." in words(person.post(way, {"base": "0", "key": uuid4()}, follow=True))
    assert "La rentrée" in words(person.get(page))


# A round of readings


def round_of(seat: Seat, said: dict[str, str], key: UUID | None = None) -> Any:
    return client(seat).post(url("readings", seat), {"key": str(key or uuid4()), "date": in_days(0), **said})


def read(row: Item) -> list[dict[str, Any]]:
    return [
        dict(one.fields.values_list("code", "value"))
        for one in Item.objects.filter(parent=row, kind="reading").order_by("place")
    ]


def test_a_round_writes_one_reading_each_and_twice_the_same_form_once(lead: Seat) -> None:
    one, two, three = (an_indicator(lead) for _ in range(3))
    key = uuid4()
    typed = {f"n-{one.pk}": "1 250,5", f"c-{one.pk}": "Le festival", f"n-{two.pk}": "0"}
    for _ in range(2):
        assert round_of(lead, typed, key).status_code == 302
    assert read(one) == [{"date": in_days(0), "actual": "1250.5", "comment": "Le festival"}]
    assert read(two) == [{"date": in_days(0), "actual": "0"}]
    assert read(three) == []


def test_a_day_already_chosen_receives_the_number(lead: Seat) -> None:
    row = an_indicator(lead)
    item(lead, "reading", row, date=in_days(0), planned="60")
    key = uuid4()
    for _ in range(2):
        assert round_of(lead, {f"n-{row.pk}": "48"}, key).status_code == 302
    assert read(row) == [{"date": in_days(0), "planned": "60", "actual": "48"}]


def test_a_number_read_that_day_is_not_overwritten(lead: Seat) -> None:
    row = an_indicator(lead)
    item(lead, "reading", row, date=in_days(0), actual="48")
    answer = round_of(lead, {f"n-{row.pk}": "52"})
    assert answer.status_code == 422
    assert "Un chiffre est déjà relevé à cette date" in words(answer)
    assert read(row)[0]["actual"] == "48"


def test_what_is_refused_stays_typed_and_the_rest_is_written(lead: Seat) -> None:
    one, two = an_indicator(lead), an_indicator(lead)
    answer = round_of(lead, {f"n-{one.pk}": "beaucoup", f"n-{two.pk}": "7"})
    assert answer.status_code == 422
    content = answer.content.decode()
    assert 'value="beaucoup"' in content
    assert "Écrivez un nombre" in content
    assert (read(one), read(two)[0]["actual"]) == ([], "7")


@pytest.mark.parametrize("day", ["", "31/02/2027"])
def test_a_round_needs_a_real_date(lead: Seat, day: str) -> None:
    row = an_indicator(lead)
    answer = round_of(lead, {"date": day, f"n-{row.pk}": "7"})
    assert answer.status_code == 422
    assert 'value="7"' in answer.content.decode()
    assert read(row) == []


def test_nothing_typed_is_said(lead: Seat) -> None:
    an_indicator(lead)
    assert "écrivez au moins un chiffre" in words(round_of(lead, {}))


def test_a_closed_demarche_refuses_a_round(lead: Seat) -> None:
    row = an_indicator(lead)
    lead.engagement.closed_at = timezone.now()
    lead.engagement.save()
    answer = round_of(lead, {f"n-{row.pk}": "7"})
    assert answer.status_code == 422
    assert "Cette démarche est close" in words(answer)


# The pitch, on the screen


def test_the_pitch_is_shown_with_its_pillars_and_its_triangle(lead: Seat) -> None:
    assert "Rien n’est encore écrit" in words(client(lead).get(url("pitch", lead)))
    row = Item.objects.create(
        pk=single_key(lead.engagement_id, "pitch"), engagement=lead.engagement, kind="pitch"
    )
    target = Item.objects.create(
        pk=single_key(lead.engagement_id, "target"), engagement=lead.engagement, kind="target"
    )
    Field.objects.create(item=row, code="need", value="Vieillir chez soi")
    Field.objects.create(item=row, code="human", value="Trente <bénévoles>")
    Field.objects.create(item=target, code="balance", value=[50, 30, 20])
    page = client(lead).get(url("pitch", lead))
    text = words(page)
    assert "Le besoin Vieillir chez soi" in text
    assert "Trente <bénévoles>" in text
    assert "richesses humaines 50 %" in text
    assert queries(lead, url("pitch", lead)) <= 8


# Who sees them


PAGES = [
    ("roadmap_print", (1,)),
    ("roadmap_file", (1,)),
    ("pitch", ()),
    ("pitch_file", ()),
    ("feed_make", ()),
]


@pytest.mark.parametrize(("name", "more"), PAGES)
def test_readers_read_and_the_others_do_not(lead: Seat, name: str, more: tuple[int, ...]) -> None:
    board, watcher = (seat_in(lead.engagement, role) for role in (SeatRole.BOARD, SeatRole.OBSERVER))
    stranger = seat_in(engagement_of())
    address = url(name, lead, *more)
    assert client(board).get(address).status_code == 200
    assert client(watcher).get(address).status_code == 403
    assert client(stranger).get(address).status_code == 404


def test_only_those_who_write_take_readings(lead: Seat) -> None:
    board = seat_in(lead.engagement, SeatRole.BOARD)
    for name in ("readings", "indicators_from_actions"):
        assert client(board).post(url(name, lead)).status_code == 403
    assert "Relever les chiffres" not in words(client(board).get(tool(lead, "suivi")))
