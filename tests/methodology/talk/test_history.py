from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from apps.methodology.choices import SOMEBODY
from apps.methodology.enums import Act, SeatRole
from apps.methodology.errors import Refused
from apps.methodology.models import Change, Engagement, Field, Item, Seat
from apps.methodology.services.history import Back, put_back
from apps.methodology.services.items import add_item, move_item, remove_item, single_item
from apps.methodology.talk.history import A_PAGE
from apps.methodology.talk.selectors import item_names
from tests.accounts.helpers import text
from tests.methodology.support import engagement_of, seat_in
from tests.methodology.talk.helpers import action, url, value, write
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., StrictClient]


@pytest.fixture
def engagement() -> Engagement:
    return engagement_of()


@pytest.fixture
def lead(engagement: Engagement) -> Seat:
    return seat_in(engagement, full_name="Maya Roy")


@pytest.fixture
def item(lead: Seat) -> Item:
    return action(lead)


def last(item: Item, code: str = "") -> Change:
    rows = Change.objects.filter(item=item, code=code) if code else Change.objects.filter(item=item)
    return rows.latest("number")


def way(page: Any, change: Change) -> dict[str, str]:
    """What the button of this change posts."""
    html = page.content.decode().partition(f'id="h-{change.number}"')[2].partition("</li>")[0]
    return dict(re.findall(r'name="(base|key|outil|element)" value="([^"]*)"', html))


def back_url(change: Change) -> str:
    return url("history_back", change.engagement, change.number)


# Told in French


def test_each_change_is_a_sentence(
    client_of: ClientOf, engagement: Engagement, lead: Seat, item: Item
) -> None:
    other = action(lead, "Signer")
    write(lead, item, "due", "2027-03-03")
    write(lead, item, "due", "2027-06-01")
    write(lead, item, "due", "")
    move_item(seat=lead, item=item, up=False, key=uuid4())
    remove_item(seat=lead, item=other, key=uuid4())
    page = text(client_of(lead.user).get(url("history", engagement)))
    for sentence in (
        "Maya Roy a ajouté Action : Louer la salle",
        "Maya Roy a écrit dans Action : Louer la salle – Échéance ajouté : 3 mars 2027",
        "Maya Roy a changé dans Action : Louer la salle – Échéance retiré : 3 mars 2027 ajouté : 1er juin 2027",
        "Maya Roy a effacé dans Action : Louer la salle – Échéance",
        "Maya Roy a changé de place Action : Louer la salle",
        "Maya Roy a retiré Action : Signer",
    ):
        assert sentence in page
    assert page.index("a retiré Action : Signer") < page.index("a ajouté Action : Louer")


def test_a_text_shows_only_the_words_that_changed(
    client_of: ClientOf, engagement: Engagement, lead: Seat, item: Item
) -> None:
    write(lead, item, "notes", "Appeler la mairie lundi.\nPuis signer.")
    write(lead, item, "notes", "Appeler la mairie mardi.\nPuis signer.")
    html = client_of(lead.user).get(url("history", engagement)).content.decode()
    told = html.partition(f'id="h-{last(item).number}"')[2].partition("</li>")[0]
    assert "lundi.</del>" in told
    assert "mardi.</ins>" in told
    assert "Appeler la mairie" in told
    assert "Puis signer." not in told


def test_choices_people_and_items_are_said_in_words(
    client_of: ClientOf, engagement: Engagement, lead: Seat, item: Item
) -> None:
    lea = seat_in(engagement, SeatRole.MEMBER, full_name="Léa Petit")
    before, also = action(lead, "Signer"), action(lead, "Chiffrer")
    write(lead, item, "progress", "doing")
    write(lead, item, "owner", str(lea.pk))
    write(lead, item, "cost", "12500")
    write(lead, item, "after", [str(before.pk), str(also.pk)])
    write(lead, item, "after", [str(also.pk)])
    remove_item(seat=lead, item=before, key=uuid4())
    target = single_item(engagement.pk, "target")
    write(lead, target, "balance", ["20", "30", "50"])
    page = text(client_of(lead.user).get(url("history", engagement)))
    for words in (
        "Avancement ajouté : En cours",
        "Responsable ajouté : Léa Petit",
        "Coût ajouté : 12 500 €",
        "Doit venir après retiré : Signer",
        "20 % / 30 % / 50 %",
        "L’équilibre visé",
    ):
        assert words in page
    assert str(lea.pk) not in page
    assert str(before.pk) not in page


