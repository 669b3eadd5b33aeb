"""The chapters behind the door « Comprendre »."""

from __future__ import annotations

import re

import pytest

from apps.catalogue import models
from apps.core.sources import SourceStatus
from apps.pages import understand
from tests.pages.support import said, spaced
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
SLUGS = [section.slug for section in understand.SECTIONS]


def page_of(client: StrictClient, slug: str) -> str:
    return said(client.get(f"/comprendre/{slug}/"))


def test_chapters_follow_each_other(client: StrictClient) -> None:
    for rank, slug in enumerate(SLUGS):
        html = client.get(f"/comprendre/{slug}/").content.decode()
        before, after = (
            re.findall(r'href="([^"]+)" rel="prev"', html),
            re.findall(r'href="([^"]+)" rel="next"', html),
        )
        assert before == [f"/comprendre/{name}/" for name in SLUGS[rank - 1 : rank] if rank]
        assert after == [f"/comprendre/{name}/" for name in SLUGS[rank + 1 : rank + 2]]


def test_a_chapter_that_does_not_exist(client: StrictClient) -> None:
    assert client.get("/comprendre/rien/").status_code == 404


def test_models_say_what_they_bring_to_each_other(client: StrictClient) -> None:
    page = page_of(client, "modeles-et-acteurs")
    for row in (*models.EcosystemModel.objects.all(), *models.ActorProfile.objects.select_related("sphere")):
        assert spaced(row.name) in page
    for link in models.EcosystemInteraction.objects.all():
        assert spaced(link.name) in page
        assert link.pk == f"{link.giver_id}>{link.receiver_id}"


def test_levels_keep_their_published_share(client: StrictClient) -> None:
    page = page_of(client, "echelons")
    for level in models.Level.objects.all():
        assert spaced(level.name) in page
        assert spaced(level.share) in page


def test_the_two_rates_of_a_partnership_stand_apart(client: StrictClient) -> None:
    page = page_of(client, "partenariats")
    for kind in models.PartnershipType.objects.all():
        assert spaced(kind.name) in page
        assert f"{kind.company_rate} %" in page
        assert f"{kind.association_rate} %" in page
    for approach in models.EvaluationApproach.objects.all():
        assert spaced(approach.question)[:30] in page


def test_the_eight_situations_are_told(client: StrictClient) -> None:
    page = page_of(client, "situations-professionnelles")
    assert models.ProfessionalSituation.objects.count() == 8
    for row in models.ProfessionalSituation.objects.all():
        assert spaced(row.name)[:40] in page


def test_the_trajectory_is_a_figure_and_a_table_that_agree(client: StrictClient) -> None:
    html = client.get("/comprendre/trajectoire/").content.decode()
    page = page_of(client, "trajectoire")
    for row in models.TrajectoryRow.objects.all():
        shares = (row.months_18, row.years_7, row.years_28)
        assert sum(shares) == 100
        assert spaced(row.name) in page
        for share in shares:
            # In the drawing's sentence and in its table.
            assert spaced(html).count(f"{share} %") >= 2
    assert models.TrajectoryRow.objects.filter(fits_associations=True).count() == 1


def test_every_reference_point_says_its_value_source_year_and_population(client: StrictClient) -> None:
    page = page_of(client, "reperes")
    points = models.ReferencePoint.objects.all()
    for point in points:
        for told in (point.name, point.value, point.population, point.source_label, point.source_year):
            assert spaced(told) in page, point.pk
    assert page.count("(source fragile)") == points.filter(status=SourceStatus.WEAK).count()
    badges = page.count("proposition pédagogique")
    assert badges == points.filter(status=SourceStatus.PROPOSAL).count()
    assert "Des repères, jamais des normes" in page


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if slug != "reperes"])
def test_every_list_says_where_it_comes_from(client: StrictClient, slug: str) -> None:
    page = page_of(client, slug)
    section = understand.BY_SLUG[slug]
    sources = [entry for key, rows in section.build().items() if key.endswith("sources") for entry in rows]
    assert sources
    for entry in sources:
        assert spaced(entry.label) in page
        assert entry.year in page
        assert f"({entry.status_label})" in page
