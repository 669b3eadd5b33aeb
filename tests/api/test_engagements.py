"""The démarches where a person holds a seat: what the screens show her, and at once nothing when she leaves."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import User
from apps.methodology.models import Engagement, Seat
from tests.factories import UserFactory
from tests.methodology.dossier import cases
from tests.methodology.support import engagement_of, seat_in
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], StrictClient]


@pytest.fixture
def made(db: None) -> tuple[Engagement, dict[str, Seat]]:
    return cases.full()


def body(client: StrictClient, engagement: Engagement) -> Any:
    answer = client.get(f"/api/v1/engagements/{engagement.pk}/")
    assert answer.status_code == 200
    return answer.json()


def person(seat: Seat) -> User:
    assert seat.user
    return seat.user


def kind(read: Any, code: str) -> list[Any]:
    (found,) = [one for tool in read["tools"] for one in tool["kinds"] if one["code"] == code]
    items: list[Any] = found["items"]
    return items


def values(item: Any) -> dict[str, Any]:
    return {one["code"]: one["value"] for one in item["values"]}


def test_list_holds_her_own_newest_first(client_of: ClientOf) -> None:
    old = engagement_of(title="Ancienne", opened_at=timezone.now() - timedelta(days=9))
    new = engagement_of(title="Nouvelle")
    engagement_of(title="Ailleurs")
    me = UserFactory.create()
    for engagement, role in ((old, "member"), (new, "observer")):
        Seat.objects.create(engagement=engagement, user=me, role=role, is_outside=True)

    rows = client_of(me).get("/api/v1/engagements/").json()["results"]

    assert [(row["title"], row["seat"]) for row in rows] == [("Nouvelle", "observer"), ("Ancienne", "member")]
    assert rows[0] == {
        "id": str(new.pk),
        "organisation": {"id": str(new.organisation.pk), "name": new.organisation.name},
        "title": "Nouvelle",
        "seat": "observer",
        "edition": 1,
        "opened_at": rows[0]["opened_at"],
        "closed_at": None,
        "is_demo": False,
    }


@pytest.mark.parametrize("role", ["lead", "member", "board"])
def test_whoever_reads_reads_everything(
    client_of: ClientOf, made: tuple[Engagement, dict[str, Seat]], role: str
) -> None:
    engagement, seats = made
    read = body(client_of(person(seats[role])), engagement)

    halte, cafe = kind(read, "activity")
    assert (halte["title"], cafe["title"]) == ("La halte-garderie", cases.FORMULA)
    assert values(halte)["people"] == "1250"
    assert [one["text"] for one in halte["values"] if one["code"] == "people"] == [
        "1\u202f250\u00a0personnes"
    ]
    (lever,) = kind(read, "lever")
    assert values(lever)["activities"] == [halte["id"], cafe["id"]]  # not the one that was removed
    assert values(kind(read, "action")[0])["owner"] == "Chloé Chêne"
    assert [one["parent"]["title"] for one in kind(read, "reading")] == ["Familles", "Familles"]
    assert [(one["number"], one["step"], one["replaces"]) for one in read["decisions"]] == [
        (1, 2, None),
        (2, 2, 1),
    ]
    assert read["decisions"][0]["about"] == {"id": halte["id"], "title": "La halte-garderie"}
    assert [one["author"] for one in read["comments"]] == ["Malik Merle", "Une personne de l’équipe"]
    assert [one["title"] for one in read["workshops"]] == [
        "Trouver des leviers",
        "À noms ouverts",
        "En silence",
    ]
    assert [(note["number"], note["put_by"], note["came_at"]) for note in read["notes"]] == [
        (2, "Une personne de l’équipe", None),
        (1, "Chloé Chêne", None),
    ]
    first = read["notes"][1]
    assert first["lines"][0] == {"label": cases.QUESTION, "text": "Comment tenir sans la subvention ?"}
    assert first["meetings"][0]["who"] == "Toute l’équipe"
    assert [one["name"] for one in first["signatures"]] == ["Ana Aubépine", "Chloé Chêne"]
    assert read["steps"][0]["validations"][1]["reason"] == "Le mandat manque."
    assert read["history"] == 87


def test_a_network_reads_stages_and_dates_alone(
    client_of: ClientOf, made: tuple[Engagement, dict[str, Seat]]
) -> None:
    engagement, seats = made
    read = body(client_of(person(seats["observer"])), engagement)

    assert {name for name, said in read.items() if said is None} == {
        "closed_at",
        "team",
        "tools",
        "notes",
        "decisions",
        "comments",
        "workshops",
        "history",
    }
    assert [step["stage"] for step in read["steps"]][:2] == ["done", "to_validate"]
    first = read["steps"][0]["validations"][0]
    assert (first["verdict"], first["decided_on"], first["name"], first["reason"]) == (
        "validated",
        "2027-04-02",
        "",
        "",
    )
    said = json.dumps(read, ensure_ascii=False)
    for secret in ("halte", "Merle", "Aubépine", "mandat manque", "avec le réseau"):
        assert secret not in said


def test_no_address_leaves(client_of: ClientOf, made: tuple[Engagement, dict[str, Seat]]) -> None:
    engagement, seats = made
    text = client_of(person(seats["lead"])).get(f"/api/v1/engagements/{engagement.pk}/").content.decode()
    assert "@" not in text.replace("\\u0040", "@")


def test_workshops_say_no_more_than_their_screens(
    client_of: ClientOf, made: tuple[Engagement, dict[str, Seat]]
) -> None:
    engagement, seats = made
    over, named, silent = body(client_of(person(seats["member"])), engagement)["workshops"]
    assert [(pile["title"], pile["votes"]) for pile in over["piles"]] == [
        ("Vendre", 7),
        ("Partager les lieux", 3),
    ]
    cards = [(card["text"], card["author"]) for card in named["piles"][0]["cards"]]
    assert cards == [("De Malik 0", "Malik Merle"), ("D’une invitée 0", "")]
    assert named["piles"][0]["votes"] == 0  # the vote is not closed
    assert (silent["piles"], silent["loose"]) == ([], [])


def test_another_s_answers_exactly_like_a_missing_one(
    client_of: ClientOf, made: tuple[Engagement, dict[str, Seat]]
) -> None:
    engagement, _ = made
    lead_elsewhere = client_of(person(seat_in(engagement_of())))
    theirs = lead_elsewhere.get(f"/api/v1/engagements/{engagement.pk}/")
    missing = lead_elsewhere.get(f"/api/v1/engagements/{uuid4()}/")
    assert theirs.status_code == missing.status_code == 404
    assert theirs.content == missing.content


def test_who_leaves_reads_nothing_more(client_of: ClientOf, made: tuple[Engagement, dict[str, Seat]]) -> None:
    engagement, seats = made
    client = client_of(person(seats["member"]))
    body(client, engagement)
    Seat.objects.filter(pk=seats["member"].pk).update(left_at=timezone.now())
    assert client.get(f"/api/v1/engagements/{engagement.pk}/").status_code == 404
    assert client.get("/api/v1/engagements/").json()["results"] == []

    lead = client_of(person(seats["lead"]))
    person(seats["lead"]).memberships.get().delete()
    assert lead.get(f"/api/v1/engagements/{engagement.pk}/").status_code == 404


def test_queries_do_not_depend_on_the_size(client_of: ClientOf) -> None:
    counts = []
    for most in (1, 3):
        engagement = cases.extreme(most)
        client = client_of(person(engagement.seats.get()))
        body(client, engagement)
        with CaptureQueriesContext(connection) as queries:
            body(client, engagement)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 23, counts
