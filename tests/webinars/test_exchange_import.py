"""An import: compared before anything is written, confirmed once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import User
from apps.editorial.enums import DraftState
from apps.webinars import content, in_texts, sheet, tasks
from apps.webinars.exchange import export, writing
from apps.webinars.models import CitedOrganisation, Import, Person, Webinar
from apps.webinars.services.workflow import CASES
from tests.factories import UserFactory
from tests.support.effort import effort
from tests.webinars.books import Book, book, put, reread, saved
from tests.webinars.factories import person, published, whole
from tests.webinars.imports import all_files, outcomes, read, receive, write
from tests.webinars.registers import correct, everything, pair, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture(name="curator")
def make_curator() -> User:
    return UserFactory.create()


def test_what_was_exported_changes_nothing(curator: User) -> None:
    before = everything()
    for name, sent in all_files():
        received = receive(sent, curator, name)
        kept = {line["slug"]: line for line in received.lines if line["outcome"] != "same"}
        assert kept == {}, name
        assert received.content["remarks"] == []
        write(received)
    Import.objects.all().delete()
    assert everything() == before


def test_a_spreadsheet_creates_drafts_and_changes_drafts_and_readers_see_nothing(curator: User) -> None:
    webinar = published()
    made = book(
        whole(slug=webinar.slug, takeaway="Autre phrase."),
        whole(slug="webinaire-2031-01-16", title="Nouveau !"),
    )
    received = receive(made, curator)
    assert outcomes(received) == {webinar.slug: "modified", "webinaire-2031-01-16": "created"}
    line = next(line for line in received.lines if line["slug"] == webinar.slug)
    assert line["details"][0] == "Change : À emporter."
    assert "Les lecteurs gardent" in line["details"][1]
    assert not Webinar.objects.filter(slug="webinaire-2031-01-16").exists()
    assert read(webinar.slug).draft["takeaway"] != "Autre phrase."
    write(received)
    new, old = read("webinaire-2031-01-16"), read(webinar.slug)
    assert (new.state, new.sheet, new.author) == (DraftState.DRAFT, None, curator)
    assert (old.state, old.draft["takeaway"]) == (DraftState.DRAFT, "Autre phrase.")
    assert old.sheet
    assert old.sheet["takeaway"] != "Autre phrase."
    last = old.revisions.first()
    assert last
    assert (last.by, last.reason) == (curator, "Import : fiches.xlsx")
    call_command("load_content", verbosity=0)
    assert read(webinar.slug).draft["takeaway"] == "Autre phrase."


def test_confirmed_twice_is_written_once(curator: User) -> None:
    received = receive(book(whole(slug="webinaire-2031-01-16")), curator)
    done = write(received)
    again = write(received)
    assert again.applied_at == done.applied_at
    assert read("webinaire-2031-01-16").revisions.count() == 1
    assert Webinar.objects.filter(slug__startswith="webinaire-2031").count() == 1
    assert set(again.content) == {"remarks"}


def test_a_refused_line_does_not_touch_the_others(curator: User) -> None:
    made = book(whole(slug="webinaire-2031-01-16"), whole(slug="webinaire-2031-02-20", fragilities=["F99"]))
    received = receive(made, curator)
    assert outcomes(received) == {"webinaire-2031-01-16": "created", "webinaire-2031-02-20": "refused"}
    with pytest.raises(writing.NothingWrittenError, match="Rien n’est importé"):
        write(received)
    assert not Webinar.objects.filter(slug__startswith="webinaire-2031").exists()
    write(received, everything=False)
    assert list(Webinar.objects.filter(slug__startswith="webinaire-2031").values_list("slug", flat=True)) == [
        "webinaire-2031-01-16"
    ]


@pytest.mark.parametrize("whole_file", [True, False])
def test_a_case_that_someone_saved_meanwhile_is_not_overwritten(curator: User, whole_file: bool) -> None:
    webinar = published()
    made = book(whole(slug=webinar.slug, takeaway="Du fichier."), whole(slug="webinaire-2031-01-16"))
    received = receive(made, curator)
    mine = whole(slug=webinar.slug, takeaway="À la main.")
    CASES.save_draft(row=webinar, draft=mine, version=webinar.version, by=None)
    if whole_file:
        with pytest.raises(writing.NothingWrittenError, match="depuis l’analyse"):
            write(received)
        assert not Webinar.objects.filter(slug="webinaire-2031-01-16").exists()
    else:
        done = write(received, everything=False)
        assert outcomes(done) == {webinar.slug: "refused", "webinaire-2031-01-16": "created"}
    assert read(webinar.slug).draft["takeaway"] == "À la main."


def test_a_case_that_someone_made_meanwhile_is_not_doubled(curator: User) -> None:
    received = receive(book(whole(slug="webinaire-2031-01-16")), curator)
    CASES.create(by=None, draft=whole(title="À moi"), slug="webinaire-2031-01-16")
    assert outcomes(write(received, everything=False)) == {"webinaire-2031-01-16": "refused"}
    assert read("webinaire-2031-01-16").draft["title"] == "À moi"
    assert Webinar.objects.filter(slug__startswith="webinaire-2031").count() == 1


def test_a_scheduled_publication_is_told_and_cancelled(curator: User) -> None:
    webinar = CASES.create(by=None, draft=whole(), slug="webinaire-2031-01-16")
    CASES.submit(row=webinar, by=None)
    CASES.publish(row=webinar, by=None, at=timezone.now() + timedelta(days=1))
    received = receive(book(whole(slug=webinar.slug, takeaway="Autre.")), curator)
    assert any("est annulée" in text for line in received.lines for text in line["details"])
    write(received)
    assert (read(webinar.slug).state, read(webinar.slug).publish_at) == (DraftState.DRAFT, None)


# People and organisations


def add(made: Book, *rows: list[Any], name: str = "personnes") -> Book:
    made[name] += rows
    return made


def test_new_people_and_organisations_are_created_before_the_cases_that_cite_them(curator: User) -> None:
    said = whole(slug="webinaire-2031-01-16").model_copy(deep=True)
    said.speakers[0].person, said.speakers[0].organisation = "nora-neuve", "le-neuf"
    said.points_of_view[0].people = ["nora-neuve"]
    made = add(book(said), ["nora-neuve", "Nora", "Neuve", "Nora NEUVE", "Vue le 16."])
    add(made, ["le-neuf", "Le Neuf", "association", "11", "", ""], name="organisations")
    received = receive(made, curator)
    assert outcomes(received)["webinaire-2031-01-16"] == "created"
    write(received)
    row = Person.objects.get(slug="nora-neuve")
    assert (str(row), row.spellings, row.note, row.is_locked) == (
        "Nora Neuve",
        ["Nora NEUVE"],
        "Vue le 16.",
        False,
    )
    assert CitedOrganisation.objects.get(slug="le-neuf").region_id == "11"
    webinar = read("webinaire-2031-01-16")
    CASES.submit(row=webinar, by=None)
    CASES.publish(row=webinar, by=None)


def test_a_refused_person_takes_only_the_cases_that_cite_her(curator: User) -> None:
    said = whole(slug="webinaire-2031-01-16").model_copy(deep=True)
    said.speakers[0].person = "nora-neuve"
    received = receive(
        add(book(said, whole(slug="webinaire-2031-02-20")), ["nora-neuve", "Nora", "", "", ""]), curator
    )
    assert outcomes(received, "person")["nora-neuve"] == "refused"
    assert outcomes(received) == {"webinaire-2031-01-16": "refused", "webinaire-2031-02-20": "created"}


def test_a_corrected_name_of_the_file_is_told_everywhere(curator: User) -> None:
    hers, _, webinar = pair(teaser="Léa Garde ouvre la porte.")
    made = book(sheet.read(webinar.draft))
    rank = [row[0] for row in made["personnes"]].index(hers.slug)
    put(made, "personnes", rank, "nom", "Gardel")
    received = receive(made, curator)
    assert outcomes(received, "person")[hers.slug] == "modified"
    assert outcomes(received)[webinar.slug] == "modified"
    write(received)
    hers.refresh_from_db()
    assert (str(hers), hers.is_locked, hers.spellings) == ("Léa Gardel", True, ["Léa Garde"])
    now = read(webinar.slug)
    assert (now.draft["teaser"], now.teaser) == ("Léa Gardel ouvre la porte.", "Léa Gardel ouvre la porte.")


def test_a_row_changed_since_the_analysis_is_left(curator: User) -> None:
    hers, _, _ = pair()
    made = book()
    rank = [row[0] for row in made["personnes"]].index(hers.slug)
    put(made, "personnes", rank, "nom", "Gardel")
    received = receive(made, curator)
    correct(hers, "Léa", "Gardienne")
    assert outcomes(write(received, everything=False), "person")[hers.slug] == "refused"
    hers.refresh_from_db()
    assert str(hers) == "Léa Gardienne"


def test_an_organisation_is_changed_by_a_file_unless_someone_did_meanwhile(curator: User) -> None:
    row = CitedOrganisation.objects.get(slug="newmeric")
    made = book()
    rank = [one[0] for one in made["organisations"]].index(row.slug)
    put(made, "organisations", rank, "type", "reseau")
    first, second = receive(made, curator), receive(made, curator)
    assert outcomes(first, "organisation")[row.slug] == "modified"
    write(first)
    row.refresh_from_db()
    assert (row.kind, row.is_locked) == ("reseau", True)
    assert outcomes(write(second, everything=False), "organisation")[row.slug] == "refused"


@pytest.mark.parametrize("name", ["personnes", "organisations"])
def test_a_row_made_meanwhile_is_not_doubled(curator: User, name: str) -> None:
    row = (
        ["le-neuf", "Le Neuf", "association", "", "", ""]
        if name == "organisations"
        else ["le-neuf", "", "Neuf", "", ""]
    )
    received = receive(add(book(), row, name=name), curator)
    person("le-neuf", "Autre", "Personne")
    CitedOrganisation.objects.create(slug="le-neuf", name="Autre", kind="etat")
    assert (
        outcomes(write(received, everything=False), name[:-1].replace("personne", "person"))["le-neuf"]
        == "refused"
    )
    assert str(Person.objects.get(slug="le-neuf")) == "Autre Personne"


def test_an_organisation_without_a_name_or_known_under_another_code(curator: User) -> None:
    made = add(book(), ["sans-nom", "", "etat", "", "", ""], name="organisations")
    add(made, ["new-meric", "NEWMERIC", "etat", "", "", ""], name="organisations")
    received = receive(made, curator)
    told = outcomes(received, "organisation")
    assert (told["sans-nom"], told["new-meric"]) == ("refused", "kept")


def test_workers_purge_and_look(curator: User) -> None:
    receive(book(), curator)
    Import.objects.update(received_at=timezone.now() - writing.KEPT_FOR * 2)
    tasks.purge_imports()
    tasks.check_links()
    assert not Import.objects.exists()


def test_a_name_known_under_another_code_is_the_same_person(curator: User) -> None:
    said = whole(slug="webinaire-2031-01-16").model_copy(deep=True)
    said.speakers[0].person = said.points_of_view[0].people[0] = "essai-ada"
    received = receive(add(book(said, registers=False), ["essai-ada", "ADA", "Éssai", "", ""]), curator)
    line = next(line for line in received.lines if line["slug"] == "essai-ada")
    assert (line["outcome"], line["details"]) == (
        "kept",
        ["C’est « Ada Essai » (ada-essai) : sa fiche n’est pas changée."],
    )
    write(received)
    assert read("webinaire-2031-01-16").draft["speakers"][0]["person"] == "ada-essai"
    assert not Person.objects.filter(slug="essai-ada").exists()


# Size, purge, command


@dataclass
class Cost:
    analysis: float = 0
    asked: int = 0
    written: int = 0


def cost_of(count: int, curator: User, name: str) -> Cost:
    """An import of ``count`` new cases and as many new people, analysed then confirmed."""
    made, cost = book(*[whole(slug=f"{name}-{n}", short_title=f"Cas {n}") for n in range(count)]), Cost()
    for n in range(count):
        made["personnes"].append([f"nouvelle-{name}-{n}", "Léa", f"Nom {name} {n}", "", ""])
    sent, received = saved(made), list[Import]()
    with CaptureQueriesContext(connection) as asked:
        cost.analysis = effort(lambda: received.append(receive(sent, curator)))
    with CaptureQueriesContext(connection) as written:
        write(received[0])
    assert Webinar.objects.filter(slug__startswith=f"{name}-").count() == count
    cost.asked, cost.written = len(asked), len(written)
    return cost


def test_two_hundred_cases_cost_ten_times_twenty_and_no_more(curator: User) -> None:
    withdraw(person("x-y", "Xavière", "Yvon"))
    cost_of(1, curator, "premier")
    few, many = cost_of(20, curator, "peu"), cost_of(200, curator, "beaucoup")
    assert many.asked == few.asked <= 12
    assert many.written - few.written == 180 * 14
    assert many.analysis < 20 * few.analysis


def test_files_that_nobody_confirmed_are_purged(curator: User) -> None:
    kept, old = (receive(book(whole(slug=f"cas-{n}")), curator) for n in range(2))
    Import.objects.filter(pk=old.pk).update(received_at=timezone.now() - writing.KEPT_FOR * 2)
    assert writing.purge() == 1
    assert list(Import.objects.all()) == [kept]


def test_the_command_writes_the_files_that_are_there(tmp_path: Any, settings: Any, capsys: Any) -> None:
    call_command("export_cases", str(tmp_path))
    fixtures = Path(settings.CONTENT_DIR, "webinars")
    for path in sorted(fixtures.glob("*.yaml")):
        assert (tmp_path / "webinars" / path.name).read_text() == path.read_text(), path.name
    (tmp_path / "webinars" / "autre.yaml").write_text("x: y\n")
    call_command("export_cases", str(tmp_path / "webinars"))
    told = capsys.readouterr().out
    assert "0\u00a0fichier écrit." in told
    assert "autre.yaml" in told


def test_what_the_command_writes_loads_again_without_a_change(tmp_path: Any, settings: Any) -> None:
    hers = pair(teaser="Léa Garde ouvre.")[0]
    withdraw(hers)
    call_command("export_cases", str(tmp_path))
    assert "garde" not in in_texts.folded((tmp_path / "webinars" / "persons.yaml").read_text()).split()
    settings.CONTENT_DIR = tmp_path
    before = list(Webinar.objects.order_by("pk").values_list("slug", "version"))
    content.load()
    assert list(Webinar.objects.order_by("pk").values_list("slug", "version")) == before


def test_the_guide_lists_the_codes() -> None:
    rows = [[cell.value for cell in row] for row in reread(export.spreadsheet())["mode d’emploi"].iter_rows()]
    assert ["fragilités", "F01"] in [row[:2] for row in rows]
    assert ["type (organisations)", "etat", "institution publique"] in rows
