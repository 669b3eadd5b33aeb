"""Each sheet leads to everything it is linked to, says where it comes from, and costs the same whatever its length."""

from __future__ import annotations

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.catalogue.models import Fragility, FragilityFamily, FragilityGoal, Goal, Resource
from apps.core.sources import SourceStatus
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
SHEETS = [(model, n) for model, count in ((Goal, 17), (Fragility, 16)) for n in range(count)]


def page_of(client: StrictClient, row: Goal | Fragility) -> str:
    page = client.get(row.get_absolute_url())
    assert page.status_code == 200
    return html.unescape(page.content.decode())


@pytest.mark.parametrize(("model", "rank"), SHEETS)
def test_a_sheet_leads_to_its_links_and_its_cases(
    client: StrictClient, model: type[Goal] | type[Fragility], rank: int
) -> None:
    row = model._default_manager.all()[rank]
    page = page_of(client, row)
    links = row.fragility_links if isinstance(row, Goal) else row.goal_links
    others = [link.fragility if isinstance(row, Goal) else link.goal for link in links.all()]
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    assert sorted(re.findall(r'href="([^"]+)"', table)) == sorted(
        other.get_absolute_url() for other in others
    )
    cases = set(re.findall(r'<h3><a href="([^"]+)"', page))
    field = "goals" if isinstance(row, Goal) else "fragilities"
    assert cases == {
        case.get_absolute_url() for case in Resource.objects.filter(kind="webinar", **{field: row})
    }


@pytest.mark.parametrize(("model", "rank"), SHEETS)
def test_a_sheet_says_the_source_the_year_and_the_status_of_each_of_its_parts(
    client: StrictClient, model: type[Goal] | type[Fragility], rank: int
) -> None:
    row = model._default_manager.all()[rank]
    page = page_of(client, row)
    sources = page[page.index('<details class="sources">') :]
    for entry in row.provenance:
        assert f"<dt>{entry.subject}</dt>" in sources
        assert entry.label in sources
        assert entry.year in sources
        assert f"({entry.status_label})" in sources
    head = page[page.index("<h1>") : page.index("</header>", page.index("<h1>"))]
    assert ('class="badge"' in head) == (row.status == SourceStatus.PROPOSAL)


def test_links_go_both_ways() -> None:
    pairs = {(link.fragility_id, link.goal_id) for link in FragilityGoal.objects.all()}
    read = {(f.pk, goal.pk) for f in Fragility.objects.all() for goal in f.goals.all()}
    assert read == pairs
    link = FragilityGoal.objects.select_related("fragility", "goal")[0]
    assert str(link) == f"{link.fragility_id}–{link.goal_id}"
    assert link.fragility in link.goal.fragilities.all()


def test_the_index_is_read_by_family_and_by_goal(client: StrictClient) -> None:
    page = html.unescape(client.get("/catalogue/").content.decode())
    families = page[
        page.index("<h2>Les fragilités par famille</h2>") : page.index("<h2>Les dix‑sept objectifs</h2>")
    ]
    assert re.findall(r"<h3>(.*?)</h3>", families) == [row.name for row in FragilityFamily.objects.all()]
    for family in FragilityFamily.objects.all():
        card = families[families.index(f"<h3>{family.name}</h3>") :]
        listed = re.findall(r'href="([^"]+)"', card[: card.index("</ul>")])
        assert listed == [row.get_absolute_url() for row in family.fragilities.order_by("position")]
    goals = page[page.index("<h2>Les dix‑sept objectifs</h2>") :]
    assert re.findall(r'href="(/catalogue/odd/\d+/)"', goals) == [
        f"/catalogue/odd/{n}/" for n in range(1, 18)
    ]


def test_the_index_says_where_both_lists_come_from(client: StrictClient) -> None:
    page = html.unescape(client.get("/catalogue/").content.decode())
    sources = page[page.index('<details class="sources">') :]
    for row in (*Goal.objects.all(), *Fragility.objects.all()):
        for entry in row.provenance:
            assert entry.label in sources
            assert f"({entry.status_label})" in sources


@pytest.mark.parametrize(
    ("path", "queries"), [("/catalogue/odd/8/", 7), ("/catalogue/fragilites/emploi/", 7)]
)
def test_three_links_and_three_cases_cost_no_more_than_one(
    client: StrictClient, path: str, queries: int
) -> None:
    goal, fragility = Goal.objects.get(number=8), Fragility.objects.get(slug="emploi")
    webinars = list(Resource.objects.filter(kind="webinar"))
    for count in (3, 1):
        FragilityGoal.objects.all().delete()
        others = [goal, *Goal.objects.exclude(pk=goal.pk)][:count]
        sisters = [fragility, *Fragility.objects.exclude(pk=fragility.pk)][:count]
        pairs = {(fragility, other) for other in others} | {(sister, goal) for sister in sisters}
        FragilityGoal.objects.bulk_create(
            FragilityGoal(fragility=f, goal=g, weight="principal") for f, g in pairs
        )
        goal.resources.set(webinars[:count])
        fragility.resources.set(webinars[:count])
        with CaptureQueriesContext(connection) as asked:
            page = client.get(path).content.decode()
        assert page.count('<td class="link-weight">') == page.count("<h3><a href=") == count
        assert len(asked) == queries
