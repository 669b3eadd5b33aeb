"""Pages of the real course, their forms as a browser sends them, drafts that wait."""

from __future__ import annotations

from typing import Any

from django.test import Client

from apps.accounts.models import User
from apps.course import sheet
from apps.course.models import Page
from apps.course.services.pages import WORKFLOW
from tests.webinars.curation_cases.browser import Form

ROOT = "/curation/parcours/"


def at(slug: str, *rest: str) -> str:
    return ROOT + "/".join((slug, *rest)) + "/"


def row(slug: str = "etape-1") -> Page:
    return Page.objects.get(slug=slug)


def draft(slug: str = "etape-1") -> Any:
    return sheet.read(row(slug).draft)


def form(client: Client, slug: str, chapter: str) -> Form:
    return Form(client.get(at(slug, "modifier", chapter)), at(slug, "modifier", chapter))


def send(client: Client, filled: Form, slug: str, chapter: str, act: str = "save") -> Any:
    return filled.send(client, at(slug, "modifier", chapter), act)


def act(client: Client, slug: str, name: str, **data: str) -> Any:
    """A button of the page's screen, as it is shown now."""
    return client.post(at(slug, name), {"version": str(row(slug).version), **data})


def write(by: User, slug: str = "etape-1", **changes: Any) -> Page:
    """The draft says something else."""
    page = row(slug)
    said = sheet.read(sheet.stored(draft(slug)) | changes)
    return WORKFLOW.save_draft(row=page, draft=said, version=page.version, by=by)


def renamed(slug: str, number: int, title: str) -> list[dict[str, Any]]:
    """The sections of the draft, one with another title."""
    sections = sheet.stored(draft(slug))["sections"]
    sections[number]["title"] = title
    return sections  # type: ignore[no-any-return]
