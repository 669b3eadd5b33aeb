from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from apps.methodology.enums import SeatRole
from apps.methodology.errors import Refused
from apps.methodology.models import Decision, Engagement, Seat
from apps.methodology.services.decisions import Said, write
from apps.methodology.services.items import remove_item, single_key
from tests.accounts.helpers import text
from tests.accounts.test_concurrency import together
from tests.methodology.support import engagement_of, seat_in
from tests.methodology.talk.helpers import action, url
from tests.support.client import StrictClient

ClientOf = Callable[..., StrictClient]


@pytest.fixture
def engagement(db: None) -> Engagement:
    return engagement_of()


@pytest.fixture
def lead(engagement: Engagement) -> Seat:
    return seat_in(engagement, full_name="Nadia Morel")


def posted(**changes: Any) -> dict[str, Any]:
    return {
        "what": "Garder l’accueil de jour",
        "why": "C’est le cœur du projet.",
        "decided_by": "Le conseil d’administration",
        "decided_on": "2027-03-03",
        "step": "2",
        "key": str(uuid4()),
        **changes,
    }


def decide(seat: Seat, what: str = "Garder l’accueil de jour", step: int = 2, **more: Any) -> Decision:
    said = Said(step, what, "", "Le bureau", date(2027, 3, 3), more.get("item"), more.get("replaces"))
    return write(seat=seat, said=said, key=more.get("key") or uuid4())


@pytest.mark.parametrize("role", [SeatRole.LEAD, SeatRole.MEMBER])
def test_the_team_writes_what_was_decided(
    client_of: ClientOf, engagement: Engagement, role: SeatRole
) -> None:
    seat = seat_in(engagement, role, full_name="Zoé Blanc")
    page = client_of(seat.user).post(url("decision_new", engagement), posted(), follow=True)
    made = Decision.objects.get()
    assert page.redirect_chain[0][0].endswith(f"/decisions/#d-{made.pk}")
    for words in ("Garder l’accueil de jour", "C’est le cœur", "Le conseil d’administration", "3 mars 2027"):
        assert words in text(page)
    assert "notée par Zoé Blanc" in text(page)
    assert "Étape 2" in text(page)


