"""The page of exchanges: export, a file sent and compared, its report, its writing; and the report on links."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import PlatformRole
from apps.accounts.models import User
from apps.webinars import sheet
from apps.webinars.curation import register_links
from apps.webinars.exchange import uploads, writing
from apps.webinars.models import Import, LinkCheck, Webinar
from apps.webinars.services.workflow import CASES
from tests.diagnostic.pages import count_queries, text
from tests.support.client import StrictClient
from tests.support.world import platform_person
from tests.webinars.books import Book, book, reread, saved
from tests.webinars.factories import published, whole

pytestmark = pytest.mark.django_db
IMPORTS, LINKS = "/curation/import/", "/curation/liens/"
NEW = "webinaire-2031-01-16"


@pytest.fixture(name="curator")
def make_curator() -> User:
    return platform_person(PlatformRole.CURATOR)


@pytest.fixture(name="me")
def make_me(client: StrictClient, curator: User) -> StrictClient:
    client.force_login(curator)
    return client


def send(me: StrictClient, made: Book | bytes, name: str = "fiches.xlsx") -> Any:
    content = made if isinstance(made, bytes) else saved(made)
    return me.post(IMPORTS, {"file": SimpleUploadedFile(name, content)}, follow=True)


def acts(name: str) -> str:
    return reverse(f"curation:{name}", args=[Import.objects.get().pk])


# Export


@pytest.mark.parametrize(
    ("kind", "ending", "start"),
    [("classeur", "xlsx", b"PK"), ("fiches", "zip", b"PK"), ("yaml", "yaml", b"persons:")],
)
def test_three_kinds_of_export_that_no_proxy_keeps(
    me: StrictClient, kind: str, ending: str, start: bytes
) -> None:
    page = me.get(reverse("curation:export", args=[kind]))
    assert page.content.startswith(start)
    assert page["Content-Disposition"].endswith(f'{timezone.localdate().isoformat()}.{ending}"')
    assert "no-store" in page["Cache-Control"]
    assert "private" in page["Cache-Control"]
    assert len(uploads.read(page.content, "x").cases) == Webinar.objects.count()


def test_an_archive_holds_a_file_a_case_and_the_registers(me: StrictClient) -> None:
    content = me.get(reverse("curation:export", args=["fiches"])).content
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert {"persons.yaml", "organisations.yaml", "2022-12-15.yaml"} <= set(names)
    assert len(reread(me.get(reverse("curation:export", args=["classeur"])).content).worksheets) == 11
    assert me.get(reverse("curation:export", args=["pdf"])).status_code == 404


# Import


def test_a_file_is_compared_then_written_once_confirmed(me: StrictClient) -> None:
    webinar = published()
    page = send(
        me, book(whole(slug=NEW, short_title="Tout neuf"), whole(slug=webinar.slug, takeaway="Autre."))
    )
    told = text(page)
    assert "Ce que le fichier changerait" in told
    assert "Créé (1)" in told
    assert "Modifié (1)" in told
    assert "Change : À emporter." in told
    assert "Rien n’est encore écrit" in told
    assert not Webinar.objects.filter(slug=NEW).exists()
    assert "En attente de votre confirmation : 1 créé et 1 modifié" in text(me.get(IMPORTS))
    done = me.post(acts("import_write"), {"choix": "tout"}, follow=True)
    assert "L’import est fait : 1 créé et 1 modifié." in text(done)
    assert reverse("curation:case", args=[NEW]) in done.content.decode()
    assert me.post(acts("import_write"), {"choix": "tout"}).status_code == 302
    assert Webinar.objects.get(slug=NEW).revisions.count() == 1
    assert "Importé : 1 créé et 1 modifié" in text(me.get(IMPORTS))
    me.post(acts("import_discard"))
    assert Import.objects.count() == 1


def test_refused_lines_are_first_with_what_to_do_and_the_others_may_be_imported(me: StrictClient) -> None:
    page = send(me, book(whole(slug=NEW), whole(slug="webinaire-2031-02-20", fragilities=["F99"])))
    told = text(page)
    assert "Refusé (1)" in told
    assert "Fragilités : « F99 » n’existe pas" in told
    assert "feuille « cas », ligne 3" in told
    assert "Importer les lignes valides seulement" in told
    refused = me.post(acts("import_write"), {"choix": "tout"})
    assert refused.status_code == 409
    assert "Rien n’est importé : au moins une ligne est refusée." in text(refused)
    done = me.post(acts("import_write"), {"choix": "valides"}, follow=True)
    assert "L’import est fait : 1 créé et 1 refusé." in text(done)


def test_a_conflict_is_told_and_nothing_is_half_done(me: StrictClient) -> None:
    webinar = published()
    send(me, book(whole(slug=NEW), whole(slug=webinar.slug, takeaway="Du fichier.")))
    CASES.save_draft(row=webinar, draft=whole(takeaway="À la main."), version=webinar.version, by=None)
    page = me.post(acts("import_write"), {"choix": "tout"})
    assert page.status_code == 409
    assert "Quelqu’un l’a changé depuis l’analyse" in text(page)
    assert not Webinar.objects.filter(slug=NEW).exists()
    assert Import.objects.get().applied_at is None
    done = me.post(acts("import_write"), {"choix": "valides"}, follow=True)
    assert "1 créé et 1 refusé" in text(done)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "vide.xlsx", "Ce fichier est vide"),
        (b"bonjour", "fiche.yaml", "une fiche est attendue"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "vieux.xls", "ancien format"),
        (b"PK\x03\x04 abime", "x.xlsx", "abîmé"),
        (b"x: !!python/object:os.system\n", "x.yaml", "ne se lit pas"),
    ],
)
def test_a_refused_file_says_why_and_changes_nothing(
    me: StrictClient, content: bytes, name: str, words: str
) -> None:
    page = send(me, content, name)
    assert page.status_code == 422
    assert words in text(page)
    assert not Import.objects.exists()


def test_a_missing_or_huge_file_is_refused_by_the_form(
    me: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = me.post(IMPORTS, {})
    assert (page.status_code, "Choisissez un fichier." in text(page)) == (422, True)
    monkeypatch.setattr(uploads, "LARGEST", 10)
    page = send(me, b"slug: webinaire-2031", "x.yaml")
    assert (page.status_code, "dépasse 8 Mo" in text(page)) == (422, True)


def test_a_file_that_changes_nothing_says_so(me: StrictClient) -> None:
    page = send(me, me.get(reverse("curation:export", args=["classeur"])).content)
    told = text(page)
    assert "Ce fichier ne change rien" in told
    assert "Importer 0" not in told
    me.post(acts("import_discard"), follow=True)
    assert not Import.objects.exists()


def test_what_a_file_holds_is_shown_as_a_text(me: StrictClient) -> None:
    page = send(me, book(whole(slug=NEW, short_title="<script>alert(1)</script>")), '"><img src=x>.xlsx')
    assert "<script>alert(1)" not in page.content.decode()
    assert "<img src=x>" not in page.content.decode()


def test_a_file_belongs_to_whoever_sent_it(me: StrictClient, client_of: Any) -> None:
    send(me, book(whole(slug=NEW)))
    other = client_of(platform_person(PlatformRole.CURATOR))
    assert other.get(acts("import")).status_code == 404
    assert other.post(acts("import_write")).status_code == 404
    other.post(acts("import_discard"))
    assert Import.objects.count() == 1


def test_a_long_report_is_cut(me: StrictClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.webinars.curation.register_reports.MOST_SHOWN", 2)
    page = send(me, book(*[whole(slug=f"cas-{n}") for n in range(5)]))
    assert "Et 3 autres lignes." in text(page)


def test_pages_of_files_cost_the_same_whatever_they_hold(me: StrictClient) -> None:
    send(me, book(whole(slug=NEW)))
    one = (count_queries(me, IMPORTS), count_queries(me, acts("import")))
    Import.objects.all().delete()
    send(me, book(*[whole(slug=f"cas-{n}") for n in range(3)]))
    three = count_queries(me, acts("import"))
    row = Import.objects.get()
    for _ in range(2):
        row.pk = None
        row.id = __import__("uuid").uuid4()
        row.save(force_insert=True)
    assert (count_queries(me, IMPORTS), three) == one
    assert max(one) <= 10


def test_a_button_pressed_after_the_session_ended_leads_back(client: StrictClient, curator: User) -> None:
    row = Import.objects.create(by=curator, filename="x.yaml", content={"remarks": []})
    for name, back in (
        ("import_write", reverse("curation:import", args=[row.pk])),
        ("import_discard", IMPORTS),
    ):
        assert (
            client.post(reverse(f"curation:{name}", args=[row.pk]))["Location"]
            == f"/compte/login/?next={back}"
        )
    assert client.post(IMPORTS)["Location"] == f"/compte/login/?next={IMPORTS}"
    assert client.post(f"{LINKS}verifier/")["Location"] == f"/compte/login/?next={LINKS}"


def test_opening_a_report_writes_nothing(me: StrictClient) -> None:
    send(me, book(whole(slug=NEW)))
    before = Import.objects.values_list("pk", "applied_at", "lines").get()
    me.get(acts("import"))
    me.get(IMPORTS)
    for name in ("import_write", "import_discard", "links_check"):
        path = acts(name) if name != "links_check" else f"{LINKS}verifier/"
        assert me.get(path).status_code == 405
    assert Import.objects.values_list("pk", "applied_at", "lines").get() == before
    assert sheet.read(whole(slug=NEW).model_dump()).slug == NEW
    assert writing.purge() == 0


# Links


def check(n: int, state: str, days: int = 0) -> None:
    since = None if state == "works" else timezone.now() - timedelta(days=days)
    LinkCheck.objects.create(
        webinar=Webinar.objects.order_by("slug")[n],
        url=f"https://exemple.fr/{n}",
        state=state,
        detail="404 : la page n’existe plus.",
        checked_at=timezone.now(),
        failing_since=since,
    )


def test_links_that_fail_are_grouped_with_what_to_do(me: StrictClient) -> None:
    assert "Aucun lien n’a encore été vérifié" in text(me.get(LINKS))
    check(0, "works")
    assert "Tous les liens répondent" in text(me.get(LINKS))
    for n, state in enumerate(("broken", "unreachable", "refused"), 1):
        check(n, state, days=9 * n)
    told = text(me.get(LINKS))
    assert "Ne répond plus (1)" in told
    assert "plus d’une semaine" in told
    assert "Cherchez la nouvelle adresse" in told
    assert "Ouvrez le lien vous-même" in told
    assert "réseau privé" in told
    assert "1 lien répond" in told
    html = me.get(LINKS).content.decode()
    assert 'rel="noreferrer nofollow"' in html
    assert html.count("/modifier/") == 3


def test_a_round_is_asked_by_a_button(me: StrictClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for answer, words in ((True, "La vérification est demandée"), (False, "n’a pas pu être demandée")):
        monkeypatch.setattr(register_links.services, "ask_for_a_round", lambda answer=answer: answer)
        assert words in text(me.post(f"{LINKS}verifier/", follow=True))


def test_the_report_on_links_costs_the_same_at_one_and_at_three(me: StrictClient) -> None:
    check(0, "broken")
    one = count_queries(me, LINKS)
    check(1, "broken")
    check(2, "unreachable")
    assert count_queries(me, LINKS) == one <= 10
