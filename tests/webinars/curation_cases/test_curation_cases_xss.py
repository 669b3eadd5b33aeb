"""Every text of a case is hostile: no page of the space gives it back as anything but text."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.webinars import sheet
from apps.webinars.models import CitedOrganisation, Person, Webinar
from apps.webinars.services import previews
from apps.webinars.services.workflow import CASES
from tests.webinars.curation_cases.browser import Form
from tests.webinars.factories import whole

pytestmark = pytest.mark.django_db
SCRIPT = '"><script>alert(1)</script>'
IMAGE = "'><img src=x onerror=alert(1)>"
ADDRESS = "javascript:alert(1)"


def hostile(text: str) -> sheet.Sheet:
    """Every text of the sheet, its names included."""
    who = Person.objects.create(slug=f"p-{len(text)}", first_name=text, last_name=text)
    where = CitedOrganisation.objects.create(slug=f"o-{len(text)}", name=text, kind="association")
    cited = {"person": who.slug, "organisation": where.slug, "role": text}
    told = {"people": [who.slug], "organisation": where.slug, "text": text}
    items = [{"state": "existant", "text": text}]
    return whole(
        title=text, short_title=text, teaser=text, essential=[text], summary=[text], takeaway=text,
        your_turn=text, speakers=[cited], opening={"text": text, "questions": [text]},
        project={"name": text, **told}, points_of_view=[{"theme": text, "question": text, **told}],
        figures=[{"value": text, "unit": text, "label": text, "year": text[:30], "organisation": where.slug}],
        levers_intro=text, levers=[{"title": text, "text": text}],
        pillar_reading=dict.fromkeys(sheet.PILLARS, text),
        model={"title": text, "note": text, "rows": [{"level": "national", **dict.fromkeys(sheet.PILLARS, items)}]},
        replay={"url": ADDRESS, "reason": text}, source={"status": "S", "label": text, "year": text[:30], "url": ADDRESS},
        curator_note=[text], fragilities=[text[:40]], levels=[text], regions=[text], sizes=[text],
    )  # fmt: skip


class Reader(HTMLParser):
    """What a browser would run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        for name, value in attrs:
            text = (value or "").strip().lower()
            leads = name in ("href", "src", "action", "formaction", "hx-post", "hx-get")
            if (
                name.startswith("on")
                or name == "style"
                or (leads and text.startswith(("javascript:", "data:")))
            ):
                self.found.append(f"{tag} {name}={value}")
            if tag == "img" and name == "src":
                self.found.append(f"img {value}")
        if tag == "script" and not dict(attrs).get("src"):
            self.found.append("script")


def safe(page: Any, *statuses: int) -> str:
    html: str = page.content.decode()
    assert page.status_code in (statuses or (200,))
    reader = Reader()
    reader.feed(html)
    assert reader.found == []
    assert "alert(1)" in html
    return html


@pytest.fixture
def desk(curator: User) -> Client:
    """The strict client takes a handler inside a quoted value for a real one: here pages are parsed."""
    client = Client()
    client.force_login(curator)
    return client


@pytest.mark.parametrize("text", [SCRIPT, IMAGE])
def test_no_page_of_the_space_runs_it(desk: Client, author: User, known: None, text: str) -> None:
    author.full_name = text
    author.save()
    webinar = CASES.create(by=author, draft=whole())
    CASES.save_draft(row=webinar, draft=hostile(text), version=1, by=author, reason=text)
    webinar.refresh_from_db()

    def url(name: str) -> str:
        return reverse(f"curation:{name}", args=[webinar.slug])

    for name in ("case", "case_edit", "case_preview", "compare"):
        safe(desk.get(url(name)))
    safe(desk.get(reverse("curation:cases"), {"q": text}))
    safe(desk.get(reverse("curation:cases")))
    Webinar.objects.filter(pk=webinar.pk).update(state="review")
    safe(desk.get(reverse("curation:home")))
    CASES.send_back(row=webinar, by=author, reason=text)
    safe(desk.get(url("case")))
    _, token = previews.create_link(webinar=webinar, by=author)
    safe(Client().get(reverse("webinars:preview", args=[token])))
    form = Form(desk.get(url("case_edit"))).typed(title=f"{text} autrement", takeaway=f"{text} aussi")
    form.put("speakers-0-last_name", f"{text} bis").put("speakers-0-organisation", f"{text} ter")
    safe(form.put("figures-0-number", text).send(desk, url("case_edit")), 422)
    asked = form.put("figures-0-number", "3").send(desk, url("case_edit"))
    safe(asked, 422)
    assert "à vérifier" in asked.content.decode()
    said = sheet.read(webinar.draft).model_copy(update={"title": f"{text} entre-temps"})
    CASES.save_draft(row=webinar, draft=said, version=webinar.version, by=author)
    answered = Form(asked)
    for name, value in list(answered.pairs):
        if name.startswith("vu-"):
            answered.put(name.replace("vu-", "qui-"), "nouvelle")
            answered.put(name.replace("vu-", "type-"), "association")
        assert value is not None
    safe(answered.send(desk, url("case_edit")), 409)


@pytest.mark.parametrize("text", [SCRIPT, IMAGE])
def test_a_hostile_case_goes_through_the_form_unchanged(
    desk: Client, author: User, known: None, text: str
) -> None:
    webinar = CASES.create(by=author, draft=hostile(text))
    url = reverse("curation:case_edit", args=[webinar.slug])
    sent = Form(desk.get(url)).send(desk, url)
    assert sent.status_code == 302
    assert Webinar.objects.get(pk=webinar.pk).draft == webinar.draft
