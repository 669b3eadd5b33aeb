"""Publishing content: all or nothing, as often as one likes, and never a doubtful row."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.catalogue import content, models
from apps.catalogue.content import ContentError
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
Edit = Callable[[Any], None]


@pytest.fixture
def publish(tmp_path: Path, settings: Any) -> Callable[[str, Edit], str]:
    """``publish(file, edit)``: loads a copy of the content after an edit of one file."""
    folder = tmp_path / "content"
    shutil.copytree(settings.CONTENT_DIR, folder)
    settings.CONTENT_DIR = folder

    def run(name: str, edit: Edit) -> str:
        path = folder / name
        data = yaml.safe_load(path.read_text())
        edit(data)
        path.write_text(yaml.safe_dump(data, allow_unicode=True))
        return content.load()

    return run


def first(data: dict[str, Any], key: str) -> dict[str, Any]:
    row: dict[str, Any] = data[key][0]
    return row


def test_a_second_run_writes_nothing_and_asks_little() -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        told = content.load()
    assert told.endswith("0 écrits, 0 retirés")
    written = [q["sql"] for q in queries if not q["sql"].startswith("SELECT")]
    assert written == []
    assert len(queries) <= 60


def test_a_changed_row_is_written_alone(publish: Callable[[str, Edit], str]) -> None:
    told = publish("catalogue/goals.yaml", lambda data: first(data, "goals").update(name="Autre titre"))
    assert told.endswith("1 écrits, 0 retirés")
    assert models.Goal.objects.get(number=1).name == "Autre titre"


def test_links_follow_the_file(publish: Callable[[str, Edit], str]) -> None:
    def edit(data: Any) -> None:
        first(data, "fragilities")["goals"] = [
            {"number": 8, "weight": "secondaire"},
            {"number": 3, "weight": "principal"},
        ]

    publish("catalogue/fragilities.yaml", edit)
    links = models.FragilityGoal.objects.filter(fragility="F01").values_list("goal__number", "weight")
    assert dict(links) == {8: "secondaire", 3: "principal"}


def test_a_row_that_left_the_file_goes_away(publish: Callable[[str, Edit], str]) -> None:
    told = publish("catalogue/legal_forms.yaml", lambda data: data["legal_forms"].pop())
    assert "1 retirés" in told
    assert not models.LegalForm.objects.filter(pk="autre").exists()


def test_a_row_that_an_association_chose_stays(publish: Callable[[str, Edit], str]) -> None:
    OrganisationFactory.create(legal_form_id="autre")
    told = publish("catalogue/legal_forms.yaml", lambda data: data["legal_forms"].pop())
    assert told.endswith("gardés car encore cités : autre")
    assert models.LegalForm.objects.filter(pk="autre").exists()


def test_a_fragility_chosen_by_an_association_keeps_its_family(publish: Callable[[str, Edit], str]) -> None:
    kept = models.Fragility.objects.get(slug="mobilite")
    OrganisationFactory.create().fragilities.add(kept)

    def edit(data: Any) -> None:
        gone = {row["code"] for row in data["fragilities"] if row["family"] == "environnementale"}
        data["fragilities"] = [row for row in data["fragilities"] if row["code"] not in gone]
        data["families"] = [row for row in data["families"] if row["code"] != "environnementale"]

    told = publish("catalogue/fragilities.yaml", edit)
    assert kept.code in told
    assert "environnementale" in told
    assert models.Fragility.objects.filter(pk=kept.pk).exists()


def test_a_label_that_a_case_of_the_library_carries_stays(publish: Callable[[str, Edit], str]) -> None:
    """The library registers its cases itself: no file of the catalogue names them."""

    def edit(data: Any) -> None:
        data["fragilities"] = [row for row in data["fragilities"] if row["code"] != "F13"]

    assert "F13" in publish("catalogue/fragilities.yaml", edit)
    assert models.Resource.objects.filter(kind="webinar", fragilities="F13").exists()


NO_SOURCE: list[tuple[str, str, Edit]] = [
    ("catalogue/goals.yaml", "la source manque", lambda d: first(d, "goals").pop("source")),
    ("catalogue/goals.yaml", "la source manque", lambda d: first(d, "goals")["source"].pop("label")),
    ("catalogue/levels.yaml", "share : la source manque", lambda d: first(d, "levels").update(share_source=None)),
    ("catalogue/goals.yaml", "le statut « Z » n’existe pas", lambda d: first(d, "goals").update(source={"status": "Z", "label": "x"})),
    ("catalogue/goals.yaml", "champ inconnu dans la source", lambda d: first(d, "goals").update(source={"status": "P", "label": "x", "lien": ""})),
    ("catalogue/goals.yaml", "provenance inconnue", lambda d: first(d, "goals").update(colour_source={"status": "P", "label": "x"})),
    ("catalogue/goals.yaml", "champ inconnu \\(colour\\)", lambda d: first(d, "goals").update(colour="red")),
    ("catalogue/goals.yaml", "le numéro 4 n’est pas sa place", lambda d: first(d, "goals").update(number=4)),
    ("catalogue/goals.yaml", "code en double \\(ODD1\\)", lambda d: d["goals"][1].update(code="ODD1")),
    ("catalogue/goals.yaml", "name", lambda d: first(d, "goals").update(name="")),
    ("catalogue/goals.yaml", "source_url", lambda d: first(d, "goals").update(source={"status": "P", "label": "x", "url": "pas un lien"})),
    ("catalogue/fragilities.yaml", "« ODD99 », qui n’existe pas", lambda d: first(d, "fragilities")["goals"][0].update(number=99)),
    ("catalogue/territories.yaml", "kind", lambda d: first(d, "departments").update(kind="canton")),
    ("catalogue/fragilities.yaml", "« magie », qui n’existe pas", lambda d: first(d, "fragilities").update(family="magie")),
    ("catalogue/territories.yaml", "« 99 », qui n’existe pas", lambda d: first(d, "departments").update(region="99")),
    ("catalogue/fragilities.yaml", "le poids « fort » n’existe pas", lambda d: first(d, "fragilities")["goals"][0].update(weight="fort")),
    ("glossary.yaml", "« nulle-part », qui n’existe pas", lambda d: first(d, "terms").update(see=["nulle-part"])),
]  # fmt: skip


@pytest.mark.parametrize(("name", "reason", "edit"), NO_SOURCE)
def test_a_doubtful_row_is_refused_and_nothing_changes(
    publish: Callable[[str, Edit], str], name: str, reason: str, edit: Edit
) -> None:
    before = list(models.Goal.objects.values_list("name", flat=True))
    with pytest.raises(ContentError, match=reason):
        publish(name, edit)
    assert list(models.Goal.objects.values_list("name", flat=True)) == before


def test_the_command_says_a_line_for_each_loader() -> None:
    out = StringIO()
    call_command("load_content", stdout=out)
    lines = out.getvalue().splitlines()
    assert [line.partition(" : ")[0] for line in lines] == [
        "Contenus (catalogue)",
        "Contenus (webinars)",
        "Contenus (course)",
        "Contenus (methodology)",
        "Contenus (diagnostic)",
    ]
    silent = StringIO()
    call_command("load_content", stdout=silent, verbosity=0)
    assert silent.getvalue() == ""


def broken() -> str:
    raise ContentError("illisible")


def test_the_command_is_all_or_nothing(settings: Any) -> None:
    models.Goal.objects.filter(number=1).update(name="Ancien titre")
    settings.CONTENT_LOADERS = ["apps.catalogue.content.load", f"{__name__}.broken"]
    with pytest.raises(ContentError):
        call_command("load_content", verbosity=0)
    assert models.Goal.objects.get(number=1).name == "Ancien titre"


def test_a_loader_that_does_not_exist_stops_the_command(settings: Any) -> None:
    settings.CONTENT_LOADERS = ["apps.nowhere.content.load"]
    with pytest.raises(ImportError):
        call_command("load_content", verbosity=0)
