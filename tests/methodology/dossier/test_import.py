"""From one association to another: what left comes back the same, or nothing does."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from apps.accounts.models import Organisation, User
from apps.methodology.dossier import archive, opening, reading
from apps.methodology.dossier.importing import Lossy, Twice
from apps.methodology.errors import NotYours
from apps.methodology.models import Change, Comment, Engagement, Item
from tests.factories import OrganisationFactory, member
from tests.methodology.dossier import cases
from tests.methodology.dossier.journeys import (
    PLACES,
    Files,
    files_of,
    fresh,
    raw,
    refused,
    send,
    without_people,
    zipped,
)

pytestmark = pytest.mark.django_db


# --- the journey -------------------------------------------------------------------------------------------------
def test_what_left_comes_back_the_same(there: tuple[Organisation, User], sent: Files) -> None:
    for workshop in sent["ateliers"]["workshops"]:
        workshop["stage"] = "over"  # they come back so
        for pile in workshop["piles"]:
            pile["cards"] = [{**card, "author": ""} for card in pile["cards"]]
    done = send(there, zipped(sent))

    back = files_of(done.engagement)

    assert back["demarche"]["association"] == "Ailleurs"
    assert without_people(back) == without_people(sent)


def test_the_second_journey_changes_nothing_at_all(there: tuple[Organisation, User], sent: Files) -> None:
    first = files_of(send(there, zipped(sent)).engagement)
    organisation = OrganisationFactory.create(name="Ailleurs")
    second = files_of(send((organisation, member(organisation, "admin")), zipped(first)).engagement)
    for files in (first, second):
        for name in ("exported_at", "team"):
            files["demarche"].pop(name)
        assert all(note.pop("came_at") for note in files["notes"]["notes"])
    assert second == first


def test_the_whole_archive_is_taken_as_it_was_made(there: tuple[Organisation, User]) -> None:
    engagement, _ = cases.full()
    done = send(there, archive.write(reading.read(fresh(engagement))))
    assert done.engagement.title == engagement.title
    assert done.engagement.seats.get().role == "lead"


def test_names_stay_as_texts_where_they_are_of_use(there: tuple[Organisation, User], sent: Files) -> None:
    done = send(there, zipped(sent))
    notes = Comment.objects.filter(engagement=done.engagement, seat__isnull=False).order_by("item__place")
    assert [note.text for note in notes if note.item and note.item.kind == "action"] == [
        "Dans la démarche d’origine\u00a0: responsable, Chloé Chêne.",
        "Dans la démarche d’origine\u00a0: responsable, Une personne de l’équipe.",
    ]
    kept = Comment.objects.filter(engagement=done.engagement, seat=None)
    assert {one.text.split(",")[0] for one in kept} == {"Malik Merle", "Une personne de l’équipe"}
    assert any("noms de responsables" in remark for remark in done.remarks)


def test_every_field_has_its_way_back(there: tuple[Organisation, User], sent: Files) -> None:
    engagement = send(there, zipped(sent)).engagement
    engagement.refresh_from_db()
    numbers = list(
        Change.objects.filter(engagement=engagement).order_by("number").values_list("number", flat=True)
    )
    assert numbers == list(range(1, engagement.sequence + 1))
    for item in Item.objects.filter(engagement=engagement).prefetch_related("fields", "changes"):
        written = {change.code: change.after for change in item.changes.all() if change.act == "set"}
        assert written == {field.code: field.value for field in item.fields.all()}


def test_every_limit_reached_still_comes_back(there: tuple[Organisation, User]) -> None:
    sent = files_of(cases.extreme(25))
    back = files_of(send(there, zipped(sent)).engagement)
    assert without_people(back) == without_people(sent)


# --- twice -------------------------------------------------------------------------------------------------------
def test_the_same_archive_twice_is_said_and_a_second_one_is_asked_for(
    there: tuple[Organisation, User], sent: Files
) -> None:
    first = send(there, zipped(sent)).engagement
    sent["demarche"]["exported_at"] = timezone.now().isoformat()  # prepared again, nothing written since
    with pytest.raises(Twice) as refusal:
        send(there, zipped(sent))
    assert refusal.value.engagement == first
    second = send(there, zipped(sent), again=True).engagement
    assert second != first
    elsewhere = OrganisationFactory.create()
    assert send((elsewhere, member(elsewhere, "admin")), zipped(sent)).engagement not in (first, second)


@pytest.mark.parametrize("again", [False, True])
def test_a_double_click_makes_one(there: tuple[Organisation, User], sent: Files, again: bool) -> None:
    key = uuid4()
    made = {send(there, zipped(sent), key, again=again).engagement.pk for _ in range(2)}
    assert len(made) == Engagement.objects.filter(organisation=there[0]).count() == 1


# --- refusals ----------------------------------------------------------------------------------------------------
def encrypted(content: bytes) -> bytes:
    """The mark of a password on every file, in both places of the format."""
    marked = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = marked.find(signature)
        while place >= 0:
            marked[place + offset] |= 1
            place = marked.find(signature, place + 4)
    return bytes(marked)


ARCHIVES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda whole: b"", "vide"),
    "text": (lambda whole: b"bonjour", "pas une archive"),
    "truncated": (lambda whole: whole[: len(whole) // 2], "abîmée ou incomplète"),
    "damaged": (lambda whole: whole[:200] + b"\xff" * 200 + whole[400:], "abîmée"),
    "encrypted": (encrypted, "mot de passe"),
    "too heavy": (lambda whole: whole + b"\0" * opening.LARGEST, "dépasse 20 Mo"),
    "another zip": (lambda whole: raw({"mimetype": b"x"}), "n’est pas celle d’une démarche"),
    "one file missing": (lambda whole: raw({"donnees/demarche.json": b"{}"}), "Il manque"),
    "many files": (lambda whole: raw({f"a{n}": b"" for n in range(201)}), "trop grosse"),
    "way up": (lambda whole: raw({"../donnees/demarche.json": b"{}"}), "sortent de son dossier"),
    "absolute": (
        lambda whole: raw({"/etc/passwd": b"", "donnees/demarche.json": b"{}"}),
        "sortent de son dossier",
    ),
    "other method": (
        lambda whole: raw({"donnees/demarche.json": b"{}"}, zipfile.ZIP_LZMA),
        "comprimée d’une façon",
    ),
}


@pytest.mark.parametrize("case", ARCHIVES)
def test_a_file_that_is_no_such_archive_is_refused(
    there: tuple[Organisation, User], sent: Files, case: str
) -> None:
    spoil, why = ARCHIVES[case]
    refused(there, spoil(zipped(sent)), why)


def test_a_bomb_is_refused_before_it_is_opened(there: tuple[Organisation, User]) -> None:
    zeros = b" " * 30_000_000
    names = [f"donnees/{name}.json" for name in PLACES] + ["a", "b"]
    refused(there, raw(dict.fromkeys(names, zeros)), "trop grosse une fois ouverte")


def test_two_files_of_one_name_are_refused(there: tuple[Organisation, User]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("donnees/demarche.json", b"{}")
        with pytest.warns(UserWarning, match="Duplicate name"):
            made.writestr("donnees/demarche.json", b"{}")
    refused(there, out.getvalue(), "portent le même nom")


def test_an_archive_zipped_anew_in_a_folder_is_read(there: tuple[Organisation, User], sent: Files) -> None:
    assert send(there, zipped(sent, "mon dossier/donnees/", **{"__MACOSX/x": b""})).engagement.title


SPOILT: dict[str, tuple[Callable[[Files], Any], str]] = {
    "newer version": (lambda f: f["demarche"].update(version=3), "version plus récente"),
    "other format": (lambda f: f["demarche"].update(format="autre"), "n’est pas celui d’une démarche"),
    "no title": (lambda f: f["demarche"].update(title=" "), "ce texte manque"),
    "key missing": (lambda f: f["demarche"].pop("edition"), "ce nom manque"),
    "key added": (lambda f: f["demarche"].update(secret=1), "pas attendu ici"),
    "number as text": (lambda f: f["demarche"].update(edition="1"), "forme attendue"),
    "far away date": (lambda f: f["demarche"].update(opened_at="9999-12-31T23:59:59+00:00"), "année entre"),
    "no step nine": (lambda f: f["etapes"]["steps"][0].update(number=9), "etapes.json, steps, 1, number"),
    "step twice": (lambda f: f["etapes"]["steps"][0].update(number=2), "l’étape 2 y est deux fois"),
    "skipped in silence": (lambda f: f["etapes"]["steps"][5].update(why_skipped=""), "sans dire pourquoi"),
    "item twice": (lambda f: items(f)[1].update(key=items(f)[0]["key"]), "nomme deux éléments"),
    "orphan": (lambda f: of(f, "reading").update(parent="indicator-9"), "dont il dépend"),
    "parent of another kind": (lambda f: of(f, "reading").update(parent="activity-1"), "dont il dépend"),
    "unknown reference": (lambda f: put(f, "lever", "activities", ["activity-99"]), "qu’il cite"),
    "bad date": (lambda f: put(f, "action", "due", "2027-02-30"), "Échéance.*date qui existe"),
    "too long": (lambda f: put(f, "action", "title", "a" * 161), "trop long"),
    "object for a text": (lambda f: put(f, "action", "notes", {"a": 1}), "forme attendue"),
    "shares of 90": (lambda f: put(f, "target", "balance", [30, 30, 30]), "faire 100"),
    "field twice": (
        lambda f: of(f, "action")["fields"].append(of(f, "action")["fields"][0]),
        "y est deux fois",
    ),
    "two notes": (lambda f: items(f).append({**of(f, "note"), "key": "note-2"}), "1 au plus"),
    "comment on nothing": (
        lambda f: f["commentaires"]["comments"][0].update(item="activity-99"),
        "commentaire 1",
    ),
    "replaces nothing": (lambda f: f["decisions"]["decisions"][1].update(replaces="decision-9"), "remplace"),
    "no dots": (lambda f: f["ateliers"]["workshops"][0].update(dots=0), "ateliers.json"),
}


def items(files: Files) -> list[Any]:
    found: list[Any] = files["elements"]["items"]
    return found


def of(files: Files, kind: str) -> Any:
    return next(one for one in items(files) if one["kind"] == kind)


def put(files: Files, kind: str, code: str, value: Any) -> None:
    field = {"code": code, "label": code, "value": value, "said": ""}
    item = of(files, kind)
    item["fields"] = [one for one in item["fields"] if one["code"] != code] + [field]


@pytest.mark.parametrize("case", SPOILT)
def test_data_that_cannot_be_kept_is_refused_whole(
    there: tuple[Organisation, User], sent: Files, case: str
) -> None:
    spoil, why = SPOILT[case]
    spoil(sent)
    refused(there, zipped(sent), f"(?i){why}")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b'{"format": "x", "format": "y"}', "deux fois au même endroit"),
        (b"[]", "forme attendue"),
        (b'{"a": NaN}', "ne se lit pas"),
        (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "ne se lit pas"),
        (b'{"a": ' + b"9" * 5000 + b"}", "ne se lit pas"),
        (b"\xff\xfe{}", "ne se lit pas"),
    ],
)
def test_json_that_programs_read_differently_is_refused(
    there: tuple[Organisation, User], sent: Files, content: bytes, why: str
) -> None:
    parts = {f"donnees/{name}.json": json.dumps(one).encode() for name, one in sent.items()}
    refused(there, raw({**parts, "donnees/demarche.json": content}), why)


def test_hidden_characters_do_not_reach_the_database(there: tuple[Organisation, User], sent: Files) -> None:
    sent["demarche"]["title"] = "Un\u0000 titre"
    put(sent, "action", "title", "Signer\u0000\u0007")
    engagement = send(there, zipped(sent)).engagement
    assert engagement.title == "Un titre"
    assert "Signer" in [thing.title for thing in reading.read(fresh(engagement)).things()]


# --- a newer platform --------------------------------------------------------------------------------------------
def unknown_parts(files: Files) -> None:
    items(files).append({**of(files, "review"), "key": "dream-1", "kind": "dream", "title": "Un rêve"})
    put(files, "action", "colour", "rouge")
    put(files, "lever", "pillar", "cinquieme")


def test_parts_unknown_here_are_told_and_left_out_only_when_asked(
    there: tuple[Organisation, User], sent: Files
) -> None:
    unknown_parts(sent)
    with pytest.raises(Lossy, match=r"3.parties") as refusal:
        send(there, zipped(sent))
    for part in ("Un rêve", "colour", "cinquieme"):
        assert part in str(refusal.value)
    assert not Engagement.objects.filter(organisation=there[0]).exists()

    done = send(there, zipped(sent), partly=True)
    assert any("Non repris" in remark and "Un rêve" in remark for remark in done.remarks)
    assert not done.engagement.items.filter(kind="dream").exists()


# --- whose -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", ["staff", "board"])
def test_only_who_runs_the_association_imports(
    there: tuple[Organisation, User], sent: Files, role: str
) -> None:
    organisation, _ = there
    with pytest.raises(NotYours):
        send((organisation, member(organisation, role)), zipped(sent))
    assert not Engagement.objects.filter(organisation=organisation).exists()


def test_a_fault_half_way_leaves_nothing(
    there: tuple[Organisation, User], sent: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("half way")

    monkeypatch.setattr("apps.methodology.dossier.writing.write_workshop", fail)
    with pytest.raises(RuntimeError):
        send(there, zipped(sent))
    assert not Engagement.objects.filter(organisation=there[0]).exists()
