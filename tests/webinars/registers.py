"""What tests of people and organisations do, and all that the tables keep of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management import call_command
from django.db import connection

from apps.webinars import in_texts
from apps.webinars.models import Person, Webinar
from apps.webinars.services import people
from tests.webinars.factories import organisation, person, published

TODAY = date(2026, 11, 26)


def everything() -> str:
    """All that the tables keep of the library, as one folded text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(string_agg(t, ' '), '') FROM (SELECT w::text AS t FROM webinars_webinar w UNION ALL "
            "SELECT r::text FROM webinars_revision r UNION ALL SELECT p::text FROM webinars_person p UNION ALL "
            "SELECT q::text FROM webinars_personrequest q UNION ALL SELECT s::text FROM webinars_searchword s "
            "UNION ALL SELECT a::text FROM webinars_appearance a UNION ALL SELECT c::text FROM catalogue_resource c "
            "UNION ALL SELECT o::text FROM webinars_citedorganisation o UNION ALL SELECT i::text FROM webinars_import i"
            ") AS tables"
        )
        return in_texts.folded(str(cursor.fetchone()[0]).replace("\\", " "))


def speakers(webinar: Webinar) -> list[dict[str, str]]:
    webinar.refresh_from_db()
    assert webinar.sheet
    assert webinar.sheet["speakers"] == webinar.draft["speakers"]
    found: list[dict[str, str]] = webinar.sheet["speakers"]
    return found


def load() -> None:
    call_command("load_content", verbosity=0)


def withdraw(row: Person, reason: str = "") -> list[Any]:
    return people.withdraw_person(person=row, asked_on=TODAY, reason=reason, by=None)


def correct(row: Person, first: str, last: str, **fields: Any) -> Person:
    values = {"asked_on": None, "reason": "", "by": None, **fields}
    return people.correct_person(person=row, first_name=first, last_name=last, **values)


def pair(**changes: Any) -> tuple[Person, Person, Webinar]:
    """Two rows of one person; both speak at the same case for the same organisation."""
    kept, other = person("lea-garde", "Léa", "Garde"), person("lea-guarde", "Léa", "Guarde")
    where = organisation().slug
    said = {
        "speakers": [
            {"person": kept.slug, "organisation": where, "role": "Présidente"},
            {"person": other.slug, "organisation": where, "role": "Fondatrice"},
            {"person": person().slug, "organisation": where, "role": "Directrice"},
        ],
        "points_of_view": [
            {
                "theme": "T",
                "people": [other.slug, kept.slug],
                "organisation": where,
                "question": "",
                "text": "Oui.",
            }
        ],
    }
    return kept, other, published(**{**said, **changes})
