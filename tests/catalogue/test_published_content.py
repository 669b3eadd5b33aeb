"""What the published tables hold, read as the platform reads them."""

from __future__ import annotations

import pytest
from django.apps import apps

from apps.catalogue import models
from apps.catalogue.enums import GoalWeight, ResourceKind
from apps.catalogue.provenance import PARTS, STATUSES
from apps.core.sources import Sourced, SourceStatus
from apps.pages import understand

pytestmark = pytest.mark.django_db


def test_every_row_says_where_it_comes_from() -> None:
    tables = [model for model in apps.get_app_config("catalogue").get_models() if issubclass(model, Sourced)]
    assert len(tables) >= 20
    for model in tables:
        rows = model._default_manager.all()
        assert rows.exists(), model
        for row in rows:
            assert row.status in SourceStatus.values
            assert row.source_label
            for entry in row.provenance:
                assert entry.label
                assert entry.subject
                assert entry.status_label


def test_the_words_of_a_status_are_the_same_everywhere() -> None:
    assert dict(SourceStatus.choices) == STATUSES


def test_counts_of_the_domain() -> None:
    assert models.Goal.objects.count() == 17
    assert models.Fragility.objects.count() == 16
    assert models.Region.objects.count() == 18
    assert models.Department.objects.filter(region__isnull=False).count() == 101
    assert models.Pillar.objects.count() == 3
    assert models.EcosystemModel.objects.count() == 7
    assert models.ActorProfile.objects.count() == 10
    assert models.PartnershipType.objects.count() == 4
    assert models.EvaluationApproach.objects.count() == 7
    assert models.ProfessionalSituation.objects.count() == 8
    assert models.Resource.objects.filter(kind=ResourceKind.WEBINAR).count() == 18
    assert models.Resource.objects.filter(kind=ResourceKind.COURSE_STEP).count() == 7
    assert models.Resource.objects.filter(kind=ResourceKind.METHOD_STEP).count() == 8


@pytest.mark.parametrize(
    ("code", "name", "region"),
    [("2A", "Corse-du-Sud", "94"), ("971", "Guadeloupe", "01"), ("58", "Nièvre", "27")],
)
def test_insee_codes_are_texts(code: str, name: str, region: str) -> None:
    department = models.Department.objects.get(pk=code)
    assert (department.name, department.region_id) == (name, region)


def test_a_fragility_has_one_main_goal_and_the_seventeenth_crosses_all() -> None:
    for fragility in models.Fragility.objects.prefetch_related("goal_links__goal"):
        weights = [link.weight for link in fragility.goal_links.all()]
        assert weights.count(GoalWeight.MAIN) == 1, fragility
        crossing = [
            link.goal.number for link in fragility.goal_links.all() if link.weight == GoalWeight.TRANSVERSAL
        ]
        assert crossing == [17]


def test_what_is_ours_is_marked() -> None:
    health, jobs = models.Fragility.objects.get(slug="sante"), models.Fragility.objects.get(slug="emploi")
    assert health.is_proposal
    assert not jobs.is_proposal
    assert jobs.is_ours("links")
    assert jobs.is_ours("indicator")
    assert not jobs.is_ours("nothing")


def test_provenance_starts_with_the_row_itself_and_names_each_part() -> None:
    entries = models.Fragility.objects.get(slug="emploi").provenance
    assert [entry.part for entry in entries] == ["", "family", "links", "indicator"]
    assert entries[0].status == "P"
    assert {entry.subject for entry in entries} <= set(PARTS.values())
    assert entries[-1].is_proposal


def test_the_two_figures_of_the_home_page_are_those_its_sentence_says() -> None:
    points = models.ReferencePoint.objects.in_bulk()
    assert points["cash-under-3m-employers-2025-03"].number == 31
    assert points["cash-under-3m-non-employers-2025-03"].number == 9


def test_every_reference_point_has_its_topic_and_only_one() -> None:
    points = list(models.ReferencePoint.objects.all())
    placed = [point.code for topic in understand.TOPICS for point in topic.rows(points)]
    assert sorted(placed) == sorted(point.code for point in points)


def test_the_lines_of_the_home_page_count_right() -> None:
    assert models.Door.objects.get(pk="s-informer").home_note.startswith("18 ")
    assert models.Door.objects.count() == 5
