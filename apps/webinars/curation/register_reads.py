"""Reads of the two registers for curators; each says how many queries it costs."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import Count, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.http import Http404

from apps.webinars.curation.register_kinds import PEOPLE, Register, Row
from apps.webinars.models import Appearance, Person, PersonRequest, Webinar
from apps.webinars.naming import unaccented
from apps.webinars.services.people import organisations_like, people_like
from apps.webinars.services.people import unaccented as sql_unaccented

MOST_PAIRS = 20
# Names that share rare groups of letters: « Fondation » alone makes nobody alike. One query, joined on the letters.
ALIKE = """
WITH names AS (
    SELECT id, lower(unaccent({name})) AS name FROM {table} WHERE {alive}
    UNION SELECT id, lower(unaccent(spelling)) FROM {table}, unnest(spellings) AS spelling WHERE {alive}
), grams AS (SELECT id, name, unnest(show_trgm(name)) AS gram FROM names),
weights AS (
    SELECT gram, ln((SELECT count(*) FROM names) / count(*)::float) + 0.1 AS weight FROM grams GROUP BY gram
),
heavy AS (SELECT * FROM grams JOIN weights USING (gram)),
sizes AS (SELECT id, name, sum(weight) AS size FROM heavy GROUP BY id, name),
pairs AS (
    SELECT a.id AS one, a.name AS one_name, b.id AS other, b.name AS other_name, sum(a.weight) AS common
    FROM heavy a JOIN heavy b ON a.gram = b.gram AND a.id < b.id GROUP BY 1, 2, 3, 4
)
SELECT one, other, max(common / (a.size + b.size - common)) AS score
FROM pairs
JOIN sizes a ON a.id = one AND a.name = one_name
JOIN sizes b ON b.id = other AND b.name = other_name
GROUP BY one, other
HAVING max(common / (a.size + b.size - common)) >= %s
ORDER BY score DESC, one, other
LIMIT %s
"""


def rows(register: Register, words: str = "", *, only: str = "") -> Any:
    """Rows that stand for someone, with ``cases`` (public ones), by name. 1 query.

    ``only``: « note » (a note of curation), « gone » (names removed), « none » (no public case).
    """
    cases = Count("appearances__webinar", distinct=True)
    order = ("last_name", "first_name", "pk") if register is PEOPLE else ("name", "pk")
    found: Any = (
        register.model._default_manager.filter(merged_into=None).annotate(cases=cases).order_by(*order)
    )
    if register is PEOPLE:
        found = found.filter(is_withdrawn=only == "gone")
    if only == "note":
        found = found.exclude(note="")
    if only == "none":
        found = found.filter(cases=0)
    if words.split():
        found = found.annotate(said=said(register))
    for word in unaccented(words).split()[:6]:
        found = found.filter(Q(said__icontains=word) | Q(slug__contains=word))
    return found


def said(register: Register) -> Any:
    """Every name of a row, without accents."""
    names = [F("first_name"), Value(" "), F("last_name")] if register is PEOPLE else [F("name")]
    spellings = Func(F("spellings"), Value(" "), function="array_to_string", output_field=TextField())
    return sql_unaccented(Concat(*names, Value(" "), spellings, output_field=TextField()))


def alike(register: Register) -> list[tuple[Row, Row]]:
    """Pairs that may be one, the closest first. 2 queries, whatever the number of rows."""
    alive = "merged_into_id IS NULL" + (" AND NOT is_withdrawn" if register is PEOPLE else "")
    table = register.model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            ALIKE.format(name=register.sql_name, table=table, alive=alive), [register.alike, MOST_PAIRS]
        )
        pairs = [(one, other) for one, other, _ in cursor.fetchall()]
    wanted = rows(register).filter(pk__in={pk for pair in pairs for pk in pair})
    found: dict[int, Row] = {row.pk: row for row in wanted}
    return [(found[one], found[other]) for one, other in pairs if one in found and other in found]


def one(register: Register, slug: str) -> Row:
    """With the row that it leads to. 1 query, or Http404."""
    found = register.model._default_manager.filter(slug=slug).select_related("merged_into").first()
    if found is None:
        raise Http404
    return found


def appearances(row: Row) -> QuerySet[Appearance]:
    """Public, latest first. 1 query."""
    found = row.appearances.select_related("webinar", "person", "organisation")
    return found.order_by("-webinar__date", "webinar__slug", "position").defer(
        "webinar__draft", "webinar__sheet", "webinar__search"
    )


def cites(register: Register, slug: str, copy: str = "draft") -> Q:
    """``copy``: « draft » or « sheet »."""
    lists = [
        {"speakers": [{"person": slug}]},
        {"points_of_view": [{"people": [slug]}]},
        {"project": {"people": [slug]}},
    ]
    if register is not PEOPLE:
        parts = ("speakers", "points_of_view", "figures")
        lists = [*({part: [{"organisation": slug}]} for part in parts), {"project": {"organisation": slug}}]
    found = Q()
    for shape in lists:
        found |= Q(**{f"{copy}__contains": shape})
    return found


def cases(register: Register, slug: str) -> QuerySet[Webinar]:
    """Cases that name the row, in their draft or on their public page. 1 query."""
    named = cites(register, slug) | cites(register, slug, "sheet")
    return Webinar.objects.filter(named).defer("sheet", "search").order_by("-date", "slug")


def drafts_only(register: Register, row: Row) -> QuerySet[Webinar]:
    """Cases whose working copy names the row and whose public page does not. 1 query."""
    public = row.appearances.values("webinar")
    found = Webinar.objects.filter(cites(register, row.slug)).exclude(pk__in=public)
    return found.defer("sheet", "search").order_by("slug")


def requests(person: Person) -> QuerySet[PersonRequest]:
    """What she asked, and what people merged into her asked. 1 query."""
    asked = PersonRequest.objects.filter(Q(person=person) | Q(person__merged_into=person))
    return asked.select_related("by").order_by("-at")


def like(register: Register, row: Any) -> list[Any]:
    """Rows whose name resembles this one's, with ``cases``. 2 queries."""
    if register is PEOPLE:
        found: list[Any] = people_like(row.first_name, row.last_name, other_than=row.pk)
    else:
        found = organisations_like(row.name, other_than=row.pk)
    counted = {one.pk: one for one in rows(register).filter(pk__in=[one.pk for one in found])}
    return [counted[one.pk] for one in found if one.pk in counted]
