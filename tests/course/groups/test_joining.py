"""Joining by code or by link, showing one's name or not, leaving."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.course.groups import services
from apps.course.groups.views.joining import GATE
from apps.course.models import Group, GroupMember, Learner
from tests.factories import UserFactory, course, member
from tests.factories import groups as make
from tests.pages.support import said
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., StrictClient]
JOIN = "/se-former/groupes/rejoindre/"


def link(group: Group) -> str:
    return reverse("course:join_code", args=[group.code])


@pytest.fixture(name="me")
def learner_to_be(db: None) -> User:
    return UserFactory.create(full_name="Nadia Benali")


@pytest.fixture(name="mine")
def her_client(me: User, client_of: ClientOf) -> StrictClient:
    return client_of(me)


@pytest.mark.parametrize("typed", ["{0}", "{1}", " {2} ", "{3}"])
def test_a_code_is_typed_as_one_likes(client: StrictClient, group: Group, typed: str) -> None:
    code = group.code
    forms = (code, code.lower(), f"{code[:3]} {code[3:]}", f"{code[:3]}-{code[3:]}")
    response = client.post(JOIN, {"code": typed.format(*forms)})
    assert response["Location"] == link(group)


@pytest.mark.parametrize(("typed", "status", "told"), [
    ("", 422, "Écrivez le code de six lettres."),
    ("x" * 41, 422, "Un code compte six lettres"),
    ("BCDFGH", 404, "Aucun groupe n’a ce code."),
])  # fmt: skip
def test_a_wrong_code_says_what_to_do(client: StrictClient, typed: str, status: int, told: str) -> None:
    response = client.post(JOIN, {"code": typed})
    assert response.status_code == status
    assert told in said(response)
    assert f'value="{typed}"' in response.content.decode() or not typed


def test_a_wrong_link_is_an_unknown_code(client: StrictClient) -> None:
    response = client.get(f"{JOIN}<b>oops/")
    assert response.status_code == 404
    assert "Aucun groupe n’a ce code." in said(client.get(f"{JOIN}BCDFGH/"))


def test_codes_are_not_guessed(client: StrictClient, group: Group) -> None:
    for rank in range(GATE.most):
        asked = client.get(f"{JOIN}BCDFG{'BCDFGHJKMNPQRSTVWXZB'[rank]}/")
        assert asked.status_code == 404
    for response in (client.get(link(group)), client.post(JOIN, {"code": group.code})):
        assert response.status_code == 429
        assert "Attendez dix minutes" in said(response)


def test_a_good_code_is_not_counted(client: StrictClient, group: Group) -> None:
    for _ in range(GATE.most + 5):
        assert client.get(link(group)).status_code == 200


def test_a_visitor_reads_what_would_be_seen_and_comes_back_after_sign_in(
    client: StrictClient, group: Group, house: Organisation
) -> None:
    Group.objects.update(welcome="Bienvenue à bord.", until=date(2027, 3, 1))
    response = client.get(link(group))
    text = said(response)
    for words in (house.name, group.name, "Bienvenue à bord.", "1er mars 2027", "dans un petit groupe"):
        assert words in text
    assert f"/compte/login/?next={link(group)}" in response.content.decode()
    assert f"/compte/signup/?next={link(group)}" in response.content.decode()
    assert "Rejoindre le groupe" not in text


def test_the_page_says_how_many_people_would_see(
    client: StrictClient, house: Organisation, group: Group
) -> None:
    for role in (Role.LEAD, Role.ADMIN, Role.STAFF):
        member(house, role)
    assert "2 personnes aujourd’hui" in said(client.get(link(group)))


def test_opening_the_link_joins_nobody(mine: StrictClient, group: Group) -> None:
    response = mine.get(link(group))
    assert "Nadia Benali" in said(response)
    assert 'name="shows_name"' in response.content.decode()
    assert "checked" not in response.content.decode()
    assert not GroupMember.objects.exists()
    assert not Learner.objects.exists()


@pytest.mark.parametrize(("sent", "shows"), [({}, False), ({"shows_name": "on"}, True)])
def test_joining_shows_a_name_only_when_the_box_is_checked(
    mine: StrictClient, me: User, group: Group, sent: dict[str, str], shows: bool
) -> None:
    response = mine.post(link(group), sent)
    assert response["Location"] == reverse("course:group", args=[group.pk])
    found = GroupMember.objects.get(group=group, learner__user=me)
    assert (found.shows_name, found.consented_at is not None) == (shows, shows)
    assert mine.get(link(group))["Location"] == reverse("course:group", args=[group.pk])


def test_a_visitor_who_posts_is_sent_to_sign_in_and_finds_her_choice(
    client: StrictClient, me: User, group: Group
) -> None:
    response = client.post(link(group), {"shows_name": "on"})
    assert response["Location"].startswith("/compte/login/")
    assert not GroupMember.objects.exists()
    client.force_login(me)
    assert "checked" in client.get(link(group)).content.decode()


def test_what_a_visitor_did_counts_once_in_the_group(client: StrictClient, me: User, group: Group) -> None:
    client.post("/se-former/etapes/etape-1/terminer/")
    client.force_login(me)
    client.post(link(group), {})
    assert Learner.objects.get(user=me).progress.filter(done_how="said").count() == 1


def test_a_closed_group_says_so(mine: StrictClient, group: Group) -> None:
    services.close_group(group=group)
    for response in (mine.get(link(group)), mine.post(link(group))):
        assert response.status_code == 410
        assert "Ce groupe est fermé." in said(response)
    assert not GroupMember.objects.exists()


def test_a_group_closed_while_one_reads_says_so(
    mine: StrictClient, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = Group.objects.select_related("organisation").get()
    services.close_group(group=group)
    monkeypatch.setattr("apps.course.groups.selectors.by_code", lambda code: stale)
    response = mine.post(link(group), {"shows_name": "on"})
    assert response.status_code == 409
    assert "Ce groupe est fermé" in said(response)
    assert "checked" in response.content.decode()


def test_an_old_code_leads_nowhere(mine: StrictClient, group: Group) -> None:
    services.renew_code(group=group)
    assert mine.get(link(group)).status_code == 404


def test_a_member_sees_the_group_and_not_the_others(mine: StrictClient, me: User, group: Group) -> None:
    make.place(group, name="Farid Montré")
    make.place(group, course.learner(me), number=47)
    response = mine.get(reverse("course:group", args=[group.pk]))
    text = said(response)
    assert "Vous êtes 2 dans ce groupe" in text
    assert "Votre nom n’est pas visible." in text
    for secret in ("Farid", "47", "Participante ou participant 10", group.code):
        assert secret not in text


def test_consent_is_switched_from_the_page_of_the_group(mine: StrictClient, me: User, group: Group) -> None:
    found = make.place(group, course.learner(me))
    switch, page = (reverse(f"course:{name}", args=[group.pk]) for name in ("group_consent", "group"))
    response = mine.post(switch, {"shows_name": "1"}, follow=True)
    assert response.redirect_chain[-1][0] == page
    assert "Votre nom est visible par qui mène le groupe, depuis le" in said(response)
    response = mine.post(switch, {"from": "groups"}, follow=True)
    assert response.redirect_chain[-1][0] == "/se-former/groupes/"
    assert "Vous l’avez retiré le" in said(response)
    found.refresh_from_db()
    assert not found.shows_name


def test_leaving_is_final_and_said(mine: StrictClient, me: User, group: Group) -> None:
    make.place(group, course.learner(me))
    response = mine.post(reverse("course:group_leave", args=[group.pk]), follow=True)
    assert "Votre progression reste à vous." in said(response)
    assert not GroupMember.objects.exists()
    assert mine.get(reverse("course:group", args=[group.pk])).status_code == 404


def test_nobody_changes_the_place_of_another(mine: StrictClient, group: Group) -> None:
    theirs = make.place(group)
    for name in ("group_consent", "group_leave"):
        assert mine.post(reverse(f"course:{name}", args=[group.pk]), {"shows_name": "1"}).status_code == 404
    theirs.refresh_from_db()
    assert not theirs.shows_name


def test_a_leader_who_joins_sees_the_board_and_her_own_switch(
    lead: User, group: Group, client_of: ClientOf
) -> None:
    make.place(group, course.learner(lead), name="x")
    text = said(client_of(lead).get(reverse("course:group", args=[group.pk])))
    assert "Votre nom est visible" in text
    assert "Chloé Chêne pas commencée" in text


def test_the_groups_page_speaks_to_everybody(client: StrictClient, mine: StrictClient, me: User) -> None:
    for visitor in (client, mine):
        text = said(visitor.get("/se-former/groupes/"))
        assert "Rejoindre un groupe" in text
        assert "Mener un groupe" in text
        assert "Le courriel du lundi" not in text


@pytest.mark.parametrize("method", ["group_consent", "group_leave", "group_act"])
def test_a_get_changes_nothing(mine: StrictClient, me: User, group: Group, method: str) -> None:
    make.place(group, course.learner(me))
    assert mine.get(reverse(f"course:{method}", args=[group.pk])).status_code == 405


@pytest.mark.parametrize("members", [1, 3])
def test_joining_costs_the_same_at_any_size(
    mine: StrictClient, me: User, group: Group, members: int, django_assert_num_queries: Any
) -> None:
    for _ in range(members):
        make.place(group)
    # Two of them are the counter of unknown codes; five, the first time, note that this code opened here.
    with django_assert_num_queries(12):
        mine.get(link(group))
    with django_assert_num_queries(7):
        mine.get(link(group))
