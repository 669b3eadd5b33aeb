"""What a leader does and sees."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.course.groups import services
from apps.course.models import Group
from apps.course.services import learning
from tests.factories import OrganisationFactory, UserFactory, course, member
from tests.factories import groups as make
from tests.pages.support import said
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., StrictClient]
LIST, OPEN = "/se-former/groupes/", "/se-former/groupes/nouveau/"


@pytest.fixture(name="desk")
def leaders_client(lead: User, client_of: ClientOf) -> StrictClient:
    return client_of(lead)


def page_of(group: Group) -> str:
    return reverse("course:group", args=[group.pk])


def board_of(response: Any) -> list[str]:
    """Each row of the board, in words."""
    rows = re.findall(r"<tbody>(.*?)</tbody>", response.content.decode(), re.S)
    assert rows, "no board"
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in rows[0].split("</tr>")[:-1]]


def test_a_leader_opens_a_group_and_finds_its_code(desk: StrictClient) -> None:
    until = timezone.localdate() + timedelta(days=60)
    sent = {"name": " Le  relais ", "welcome": "Bienvenue.", "until": until.isoformat()}
    response = desk.post(OPEN, sent, follow=True)
    group = Group.objects.get()
    assert (group.name, group.welcome, group.until) == ("Le relais", "Bienvenue.", until)
    assert re.fullmatch(r"[A-HJ-NP-Z]{6}", group.code)
    assert f"/se-former/groupes/rejoindre/{group.code}/" in response.content.decode()
    assert "Personne n’a encore rejoint le groupe" in said(response)
    assert "Emporter le tableau" not in said(response)


def test_a_form_sent_twice_opens_one_group(desk: StrictClient) -> None:
    key = re.search(r'name="key" value="([^"]+)"', desk.get(OPEN).content.decode())
    assert key
    for _ in range(2):
        assert desk.post(OPEN, {"name": "Le relais", "key": key[1]}).status_code == 302
    assert Group.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"name": ""}, "Donnez un nom au groupe."),
        ({"name": "x" * 121}, "Ce nom dépasse 120 caractères"),
        ({"name": "Le relais", "until": "2020-01-01"}, "Cette date est déjà passée"),
        ({"name": "Le relais", "until": "bientôt"}, "Écrivez la date ainsi"),
        ({"name": "Le relais", "welcome": "x" * 601}, "Ce mot dépasse 600 caractères"),
    ],
)
def test_a_wrong_form_says_how_to_mend_and_keeps_the_rest(
    desk: StrictClient, sent: dict[str, str], told: str
) -> None:
    response = desk.post(OPEN, {"welcome": "Un mot gardé", **sent})
    assert response.status_code == 422
    assert told in said(response)
    assert sent.get("welcome", "Un mot gardé") in response.content.decode()
    assert not Group.objects.exists()


def test_whoever_has_no_organisation_is_asked_for_it_first(client_of: ClientOf) -> None:
    response = client_of(UserFactory.create()).get(OPEN, follow=True)
    assert response.redirect_chain[-1][0] == "/organisations/nouvelle/"
    assert "présentez d’abord le vôtre" in said(response)


@pytest.mark.parametrize("role", [Role.BOARD, Role.STAFF])
def test_others_of_the_organisation_open_and_see_no_group(
    house: Organisation, group: Group, client_of: ClientOf, role: str
) -> None:
    client = client_of(member(house, role))
    assert client.get(OPEN).status_code == 403
    assert client.get(page_of(group)).status_code == 403
    assert group.name not in said(client.get(LIST))


def test_what_was_typed_waits_for_a_session_that_expired(client: StrictClient, lead: User) -> None:
    client.post(OPEN, {"name": "Le relais gardé"})
    client.force_login(lead)
    assert "Le relais gardé" in client.get(OPEN).content.decode()


def test_a_name_shows_only_with_consent(desk: StrictClient, group: Group) -> None:
    for _ in range(3):
        make.place(group)
    shown = make.place(group, name="Farid Montré")
    page = desk.get(page_of(group))
    assert "Nadia Cachée" not in page.content.decode()
    assert [row.split(" pas ")[0] for row in board_of(page)] == [
        "Farid Montré",
        *(f"Participante ou participant {number}" for number in (10, 11, 12)),
    ]
    services.show_name(member=shown, shows=False)
    assert "Farid" not in desk.get(page_of(group)).content.decode()


def test_neither_mail_nor_identifier_nor_hour_is_in_the_page(desk: StrictClient, group: Group) -> None:
    member = make.place(group, learner_without_name())
    for _ in range(2):
        make.place(group)
    course.follow(member.learner, 1)
    html = desk.get(page_of(group)).content.decode()
    assert "Participante ou participant" in html
    for secret in (member.learner.user.email, str(member.learner_id), f"{member.joined_at:%H:%M}"):
        assert secret not in html


def learner_without_name() -> Any:
    return course.learner(UserFactory.create(full_name="", email="sans.nom@exemple.fr"))


def test_an_account_without_a_name_never_shows_its_address(desk: StrictClient, group: Group) -> None:
    make.place(group, learner_without_name(), shows_name=True, consented_at=timezone.now())
    make.place(group, name="Farid Montré")
    page = desk.get(page_of(group))
    assert "sans.nom@exemple.fr" not in page.content.decode()
    assert len(board_of(page)) == 1
    assert "1 autre personne ne montre pas son nom" in said(page)


@pytest.mark.parametrize("hidden", [1, 2])
def test_a_small_group_tells_nothing_of_who_hides_her_name(
    desk: StrictClient, group: Group, hidden: int
) -> None:
    make.place(group, name="Farid Montré")
    for _ in range(hidden):
        course.follow_all(make.place(group).learner)
    page = desk.get(page_of(group))
    assert len(board_of(page)) == 1
    text = said(page)
    assert f"{hidden} autre" in text
    assert "7 sur 7" not in text
    assert "sur 2" not in text, "she is not counted either"


def test_alone_and_without_a_name_there_is_no_board(desk: StrictClient, group: Group) -> None:
    course.follow(make.place(group).learner, 1)
    text = said(desk.get(page_of(group)))
    assert "1 personne" in text
    assert "Cette personne ne montre pas son nom." in text
    assert "en cours" not in text
    assert "terminée" not in text


def test_steps_are_told_by_their_state(desk: StrictClient, group: Group) -> None:
    who = make.place(group, name="Farid Montré").learner
    course.follow(who, 1)
    second = course.page(2)
    learning.open_part(learner=who, page=second, part=second.parts[0]["code"])
    page = desk.get(page_of(group))
    (row,) = board_of(page)
    assert row.startswith("Farid Montré terminée en cours pas commencée")
    assert row.endswith("1 sur 7")
    make.place(group, name="Zoé Montrée")
    course.follow_all(who)
    page = desk.get(page_of(group))
    assert board_of(page)[0].endswith("7 sur 7")
    text = said(page)
    for words in ("personnes dans ce tableau 2", "a tout terminé 1", "1 sur 2 l’a terminée"):
        assert words in text


def test_a_large_group_is_read_page_by_page(
    desk: StrictClient, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.course.groups.views.leading.A_PAGE", 2)
    for rank in range(3):
        make.place(group, name=f"Personne {rank}")
    first, second = desk.get(page_of(group)), desk.get(page_of(group) + "?page=2")
    assert (len(board_of(first)), len(board_of(second))) == (2, 1)
    assert "personnes dans ce tableau 3" in said(second), "counts are those of the whole group"
    assert desk.get(page_of(group) + "?page=oups").status_code == 200


def test_once_closed_what_comes_after_is_not_seen(desk: StrictClient, group: Group) -> None:
    who = make.place(group, name="Farid Montré").learner
    course.follow(who, 1)
    services.close_group(group=group)
    course.follow(who, 2)
    third = course.page(3)
    learning.open_part(learner=who, page=third, part=third.parts[0]["code"])
    page = desk.get(page_of(group))
    assert board_of(page) == ["Farid Montré terminée " + "pas terminée " * 6 + "1 sur 7"]
    assert "Groupe fermé le" in said(page)
    services.reopen_group(group=group)
    assert board_of(desk.get(page_of(group)))[0].endswith("2 sur 7")


def test_a_leader_changes_closes_and_reopens(desk: StrictClient, group: Group) -> None:
    act, edit = reverse("course:group_act", args=[group.pk]), reverse("course:group_edit", args=[group.pk])
    desk.post(edit, {"name": "Un autre nom"})
    desk.post(act, {"act": "close"})
    group.refresh_from_db()
    assert (group.name, group.is_open) == ("Un autre nom", False)
    desk.post(act, {"act": "reopen"})
    before = group.code
    desk.post(act, {"act": "code"})
    desk.post(act, {"act": "erase everything"})
    group.refresh_from_db()
    assert (group.is_open, group.code == before) == (True, False)


def test_a_past_date_may_stay_when_the_rest_changes(desk: StrictClient, group: Group) -> None:
    Group.objects.update(until=date(2020, 1, 1))
    edit = reverse("course:group_edit", args=[group.pk])
    assert desk.post(edit, {"name": "Autre", "until": "2020-01-01"}).status_code == 302
    assert desk.post(edit, {"name": "Autre", "until": "2020-01-02"}).status_code == 422


def test_a_leader_of_another_organisation_finds_nothing(group: Group, client_of: ClientOf) -> None:
    stranger = client_of(member(OrganisationFactory.create(), Role.ADMIN))
    for name, arguments in (("group", []), ("group_edit", []), ("group_file", ["csv"])):
        assert stranger.get(reverse(f"course:{name}", args=[group.pk, *arguments])).status_code == 404
    assert stranger.post(reverse("course:group_act", args=[group.pk]), {"act": "close"}).status_code == 404
    group.refresh_from_db()
    assert group.is_open


def test_a_leader_who_lost_her_role_loses_the_group(lead: User, desk: StrictClient, group: Group) -> None:
    lead.memberships.all().delete()
    assert desk.get(page_of(group)).status_code == 404


@pytest.mark.parametrize("members", [1, 3])
def test_the_board_costs_the_same_at_any_size(
    desk: StrictClient, group: Group, members: int, django_assert_num_queries: Any
) -> None:
    for rank in range(members):
        course.follow(make.place(group, name=f"Personne {rank}").learner, 1, 2)
    with django_assert_num_queries(8):
        assert len(board_of(desk.get(page_of(group)))) == members


@pytest.mark.parametrize("groups", [1, 3])
def test_the_list_costs_the_same_at_any_size(
    lead: User, house: Organisation, desk: StrictClient, groups: int, django_assert_num_queries: Any
) -> None:
    mine = course.learner(lead)
    for _ in range(groups):
        make.place(make.group(house), mine)
    with django_assert_num_queries(5):
        page = desk.get(LIST)
    assert page.content.decode().count("<h3>") == 2 * groups
