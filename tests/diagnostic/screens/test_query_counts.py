"""As many queries with three items as with one, and ten at most on any page."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from apps.catalogue.models import Department, Fragility, LegalForm, Level, SizeClass
from apps.diagnostic.services import Context, close_campaign, update_context
from tests.diagnostic.conftest import Place
from tests.diagnostic.pages import count_queries
from tests.factories.diagnostic import answer, answer_all, campaign, finance_year, respondent

pytestmark = pytest.mark.django_db
MOST = 10


def more_people(place: Place, rank: int) -> None:
    answer_all(respondent(place.campaign, name=f"Personne {rank}", email=f"p{rank}@exemple.fr"))


def more_years(place: Place, rank: int) -> None:
    finance_year(place.campaign, 2020 + rank, charges=Decimal(rank))


def more_campaigns(place: Place, rank: int) -> None:
    answer(respondent(place.campaign))
    close_campaign(campaign=place.campaign, by=None)
    place.campaign = campaign(place.organisation)


def more_elsewhere(place: Place, rank: int) -> None:
    respondent(campaign(), user=place.people["lead"])


@pytest.mark.parametrize(
    ("page", "more"),
    [
        ("", more_people),
        ("clore/", more_people),
        ("finances/", more_years),
        ("finances/2021/", more_years),
        ("", more_years),
        ("/espace/", more_campaigns),
        ("/espace/", more_elsewhere),
    ],
)
def test_a_list_costs_the_same_at_one_and_at_three(
    place: Place, page: str, more: Callable[[Place, int], None]
) -> None:
    client = place.client("lead")

    def cost() -> int:
        return count_queries(client, page if page.startswith("/") else place.url(page))

    more(place, 1)
    one = cost()
    more(place, 2)
    more(place, 3)
    assert cost() == one <= MOST


def full_context() -> Context:
    return Context(
        legal_form=LegalForm.objects.first(),
        department=Department.objects.first(),
        size_class=SizeClass.objects.first(),
        fragilities=Fragility.objects.all()[:3],
        levels=Level.objects.all()[:3],
    )


def test_no_page_of_a_campaign_asks_more_than_ten_questions(place: Place) -> None:
    for rank in range(3):
        more_people(place, rank)
        more_years(place, rank)
    update_context(campaign=place.campaign, context=full_context())
    client = place.client("lead")
    pages = ("", "contexte/", "inviter/", "finances/", "finances/2020/", "clore/")
    costs = {name: count_queries(client, place.url(name)) for name in pages}
    assert {name: cost for name, cost in costs.items() if cost > MOST} == {}


@pytest.mark.parametrize("kept", [False, True])
def test_opening_with_a_full_sheet_stays_under_ten(place: Place, kept: bool) -> None:
    known = full_context()
    organisation, client = place.organisation, place.client("lead")
    organisation.legal_form, organisation.size_class = known.legal_form, known.size_class
    organisation.save()
    organisation.fragilities.set(known.fragilities)
    if kept:
        update_context(campaign=place.campaign, context=known)
        client.post("/diagnostic/express/garder/", {"A1": "2"})
    else:
        place.campaign.delete()
    assert count_queries(client, "/diagnostic/nouvelle/") <= MOST


def test_a_copy_costs_the_same_empty_and_full(place: Place) -> None:
    client = place.client("guest")
    names = ("", "A1/", "terminer/", "merci/")
    empty = {name: count_queries(client, place.copy_url(name)) for name in names}
    answer_all(place.guest, dict.fromkeys(("A1", "A2", "B1", "E4"), "1"), finished=False)
    assert {name: count_queries(client, place.copy_url(name)) for name in names} == empty
    assert max(empty.values()) <= MOST


def test_the_pages_for_everyone_ask_little(place: Place) -> None:
    visitor, lead = place.client("anonymous"), place.client("lead")
    costs = {
        (name, who): count_queries(client, f"/diagnostic/{path}")
        for who, client in (("visitor", visitor), ("lead", lead))
        for name, path in (
            ("intro", ""),
            ("express", "express/"),
            ("join", "rejoindre/"),
            ("door", f"rejoindre/{place.campaign.code}/"),
            ("link", f"reprendre/{place.token}/"),
        )
    }
    assert {key: cost for key, cost in costs.items() if cost > MOST} == {}
    assert costs["express", "visitor"] == 0
