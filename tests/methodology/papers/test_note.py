"""The framing note: from a model to a signed and sealed file."""

from __future__ import annotations

import io
from typing import Any

import page
import pytest
from django.urls import reverse
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from apps.core.pdf import render_pdf
from apps.documents.models import Document
from apps.methodology.enums import SeatRole
from apps.methodology.models import Field, Seat, Signature, SignedNote
from apps.methodology.papers import note
from apps.methodology.papers.seal import seal, signer
from apps.methodology.papers.template import STARTERS
from tests.methodology.bench.test_saving import client, save
from tests.methodology.bench.test_saving import note as note_key
from tests.methodology.support import engagement_of, seat_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Seat:
    return seat_in(engagement_of(), full_name="Maya Roux")


@pytest.fixture
def board(lead: Seat) -> Seat:
    return seat_in(lead.engagement, SeatRole.BOARD, full_name="Odile Martin")


def post(seat: Seat, address: str, *arguments: Any, **data: str) -> Any:
    return client(seat).post(reverse(f"method:{address}", args=[seat.engagement_id, *arguments]), data)


def put(seat: Seat) -> SignedNote:
    save(seat, note_key(seat), "question", "Comment durer ?")
    save(seat, note_key(seat), "mandate", "Le CA demande une feuille de route.")
    assert post(seat, "note_put").status_code == 302
    return SignedNote.objects.get()


def test_the_model_fills_what_is_empty_and_only_that(lead: Seat) -> None:
    save(lead, note_key(lead), "mandate", "Le nôtre")
    post(lead, "note_start")
    texts = dict(Field.objects.values_list("code", "value"))
    assert texts["mandate"] == "Le nôtre"
    assert texts == {**STARTERS, "mandate": "Le nôtre"}
    written = Field.objects.count()
    post(lead, "note_start")
    assert Field.objects.count() == written
    assert set(Field.objects.values_list("version", flat=True)) == {1}


def test_an_empty_note_is_not_put_to_signature(lead: Seat) -> None:
    answer = client(lead).post(reverse("method:note_put", args=[lead.engagement_id]), follow=True)
    assert "La note est encore vide" in answer.content.decode().replace("\u00a0", " ")
    assert not SignedNote.objects.exists()


def test_only_a_lead_puts_the_note_to_signature(lead: Seat, board: Seat) -> None:
    member = seat_in(lead.engagement, SeatRole.MEMBER)
    assert post(member, "note_put").status_code == 403
    assert post(board, "note_put").status_code == 403


def test_a_frozen_text_does_not_follow_the_note(lead: Seat, board: Seat) -> None:
    frozen = put(lead)
    save(lead, note_key(lead), "mandate", "Autre chose", base=1)
    frozen.refresh_from_db()
    assert [
        "Le mandat donné par le conseil d’administration",
        "Le CA demande une feuille de route.",
    ] in frozen.lines
    shown = client(board).get(reverse("method:signing", args=[lead.engagement_id])).content.decode()
    assert "La note a été modifiée depuis" in shown
    assert "Autre chose" not in shown


def test_the_same_text_is_put_once(lead: Seat) -> None:
    put(lead)
    put(lead)
    assert SignedNote.objects.count() == 1


def test_a_text_that_comes_back_is_put_again_and_can_be_signed(lead: Seat, board: Seat) -> None:
    put(lead)
    save(lead, note_key(lead), "mandate", "Deux", base=1)
    post(lead, "note_put")
    save(lead, note_key(lead), "mandate", "Le CA demande une feuille de route.", base=2)
    post(lead, "note_put")
    last = SignedNote.objects.first()
    assert last
    assert last.number == 3
    post(board, "note_sign", last.pk, name="Odile", quality="Présidente", agrees="on")
    assert Signature.objects.get().note == last