def test_items_without_a_title_are_named_by_what_they_are_about(engagement: Engagement, lead: Seat) -> None:
    activity = add_item(seat=lead, kind="activity", key=uuid4(), fields={"title": "Accueil de jour"})
    sheet = add_item(seat=lead, kind="photograph", key=uuid4(), fields={"activity": str(activity.pk)})
    whole = add_item(seat=lead, kind="photograph", key=uuid4())
    indicator = add_item(seat=lead, kind="indicator", key=uuid4(), fields={"title": "Repas servis"})
    reading = add_item(
        seat=lead, kind="reading", key=uuid4(), fields={"date": "2027-03-03"}, parent=indicator
    )
    bare = add_item(seat=lead, kind="action", key=uuid4())
    names = item_names([sheet, whole, reading, bare])
    plain = {key: name.replace("\u00a0", " ") for key, name in names.items()}
    assert plain == {
        sheet.pk: "Fiche : Accueil de jour",
        whole.pk: "Fiche : l’association dans son ensemble",
        reading.pk: "Relevé : 3 mars 2027 (Repas servis)",
        bare.pk: "Action : sans nom",
    }


def test_who_left_keeps_her_name_until_her_account_goes(
    client_of: ClientOf, engagement: Engagement, lead: Seat, item: Item
) -> None:
    lea = seat_in(engagement, SeatRole.MEMBER, full_name="Léa Petit")
    write(lea, item, "notes", "Son texte")
    Seat.objects.filter(pk=lea.pk).update(left_at=timezone.now())
    client = client_of(lead.user)
    assert "Léa Petit a écrit" in text(client.get(url("history", engagement)))
    assert lea.user
    lea.user.delete()
    page = text(client.get(url("history", engagement)))
    assert f"{SOMEBODY} a écrit" in page
    assert "Son texte" in page


def test_a_field_of_an_older_method_is_still_told(
    client_of: ClientOf, engagement: Engagement, lead: Seat, item: Item
) -> None:
    Change.objects.filter(item=item, act=Act.SET).update(code="gone_field")
    page = client_of(lead.user).get(url("history", engagement))
    assert "– gone_field ajouté : Louer la salle" in text(page)
    with pytest.raises(Refused, match="ne se défait pas"):
        put_back(seat=lead, change=last(item), back=Back(1, uuid4()))


# Filters and pages


def test_filters_by_tool_and_by_item(
    client_of: ClientOf, engagement: Engagement, lead: Seat, item: Item
) -> None:
    action(lead, "Signer")
    add_item(seat=lead, kind="activity", key=uuid4(), fields={"title": "Accueil de jour"})
    client, base = client_of(lead.user), url("history", engagement)
    page = text(client.get(f"{base}?outil=activites"))
    assert "Accueil de jour" in page
    assert "Louer la salle" not in page
    page = text(client.get(f"{base}?element={item.pk}"))
    assert "Louer la salle" in page
    assert "Signer" not in page
    for strange in ("?outil=x", "?element=x", "?avant=x", "?avant=-2"):
        assert "Signer" in text(client.get(base + strange))


