"""A field saved by a script or by a form: two people, twice the same write, what cannot be kept."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from apps.methodology.enums import SeatRole
from apps.methodology.models import Change, Field, Item, Seat
from apps.methodology.services.items import single_key
from tests.methodology.support import engagement_of, seat_in
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Seat:
    return seat_in(engagement_of())


@pytest.fixture
def member(lead: Seat) -> Seat:
    return seat_in(lead.engagement, SeatRole.MEMBER, full_name="Jonas Petit")


def client(seat: Seat) -> StrictClient:
    assert seat.user
    client = StrictClient()
    client.force_login(seat.user)
    return client


def note(seat: Seat) -> UUID:
    return single_key(seat.engagement_id, "note")


def save(seat: Seat, item: UUID, code: str, value: Any, base: int = 0, key: UUID | None = None) -> Any:
    data = {"item": item, "code": code, "value": value, "base": base, "key": key or uuid4()}
    return client(seat).post(reverse("method:field", args=[seat.engagement_id]), data)


def text_of(item: UUID, code: str) -> Any:
    return Field.objects.get(item=item, code=code).value


def test_a_first_text_is_version_one_and_a_numbered_change(lead: Seat) -> None:
    answer = save(lead, note(lead), "mandate", "Le CA demande\r\nune feuille de route.")
    assert (answer.status_code, answer.json()) == (200, {"version": 1, "number": 1})
    assert text_of(note(lead), "mandate") == "Le CA demande\nune feuille de route."
    change = Change.objects.get()
    assert (change.before, change.after, change.seat, change.number) == (
        None,
        "Le CA demande\nune feuille de route.",
        lead,
        1,
    )


def test_two_people_on_one_field_are_both_shown(lead: Seat, member: Seat) -> None:
    save(member, note(lead), "mandate", "Texte de Jonas")
    answer = save(lead, note(lead), "mandate", "Mon texte")
    assert answer.status_code == 409
    assert "Texte de Jonas" in answer.json()["html"]
    assert "Jonas Petit" in answer.json()["message"]
    assert text_of(note(lead), "mandate") == "Texte de Jonas"
    again = save(lead, note(lead), "mandate", "Les deux", base=answer.json()["version"])
    assert again.json()["version"] == 2
    assert list(Change.objects.values_list("after", flat=True)) == ["Les deux", "Texte de Jonas"]


def test_a_write_sent_twice_is_one_write(lead: Seat, member: Seat) -> None:
    key = uuid4()
    first = save(lead, note(lead), "mandate", "Une fois", key=key)
    save(member, note(lead), "mandate", "Ensuite", base=1)
    assert save(lead, note(lead), "mandate", "Une fois", key=key).json() == first.json()
    assert text_of(note(lead), "mandate") == "Ensuite"
    assert Change.objects.count() == 2


def test_the_same_text_writes_nothing(lead: Seat) -> None:
    save(lead, note(lead), "mandate", "Pareil")
    assert save(lead, note(lead), "mandate", " Pareil ").json() == {"version": 1, "number": 0}
    assert Change.objects.count() == 1


@pytest.mark.parametrize(
    ("code", "typed", "said"),
    [
        ("mandate", "x" * 4001, "trop long de 1"),
        ("starts", "31/02/2027", "Écrivez une date qui existe"),
        ("absent", "x", "n’existe pas"),
    ],
    ids=["long", "date", "unknown"],
)
def test_what_cannot_be_kept_is_said(lead: Seat, code: str, typed: str, said: str) -> None:
    answer = save(lead, note(lead), code, typed)
    assert answer.status_code in (404, 422)
    assert said in answer.json()["message"]
    assert not Field.objects.exists()


def test_an_item_of_another_demarche_is_missing(lead: Seat) -> None:
    other = seat_in(engagement_of())
    item = Item.objects.create(engagement=other.engagement, kind="activity")
    assert save(lead, item.pk, "title", "À moi").status_code == 404
    assert save(lead, note(other), "mandate", "À moi").status_code == 404


def test_a_script_is_told_that_the_session_is_over(lead: Seat) -> None:
    answer = StrictClient().post(reverse("method:field", args=[lead.engagement_id]), {})
    assert answer.status_code == 401
    assert "gardé dans ce navigateur" in answer.json()["message"]


@pytest.mark.parametrize("role", [SeatRole.BOARD, SeatRole.OBSERVER])
def test_who_does_not_write_is_refused(lead: Seat, role: str) -> None:
    assert save(seat_in(lead.engagement, role), note(lead), "mandate", "Non").status_code == 403


def test_a_closed_demarche_is_not_written(lead: Seat) -> None:
    lead.engagement.closed_at = lead.engagement.opened_at
    lead.engagement.save()
    answer = save(lead, note(lead), "mandate", "Trop tard")
    assert answer.status_code == 422
    assert "close" in answer.json()["message"]
    assert not Field.objects.exists()


# --- a page without script ---------------------------------------------------------------------------------------------
def form(seat: Seat, item: UUID, **fields: tuple[Any, int]) -> Any:
    data: dict[str, Any] = {"c": list(fields)}
    for code, (value, base) in fields.items():
        data |= {f"v-{code}": value, f"b-{code}": base}
    return client(seat).post(reverse("method:item", args=[seat.engagement_id, item]), data)


def test_a_form_saves_what_was_changed(lead: Seat) -> None:
    answer = form(lead, note(lead), mandate=("Oui", 0), starts=("2027-03-01", 0), outside=("", 0))
    assert answer.status_code == 302
    assert answer.url == reverse("method:tool", args=[lead.engagement_id, "cadrage"])
    assert dict(Field.objects.values_list("code", "value")) == {"mandate": "Oui", "starts": "2027-03-01"}


def test_a_field_left_as_it_was_shown_does_not_undo_the_other_s(lead: Seat, member: Seat) -> None:
    save(lead, note(lead), "mandate", "Premier")
    save(member, note(lead), "mandate", "Second", base=1)
    answer = form(lead, note(lead), mandate=("Premier", 1), outside=("Rien", 0))
    assert answer.status_code == 302
    assert text_of(note(lead), "mandate") == "Second"
    assert text_of(note(lead), "outside") == "Rien"


def test_two_texts_are_shown_and_the_rest_is_saved(lead: Seat, member: Seat) -> None:
    save(lead, note(lead), "mandate", "Premier")
    save(member, note(lead), "mandate", "Second", base=1)
    answer = form(lead, note(lead), mandate=("Le mien", 1), outside=("Rien", 0))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Le mien" in page
    assert "Second" in page
    assert 'name="b-mandate" value="2"' in page
    assert text_of(note(lead), "outside") == "Rien"


def test_a_refused_text_stays_on_the_page(lead: Seat) -> None:
    answer = form(lead, note(lead), starts=("hier", 0), mandate=("Gardé", 0))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Écrivez une date qui existe" in page
    assert 'value="hier"' in page
    assert text_of(note(lead), "mandate") == "Gardé"


def test_a_text_over_the_version_shown_costs_one_statement(
    lead: Seat, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    save(lead, note(lead), "mandate", "Un")
    person, url = client(lead), reverse("method:field", args=[lead.engagement_id])
    data = {"item": note(lead), "code": "mandate", "value": "Deux", "base": 1, "key": uuid4()}
    # session, person, place, its row, and within a savepoint one statement
    with django_assert_num_queries(8):
        assert person.post(url, data).json() == {"version": 2, "number": 2}
    assert Change.objects.first().before == "Un"  # type: ignore[union-attr]
    assert person.post(url, data).json() == {"version": 2, "number": 2}
    assert Change.objects.count() == 2


def test_a_demarche_closed_meanwhile_keeps_its_text(lead: Seat) -> None:
    save(lead, note(lead), "mandate", "Un")
    type(lead.engagement).objects.update(closed_at=lead.engagement.opened_at)
    assert save(lead, note(lead), "mandate", "Deux", base=1).status_code == 422
    assert text_of(note(lead), "mandate") == "Un"
