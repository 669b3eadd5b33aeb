"""What a person reads of her associations: only hers, and exactly what the screens show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import User
from apps.diagnostic.models import Answer, Campaign
from apps.diagnostic.services import close_campaign
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, member
from tests.factories.diagnostic import answer_all, campaign, closed_campaign, finance_year, respondent
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], StrictClient]


def results(client: StrictClient, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/v1/{name}/").json()["results"]
    return found


def test_organisations_are_hers_with_her_role_whatever_the_colleagues(client_of: ClientOf) -> None:
    first = OrganisationFactory.create(name="Bêta", siren="732829320")
    second = OrganisationFactory.create(name="Alpha")
    me = member(first, "staff")
    MembershipFactory.create(user=me, organisation=second, role="lead")
    member(first, "admin")
    member(second, "admin")
    member(OrganisationFactory.create(name="Ailleurs"), "admin")
    first.fragilities.set(["F02", "F01"])

    rows = results(client_of(me), "organisations")

    assert [(row["name"], row["role"]) for row in rows] == [("Alpha", "lead"), ("Bêta", "staff")]
    assert rows[1] == {
        "id": str(first.pk),
        "name": "Bêta",
        "role": "staff",
        "siren": "732829320",
        "siret": "",
        "rna": "",
        "legal_form": None,
        "department": "58",
        "size_class": None,
        "fragilities": ["F01", "F02"],
        "is_demo": False,
        "created_at": rows[1]["created_at"],
    }


def test_campaigns_newest_first_once_each(client_of: ClientOf) -> None:
    organisation = OrganisationFactory.create()
    me = member(organisation, "board")
    member(organisation, "admin")
    old = closed_campaign(organisation).campaign
    new = campaign(organisation)
    closed_campaign()

    rows = results(client_of(me), "campaigns")

    assert [row["id"] for row in rows] == [str(new.pk), str(old.pk)]
    assert [row["state"] for row in rows] == ["open", "closed"]
    assert rows[0]["organisation"] == {"id": str(organisation.pk), "name": organisation.name}
    assert set(rows[0]) == {
        "id",
        "organisation",
        "instrument",
        "state",
        "opened_at",
        "closed_at",
        "is_demo",
    }


@pytest.mark.parametrize(
    ("role", "told"), [("admin", True), ("lead", True), ("board", False), ("staff", False)]
)
def test_context_of_an_open_campaign_is_for_who_leads_as_on_the_screens(
    client_of: ClientOf, role: str, told: bool
) -> None:
    organisation = OrganisationFactory.create()
    me = member(organisation, role)
    opened = campaign(organisation, years_since_board_renewal=4)
    opened.levels.set(["commune"])
    answer_all(respondent(opened))
    url = f"/api/v1/campaigns/{opened.pk}/"

    context = client_of(me).get(url).json()["campaign_context"]
    assert (context is not None) is told

    Campaign.objects.filter(pk=opened.pk).update(state="closed", closed_at=timezone.now())
    context = client_of(me).get(url).json()["campaign_context"]
    assert context["years_since_board_renewal"] == 4
    assert context["levels"] == ["commune"]
    assert context["department"] == "58"


def test_result_is_the_frozen_one(client_of: ClientOf) -> None:
    organisation = OrganisationFactory.create()
    me = member(organisation, "staff")
    opened = campaign(organisation)
    for _ in range(5):
        answer_all(respondent(opened, "equipe"))
    finance_year(opened, charges="1000.50", treasury="200", cotisations="300")
    frozen = close_campaign(campaign=opened, by=None)

    body = client_of(me).get(f"/api/v1/campaigns/{opened.pk}/result/").json()

    assert body["outcome"] == frozen.payload
    assert body["finances"] == frozen.finances
    assert body["finances"][0]["charges"] == 1000.5
    shown = [
        {k: v for k, v in row.items() if k not in ("axis", "topic", "text")} for row in body["statements"]
    ]
    assert shown == frozen.statements
    assert len(shown) == 36
    assert all(row["text"] and row["topic"] and row["axis"] == row["code"][0] for row in body["statements"])
    assert set(body) == {
        "campaign",
        "instrument",
        "instrument_sha256",
        "scoring_version",
        "respondent_count",
        "created_at",
        "outcome",
        "statements",
        "finances",
    }
    assert body["respondent_count"] == 5


def test_result_does_not_move_when_answers_do(client_of: ClientOf) -> None:
    result = closed_campaign(people=3)
    me = member(result.campaign.organisation, "staff")
    client, url = client_of(me), f"/api/v1/campaigns/{result.campaign_id}/result/"
    before = client.get(url).json()
    Answer.objects.filter(respondent__campaign=result.campaign).update(value="0")
    result.campaign.respondents.first().delete()
    assert client.get(url).json() == before


def test_two_people_do_not_read_each_other_by_the_api(client_of: ClientOf) -> None:
    result = closed_campaign(people=2)
    me = member(result.campaign.organisation, "admin")
    body = client_of(me).get(f"/api/v1/campaigns/{result.campaign_id}/result/").json()
    assert body["outcome"]["strengths"] == body["outcome"]["weaknesses"] == []
    for row in body["statements"]:
        assert (row["median"], row["spread"], row["low"], row["high"], row["roles"]) == (
            None,
            None,
            None,
            None,
            {},
        )


def test_open_campaign_has_no_result_yet_and_says_so(client_of: ClientOf) -> None:
    organisation = OrganisationFactory.create()
    me = member(organisation, "lead")
    answer = client_of(me).get(f"/api/v1/campaigns/{campaign(organisation).pk}/result/")
    assert answer.status_code == 404
    assert answer.json() == {"detail": "Pas encore de résultat\u00a0: cette campagne est ouverte."}


def test_person_without_association_reads_empty_lists(client_of: ClientOf) -> None:
    closed_campaign()
    client = client_of(UserFactory.create())
    assert results(client, "organisations") == results(client, "campaigns") == []


def test_no_cache_keeps_what_is_personal(client_of: ClientOf) -> None:
    result = closed_campaign()
    client = client_of(member(result.campaign.organisation))
    pk = result.campaign_id
    for path in ("organisations/", "campaigns/", f"campaigns/{pk}/", f"campaigns/{pk}/result/"):
        header = client.get(f"/api/v1/{path}")["Cache-Control"]
        assert "no-store" in header, path
        assert "private" in header, path


def test_queries_do_not_grow_with_the_lists(bearer: ClientOf) -> None:
    me = UserFactory.create()
    client = bearer(me)
    counts: dict[str, list[int]] = {"organisations": [], "campaigns": []}
    made = 0
    for wanted in (1, 3):
        while made < wanted:
            organisation = OrganisationFactory.create()
            organisation.fragilities.set(["F01", "F02"])
            MembershipFactory.create(user=me, organisation=organisation)
            campaign(organisation)
            made += 1
        for name, seen in counts.items():
            client.get(f"/api/v1/{name}/")  # the counter of demands has its row
            with CaptureQueriesContext(connection) as queries:
                assert len(results(client, name)) == wanted
            seen.append(len(counted(queries)))
    # Token, its holder, her other tokens; how many rows, the rows, and the fragilities of associations.
    assert counts == {"organisations": [6, 6], "campaigns": [5, 5]}


def counted(queries: Any) -> list[str]:
    """Without those of the counter of demands, which do not depend on the list."""
    return [
        q["sql"]
        for q in queries
        if '"cache"' not in q["sql"] and not q["sql"].startswith(("SAVEPOINT", "RELEASE"))
    ]


def test_detail_and_result_have_a_fixed_cost(client_of: ClientOf) -> None:
    result = closed_campaign(people=5)
    client = client_of(member(result.campaign.organisation))
    pk = result.campaign_id
    client.get(f"/api/v1/campaigns/{pk}/result/")
    for path, expected in ((f"campaigns/{pk}/", 5), (f"campaigns/{pk}/result/", 4)):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/api/v1/{path}")
        assert len(counted(queries)) == expected, counted(queries)
