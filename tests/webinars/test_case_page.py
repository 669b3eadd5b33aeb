"""A case worth reading: all its parts, its neighbours, its citation; drawn once for all."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.core.figures import keyfigure
from apps.webinars import case_page, sheet
from apps.webinars.models import Person, Webinar
from tests.factories import OrganisationFactory, member
from tests.support.client import StrictClient
from tests.webinars.factories import published, whole

pytestmark = pytest.mark.django_db


def html_of(client: StrictClient, slug: str) -> str:
    response = client.get(f"/bibliotheque/{slug}/")
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    text = re.sub(r"<script.*?</script>|<title>[^<]*</title>(?=<)", " ", html, flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_every_text_of_every_case_is_on_its_page(client: StrictClient) -> None:
    for webinar in Webinar.objects.filter(slug__startswith="webinaire-20"):
        said, shown = sheet.read(webinar.sheet), words(html_of(client, webinar.slug))
        expected = [
            said.title, *said.essential, *said.summary, said.takeaway, said.your_turn, said.opening.text,
            *(text for view in said.points_of_view for text in (view.theme, view.question, view.text)),
            *(text for figure in said.figures for text in (figure.value, figure.label)),
            *(text for lever in said.levers for text in (lever.title, lever.text)),
            *(speaker.role for speaker in said.speakers), said.replay.reason,
        ]  # fmt: skip
        if said.model:
            expected += [said.model.note]
            expected += [
                i.text
                for row in said.model.rows
                for cell in (row.human, row.financial, row.alliances)
                for i in cell
            ]
        for text in expected:
            assert plain(text) in shown, (webinar.slug, text)
        for note in said.curator_note:
            assert plain(note) not in shown


def test_figures_are_drawn_when_they_can_be() -> None:
    assert keyfigure.kind(12_000_000, None) == "ruler"
    assert keyfigure.kind(6, 100) == "share"
    assert keyfigure.kind(0, 100) == "share"
    assert keyfigure.kind(21, None) == "count"
    assert keyfigure.kind(24.5, None) == "ruler"
    for number, whole_ in ((None, None), (-1, None), (120, 100), (0, None), (10**12, None)):
        assert keyfigure.draw(number, whole_, "x") is None
    for number, whole_ in (
        (3, None),
        (22, None),
        (0, 100),
        (33, 100),
        (1, None),
        (2.5, None),
        (10**10, None),
    ):
        drawn = keyfigure.draw(number, whole_, "trois")
        assert drawn
        assert drawn.alt == "trois"
        assert "NaN" not in drawn.inline()


def test_neighbours_come_with_their_reason(client: StrictClient) -> None:
    html = html_of(client, "webinaire-2022-02-17")
    near = html[html.index('id="voisins"') :]
    assert "/bibliotheque/webinaire-2023-04-20/" in near
    assert "Mêmes fragilités" in words(near)


def test_it_is_drawn_once_for_all_and_again_when_it_changes(client: StrictClient, client_of: Any) -> None:
    webinar = published(short_title="Marmelade")
    reader = member(OrganisationFactory.create(name="Le Secret bien gardé"))
    first = html_of(client_of(reader), webinar.slug)
    assert "Le Secret bien gardé" in first
    with CaptureQueriesContext(connection) as queries:
        second = html_of(client, webinar.slug)
    assert len(queries) == 2
    assert "Le Secret bien gardé" not in second
    Person.objects.filter(slug="ada-essai").update(last_name="Corrigée")
    assert "Ada Corrigée" in html_of(client, webinar.slug)


def test_a_case_never_costs_more_than_ten_queries_once_drawn(client_of: Any) -> None:
    user: User = member(OrganisationFactory.create())
    client = client_of(user)
    html_of(client, "webinaire-2022-12-15")
    with CaptureQueriesContext(connection) as queries:
        html_of(client, "webinaire-2022-12-15")
    assert len(queries) <= 10


def test_search_engines_read_the_event(client: StrictClient) -> None:
    html = html_of(client, "webinaire-2022-12-15")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert found
    event = json.loads(found.group(1))
    assert event["@type"] == "Event"
    assert event["startDate"] == "2022-12-15"
    assert "Patrice Tripoteau" in [person["name"] for person in event["performer"]]
    assert "recordedIn" not in event


def test_a_recording_is_a_video_of_the_event(client: StrictClient) -> None:
    webinar = published(replay={"url": "https://exemple.fr/replay", "reason": ""})
    html = html_of(client, webinar.slug)
    assert 'href="https://exemple.fr/replay"' in html
    assert '"@type": "VideoObject"' in html


HOSTILE = "</script><script>alert(1)</script>\"><img src=x onerror=alert(1)>'"


def hostile(value: Any, key: str = "") -> Any:
    """The same sheet with a hostile text wherever a text may be."""
    if isinstance(value, dict):
        return {name: hostile(part, name) for name, part in value.items()}
    if isinstance(value, list):
        return [hostile(part, key) for part in value]
    free = isinstance(value, str) and key not in (
        "slug", "date", "cycle", "fragilities", "pillars", "levels", "regions", "sizes", "your_turn_axis", "person",
        "people", "organisation", "levers_kind", "level", "state", "status",
    )  # fmt: skip
    short = "<img src=x onerror=x()>"
    return (short if key in ("unit", "year", "value") else f"{value} {HOSTILE}") if free else value


def test_no_field_can_carry_a_script() -> None:
    full = whole(
        opening={"text": "Un mot", "questions": ["Pourquoi ?"]},
        project={"name": "Projet", "people": ["ada-essai"], "organisation": "les-essais", "text": "Un projet"},
        model={
            "title": "Modèle", "note": "Note",
            "rows": [{"level": "national", "human": [{"state": "existant", "text": "Une"}], "financial": [], "alliances": []}],
        },
        levers_intro="Intro", replay={"url": "https://exemple.fr/x", "reason": "Raison"},
    )  # fmt: skip
    said = sheet.read(hostile(sheet.stored(full)))
    Person.objects.filter(slug="ada-essai").update(last_name=HOSTILE[:70])
    shown = case_page.preview(said)["body"]
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    webinar = published()
    Webinar.objects.filter(pk=webinar.pk).update(
        sheet={**sheet.stored(said), "slug": webinar.slug}, title=said.title, teaser=said.teaser
    )
    # Not the strict client: « onerror= » is there, as text in an attribute.
    html = Client().get(f"/bibliotheque/{webinar.slug}/").content.decode()
    assert html.count("<script") == html.count("<script src") + 1
    assert "<img src=x" not in html


def test_a_draft_may_be_shown_before_it_is_whole() -> None:
    shown = case_page.preview(sheet.Sheet())
    assert shown["title"] == "Fiche sans titre"
    assert "noindex" not in shown["body"]


def test_a_withdrawn_person_has_no_name_nor_link(client: StrictClient) -> None:
    webinar = published()
    Person.objects.filter(slug="ada-essai").update(first_name="", last_name="", is_withdrawn=True)
    html = html_of(client, webinar.slug)
    assert "Nom retiré à la demande de la personne" in html
    assert "/bibliotheque/personnes/ada-essai/" not in html
    assert client.get("/bibliotheque/personnes/ada-essai/").status_code == 404
