"""The files of the method: strict, idempotent, an edition beside the others."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.catalogue.models import Resource
from apps.catalogue.published import revision
from apps.diagnostic.models import Lever
from apps.documents.models import Document
from apps.methodology import content
from apps.methodology.content import ContentError
from apps.methodology.models import MethodEdition, MethodStep
from apps.methodology.public import guide, selectors, sheet
from tests.methodology.public.violations import VIOLATIONS

pytestmark = pytest.mark.django_db
Edit = Callable[[Any], Any]


class Files:
    """A copy of the content; ``edit`` changes a file, ``load`` publishes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def edit(self, name: str, change: Edit) -> None:
        path = self.folder / "method" / name
        data = yaml.safe_load(path.read_text())
        change(data)
        path.write_text(yaml.safe_dump(data, allow_unicode=True))

    def new_edition(self, number: int = 2) -> None:
        self.edit("edition.yaml", lambda data: data.update(number=number, what_changed="L’étape 2 change."))
        self.edit("etape-2.yaml", lambda data: data.update(title="Relire autrement", slug="relire-autrement"))


@pytest.fixture(name="files")
def make_files(tmp_path: Path, settings: Any) -> Files:
    folder = tmp_path / "content"
    shutil.copytree(settings.CONTENT_DIR, folder)
    settings.CONTENT_DIR = folder
    return Files(folder)


def test_the_eight_steps_are_published_whole() -> None:
    steps = selectors.steps()
    assert [step.number for step in steps] == list(range(1, 9))
    for step in steps:
        assert sum(moment.minutes for moment in step.guide.moments) == step.workshop_minutes
        assert step.why
        assert step.traps == step.guide.traps
        assert step.after == step.guide.after
        assert (step.is_ours, step.status) == (True, "R")
        assert [tool.step for tool in step.kit] == [step.number] * len(step.tools)
    assert all(step.tools for step in steps)
    row = MethodStep.objects.get(number=3)
    assert (row.slug, row.title, row.pillars) == (steps[2].slug, steps[2].title, list(steps[2].pillars))
    assert sheet.read(row.sheet) == steps[2]


