"""What a curator types runs nothing: in the form, the preview, the comparison, the public page, the changelog."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.course.services.pages import WORKFLOW
from tests.course.curation.desk import act, at, draft, form, row, send, write
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[cliquez](javascript:alert(1))",
    "[cliquez](JaVaScRiPt&#58;alert(1))",
    "[cliquez](data:text/html,<script>alert(1)</script>)",
    '![x](https://example.org/x.png" onerror="alert(1))',
    '<a href="https://x.fr" onclick="alert(1)">x</a>',
    '[mot](mot:"><script>alert(1)</script>)',
    "<svg onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "{{ settings.SECRET_KEY }}{% debug %}",
]


class Reader(HTMLParser):
    """What a browser would run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = {name: (value or "").strip().lower() for name, value in attrs}
        if tag == "script" and "src" not in given:
            self.found.append(tag)
        for name, text in given.items():
            leads = name in ("href", "src", "action", "formaction", "hx-post", "hx-get")
            if (
                name.startswith("on")
                or name == "style"
                or (leads and text.startswith(("javascript:", "data:")))
            ):
                self.found.append(f"{tag} {name}={text}")


def live(screen: Any) -> list[str]:
    reader = Reader()
    reader.feed(screen.content.decode())
    return reader.found


def lesson(attack: str) -> dict[str, object]:
    stored = row().draft
    body = stored["sections"][0]["body"] + "\n\n" + attack
    points = [{"title": attack[:160], "text": attack}]
    return {
        "title": attack[:160],
        "sections": [{**stored["sections"][0], "body": body, "title": attack[:120]}, *stored["sections"][1:]],
        "case": {**stored["case"], "points": points, "ask": attack},
        "sheet": {
            **stored["sheet"],
            "intro": attack,
            "blocks": [{"kind": "text", "title": attack, "text": attack}],
        },
        "curator_note": [attack],
    }


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_typed_runs_anywhere(curator: User, attack: str) -> None:
    # Not the strict client: it takes what is typed, shown as text, for what a template left.
    desk, client = Client(), Client()
    desk.force_login(curator)
    write(curator, **lesson(attack))
    screens = [
        desk.get(at("etape-1")),
        desk.get(at("etape-1", "apercu")),
        desk.get(at("etape-1", "comparer"), {"de": "publique"}),
        *(
            desk.get(at("etape-1", "modifier", chapter))
            for chapter in ("presentation", "lecon", "cas", "fiche")
        ),
        send(desk, form(desk, "etape-1", "lecon"), "etape-1", "lecon", "look"),
        desk.get("/curation/parcours/"),
    ]
    # Whatever the checks say, what readers get is safe.
    held = row()
    WORKFLOW.show(held, by=curator, reason=attack)
    screens += [
        client.get(held.get_absolute_url()),
        client.get(f"/se-former/etapes/etape-1/{draft().sections[0].code}/"),
        client.get("/se-former/etapes/etape-1/cas/"),
        client.get("/se-former/etapes/etape-1/fiche/"),
        client.get("/se-former/etapes/etape-1/imprimer/"),
        client.get("/se-former/changements/"),
    ]
    for screen in screens:
        assert screen.status_code == 200
        assert live(screen) == []
    assert escape(attack) in screens[0].content.decode()


def test_a_source_leads_only_to_the_web(desk: StrictClient, curator: User) -> None:
    sources = [{**source, "url": "javascript:alert(1)"} for source in row().draft["sources"]]
    write(curator, sources=sources)
    assert "javascript:" not in re.sub(
        r"<input[^>]*>", "", desk.get(at("etape-1", "apercu")).content.decode()
    )
    assert "adresse du web" in desk.get(at("etape-1")).content.decode()
    act(desk, "etape-1", "publier", publish_said="Liens changés.")
    assert row().state == "draft"


def test_a_picture_in_a_text_is_refused_with_the_way_to_mend_it(desk: StrictClient, curator: User) -> None:
    stored = row().draft["sections"]
    body = stored[0]["body"] + "\n\n![Une image](/static/x.png)"
    write(curator, sections=[{**stored[0], "body": body}, *stored[1:]])
    assert "Une image s’ajoute comme figure" in desk.get(at("etape-1")).content.decode()