def test_governance_reads_and_a_network_does_not(
    client_of: ClientOf, engagement: Engagement, lead: Seat
) -> None:
    decide(lead)
    board = client_of(seat_in(engagement, SeatRole.BOARD).user)
    page = text(board.get(url("decisions", engagement)))
    assert "Garder l’accueil de jour" in page
    assert "Noter une décision" not in page
    assert board.get(url("decision_new", engagement)).status_code == 403
    assert board.post(url("decision_new", engagement), posted()).status_code == 403
    observer = client_of(seat_in(engagement, SeatRole.OBSERVER).user)
    assert observer.get(url("decisions", engagement)).status_code == 403
    stranger = client_of(seat_in(engagement_of()).user)
    assert stranger.get(url("decisions", engagement)).status_code == 404
    assert stranger.post(url("decision_new", engagement), posted()).status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"what": " "}, "Écrivez ce qui est décidé."),
        ({"what": "é" * 401}, "400 caractères au plus"),
        ({"why": "é" * 2001}, "2 000 caractères au plus"),
        ({"decided_by": ""}, "Dites qui a décidé."),
        ({"decided_on": "31/02/2027"}, "Écrivez la date ainsi"),
        ({"decided_on": ""}, "Donnez la date"),
        ({"step": "9"}, "Choisissez une étape"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_kept(
    client_of: ClientOf, engagement: Engagement, lead: Seat, changes: dict[str, str], words: str
) -> None:
    page = client_of(lead.user).post(url("decision_new", engagement), posted(**changes))
    assert page.status_code == 422
    assert words in text(page)
    kept = "C’est le cœur du projet." if "why" not in changes else "Garder l’accueil de jour"
    assert kept in page.content.decode()
    assert not Decision.objects.exists()


def test_a_second_click_writes_it_once(client_of: ClientOf, engagement: Engagement, lead: Seat) -> None:
    old = decide(lead)
    data = posted(what="La fermer", replaces=str(old.pk))
    for _ in range(2):
        assert client_of(lead.user).post(url("decision_new", engagement), data).status_code == 302
    assert Decision.objects.count() == 2


def test_a_later_decision_replaces_an_earlier_one(
    client_of: ClientOf, engagement: Engagement, lead: Seat
) -> None:
    old, client = decide(lead, "Fermer le vendredi"), client_of(lead.user)
    form = client.get(url("decision_new", engagement) + f"?remplace={old.pk}").content.decode()
    assert f'value="{old.pk}" selected' in form
    client.post(url("decision_new", engagement), posted(what="Rouvrir", replaces=str(old.pk)))
    page = text(client.get(url("decisions", engagement)))
    assert "Remplacée par une décision plus récente" in page
    assert "Remplace : Fermer le vendredi" in page
    again = client.post(url("decision_new", engagement), posted(what="Autre", replaces=str(old.pk)))
    assert "ne vaut plus" in text(again)
    with pytest.raises(Refused, match="déjà été remplacée"):
        decide(lead, "Autre", replaces=old.pk)
    old.refresh_from_db()
    assert old.what == "Fermer le vendredi"


def test_another_démarche_lends_no_decision(lead: Seat) -> None:
    other = seat_in(engagement_of())
    theirs = decide(other)
    with pytest.raises(Refused, match="pas de cette démarche"):
        decide(lead, replaces=theirs.pk)
    with pytest.raises(Refused):
        decide(lead, key=theirs.key)
    assert Decision.objects.count() == 1


def test_a_decision_may_be_about_an_item(client_of: ClientOf, engagement: Engagement, lead: Seat) -> None:
    item, client = action(lead), client_of(lead.user)
    address = url("decision_new", engagement) + f"?element={item.pk}"
    page = client.get(address)
    assert "Noter une décision Action : Louer la salle" in text(page)
    assert '<option value="7" selected>' in page.content.decode()
    client.post(address, posted(step="7"))
    assert Decision.objects.get().item == item
    remove_item(seat=lead, item=item, key=uuid4())
    assert "Action : Louer la salle" in text(client.get(url("decisions", engagement)))


def test_about_a_note_never_written_or_nothing_known(
    client_of: ClientOf, engagement: Engagement, lead: Seat
) -> None:
    client, base = client_of(lead.user), url("decision_new", engagement)
    client.post(f"{base}?element={single_key(engagement.pk, 'note')}", posted(step="1"))
    assert Decision.objects.get().item_id == single_key(engagement.pk, "note")
    for strange in (uuid4(), "x", action(seat_in(engagement_of())).pk):
        assert '<p class="lede">' not in client.get(f"{base}?element={strange}").content.decode()


def test_the_list_is_filtered_by_step(client_of: ClientOf, engagement: Engagement, lead: Seat) -> None:
    decide(lead, "Sur la deux", 2)
    decide(lead, "Sur la cinq", 5)
    client = client_of(lead.user)
    page = text(client.get(url("decisions", engagement) + "?etape=5"))
    assert "Sur la cinq" in page
    assert "Sur la deux" not in page
    for wrong in ("9", "x", "-1", ""):
        assert "Sur la deux" in text(client.get(url("decisions", engagement) + f"?etape={wrong}"))


def test_a_closed_démarche_takes_no_decision(client_of: ClientOf, engagement: Engagement, lead: Seat) -> None:
    Engagement.objects.update(closed_at=timezone.now())
    page = client_of(lead.user).post(url("decision_new", engagement), posted(), follow=True)
    assert "Cette démarche est close" in text(page)
    with pytest.raises(Refused, match="close"):
        decide(lead)


def test_a_session_that_ended_keeps_the_decision(
    client: StrictClient, engagement: Engagement, lead: Seat
) -> None:
    assert client.post(url("decision_new", engagement), posted()).status_code == 302
    assert lead.user
    client.force_login(lead.user)
    assert "Garder l’accueil de jour" in client.get(url("decision_new", engagement)).content.decode()


@pytest.mark.parametrize("size", [1, 3])
def test_the_log_costs_the_same(
    client_of: ClientOf, engagement: Engagement, lead: Seat, size: int, django_assert_num_queries: Any
) -> None:
    for number in range(size):
        old = decide(lead, f"Décision {number}", item=action(lead, f"Action {number}"))
        decide(seat_in(engagement), replaces=old.pk)
    client = client_of(lead.user)
    client.get(url("decisions", engagement))
    with django_assert_num_queries(6):
        client.get(url("decisions", engagement))


@pytest.mark.usefixtures("committed")
def test_two_at_once_do_not_replace_the_same_one() -> None:
    seat = seat_in(engagement_of())
    old = decide(seat)
    given = together(*[lambda: decide(seat, "Autre", replaces=old.pk)] * 2)
    assert sorted(type(one).__name__ for one in given) == ["Decision", "Refused"]


@pytest.mark.usefixtures("committed")
def test_the_same_form_twice_at_once_is_one_decision() -> None:
    seat, key = seat_in(engagement_of()), uuid4()
    first, second = together(*[lambda: decide(seat, key=key)] * 2)
    assert first == second
