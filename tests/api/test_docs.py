"""The page of the API: every address in words, no script, nothing from elsewhere."""

from __future__ import annotations

import re
from html import unescape

import pytest

from apps.api import schema as published
from apps.webinars import dumps
from apps.webinars.opendata import LICENCE, READINGS
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture(name="page")
def make_page(client: StrictClient) -> str:
    answer = client.get("/api/v1/docs/")
    assert answer["Content-Type"].startswith("text/html")
    page: str = unescape(answer.content.decode())
    return page


def article(page: str, name: str) -> str:
    found = re.search(rf'<article[^>]*id="{name}">.*?</article>', page, re.S)
    assert found, name
    return found[0]


def test_page_tells_every_address_field_and_filter(page: str) -> None:
    for path, methods in published.document()["paths"].items():
        operation = methods["get"]
        told = article(page, operation["operationId"])
        assert f"<code>{path}</code>" in told
        assert operation["summary"] in told
        for parameter in operation.get("parameters", []):
            assert f"<code>{parameter['name']}</code>" in told


def test_fields_are_told_in_french(page: str) -> None:
    result = article(page, "campaigns_result_retrieve")
    row = re.search(r'<code>outcome</code></th><td>(.*?)<span class="note">(.*?)</span></td>', result)
    assert row
    assert row[1].startswith("objet (axes, pillar_gap, barycentre")
    assert row[2] == "Scores, point d’équilibre, forces, écarts, alertes"
    campaigns = article(page, "campaigns_list")
    assert "<code>state</code></th><td>open, closed</td>" in campaigns
    assert "<code>closed_at</code></th><td>date et heure (ISO 8601) ou null</td>" in campaigns
    assert "<code>organisation</code></th><td>objet (id, name)</td>" in campaigns
    fragilities = article(page, "fragilities_list")
    assert "<code>signs</code></th><td>liste : texte</td>" in fragilities
    assert "<code>goal</code></th><td>entier, filtre<span" in fragilities
    assert "Each" not in page


def test_page_has_no_script_of_its_own_and_calls_nobody(page: str) -> None:
    assert re.findall(r'<script src="([^"]+)"', page) == [
        "/static/js/site.js",
        "/static/vendor/htmx-2.0.11.min.js",
    ]
    assert not re.findall(r'<(?:script|link|img)[^>]*"(?:https?:)?//', page)


def test_commands_can_be_copied_as_they_are(page: str, client: StrictClient) -> None:
    commands = re.findall(r"<pre><code>(curl .*?)</code></pre>", page)
    assert len(commands) == 4
    for command in commands[:2]:
        url = re.search(r"http://testserver([^\s']+)", command)
        assert url
        assert client.get(url[1]).json()["count"] > 0
    assert '"Authorization: Bearer $JETON" http://testserver/api/v1/campaigns/' in commands[2]
    assert commands[3].endswith(" http://testserver/api/v1/webinars.csv")


def test_files_are_told_and_lead_where_they_say(page: str, client: StrictClient) -> None:
    for name in ("webinars.json", "webinars.csv", "speakers.csv"):
        assert f'href="/api/v1/{name}"' in page
        assert client.get(f"/api/v1/{name}").status_code == 200
    assert f'<a href="{LICENCE["url"]}">{LICENCE["name"]}</a>' in page
    told = article(page, "speakers_csv")
    for column in dumps.columns(dumps.SPEAKERS):
        assert f"<code>{column.name}</code>" in told


def test_our_readings_are_told_as_ours(page: str) -> None:
    told = article(page, "webinars_list")
    for name in READINGS:
        row = re.search(rf'<code>{name}</code></th><td>.*?<span class="note">(.*?)</span>', told)
        assert row
        assert row[1].startswith("Proposition pédagogique\u00a0: "), name


def test_page_leads_to_the_tokens(page: str) -> None:
    assert 'href="/espace/jetons/"' in page


def test_page_is_only_read(client: StrictClient) -> None:
    assert client.post("/api/v1/docs/").status_code == 405
