"""Fragilities and goals, open to anyone."""

from __future__ import annotations

import re
from typing import Any

import pytest

from apps.catalogue.models import Fragility, FragilityGoal, Goal
from tests.factories import OrganisationFactory, member
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


def test_the_matrix_is_a_real_table_with_a_word_in_each_cell(client: StrictClient) -> None:
    html = client.get("/catalogue/").content.decode()
    matrix = html[html.index('<table class="matrix">') : html.index("</table>")]
    assert matrix.count('<th scope="col">') == 17
    assert matrix.count('<th scope="row">') == 16
    assert matrix.count('<th scope="rowgroup"') == 4
    words = re.findall(r'<i class="weight (\w+)"></i><span class="vh">(\w+)</span>', matrix)
    assert len(words) == FragilityGoal.objects.count()
    assert all(shape == word for shape, word in words)
    assert "proposition pédagogique" in html


def test_each_cell_is_in_the_column_of_its_goal(client: StrictClient) -> None:
    html = client.get("/catalogue/").content.decode()
    row = html[html.index('href="/catalogue/fragilites/emploi/"') :]
    cells = re.findall(r"<td>(.*?)</td>", row[: row.index("</tr>")])
    without = [re.sub(r"<a .*?</a>", "", cell) for cell in cells]
    found = {n: re.sub("<[^>]+>", "", cell) for n, cell in enumerate(without, 1) if cell}
    links = FragilityGoal.objects.filter(fragility__slug="emploi").values_list("goal__number", "weight")
    assert found == dict(links)


def test_a_cell_leads_to_as_many_cases_as_it_says(client: StrictClient) -> None:
    html = client.get("/catalogue/").content.decode()
    shown = re.findall(r'class="cases" href="([^"]+)"[^>]*>(\d+)</a>', html)
    assert len(shown) >= 30
    for href, count in shown:
        page = client.get(href.replace("&amp;", "&")).content.decode()
        assert len(re.findall(r"<h2><a ", page)) == int(count), href


def test_every_goal_has_its_page(client: StrictClient) -> None:
    for goal in Goal.objects.all():
        html = client.get(f"/catalogue/odd/{goal.number}/").content.decode()
        assert f"ODD {goal.number}" in html
        links = goal.fragility_links.count()
        assert html.count('<td class="link-weight">') == links


def test_every_fragility_has_its_page(client: StrictClient) -> None:
    for fragility in Fragility.objects.all():
        html = client.get(fragility.get_absolute_url()).content.decode()
        for sign in fragility.signs:
            assert sign.replace(" ?", "\u202f?").split("\u202f")[0][:20] in html
        assert fragility.indicator_producer in html
        badges = html.count('class="badge"')
        # indicator and links are always ours; the name only for four of them
        assert badges == (3 if fragility.is_proposal else 2)


def test_a_goal_without_case_says_what_to_do(client: StrictClient) -> None:
    html = client.get("/catalogue/odd/16/").content.decode()
    assert "Aucun cas sur cet objectif" in html
    assert 'href="/s-informer/"' in html


def test_a_fragility_without_case_says_what_to_do(client: StrictClient) -> None:
    html = client.get("/catalogue/fragilites/securite/").content.decode()
    assert "Aucun cas sur ce sujet" in html


def test_pages_lead_to_the_one_before_and_the_one_after(client: StrictClient) -> None:
    middle = client.get("/catalogue/odd/8/").content.decode()
    assert 'href="/catalogue/odd/7/" rel="prev"' in middle
    assert 'href="/catalogue/odd/9/" rel="next"' in middle
    assert 'rel="prev"' not in client.get("/catalogue/odd/1/").content.decode()
    assert 'rel="next"' not in client.get("/catalogue/odd/17/").content.decode()


@pytest.mark.parametrize(
    "path",
    ["/catalogue/odd/0/", "/catalogue/odd/18/", f"/catalogue/odd/{10**30}/", "/catalogue/fragilites/rien/"],
)
def test_what_does_not_exist_is_not_found(client: StrictClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_catalogue_is_read_only(client: StrictClient) -> None:
    assert client.post("/catalogue/").status_code == 405


@pytest.mark.parametrize(
    ("path", "queries"), [("/catalogue/", 5), ("/catalogue/odd/8/", 7), ("/catalogue/fragilites/emploi/", 7)]
)
def test_a_visitor_costs_few_queries(
    client: StrictClient, django_assert_num_queries: Any, path: str, queries: int
) -> None:
    with django_assert_num_queries(queries):
        client.get(path)


def test_a_member_costs_at_most_ten(client_of: Any, django_assert_max_num_queries: Any) -> None:
    client = client_of(member(OrganisationFactory.create()))
    for path in ("/catalogue/", "/catalogue/odd/8/", "/catalogue/fragilites/emploi/"):
        with django_assert_max_num_queries(10):
            client.get(path)