def test_a_person_signs_once_with_her_name_and_quality(lead: Seat, board: Seat) -> None:
    frozen = put(lead)
    for _ in range(2):
        answer = post(board, "note_sign", frozen.pk, name="Odile Martin", quality="Présidente", agrees="on")
        assert answer.status_code == 302
    signature = Signature.objects.get()
    assert (signature.name, signature.quality, signature.seat) == ("Odile Martin", "Présidente", board)


def test_a_signature_without_agreement_is_not_one(lead: Seat, board: Seat) -> None:
    frozen = put(lead)
    answer = post(board, "note_sign", frozen.pk, name="Odile", quality="Présidente")
    assert answer.status_code == 422
    assert "Cochez cette case" in answer.content.decode()
    assert 'value="Présidente"' in answer.content.decode()
    assert not Signature.objects.exists()


def test_a_replaced_text_is_not_signed_any_more(lead: Seat, board: Seat) -> None:
    first = put(lead)
    save(lead, note_key(lead), "mandate", "Deux", base=1)
    post(lead, "note_put")
    post(board, "note_sign", first.pk, name="Odile", quality="Présidente", agrees="on")
    assert not Signature.objects.exists()


def test_each_signature_gives_another_file_and_the_same_state_the_same_one(lead: Seat, board: Seat) -> None:
    frozen = put(lead)
    for _ in range(2):
        post(lead, "note_file", frozen.pk)
    assert Document.objects.count() == 1
    post(board, "note_sign", frozen.pk, name="Odile Martin", quality="Présidente", agrees="on")
    post(board, "note_file", frozen.pk)
    assert Document.objects.count() == 2


def test_the_file_is_for_the_team_not_for_the_whole_association(lead: Seat, board: Seat) -> None:
    frozen = put(lead)
    post(lead, "note_file", frozen.pk)
    url = reverse("documents:status", args=[Document.objects.get().pk])
    other = seat_in(engagement_of(lead.engagement.organisation))  # same association, another démarche
    assert client(board).get(url).status_code == 200
    assert client(other).get(url).status_code == 404
    observer = seat_in(lead.engagement, SeatRole.OBSERVER)
    assert client(observer).get(url).status_code == 404


def sealed(note_row: SignedNote) -> bytes:
    source = note.build(note_row.pk)
    assert source.seal
    return source.seal(render_pdf(source.html, at=source.at).content)


def test_the_file_says_the_text_and_who_signed(lead: Seat, board: Seat) -> None:
    frozen = put(lead)
    post(board, "note_sign", frozen.pk, name="Odile Martin", quality="Présidente", agrees="on")
    content = sealed(frozen)
    text = " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(content)).pages).split())
    assert "Le CA demande une feuille de route." in text
    assert "Odile Martin" in text
    assert "Présidente" in text
    found = page.validate_pdf_bytes(content, profile="ua1")
    assert found.is_compliant, [f"{one.rule_id} {one.message}" for one in found.failures]


def test_the_seal_breaks_when_a_letter_changes(lead: Seat) -> None:
    content = sealed(put(lead))
    assert is_intact(content)
    place = content.index(b"/Producer")
    changed = content[:place] + b"/Produces" + content[place + 9 :]
    assert not is_intact(changed)


def is_intact(content: bytes) -> bool:
    reader = PdfFileReader(io.BytesIO(content))
    context = ValidationContext(trust_roots=[signer().signing_cert])
    return bool(validate_pdf_signature(reader.embedded_signatures[0], context).bottom_line)


def test_a_sealed_file_keeps_its_pages(lead: Seat) -> None:
    source = note.build(put(lead).pk)
    plain = render_pdf(source.html, at=source.at).content
    assert seal(plain).startswith(plain)


def test_a_long_note_stays_whole(lead: Seat) -> None:
    for field in ("team", "means", "success", "care", "outside", "perimeter"):
        save(lead, note_key(lead), field, "mot " * 990)
    text = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(sealed(put(lead)))).pages)
    assert text.split().count("mot") == 6 * 990
