"""The notes put to signature: they leave with their signatures, and come back as texts that nobody here signed."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args

import page
import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader

from apps.accounts.models import Organisation, User
from apps.core.pdf import render_pdf
from apps.methodology.dossier import archive, data, kinds, noting, reading, schema, sealed, sheets
from apps.methodology.dossier.contents import MEETING_COLUMNS, Contents
from apps.methodology.enums import SeatRole
from apps.methodology.errors import Refused
from apps.methodology.models import Engagement, Seat, SignedNote
from apps.methodology.papers import note as signing
from apps.methodology.services import papers as services
from tests.methodology.dossier import cases
from tests.methodology.dossier.journeys import Files, files_of, fresh, raw, refused, send, zipped
from tests.methodology.papers.test_note import is_intact
from tests.methodology.support import engagement_of, seat_in
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
There = tuple[Organisation, User]
ClientOf = Callable[[User], StrictClient]


def contents_of(engagement: Engagement) -> Contents:
    return reading.read(fresh(engagement))


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        return {name: made.read(name) for name in made.namelist()}


def words(pdf: bytes) -> str:
    text = " ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.replace("\u00a0", " ").split())


def is_sealed(pdf: bytes) -> bool:
    return bool(PdfFileReader(io.BytesIO(pdf)).embedded_signatures)


@pytest.fixture
def brought(there: There, sent: Files) -> Engagement:
    return send(there, zipped(sent)).engagement


# --- what leaves -------------------------------------------------------------------------------------------------
def test_notes_are_read_with_their_signatures_the_last_first() -> None:
    second, first = contents_of(cases.full()[0]).notes
    assert (first.number, first.put_by, first.came_at) == (1, "Chloé Chêne", None)
    assert first.lines[0] == (cases.QUESTION, "Comment tenir sans la subvention ?")
    assert first.meetings == (("Lancement", "12 mars 2027", "1. Cadrer", "Toute l’équipe", ""),)
    assert [(one.name, one.quality) for one in first.signatures] == [
        ("Ana Aubépine", "Présidente"),
        ("Chloé Chêne", cases.FORMULA),
    ]
    assert [one.name for one in second.signatures] == ["Une personne de l’équipe"]  # it was an address


def test_a_meeting_frozen_with_other_columns_still_reads() -> None:
    engagement = engagement_of()
    cases.put_note(engagement, 1, meetings=[["Lancement"], ["Un", "2", "3", "4", "5", "6"]])
    (note,) = contents_of(engagement).notes
    assert note.meetings == (("Lancement", "", "", "", ""), ("Un", "2", "3", "4", "5"))


def test_the_text_says_which_note_was_signed_by_whom_and_when() -> None:
    second, first = (noting.entry(note) for note in contents_of(cases.full()[0]).notes)
    assert first.title == "Version 1"
    assert first.kicker.replace("\u00a0", " ") == "présentée le 1er avril 2027 par Chloé Chêne, 2 signatures"
    grid = first.blocks[-1]
    assert next([cell.text for cell in row] for row in grid.rows) == [  # type: ignore[union-attr]
        "Ana Aubépine",
        "Présidente",
        "2\u00a0avril 2027",
    ]
    assert "Continuer." in repr(second)
    unsigned = engagement_of()
    cases.put_note(unsigned, 1)
    assert noting.NOBODY in repr(noting.entry(contents_of(unsigned).notes[0]))


def test_the_workbook_has_their_texts_and_their_signatures() -> None:
    contents = contents_of(cases.full()[0])
    texts, signatures = sheets.notes(contents), sheets.signatures(contents)
    assert texts.rows[0][0] == 2
    assert texts.rows[-1][-2:] == [
        "Rendez-vous",
        "Objet : Lancement\nDate : 12 mars 2027\nÉtape : 1. Cadrer\nQui vient : Toute l’équipe",
    ]
    assert [row[1] for row in signatures.rows] == ["Une personne de l’équipe", "Ana Aubépine", "Chloé Chêne"]
    assert {row[-1] for row in signatures.rows} == {"sur la plateforme"}
    assert f"'{cases.FORMULA}" in [sheets.clean(str(row[2])) for row in signatures.rows]


def test_a_network_that_follows_reads_none_of_them() -> None:
    assert reading.path(fresh(cases.full()[0])).notes == ()


# --- their files -------------------------------------------------------------------------------------------------
def test_the_archive_holds_the_sealed_file_of_each_note() -> None:
    parts = opened(archive.write(contents_of(cases.full()[0])))
    first, second = parts["notes/cadrage-v1.pdf"], parts["notes/cadrage-v2.pdf"]
    assert is_intact(first)
    assert is_intact(second)
    assert page.validate_pdf_bytes(first, profile="ua1").is_compliant
    for said in ("Ana Aubépine", "Présidente", "Comment tenir sans la subvention ?", "Lancement"):
        assert said in words(first)
    readme = parts["LISEZ-MOI.txt"].decode().replace("\u00a0", " ")
    assert "notes/cadrage-v1.pdf   du 1er avril 2027, avec le cachet de la plateforme" in readme
    assert "Le cachet montre" in readme
    assert "n’est pas ici" not in readme


def archived(contents: Contents, seconds: float = 0.0) -> tuple[sealed.NotePapers, str]:
    """The files of the notes once the archive has taken so long, and what its first page says."""
    made = sealed.papers(contents, began=100.0, clock=lambda: 100.0 + seconds)
    return made, archive.readme(contents, timezone.now(), True, made)


def test_only_the_last_five_have_a_file_and_the_archive_says_so() -> None:
    engagement = engagement_of()
    for number in range(1, 8):
        cases.put_note(engagement, number)
    made, readme = archived(contents_of(engagement))
    assert sorted(made.files) == [f"notes/cadrage-v{number}.pdf" for number in range(3, 8)]
    assert made.missing == (1, 2)
    assert "Le PDF des versions 1 et 2 n’est pas ici" in readme


def test_a_worker_short_of_time_makes_none_and_the_archive_says_so() -> None:
    contents = contents_of(cases.full()[0])
    made, readme = archived(contents, sealed.LAST_START)
    assert (made.files, made.missing) == ({}, (1, 2))
    assert "Le PDF des versions 1 et 2 n’est pas ici" in readme
    assert "Le cachet montre" not in readme


def test_a_note_longer_than_can_be_written_here_has_no_file() -> None:
    engagement = engagement_of()
    cases.put_note(engagement, 1, [[cases.QUESTION, "mot " * 30_000]])
    made, readme = archived(contents_of(engagement))
    assert (made.files, made.missing) == ({}, (1,))
    assert "Le PDF de la version 1 n’est pas ici" in readme
    short = contents_of(cases.full()[0]).notes[1]
    assert (
        sealed.weight(short)
        < sealed.LONGEST
        < sealed.weight(replace(short, signatures=short.signatures * 250))
    )


def test_a_démarche_without_a_note_speaks_of_none() -> None:
    made, readme = archived(contents_of(engagement_of()))
    assert made == sealed.NotePapers({}, ())
    assert "notes/" not in readme


# --- what comes back ---------------------------------------------------------------------------------------------
def test_notes_come_back_as_texts_marked_as_such(brought: Engagement) -> None:
    first = brought.notes.get(number=1)
    assert first.came_at
    assert timezone.now() - first.came_at < timedelta(minutes=5)
    assert (first.put_by, first.put_by_name) == (None, "Chloé Chêne")
    assert [(one.seat, one.name) for one in first.signatures.all()] == [
        (None, "Ana Aubépine"),
        (None, "Chloé Chêne"),
    ]
    assert first.digest == services.digest_of(first.lines, first.meetings)
    second, read = contents_of(brought).notes
    assert (read.put_by, second.put_by) == ("Chloé Chêne", "Une personne de l’équipe")
    assert "reprise d’une archive le" in noting.entry(read).kicker


def test_an_archive_cannot_say_that_its_signatures_were_gathered_here(there: There, sent: Files) -> None:
    for note in sent["notes"]["notes"]:
        note["came_at"] = None
        note["signatures"][0]["name"] = "Une présidente inventée"
    made = send(there, zipped(sent))
    assert all(note.came_at for note in made.engagement.notes.all())
    assert any("présentez la note de nouveau" in remark for remark in made.remarks)
    source = signing.build(made.engagement.notes.get(number=1).pk)
    assert source.seal is None


def test_the_file_of_such_a_note_says_where_it_comes_from_and_bears_no_seal(brought: Engagement) -> None:
    source = signing.build(brought.notes.get(number=1).pk)
    pdf = render_pdf(source.html, at=source.at).content
    assert page.validate_pdf_bytes(pdf, profile="ua1").is_compliant
    assert "Cette note est reprise d’une archive" in words(pdf)
    assert "signatures telles qu’elles y étaient écrites" in words(pdf)
    assert "enregistrée sur la plateforme" not in words(pdf)
    assert "joint à ce fichier" not in words(pdf)
    parts = opened(archive.write(contents_of(brought)))
    assert not is_sealed(parts["notes/cadrage-v1.pdf"])
    assert "du 1er avril 2027, sans cachet : reprise d’une archive" in parts[
        "LISEZ-MOI.txt"
    ].decode().replace("\u00a0", " ")
    assert "Le cachet montre" not in parts["LISEZ-MOI.txt"].decode()
    assert {row[-1] for row in sheets.signatures(contents_of(brought)).rows} == {"écrite dans une archive"}


def test_such_a_note_without_signatures_has_a_file_too(there: There, sent: Files) -> None:
    for note in sent["notes"]["notes"]:
        note["signatures"] = []
    made = send(there, zipped(sent)).engagement
    pdf = sealed.paper(contents_of(made), contents_of(made).notes[0])
    assert page.validate_pdf_bytes(pdf, profile="ua1").is_compliant
    assert "L’archive n’en portait aucune." in words(pdf)


# --- signing again -----------------------------------------------------------------------------------------------
def test_nobody_signs_what_an_archive_brought(brought: Engagement) -> None:
    last = brought.notes.first()
    assert last
    with pytest.raises(Refused, match="vient d’une archive"):
        services.sign(seat=brought.seats.get(), note=last, name="Ana", quality="Présidente")
    assert last.signatures.count() == 1


def test_the_same_text_put_again_is_another_version_which_people_sign(brought: Engagement) -> None:
    lead, last = brought.seats.get(), brought.notes.first()
    assert last

    def put() -> SignedNote:
        return services.put_to_signature(
            seat=lead,
            lines=last.lines,
            meetings=last.meetings,
            values={"question": "?", "mandate": "!"},
        )

    made = put()
    assert (made.number, made.digest, made.came_at, put()) == (3, last.digest, None, made)
    services.sign(seat=lead, note=made, name="Chloé", quality="Référente")
    parts = opened(archive.write(contents_of(brought)))
    assert is_intact(parts["notes/cadrage-v3.pdf"])
    assert not is_sealed(parts["notes/cadrage-v2.pdf"])


def screen(client_of: ClientOf, seat: Seat) -> str:
    assert seat.user
    answer = client_of(seat.user).get(reverse("method:signing", args=[seat.engagement_id]))
    return answer.content.decode().replace("\u00a0", " ")


def test_the_signing_screen_says_where_the_note_comes_from(client_of: ClientOf, brought: Engagement) -> None:
    lead, board = brought.seats.get(), seat_in(brought, SeatRole.BOARD)
    for seat in (lead, board):
        said = screen(client_of, seat)
        assert "Reprise d’une archive le" in said
        assert "signatures telles qu’elles y étaient écrites" in said
        assert "Signer ce texte" not in said
        assert "Cette version ne se signe pas ici." in said
        assert "La note a été modifiée depuis." not in said  # one thing to do, said once
        assert "Il ne porte pas le cachet" in said
    assert "Présenter de nouveau la note à la signature" in screen(client_of, lead)
    assert "Version 1, du 1er avril 2027, reprise d’une archive" in said


def test_a_forced_signature_is_refused_in_words(client_of: ClientOf, brought: Engagement) -> None:
    board = seat_in(brought, SeatRole.BOARD)
    last = brought.notes.first()
    assert last
    assert board.user
    answer = client_of(board.user).post(
        reverse("method:note_sign", args=[brought.pk, last.pk]),
        {"name": "Ana", "quality": "Présidente", "agrees": "on"},
        follow=True,
    )
    assert "Ce texte vient d’une archive" in answer.content.decode().replace("\u00a0", " ")
    assert last.signatures.count() == 1


def test_the_form_puts_the_same_text_again(client_of: ClientOf, brought: Engagement) -> None:
    lead = brought.seats.get()
    assert lead.user
    note = brought.items.get(kind="note")
    note.fields.create(code="mandate", value="Le bureau le demande.")
    for _ in range(2):
        client_of(lead.user).post(reverse("method:note_put", args=[brought.pk]))
    assert [one.number for one in brought.notes.all()] == [3, 2, 1]
    assert "Signer ce texte" in screen(client_of, lead)


# --- versions of the format, hostile values ----------------------------------------------------------------------
def test_an_archive_of_before_has_no_notes_and_is_read(there: There, sent: Files) -> None:
    sent["demarche"]["version"] = 1
    sent.pop("notes")
    made = send(there, zipped(sent))
    assert not made.engagement.notes.exists()
    assert not any("signature" in remark for remark in made.remarks)


def test_an_archive_of_today_without_its_notes_is_refused(there: There, sent: Files) -> None:
    sent.pop("notes")
    refused(there, zipped(sent), "Il manque à cette archive le fichier donnees/notes.json")


def test_the_schema_reads_what_is_written_today() -> None:
    assert data.VERSION in get_args(schema.Heading.model_fields["version"].annotation)
    assert list(schema.NoteMeeting.model_fields) == [code for code, _ in MEETING_COLUMNS]


def first(files: Files) -> Any:
    return files["notes"]["notes"][0]


SPOILT: dict[str, tuple[Callable[[Files], Any], str]] = {
    "number twice": (lambda f: first(f).update(number=2), "la version 2 de la note y est deux fois"),
    "number zero": (lambda f: first(f).update(number=0), "notes, 1, number"),
    "number too high": (lambda f: first(f).update(number=10_000), "notes, 1, number"),
    "number as text": (lambda f: first(f).update(number="1"), "forme attendue"),
    "number as truth": (lambda f: first(f).update(number=True), "forme attendue"),
    "no text": (lambda f: first(f).update(lines=[]), "il en manque"),
    "empty line": (lambda f: first(f)["lines"][0].update(text=" \u0000"), "ce texte manque"),
    "line as a list": (lambda f: first(f)["lines"].append(["Mandat", "Oui"]), "forme attendue"),
    "long line": (lambda f: first(f)["lines"][0].update(text="a" * 6001), "trop long"),
    "many lines": (lambda f: first(f).update(lines=first(f)["lines"] * 30), "il y en a trop"),
    "many meetings": (lambda f: first(f).update(meetings=first(f)["meetings"] * 101), "il y en a trop"),
    "meeting short of a word": (lambda f: first(f)["meetings"][0].pop("who"), "ce nom manque"),
    "nobody signed": (lambda f: first(f)["signatures"][0].update(name=""), "ce texte manque"),
    "signed as nothing": (lambda f: first(f)["signatures"][0].update(quality="\n"), "ce texte manque"),
    "long name": (lambda f: first(f)["signatures"][0].update(name="a" * 121), "trop long"),
    "signed by a seat": (lambda f: first(f)["signatures"][0].update(seat=1), "pas attendu ici"),
    "signed without a date": (lambda f: first(f)["signatures"][0].update(at=None), "signatures, 1, at"),
    "signed far away": (lambda f: first(f)["signatures"][0].update(at="0001-01-01T00:00:00Z"), "année entre"),
    "many signatures": (lambda f: first(f).update(signatures=first(f)["signatures"] * 300), "il y en a trop"),
    "a digest of its own": (lambda f: first(f).update(digest="d" * 64), "pas attendu ici"),
    "no zone": (lambda f: first(f).update(put_at="2027-04-02T09:00:00"), "put_at"),
    "came some day": (lambda f: first(f).update(came_at="hier"), "came_at"),
    "many notes": (lambda f: f["notes"].update(notes=f["notes"]["notes"] * 300), "il y en a trop"),
    "a list": (lambda f: f.update(notes=[]), "n’a pas la forme attendue"),
}


@pytest.mark.parametrize("case", SPOILT)
def test_notes_that_cannot_be_kept_are_refused_with_the_whole(there: There, sent: Files, case: str) -> None:
    spoil, why = SPOILT[case]
    spoil(sent)
    refused(there, zipped(sent), why)


@pytest.mark.parametrize("version", [1, 2])
def test_notes_that_programs_read_differently_are_refused(there: There, sent: Files, version: int) -> None:
    sent["demarche"]["version"] = version
    parts = {f"donnees/{name}.json": json.dumps(one).encode() for name, one in sent.items()}
    twice = b'{"notes": [], "notes": []}'
    refused(there, raw({**parts, "donnees/notes.json": twice}), "deux fois au même endroit")


def test_strange_words_stay_words(there: There, sent: Files, client_of: ClientOf) -> None:
    last = sent["notes"]["notes"][1]
    last["lines"][0]["text"] = "<script>alert(1)</script>\u0000"
    last["signatures"][0]["name"] = "<b>Ana</b>\u0007"
    made = send(there, zipped(sent)).engagement
    said = screen(client_of, made.seats.get())
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in said
    assert "&lt;b&gt;Ana&lt;/b&gt;" in said
    note = contents_of(made).notes[0]
    assert note.signatures[0].name == "<b>Ana</b>"
    assert "<script>alert(1)</script>" in words(sealed.paper(contents_of(made), note))


def test_the_first_export_and_the_next_are_the_same_archive(brought: Engagement) -> None:
    first_time, next_time = files_of(brought), files_of(brought)
    for files in (first_time, next_time):
        files["demarche"].pop("exported_at")
    assert first_time == next_time


def test_files_of_before_are_made_anew() -> None:
    assert (kinds.VERSION, signing.VERSION) == ("dossier-4", "framing-note-2")
