"""A person asks to leave: her name is nowhere any more, whatever its spelling, and no file brings it back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import transaction

from apps.webinars import content, in_texts, naming, sheet
from apps.webinars.enums import PersonRequestKind
from apps.webinars.models import CitedOrganisation, Person, PersonRequest, SearchWord, Webinar
from apps.webinars.services import people
from apps.webinars.services.workflow import CASES
from tests.webinars.factories import organisation, person, published, whole
from tests.webinars.registers import TODAY, correct, everything, load, pair, speakers, withdraw

pytestmark = pytest.mark.django_db


# Names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hakim Hallouch", True),
        ("HALLOÛCH Hâkim", True),
        ("HALLOUCH, Hakim", True),
        ("d’Hakim\u202fHallouch\u00a0:", True),
        ("Ha\u00adkim Hal\u200blouch", True),
        ("Ha\u0302kim Hallouch.", True),
        ("hakim-hallouch", True),
        ("Hakim\nHallouch", True),
        ("Hakim Hallouche", False),
        ("Abdelhakim Hallouch", False),
        ("Hakim et Jean Hallouch", False),
    ],
)
def test_a_whole_name_is_found_however_it_is_written(text: str, found: bool) -> None:
    wanted = in_texts.finder(["Hakim Hallouch"])
    assert in_texts.tells(text, wanted) is found
    told = in_texts.replaced(f"« {text} » dit", wanted, lambda _: "X")
    assert ("X" in told) is found
    assert told.startswith("« ")
    assert told.endswith(" » dit")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Frédérique Le Monnier", "Frédérique LEMONNIER"),
        ("Jean-Éric Aubert", "Jean Eric AUBERT"),
        ("Léa D’Almeida", "Léa D'ALMEIDA"),
        ("Zoë Œuvrard", "OEUVRARD Zoe"),
        ("Łukasz Wałęsa", "Lukasz Walesa"),
        ("李 明", "李明"),
        ("Paul-Alexis Racine-Jourdren", "Racine Jourdren, Paul Alexis"),
    ],
)
def test_particles_hyphens_apostrophes_and_other_letters(name: str, text: str) -> None:
    found = in_texts.replaced(text, in_texts.finder([name]), lambda _: "X")
    assert found == ("X" if len(naming.key(name)) > 5 else text)
    assert naming.sealed(name) in {naming.sealed(" ".join(order)) for order in in_texts.orders(text)}


def test_a_short_name_is_not_found_inside_a_word() -> None:
    assert not in_texts.tells("du lian doux", in_texts.finder(["Li An"]))


def test_a_name_without_letters_leaves_no_trace_that_would_catch_others() -> None:
    assert naming.sealed("…") == naming.sealed("") == ""
    assert naming.sealed("李 明") != naming.sealed("王 芳")


def test_family_names_alone() -> None:
    assert in_texts.family_names("Emmanuel", "de Lutzel", []) == {"de Lutzel", "lutzel"}
    assert in_texts.family_names("Thierry", "Ferrey", ["Thierry FEREY"]) == {"Ferrey", "FEREY"}
    assert "jourdren" in in_texts.family_names("Paul", "Racine-Jourdren", [])


def test_two_new_people_of_the_same_name_have_two_addresses() -> None:
    rows = [people.add_person(first_name=" Ève ", last_name="Noël") for _ in range(3)]
    assert [row.slug for row in rows] == ["eve-noel", "eve-noel-2", "eve-noel-3"]
    assert people.add_person(first_name="李", last_name="明").slug == "sans-nom"
    assert {row.slug for row in people.people_like("Eve", "Noel")} == {"eve-noel", "eve-noel-2", "eve-noel-3"}


# Removal


def test_a_removed_name_is_nowhere_any_more_and_no_file_brings_it_back() -> None:
    hers = Person.objects.get(slug="celine-faivre")
    webinar = Webinar.objects.get(slug="webinaire-2023-12-21")
    people.correct_person(
        person=hers, first_name="Céline", last_name="Faivre", asked_on=TODAY, reason="Faivre", by=None
    )
    said = sheet.read(webinar.draft).model_copy(update={"takeaway": "Avec FAIVRE Celine."})
    CASES.save_draft(row=webinar, draft=said, version=webinar.version, by=None, reason="Céline FAIVRE relit")
    left = withdraw(hers, "Mme Céline Faivre le demande ; Faivre est seule de ce nom")
    for _ in range(3):
        told = everything()
        assert "faivre" not in told
        assert "celine" not in told
        load()
    hers.refresh_from_db()
    assert (str(hers), hers.slug) == ("Nom retiré à sa demande", f"personne-retiree-{hers.pk}")
    webinar.refresh_from_db()
    place = next(row for row in webinar.draft["speakers"] if row["person"] == hers.slug)
    assert place["role"] == ""
    assert webinar.appearances.get(person=hers).role == ""
    assert webinar.draft["takeaway"] == "Avec [nom retiré]."
    assert left == []
    request = hers.requests.get(kind=PersonRequestKind.REMOVAL)
    assert request.reason == "Mme [nom retiré] le demande ; [nom retiré] est seule de ce nom"
    assert not SearchWord.objects.filter(word="faivre").exists()


def test_places_that_only_tell_the_family_name_are_listed_for_a_person_to_read() -> None:
    note = "La fonction de Mme GARDE est à vérifier : la liste garde l’ancienne."
    hers, _, webinar = pair(curator_note=[note], replay={"url": "https://ex.fr/lea-garde", "reason": ""})
    organisation("maison-garde", "Maison Garde")
    left = withdraw(hers)
    assert {(m.kind, m.slug, m.field) for m in left} == {
        ("case", webinar.slug, "curator_note"),
        ("case", webinar.slug, "replay"),
        ("organisation", "maison-garde", "name"),
    }
    assert "GARDE" in next(m.excerpt for m in left if m.field == "curator_note")
    webinar.refresh_from_db()
    assert webinar.sheet
    assert webinar.sheet["replay"]["url"] == "https://ex.fr/lea-garde"
    kept = hers.requests.get().mentions
    assert sorted(kept) == sorted([m.kind, m.slug, m.field] for m in left)
    assert "garde" not in in_texts.folded(json.dumps(kept).replace("maison-garde", ""))


def test_merged_rows_leave_with_her_and_so_do_their_traces() -> None:
    hers, other, webinar = pair(teaser="Léa Guarde ouvre.")
    people.correct_person(
        person=other, first_name="Léa", last_name="Guarde", asked_on=TODAY, reason="Léa Guarde écrit", by=None
    )
    people.merge(kept=hers, other=other, by=None)
    withdraw(hers)
    other.refresh_from_db()
    assert (other.is_withdrawn, other.slug) == (True, f"personne-retiree-{other.pk}")
    assert "guarde" not in everything()
    webinar.refresh_from_db()
    assert webinar.teaser == "[nom retiré] ouvre."
    for name in ("Léa Garde", "GUARDE Lea", "lea-guarde"):
        assert people.withdrawn_person(name) == Person.objects.get(pk=hers.pk)
    assert people.add_person(first_name="Lea", last_name="guarde").pk == hers.pk
    assert people.withdrawn_person("Léa", "…", "") is None


def test_a_namesake_keeps_her_name_her_texts_and_her_place_in_the_files() -> None:
    hers, _, mine = pair(teaser="Léa Garde ouvre.")
    namesake = person("lea-garde-2", "Léa", "GARDE")
    theirs = published(
        speakers=[{"person": namesake.slug, "organisation": organisation().slug, "role": "Élue"}],
        points_of_view=[{"theme": "T", "people": [namesake.slug], "organisation": organisation().slug, "text": "O"}],
        teaser="Léa Garde ferme.",
    )  # fmt: skip
    left = withdraw(hers)
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert mine.teaser == "[nom retiré] ouvre."
    assert theirs.teaser == "Léa Garde ferme."
    assert speakers(theirs)[0]["role"] == "Élue"
    assert (theirs.slug, "teaser") in {(m.slug, m.field) for m in left}
    found = list(
        content.keep_person(
            {"slug": namesake.slug, "first_name": "Léa", "last_name": "GARDE", "spellings": [], "note": ""}
        )
    )
    assert found == []


def test_a_text_at_its_limit_still_holds_without_the_name() -> None:
    hers = person("li-an", "Li", "An")
    theme = "Li An " * 20
    webinar = published(
        speakers=[{"person": hers.slug, "organisation": organisation().slug, "role": "Élue"}],
        points_of_view=[{"theme": theme, "people": [hers.slug], "organisation": organisation().slug, "text": "O"}],
    )  # fmt: skip
    withdraw(hers)
    webinar.refresh_from_db()
    assert webinar.sheet
    assert webinar.sheet["points_of_view"][0]["theme"] == " ".join(["[…]"] * 20)


def test_a_removed_person_is_neither_corrected_nor_merged_nor_removed_again() -> None:
    hers, other, _ = pair()
    withdraw(hers)
    with pytest.raises(people.RefusedError):
        withdraw(hers)
    with pytest.raises(people.RefusedError):
        correct(hers, "Léa", "Garde")
    with pytest.raises(people.RefusedError, match="retirée"):
        people.merge(kept=other, other=hers, by=None)
    assert people.people_like("Léa", "Garde") == [other]


def test_an_old_version_that_is_restored_does_not_name_her() -> None:
    hers, _, webinar = pair(teaser="Léa Garde ouvre.")
    first = webinar.revisions.last()
    assert first
    withdraw(hers)
    webinar.refresh_from_db()
    first.refresh_from_db()
    CASES.restore(row=webinar, revision=first, version=webinar.version, by=None)
    webinar.refresh_from_db()
    assert "garde" not in in_texts.folded(json.dumps(webinar.draft))


def test_notes_and_requests_of_others_forget_her_name_too() -> None:
    hers, other, _ = pair()
    Person.objects.filter(pk=other.pk).update(note="À ne pas confondre avec Léa Garde.")
    CitedOrganisation.objects.filter(slug="les-essais").update(note="Léa GARDE y était.")
    PersonRequest.objects.create(
        person=other, kind="correction", asked_on=TODAY, reason="Vu avec Léa Garde", done="Fait."
    )
    withdraw(hers)
    assert "lea garde" not in everything()


def test_a_removal_is_all_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    hers, _, webinar = pair()
    monkeypatch.setattr(people, "mentions", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        withdraw(hers)
    hers.refresh_from_db()
    assert hers.slug == "lea-garde"
    assert speakers(webinar)[0]["person"] == "lea-garde"


def test_nameless_rows_of_the_files_load_on_an_empty_library(tmp_path: Any, settings: Any) -> None:
    folder = tmp_path / "webinars"
    folder.mkdir()
    (folder / "persons.yaml").write_text(
        'persons:\n  - {slug: personne-retiree-7, first_name: "", last_name: "", spellings: [], note: ""}\n'
    )
    (folder / "organisations.yaml").write_text("organisations: []\n")
    settings.CONTENT_DIR = tmp_path
    for _ in range(2):
        content.load()
    row = Person.objects.get(slug="personne-retiree-7")
    assert (row.is_withdrawn, str(row)) == (True, "Nom retiré à sa demande")


def test_the_sheet_keeps_no_control_character_even_in_a_list() -> None:
    said = whole(essential=["a\x00b\x0b\ufffe"], curator_note=["\ud83d"])
    assert said.essential == ["ab"]
    assert said.curator_note == [""]