def test_pages_follow_by_number(client_of: ClientOf, engagement: Engagement, lead: Seat, item: Item) -> None:
    for number in range(A_PAGE):
        write(lead, item, "notes", f"Version {number:02}")
    client, base = client_of(lead.user), url("history", engagement)
    first = client.get(f"{base}?outil=trajectoire")
    assert f"ajouté : {A_PAGE - 1:02}" in text(first)
    assert "a ajouté" not in text(first)
    found = re.search(r'href="\?([^"]+)" rel="next"', first.content.decode())
    assert found
    # Written meanwhile: the next page does not move.
    write(lead, item, "notes", "Entre-temps")
    older = client.get(f"{base}?{found[1].replace('&amp;', '&')}")
    assert "a ajouté" in text(older)
    assert "Version" not in text(older)
    assert "Plus ancien" not in text(older)
    assert "Revenir au plus récent" in text(older)


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_costs_the_same(
    client_of: ClientOf, engagement: Engagement, lead: Seat, size: int, django_assert_num_queries: Any
) -> None:
    for number in range(size):
        activity = add_item(seat=lead, kind="activity", key=uuid4(), fields={"title": f"Accueil {number}"})
        one = add_item(seat=lead, kind="photograph", key=uuid4(), fields={"activity": str(activity.pk)})
        write(seat_in(engagement), one, "human_local_existing", "Douze bénévoles")
        write(lead, action(lead, f"Action {number}"), "owner", str(lead.pk))
    client = client_of(lead.user)
    client.get(url("history", engagement))
    with django_assert_num_queries(8):
        client.get(url("history", engagement))


# A way back


def test_a_field_goes_back_to_what_it_said(
    client_of: ClientOf, engagement: Engagement, lead: Seat, item: Item
) -> None:
    write(lead, item, "notes", "Le premier texte")
    write(lead, item, "notes", "Le second texte")
    change, client = last(item), client_of(lead.user)
    data = way(client.get(url("history", engagement)), change)
    assert data["base"] == "2"
    for _ in range(2):
        page = client.post(back_url(change), data, follow=True)
        assert "C’est remis, comme un nouveau changement." in text(page)
    assert value(item, "notes") == "Le premier texte"
    assert Change.objects.filter(item=item, code="notes").count() == 3
    # Said already: nothing to put back there.
    assert way(client.get(url("history", engagement)), change) == {}


def test_the_way_back_keeps_the_filters(
    client_of: ClientOf, engagement: Engagement, lead: Seat, item: Item
) -> None:
    write(lead, item, "notes", "Un")
    write(lead, item, "notes", "Deux")
    client = client_of(lead.user)
    asked = f"?outil=trajectoire&element={item.pk}"
    data = way(client.get(url("history", engagement) + asked), last(item))
    assert client.post(back_url(last(item)), data)["Location"] == url("history", engagement) + asked


def test_somebody_wrote_meanwhile_and_both_texts_are_shown(
    client_of: ClientOf, engagement: Engagement, lead: Seat, item: Item
) -> None:
    write(lead, item, "notes", "Le premier texte")
    write(lead, item, "notes", "Le second texte")
    change, client = last(item), client_of(lead.user)
    data = way(client.get(url("history", engagement)), change)
    write(seat_in(engagement, full_name="Léa Petit"), item, "notes", "Celui de Léa")
    page = client.post(back_url(change), data)
    assert page.status_code == 409
    for words in ("Léa Petit a écrit ici entre-temps.", "Celui de Léa", "Le premier texte"):
        assert words in text(page)
    assert value(item, "notes") == "Celui de Léa"
    again = dict(re.findall(r'name="(base|key)" value="([^"]*)"', page.content.decode()))
    assert again["base"] == "3"
    client.post(back_url(change), again)
    assert value(item, "notes") == "Le premier texte"