def test_a_second_run_writes_nothing() -> None:
    guide.request_missing()
    before = revision()
    with CaptureQueriesContext(connection) as queries:
        assert content.load() == "édition 1 de la méthode, 8 étapes, 0 écrites"
    written = [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert written == []
    assert revision() == before


def test_each_step_has_its_row_in_the_index_and_levers_find_it() -> None:
    for step in selectors.steps():
        row = Resource.objects.get(pk=step.resource)
        assert (row.kind, row.name, row.position) == ("method_step", step.title, step.number)
        assert row.minutes == step.workshop_minutes
        assert {pillar.pk for pillar in row.pillars.all()} == set(step.pillars)
        assert {goal.number for goal in row.goals.all()} == set(step.goals)
        assert row.get_absolute_url() == f"/agir/methode/{step.slug}/"
    assert Lever.objects.filter(method_step__kind="method_step").count() == Lever.objects.count() > 0


def test_a_row_of_the_index_that_was_altered_is_mended() -> None:
    row = Resource.objects.get(pk="methode-3")
    Resource.objects.filter(pk="methode-3").update(name="Autre", page_slug="")
    row.pillars.clear()
    assert content.load().endswith("1 écrites")
    row.refresh_from_db()
    assert (row.name, row.page_slug) == ("Photographier le modèle actuel", "photographier-le-modele-actuel")
    assert row.pillars.count() == 3


def test_a_corrected_step_is_written_alone_keeps_its_key_and_has_another_guide(files: Files) -> None:
    keys = dict(MethodStep.objects.values_list("number", "pk"))
    old = guide.find(selectors.step(5)) or guide.request(selectors.step(5))
    files.edit("etape-5.yaml", lambda data: data.update(summary="Autrement dit."))
    assert content.load().endswith("2 écrites"), "the step, and its row of the index"
    assert dict(MethodStep.objects.values_list("number", "pk")) == keys
    assert selectors.step(5).summary == "Autrement dit."
    assert Resource.objects.get(pk="methode-5").summary == "Autrement dit."
    new = guide.find(selectors.step(5))
    assert new
    assert new.pk != old.pk
    assert Document.objects.filter(kind=guide.KIND, subject_id=keys[5]).count() == 2


def test_two_steps_may_exchange_their_addresses(files: Files) -> None:
    first, second = selectors.step(1).slug, selectors.step(2).slug
    files.edit("etape-1.yaml", lambda data: data.update(slug=second))
    files.edit("etape-2.yaml", lambda data: data.update(slug=first))
    content.load()
    assert [step.slug for step in selectors.steps()[:2]] == [second, first]


def test_a_new_edition_leaves_the_first_as_it_was(files: Files) -> None:
    first = selectors.steps()
    files.new_edition()
    content.load()
    assert list(MethodEdition.objects.values_list("number", flat=True)) == [1, 2]
    assert selectors.latest() == 2
    assert selectors.steps(1) == first
    assert selectors.steps() == selectors.steps(2) != first
    assert selectors.step(2).title == "Relire autrement"
    assert selectors.step(2, 1).title == "Relire le projet et ses activités"
    assert Resource.objects.get(pk="methode-2").get_absolute_url() == "/agir/methode/relire-autrement/"
    assert MethodStep.objects.count() == 16


def test_an_older_edition_loaded_again_does_not_take_the_index_back(files: Files, settings: Any) -> None:
    files.new_edition()
    content.load()
    settings.CONTENT_DIR = Path(settings.BASE_DIR) / "fixtures" / "content"
    assert content.load().endswith("0 écrites")
    assert selectors.latest() == 2
    assert Resource.objects.get(pk="methode-2").name == "Relire autrement"


def test_an_edition_nobody_knows_here_gives_the_one_in_force() -> None:
    assert selectors.steps(7) == selectors.steps()
    assert selectors.edition(7) == selectors.edition(1)
    with pytest.raises(LookupError):
        selectors.step(9)


def test_before_the_content_there_is_nothing() -> None:
    MethodEdition.objects.all().delete()
    assert (selectors.steps(), selectors.latest(), selectors.edition()) == ((), 0, None)
    assert selectors.named("cadrer-et-mobiliser") is None


def test_reading_costs_one_query_whatever_the_editions(files: Files) -> None:
    files.new_edition()
    content.load()
    selectors.steps()
    for read in (selectors.steps, lambda: selectors.steps(1), lambda: selectors.step(3)):
        with CaptureQueriesContext(connection) as queries:
            read()
        assert len(queries) == 1


def moment(data: Any) -> Any:
    return data["guide"]["moments"][0]


DOUBTFUL: list[tuple[str, str, Edit]] = [
    ("etape-1.yaml", "etape-1.yaml : colour : ce champ n’existe pas", lambda d: d.update(colour="red")),
    ("etape-1.yaml", "etape-1.yaml : guide, moments 1, colour : ce champ n’existe pas", lambda d: moment(d).update(colour="red")),
    ("etape-2.yaml", "etape-2.yaml : why : ce champ manque", lambda d: d.pop("why")),
    ("etape-2.yaml", "etape-2.yaml : why : ce texte manque", lambda d: d.update(why="  ")),
    ("etape-2.yaml", "guide, traps 2, do : ce champ manque", lambda d: d["guide"]["traps"][1].pop("do")),
    ("etape-3.yaml", "delivers : il en faut au moins un", lambda d: d.update(delivers=[])),
    ("etape-3.yaml", "workshop_minutes : les moments durent 121 minutes, l’atelier 120", lambda d: moment(d).update(minutes=11)),
    ("etape-4.yaml", "tools : l’outil « magie » n’est pas de l’étape 4", lambda d: d.update(tools=["magie"])),
    ("etape-4.yaml", "tools : l’outil « cadrage » n’est pas de l’étape 4", lambda d: d.update(tools=["cadrage"])),
    ("etape-5.yaml", "pillars 1 : cette valeur n’est pas dans la liste", lambda d: d.update(pillars=["faith"])),
    ("etape-5.yaml", "course_step : « etape-9 » n’est pas du parcours", lambda d: d.update(course_step="etape-9")),
    ("etape-6.yaml", "case, slug : le cas « webinaire-1999 » n’existe pas", lambda d: d["case"].update(slug="webinaire-1999")),
    ("etape-6.yaml", "medoc : la famille « magie » n’existe pas", lambda d: d.update(medoc="magie")),
    ("etape-7.yaml", "goals : un de ces ODD n’existe pas", lambda d: d.update(goals=[99])),
    ("etape-7.yaml", "number : l’étape 7 est attendue dans ce fichier", lambda d: d.update(number=6)),
    ("etape-8.yaml", "slug : « cadrer-et-mobiliser » sert deux fois", lambda d: d.update(slug="cadrer-et-mobiliser")),
    ("etape-8.yaml", "status : cette valeur n’est pas dans la liste", lambda d: d.update(status="Z")),
    ("edition.yaml", "edition.yaml : number : ", lambda d: d.update(number=0)),
    ("edition.yaml", "edition.yaml : published_on : ce champ manque", lambda d: d.pop("published_on")),
    ("edition.yaml", "edition.yaml : auteur : ce champ n’existe pas", lambda d: d.update(auteur="x")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "reason", "edit"), DOUBTFUL)
def test_a_doubtful_file_is_named_with_its_key_and_nothing_changes(
    files: Files, name: str, reason: str, edit: Edit
) -> None:
    before, steps = revision(), selectors.steps()
    files.edit(name, edit)
    with pytest.raises(ContentError) as refused:
        content.load()
    assert reason in str(refused.value)
    assert str(refused.value).startswith(name)
    assert (revision(), selectors.steps()) == (before, steps)


def test_a_file_that_left_is_missed(files: Files) -> None:
    (files.folder / "method" / "etape-8.yaml").unlink()
    with pytest.raises(ContentError, match=r"etape-8\.yaml : ce fichier manque"):
        content.load()


def test_a_file_that_holds_something_else(files: Files) -> None:
    (files.folder / "method" / "etape-8.yaml").write_text("- une liste\n")
    with pytest.raises(ContentError, match=r"etape-8\.yaml : fiche : un groupe de champs est attendu"):
        content.load()


@pytest.mark.parametrize("name", VIOLATIONS)
def test_the_database_refuses(name: str) -> None:
    with pytest.raises((IntegrityError, ValidationError), match=name), transaction.atomic():
        VIOLATIONS[name]()


def test_the_durations_the_page_promises_are_those_of_the_steps() -> None:
    """« De cinq à huit mois pour les sept premières étapes »."""
    weeks = [step.weeks.split(" semaines")[0].split(" à ") for step in selectors.steps()[:7]]
    least, most = (sum(int(pair[side]) for pair in weeks) for side in (0, 1))
    assert (round(least / 4.35), round(most / 4.35)) == (5, 8)
    assert MethodEdition.objects.get().published_on <= date(2026, 11, 27)
