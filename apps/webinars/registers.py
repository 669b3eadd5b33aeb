"""Pages of the people and organisations that cases name: who, where, what that day."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404

from apps.webinars import selectors
from apps.webinars.models import Appearance, CitedOrganisation, Person

PER_PAGE = 120


def people(page: str) -> dict[str, Any]:
    """3 queries."""
    shown = Paginator(selectors.people(), PER_PAGE).get_page(page)
    letters = [
        (letter, list(rows)) for letter, rows in groupby(shown, key=lambda row: initial(row.last_name))
    ]
    return {"door": "s-informer", "page": shown, "letters": letters}


def organisations(page: str) -> dict[str, Any]:
    """3 queries."""
    shown = Paginator(
        selectors.organisations().select_related("region").order_by("kind", "name"), PER_PAGE
    ).get_page(page)
    kinds = [(kind, list(rows)) for kind, rows in groupby(shown, key=lambda row: row.get_kind_display())]
    return {"door": "s-informer", "page": shown, "kinds": kinds}


def initial(name: str) -> str:
    """« de Lutzel » is under D."""
    return name[:1].upper()


def appearances(found: Any) -> list[Appearance]:
    """Public cases only, latest first. Http404 when there is none: nothing is public of this row. 1 query."""
    rows = found.appearances.select_related("webinar", "person", "organisation").order_by(
        "-webinar__date", "position"
    )
    shown = list(rows.defer("webinar__draft", "webinar__sheet", "webinar__search"))
    if not shown:
        raise Http404
    return shown


def person(found: Person) -> dict[str, Any]:
    return {"door": "s-informer", "person": found, "appearances": appearances(found)}


def organisation(found: CitedOrganisation) -> dict[str, Any]:
    """One entry a case, with everyone who spoke there for it."""
    rows = appearances(found)
    cases = [(webinar, list(group)) for webinar, group in groupby(rows, key=lambda row: row.webinar)]
    return {"door": "s-informer", "organisation": found, "cases": cases}