@pytest.mark.parametrize(
    ("kind", "code", "old", "new"),
    [
        ("action", "cost", "12500", "3"),
        ("action", "due", "2027-03-03", "2027-06-01"),
        ("action", "progress", "doing", "done"),
        ("partnership", "other_aims", ["means", "impact"], ["reach"]),
        ("scenario", "balance", ["20", "30", "50"], ["40", "30", "30"]),
        ("scenario", "is_chosen", "oui", ""),
    ],
)
def test_every_type_of_field_goes_back(lead: Seat, kind: str, code: str, old: Any, new: Any) -> None:
    item = add_item(seat=lead, kind=kind, key=uuid4())
    write(lead, item, code, old)
    kept = value(item, code)
    write(lead, item, code, new)
    assert value(item, code) != kept
    put_back(seat=lead, change=last(item, code), back=Back(2, uuid4()))
    assert value(item, code) == kept


def test_a_choice_that_is_no_longer_offered_does_not_come_back(
    lead: Seat, engagement: Engagement, item: Item
) -> None:
    lea = seat_in(engagement, SeatRole.MEMBER)
    write(lead, item, "owner", str(lea.pk))
    write(lead, item, "owner", str(lead.pk))
    Seat.objects.filter(pk=lea.pk).update(left_at=timezone.now())
    with pytest.raises(Refused, match="plus dans la liste des choix"):
        put_back(seat=lead, change=last(item, "owner"), back=Back(2, uuid4()))
    assert value(item, "owner") == str(lead.pk)


def test_a_removed_item_comes_back(
    client_of: ClientOf, engagement: Engagement, lead: Seat, item: Item
) -> None:
    write(lead, item, "notes", "Un")
    write(lead, item, "notes", "Deux")
    text_change = last(item)
    remove_item(seat=lead, item=item, key=uuid4())
    change, client = last(item), client_of(lead.user)
    page = client.get(url("history", engagement))
    assert "Faire revenir" in text(page)
    assert way(page, text_change) == {}
    refused = client.post(back_url(text_change), {"base": "2", "key": str(uuid4())}, follow=True)
    assert "a été retiré" in text(refused)
    data = way(page, change)
    for _ in range(2):
        page = client.post(back_url(change), data, follow=True)
        assert "L’élément est revenu." in text(page)
    item.refresh_from_db()
    assert item.gone_at is None
    assert Change.objects.filter(item=item, act=Act.BROUGHT_BACK).count() == 1


def test_what_has_no_way_back_is_said(lead: Seat, item: Item) -> None:
    made = Change.objects.get(item=item, act=Act.MADE)
    with pytest.raises(Refused, match="ne se défait pas"):
        put_back(seat=lead, change=made, back=Back(0, uuid4()))


def test_only_the_team_goes_back(client_of: ClientOf, engagement: Engagement, lead: Seat, item: Item) -> None:
    write(lead, item, "notes", "Un")
    write(lead, item, "notes", "Deux")
    change = last(item)
    data = {"base": "2", "key": str(uuid4())}
    board = client_of(seat_in(engagement, SeatRole.BOARD).user)
    page = board.get(url("history", engagement))
    assert "Deux" in text(page)
    assert way(page, change) == {}
    assert board.post(back_url(change), data).status_code == 403
    observer = client_of(seat_in(engagement, SeatRole.OBSERVER).user)
    assert observer.get(url("history", engagement)).status_code == 403
    other = seat_in(engagement_of())
    stranger = client_of(other.user)
    assert stranger.get(url("history", engagement)).status_code == 404
    assert stranger.post(back_url(change), data).status_code == 404
    assert stranger.post(url("history_back", other.engagement, change.number), data).status_code == 404
    assert value(item, "notes") == "Deux"


def test_a_closed_démarche_is_read_and_not_put_back(
    client_of: ClientOf, engagement: Engagement, lead: Seat, item: Item
) -> None:
    write(lead, item, "notes", "Un")
    write(lead, item, "notes", "Deux")
    Engagement.objects.update(closed_at=timezone.now())
    client = client_of(lead.user)
    assert way(client.get(url("history", engagement)), last(item)) == {}
    page = client.post(back_url(last(item)), {"base": "2", "key": str(uuid4())}, follow=True)
    assert "Cette démarche est close" in text(page)
    assert Field.objects.get(item=item, code="notes").version == 2
