"""The addresses of the files: who gets them, how they are kept, and what they tell of what one may not read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.enums import PlatformRole
from apps.dashboards.enums import ReleaseState
from apps.dashboards.models import Consent, Release
from apps.dashboards.releases import files
from apps.documents.models import Document
from apps.documents.rendering import render_document
from tests.dashboards.exports.filled import filled
from tests.dashboards.world import programme
from tests.factories import OrganisationFactory, UserFactory, member
from tests.pages.support import said
from tests.support.client import StrictClient
from tests.support.world import platform_person

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., StrictClient]
TAILS = (
    "fiche/",
    "fiche.pdf",
    "pdf/",
    "classeur.csv",
    "classeur.xlsx",
    "classeur.ods",
    "tableaux/axes.csv",
    "tableaux/axes.xlsx",
    "tableaux/axes.ods",
    "figures/axes.png",
)
FILES = [tail for tail in TAILS if tail.endswith(("csv", "xlsx", "ods"))]


def at(release: Release, tail: str) -> str:
    return f"/publications/{release.slug}/{tail}"


@pytest.mark.parametrize("tail", TAILS)
def test_a_national_release_is_everybody_s(tail: str, client: StrictClient) -> None:
    answer = client.get(at(filled(), tail))
    assert answer.status_code == 200
    if tail in FILES:
        assert not answer.cookies


@pytest.mark.parametrize("tail", TAILS)
def test_a_page_costs_the_same_few_queries_whatever_is_released(
    tail: str, client: StrictClient, django_assert_max_num_queries: Any
) -> None:
    release = filled()
    release.suppressions.create(table="axes", row="tout", column="A", reason="small")
    with django_assert_max_num_queries(6) as one:
        client.get(at(release, tail))
    for rank in range(20):
        release.suppressions.create(table="axes-region", row=str(rank), column="A", reason="small")
    for version in (2, 3):
        filled(version=version)
    with CaptureQueriesContext(connection) as more:
        client.get(at(release, tail))
    assert len(more) == len(one)


@pytest.mark.parametrize("tail", FILES)
def test_who_has_the_file_already_is_told_so(tail: str, client: StrictClient) -> None:
    release = filled()
    answer = client.get(at(release, tail))
    assert answer["Cache-Control"] == "public, max-age=600"
    ext = tail.rpartition(".")[2]
    assert answer["Content-Type"] == files.MEDIA_TYPES[ext]
    name = "tout" if tail.startswith("classeur") else "axes"
    assert answer["Content-Disposition"] == f'attachment; filename="trajectoires-{release.slug}-{name}.{ext}"'
    again = client.get(at(release, tail), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == answer["ETag"]
    assert client.get(at(release, tail), headers={"If-None-Match": '"autre"'}).status_code == 200


@pytest.mark.parametrize(
    "tail",
    ["classeur.xls", "tableaux/rien.csv", "tableaux/axes.pdf", "figures/rien.png", "figures/reperes.png"],
)
def test_nothing_else_is_there(tail: str, client: StrictClient) -> None:
    assert client.get(at(filled(), tail)).status_code == 404


@pytest.mark.parametrize("tail", TAILS)
def test_files_are_only_read_and_only_posts_ask_for_one(tail: str, client: StrictClient) -> None:
    release = filled()
    client.get(at(release, tail))
    client.head(at(release, tail))
    assert not Document.objects.exists()
    asks = tail in ("fiche.pdf", "pdf/", "figures/axes.png")
    assert client.post(at(release, tail)).status_code == (302 if asks else 405)
    assert Document.objects.count() == asks


# A programme's


def around() -> tuple[Release, dict[str, Any]]:
    funder = platform_person(PlatformRole.FUNDER)
    of = programme(funder)
    organisation = OrganisationFactory.create()
    Consent.objects.create(programme=of, organisation=organisation, words="accord-1")
    people = {
        "funder": funder,
        "member": member(organisation, "staff"),
        "operator": platform_person(PlatformRole.OPERATOR),
        "stranger": UserFactory.create(),
        "other funder": platform_person(PlatformRole.FUNDER),
    }
    return filled(of), people


@pytest.mark.parametrize("tail", TAILS)
def test_a_programme_s_release_is_its_readers_only(
    tail: str, client: StrictClient, client_of: ClientOf
) -> None:
    release, people = around()
    got = {name: client_of(one).get(at(release, tail)).status_code for name, one in people.items()}
    assert got == {"funder": 200, "member": 200, "operator": 200, "stranger": 404, "other funder": 404}
    assert client.get(at(release, tail)).status_code == 404


@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_may_not_be_read_answers_like_what_is_not(tail: str, method: str, client_of: ClientOf) -> None:
    release, people = around()
    draft = filled(state=ReleaseState.BUILT, version=7)
    asker = client_of(people["stranger"])
    answers = [
        getattr(asker, method)(f"/publications/{slug}/{tail}")
        for slug in (release.slug, draft.slug, "2031-t1-v1")
    ]
    assert len({(answer.status_code, len(answer.content)) for answer in answers}) == 1
    assert len({frozenset(answer.headers) for answer in answers}) == 1
    assert not Document.objects.exists()


@pytest.mark.parametrize("tail", FILES)
def test_a_programme_s_file_is_kept_by_its_reader_alone(tail: str, client_of: ClientOf) -> None:
    release, people = around()
    answer = client_of(people["funder"]).get(at(release, tail))
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Cookie" in answer["Vary"]


def test_a_programme_s_document_asked_by_one_is_for_each_of_its_readers(
    client: StrictClient, client_of: ClientOf
) -> None:
    release, people = around()
    address = at(release, "fiche.pdf")
    client_of(people["funder"]).post(address)
    document = Document.objects.get()
    assert not document.is_public
    assert render_document(document.pk)
    for name, status in (("funder", 200), ("member", 200), ("operator", 200), ("stranger", 404)):
        reader = client_of(people[name])
        assert reader.get(address).status_code == status, name
        assert reader.get(f"/documents/{document.pk}/telecharger/").status_code == status, name
    assert client.get(f"/documents/{document.pk}/").status_code == 302
    kept = client_of(people["member"]).get(address)
    assert kept["Cache-Control"] == "private, no-store"
    Consent.objects.update(withdrawn_at=Consent.objects.get().given_at)
    assert client_of(people["member"]).get(f"/documents/{document.pk}/telecharger/").status_code == 404


# Documents


def test_a_file_is_asked_for_then_waited_for_then_there(client: StrictClient) -> None:
    release = filled()
    address = at(release, "fiche.pdf")
    asking = client.get(address)
    assert "Personne n’a encore demandé ce fichier" in said(asking)
    for _ in range(2):
        assert client.post(address)["Location"] == address
    document = Document.objects.get()
    assert document.is_public
    waiting = client.get(address)
    assert waiting.status_code == 202
    assert "La fiche de confidentialité attend son tour" in said(waiting)
    assert render_document(document.pk)
    ready = client.get(address)
    assert ready["Content-Type"] == "application/pdf"
    assert ready["Cache-Control"] == "public, max-age=600"
    assert b"".join(ready.streaming_content).startswith(b"%PDF")
    assert ready["Content-Disposition"] == f'inline; filename="trajectoires-{release.slug}-fiche.pdf"'


def test_an_image_is_sent_as_one(client: StrictClient) -> None:
    release = filled()
    address = at(release, "figures/participation-taille.png")
    client.post(address)
    assert render_document(Document.objects.get().pk)
    ready = client.get(address)
    assert ready["Content-Type"] == "image/png"
    assert b"".join(ready.streaming_content).startswith(b"\x89PNG")


def test_the_papers_are_asked_for_at_once_and_once() -> None:
    release = Release.objects.prefetch_related("tables").get(pk=filled().pk)
    files.request_papers(release)
    files.request_papers(release)
    assert sorted(Document.objects.values_list("kind", flat=True)) == sorted([files.RELEASE, files.SHEET])


def test_a_document_is_known_by_what_is_shown() -> None:
    """What is behind the numbers gives no other file; a new attack report gives another sheet."""
    pk = filled().pk
    release = Release.objects.prefetch_related("tables").get(pk=pk)
    wanted = (files.release_pdf(release), files.sheet_pdf(release), files.figure_png(release, "axes"))
    release.exact_tables.update(exact={"cells": {"tout/A": {"n": 7}}, "bases": {}, "rows": [], "columns": []})
    Release.objects.filter(pk=pk).update(size=905)
    again = Release.objects.prefetch_related("tables").get(pk=pk)
    same = (files.release_pdf(again), files.sheet_pdf(again), files.figure_png(again, "axes"))
    assert [one.key for one in wanted if one] == [one.key for one in same if one]
    again.audits.create(attacks=[{"code": "A1", "title": "Lire", "tries": 1, "findings": []}], is_clean=True)
    assert (
        files.sheet_pdf(again).key != files.sheet_pdf(release).key
        or files.sheet_pdf(again).key != wanted[1].key
    )


def test_kinds_fit_their_column() -> None:
    from apps.dashboards.tables import TABLES

    kinds = {files.figure_kind(table.key) for table in TABLES}
    assert len(kinds) == len(TABLES)
    assert max(map(len, kinds)) <= 40
