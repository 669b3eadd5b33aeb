"""People and organisations: merge and correction; nothing comes back from a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apps.catalogue.models import Resource
from apps.webinars import checks, content, selectors, sheet
from apps.webinars.enums import PersonRequestKind
from apps.webinars.models import CitedOrganisation, Person, Revision, Webinar
from apps.webinars.services import people
from tests.webinars.factories import organisation, person, published
from tests.webinars.registers import TODAY, correct, load, pair, speakers

pytestmark = pytest.mark.django_db


# Merge


def test_a_merge_rewrites_drafts_public_sheets_and_revisions_and_names_her_once() -> None:
    kept, other, webinar = pair()
    version = webinar.version
    people.merge(kept=kept, other=other, by=None)
    assert [row["person"] for row in speakers(webinar)] == ["lea-garde", "ada-essai"]
    assert speakers(webinar)[0]["role"] == "Présidente ; Fondatrice"
    assert webinar.draft["points_of_view"][0]["people"] == ["lea-garde"]
    assert webinar.version == version + 1
    assert checks.lacks(sheet.read(webinar.draft), selectors.references()) == []
    assert "lea-guarde" not in json.dumps(list(Revision.objects.values_list("sheet", flat=True)))
    kept.refresh_from_db()
    assert kept.spellings == ["Léa Guarde"]
    assert {row.person_id for row in webinar.appearances.all()} == {kept.pk, person().pk}


def test_merges_follow_one_another() -> None:
    rows = [person(f"p-{n}", "Léa", f"Nom{n}") for n in range(3)]
    people.merge(kept=rows[1], other=rows[0], by=None)
    people.merge(kept=rows[2], other=rows[1], by=None)
    assert {row.merged_into_id for row in Person.objects.filter(pk__in=[rows[0].pk, rows[1].pk])} == {
        rows[2].pk
    }
    rows[2].refresh_from_db()
    assert rows[2].spellings == ["Léa Nom0", "Léa Nom1"]
    with pytest.raises(people.RefusedError, match="déjà fusionnée"):
        people.merge(kept=rows[2], other=rows[0], by=None)
    with pytest.raises(people.RefusedError, match="différentes"):
        people.merge(kept=rows[2], other=rows[2], by=None)


def test_a_person_is_not_taken_for_an_organisation_of_the_same_address() -> None:
    renault, other = person("renault", "Éva", "Renault"), person("eva-renaud", "Éva", "Renaud")
    group = CitedOrganisation.objects.get(slug="renault")
    webinar = published(speakers=[{"person": renault.slug, "organisation": group.slug, "role": "Élue"}], points_of_view=[
        {"theme": "T", "people": [renault.slug], "organisation": group.slug, "question": "", "text": "Oui."}
    ])  # fmt: skip
    people.merge(kept=other, other=renault, by=None)
    assert speakers(webinar)[0] == {"person": "eva-renaud", "organisation": "renault", "role": "Élue"}


def test_organisations_merge_and_the_host_is_kept() -> None:
    kept, other = (
        organisation("le-kiosque", "Le Kiosque"),
        organisation("kiosque", "Kiosque asso", "fondation"),
    )
    webinar = published(figures=[{"value": "4", "label": "lieux", "organisation": other.slug}])
    people.merge(kept=kept, other=other, by=None)
    webinar.refresh_from_db()
    assert webinar.sheet
    assert webinar.sheet["figures"][0]["organisation"] == "le-kiosque"
    host = CitedOrganisation.objects.get(slug="le-rameau")
    with pytest.raises(people.RefusedError, match="accueille"):
        people.merge(kept=kept, other=host, by=None)
    people.merge(kept=host, other=kept, by=None)


def test_notes_and_long_names_survive_a_merge() -> None:
    kept, other = (
        person("a-a", "A", "A"),
        Person.objects.create(slug="b-b", first_name="b" * 80, last_name="c" * 80, note="Note de l’autre."),
    )
    people.merge(kept=kept, other=other, by=None)
    kept.refresh_from_db()
    assert kept.note == "Note de l’autre."
    assert len(kept.spellings[0]) == 160


def test_a_merged_row_does_not_come_back_from_the_files() -> None:
    """Two speakers of one case, for one organisation: the file that names both still loads."""
    webinar = Webinar.objects.get(slug="webinaire-2022-12-15")
    kept, other = (Person.objects.get(slug=slug) for slug in ("anne-lise-compaore", "solene-guillot"))
    people.merge(kept=kept, other=other, by=None)
    people.merge(
        kept=CitedOrganisation.objects.get(slug="banque-des-territoires"),
        other=CitedOrganisation.objects.get(slug="caisse-des-depots"),
        by=None,
    )
    after = speakers(webinar)
    assert [row["person"] for row in after].count(kept.slug) == 1
    for _ in range(2):
        load()
        assert speakers(webinar) == after
    other.refresh_from_db()
    assert other.merged_into == kept
    assert not webinar.revisions.filter(sheet__icontains="solene-guillot").exists()


# Correction


def test_a_correction_is_told_everywhere_and_the_files_do_not_undo_it() -> None:
    hers = Person.objects.get(slug="celine-faivre")
    webinar = Webinar.objects.get(slug="webinaire-2023-12-21")
    assert "Céline Faivre" in json.dumps(webinar.sheet, ensure_ascii=False)
    correct(hers, "Céline", "Faivre-Moran")
    for _ in range(3):
        webinar.refresh_from_db()
        told = json.dumps(webinar.sheet, ensure_ascii=False)
        assert "Pour Céline Faivre-Moran, le numérique" in told
        assert webinar.draft == webinar.sheet
        assert Webinar.objects.filter(search__isnull=False, appearances__person=hers).count() == 1
        load()
    hers.refresh_from_db()
    assert (hers.last_name, hers.spellings, hers.is_locked) == ("Faivre-Moran", ["Céline Faivre"], True)
    correct(hers, "Céline", "Faivre")
    load()
    webinar.refresh_from_db()
    assert "Faivre-Moran" not in json.dumps(webinar.sheet)


def test_what_she_asked_for_is_dated_and_her_former_name_is_not_kept() -> None:
    hers, _, webinar = pair(teaser="Léa Garde ouvre la porte.")
    correct(hers, "Léa", "Garde", spellings=["Lea GARDE", "Loulou Garde"])
    correct(hers, "Louis", "Garde", asked_on=TODAY, reason="État civil")
    webinar.refresh_from_db()
    hers.refresh_from_db()
    assert webinar.teaser == "Louis Garde ouvre la porte."
    assert hers.spellings == ["Loulou Garde"]
    request = hers.requests.get()
    assert (request.kind, request.asked_on, request.reason) == (
        PersonRequestKind.CORRECTION,
        TODAY,
        "État civil",
    )
    assert request.done == "« Léa Garde » devient « Louis Garde »."
    assert Resource.objects.get(pk=webinar.slug).summary == "Louis Garde ouvre la porte."


def test_a_longer_name_that_does_not_hold_in_a_text_leaves_it() -> None:
    hers, _, webinar = pair(short_title="a" * 180 + " Léa Garde")
    correct(hers, "Léa", "de la Garde-Freinet-sur-Mer et des Maures")
    webinar.refresh_from_db()
    assert webinar.short_title.endswith("a Léa Garde")


def test_a_correction_refuses_an_empty_name_a_stale_form_and_a_row_that_is_gone() -> None:
    hers, other, _ = pair()
    seen = people.state_of(hers)
    with pytest.raises(people.RefusedError, match="nom manque"):
        correct(hers, "Léa", " ")
    correct(hers, "Léa", "Gardé", seen=seen)
    with pytest.raises(people.StaleError):
        correct(hers, "Léa", "Autre", seen=seen)
    people.merge(kept=hers, other=other, by=None)
    with pytest.raises(people.RefusedError, match="plus modifiable"):
        correct(other, "Léa", "Autre")


def test_a_note_and_spellings_are_corrected_without_renaming() -> None:
    hers, _, webinar = pair()
    version = webinar.version
    correct(hers, "Léa", "Garde", spellings=["Léa GARDE", "Léa Garde"], note=" Vérifié. ")
    hers.refresh_from_db()
    webinar.refresh_from_db()
    assert (hers.spellings, hers.note, webinar.version) == (["Léa GARDE"], "Vérifié.", version)
    assert not correct(person("x-y", "X", "Y"), "X", "Y").is_locked


def test_an_organisation_is_corrected_with_its_kind_and_the_files_leave_it() -> None:
    row = CitedOrganisation.objects.get(slug="newmeric")
    seen = people.state_of(row)
    people.correct_organisation(
        organisation=row, name="Newmeric SAS", kind="entreprise", region_id="11", by=None, seen=seen
    )
    load()
    row.refresh_from_db()
    assert (row.name, row.kind, row.region_id, row.spellings) == (
        "Newmeric SAS",
        "entreprise",
        "11",
        ["Newmeric"],
    )
    assert "kind:cooperation" not in Webinar.objects.get(slug="webinaire-2023-12-21").tags
    with pytest.raises(people.StaleError):
        people.correct_organisation(
            organisation=row, name="X", kind="etat", region_id=None, by=None, seen=seen
        )


def test_an_accent_that_she_asks_for_keeps_the_other_spellings() -> None:
    hers = pair()[0]
    correct(hers, "Léa", "Garde", spellings=["Léa GARDE"])
    correct(hers, "Léa", "Gardé", asked_on=TODAY, reason="")
    hers.refresh_from_db()
    assert hers.spellings == ["Léa GARDE"]


def registers_of(folder: Path, people_text: str, places_text: str) -> None:
    (folder / "webinars").mkdir(exist_ok=True)
    (folder / "webinars" / "persons.yaml").write_text(f"persons:\n{people_text}")
    (folder / "webinars" / "organisations.yaml").write_text(f"organisations:\n{places_text}")


def test_files_change_rows_that_nobody_corrected_and_refuse_a_kind_that_does_not_exist(
    tmp_path: Path, settings: Any
) -> None:
    settings.CONTENT_DIR = tmp_path
    who = '  - {slug: nancy-thomas, first_name: "Nancy", last_name: "Thomas-Noël", spellings: [], note: "Vue."}\n'
    where = '  - {slug: newmeric, name: "Newmeric", kind: %s, region: "", spellings: [], note: ""}\n'
    registers_of(tmp_path, who, where % "reseau")
    content.load()
    assert str(Person.objects.get(slug="nancy-thomas")) == "Nancy Thomas-Noël"
    assert CitedOrganisation.objects.get(slug="newmeric").kind == "reseau"
    registers_of(tmp_path, who, where % "club")
    with pytest.raises(content.ContentError, match="« club » n’existe pas"):
        content.load()
