"""What is kept of the published content, and when it is drawn again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from apps.catalogue.models import ContentRevision, Door, Fragility, Goal, Region
from apps.catalogue.published import kept, last_change, rendered, revision
from apps.diagnostic.models import Lever
from tests.factories import OrganisationFactory, member
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
HOUSE = (
    "diagnostic_campaign",
    "diagnostic_respondent",
    "diagnostic_answer",
    "diagnostic_finance",
    "diagnostic_result",
    # Of the library: what curators work with, and what is made again from the cases.
    "webinars_revision",
    "webinars_previewlink",
    "webinars_personrequest",
    "webinars_linkcheck",
    "webinars_searchword",
    "webinars_import",
    # Of the course: what curators keep, and what people do.
    "course_pagerevision",
    "course_learner",
    "course_progress",
    "course_quiztry",
    "course_exerciseanswer",
    "course_statement",
    "course_attestation",
    "course_group",
    "course_digest",
    "course_debate",
    "course_ballot",
    "course_view",
)
# Of the method: what is published; the rest is what teams write.
METHOD = ("methodology_methodedition", "methodology_methodstep")


def write_in_sql() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_goal SET name = name WHERE number = 1")


WRITES: dict[str, Callable[[], Any]] = {
    "saved": lambda: Goal.objects.get(number=1).save(),
    "updated": lambda: Region.objects.update(position=1),
    "created in bulk": lambda: Door.objects.bulk_create([Door(code="essai", name="Essai")]),
    "deleted": lambda: Fragility.objects.get(slug="emploi").goal_links.all().delete(),
    "a link": lambda: Fragility.objects.get(slug="emploi").resources.set([]),
    "a lever": lambda: Lever.objects.filter(pk="A1").update(title="Autre"),
    "by hand in SQL": write_in_sql,
}


@pytest.mark.parametrize("how", WRITES)
def test_any_write_changes_the_revision(how: str) -> None:
    before = revision()
    WRITES[how]()
    assert revision() not in ("", before)
    assert ContentRevision.objects.count() == 1


def test_what_is_read_is_kept_until_the_content_changes() -> None:
    built: list[str] = []

    @kept
    def name() -> str:
        built.append("once")
        return Goal.objects.get(number=1).name

    assert name() == name()
    assert len(built) == 1
    Goal.objects.filter(number=1).update(name="Autre nom")
    assert name() == "Autre nom"
    ContentRevision.objects.all().delete()
    assert (name(), name(), len(built)) == ("Autre nom", "Autre nom", 4), "nothing is kept without a revision"


def test_the_revision_says_when() -> None:
    """To the moment of each write: two of one transaction do not share it."""
    moments = []
    for _ in range(3):
        Goal.objects.get(number=1).save()
        change = last_change()
        assert change
        assert str(change.token) == revision()
        moments.append(change.changed_at)
    assert moments == sorted(set(moments))
    assert abs(timezone.now() - moments[-1]) < timedelta(minutes=1)


def test_a_write_of_the_associations_does_not() -> None:
    before = revision()
    member(OrganisationFactory.create())
    assert revision() == before


def test_every_table_of_content_is_watched() -> None:
    models = [
        m
        for label in ("catalogue", "diagnostic", "webinars", "course")
        for m in apps.get_app_config(label).get_models(True)
    ]
    content = {m._meta.db_table for m in models if not m._meta.db_table.startswith(HOUSE)} | set(METHOD)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'content_changed'")
        watched = {table for (table,) in cursor.fetchall()}
    assert watched == content - {"catalogue_contentrevision"}


def test_a_kept_page_is_drawn_once_for_one_revision_and_one_subject() -> None:
    drawn = []

    def build() -> dict[str, Any]:
        drawn.append(1)
        return {"entries": []}

    for about in ("a", "a", "b"):
        rendered("ui/sources.html", build, about)
    assert len(drawn) == 2
    Goal.objects.get(number=1).save()
    rendered("ui/sources.html", build, "a")
    assert len(drawn) == 3


@pytest.mark.parametrize(
    ("path", "change", "word"),
    [
        ("/", lambda: Door.objects.update(home_line="Une ligne corrigée."), "Une ligne corrigée."),
        ("/catalogue/", lambda: Goal.objects.filter(number=7).update(name="Une énergie"), "Une énergie"),
    ],
)
def test_a_corrected_text_is_seen_at_the_next_visit(
    client: StrictClient, django_assert_num_queries: Any, path: str, change: Callable[[], Any], word: str
) -> None:
    assert word not in client.get(path).content.decode()
    with django_assert_num_queries(1):
        client.get(path)
    change()
    assert word in client.get(path).content.decode()


@pytest.mark.parametrize("path", ["/", "/catalogue/"])
def test_a_page_drawn_for_a_member_shows_nothing_of_her_to_a_visitor(
    client: StrictClient, client_of: Any, path: str
) -> None:
    person = member(OrganisationFactory.create(name="Le Secret bien gardé"))
    assert "Le Secret bien gardé" in client_of(person).get(path).content.decode()
    html = client.get(path).content.decode()
    assert "Le Secret bien gardé" not in html
    assert "csrfmiddlewaretoken" not in html
