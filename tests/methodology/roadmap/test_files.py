"""The roadmap and the pitch as files: asked for by a button, accessible, a pitch that stays on one page."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import page as pdf_rules
import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from apps.core.pdf import render_pdf
from apps.documents import files, rendering
from apps.documents.models import Document
from apps.methodology.enums import SeatRole
from apps.methodology.models import Field, Item, Seat
from apps.methodology.roadmap import paper, papers, pitch
from apps.methodology.services.items import single_key
from apps.methodology.tools.follow_up import PITCH
from tests.diagnostic.report_files import squeezed
from tests.methodology.roadmap.support import client, item, words
from tests.methodology.support import engagement_of, seat_in

pytestmark = pytest.mark.django_db
PILLARS = ("human", "financial", "alliances", "")


def in_days(n: int) -> str:
    return (timezone.localdate() + timedelta(days=n)).isoformat()


def a_roadmap(seat: Seat, size: int) -> None:
    for n in range(size):
        item(
            seat,
            "action",
            title=f"Action {n} pour tenir le cap, avec un titre qui prend de la place",
            starts=in_days(n * 5 - 20),
            due=in_days(n * 5 + 30),
            pillar=PILLARS[n % 4],
            cost=str(100 * n),
            owner=str(seat.pk),
            indicator="Le bail est signé par les deux parties",
        )


def a_pitch(seat: Seat, fill: Any) -> None:
    """``fill(most)``: the text of a field."""
    row = Item.objects.create(
        pk=single_key(seat.engagement_id, "pitch"), engagement=seat.engagement, kind="pitch"
    )
    Field.objects.bulk_create(Field(item=row, code=spec.code, value=fill(spec.most)) for spec in PITCH.fields)


def aims(seat: Seat) -> None:
    row = Item.objects.create(
        pk=single_key(seat.engagement_id, "target"), engagement=seat.engagement, kind="target"
    )
    Field.objects.create(item=row, code="balance", value=[50, 30, 20])


def reader(content: bytes) -> pypdf.PdfReader:
    found = pdf_rules.validate_pdf_bytes(content, profile="ua1")
    assert found.is_compliant, [f"{f.rule_id} {f.message}" for f in found.failures]
    return pypdf.PdfReader(io.BytesIO(content))


def text_of(pdf: pypdf.PdfReader) -> str:
    return squeezed("".join(page.extract_text() for page in pdf.pages))


@pytest.mark.parametrize(("years", "size"), [(1, 0), (1, 12), (3, 12), (3, 200)])
def test_the_roadmap_conforms_lies_on_its_side_and_says_each_action(
    lead: Seat, years: int, size: int
) -> None:
    a_roadmap(lead, size)
    source = paper.build(lead.engagement_id, years)
    pdf = reader(render_pdf(source.html, at=source.at).content)
    box = pdf.pages[0].mediabox
    assert box.width > box.height
    text = text_of(pdf)
    assert text.count("titrequiprenddelaplace") == size
    assert "Chloé" in text or not size
    assert len(pdf.pages) <= 3 + size // 8


def test_a_circle_is_told_on_paper_too(lead: Seat) -> None:
    one = item(lead, "action", title="Louer", due=in_days(9))
    item(lead, "action", title="Bâtir", due=in_days(9), after=[str(one.pk)])
    Field.objects.create(item=one, code="after", value=[str(Item.objects.get(fields__value="Bâtir").pk)])
    source = paper.build(lead.engagement_id, 1)
    assert "aucunenepeutcommencer" in text_of(reader(render_pdf(source.html, at=source.at).content))


FILLS: dict[str, Callable[[int], str]] = {
    "words": lambda most: ("Une phrase de longueur ordinaire. " * 20)[:most],
    "wide": lambda most: "W" * most,
    "lines": lambda most: ("a\n" * most)[:most].strip(),
    "spaced": lambda most: ("W " * most)[:most].strip(),
}


@pytest.mark.parametrize("fill", list(FILLS))
@pytest.mark.parametrize("with_target", [True, False])
def test_the_pitch_is_one_page_at_its_greatest_length(lead: Seat, fill: str, with_target: bool) -> None:
    lead.engagement.title = "W" * 160
    lead.engagement.save()
    lead.engagement.organisation.name = "Association " + "W" * 120
    lead.engagement.organisation.save()
    a_pitch(lead, FILLS[fill])
    if with_target:
        aims(lead)
    source = pitch.build(lead.engagement_id)
    pdf = reader(render_pdf(source.html, at=source.at).content)
    assert len(pdf.pages) == 1
    if fill == "words":
        text = text_of(pdf)
        for spec in PITCH.fields:
            assert squeezed(FILLS[fill](spec.most)) in text, spec.code


def test_a_short_pitch_is_written_large_with_its_colours_and_its_triangle(lead: Seat) -> None:
    a_pitch(lead, lambda most: "Peu de mots <b>.")
    aims(lead)
    source = pitch.build(lead.engagement_id)
    assert 'class="pitch huge"' in source.html
    assert "&lt;b&gt;" in source.html
    for code in ("human", "financial", "alliances"):
        assert f'<section class="{code}">' in source.html
    assert "Les trois appuis" in source.html
    text = text_of(reader(render_pdf(source.html, at=source.at).content))
    assert "L’équilibrequenousvisons" in text
    assert "50" in source.html or "Triangle" in source.html


# Asking for a file


def address(seat: Seat, name: str = "roadmap_file") -> str:
    return reverse(f"method:{name}", args=[seat.engagement_id, *([1] if name == "roadmap_file" else [])])


@pytest.mark.parametrize("name", ["roadmap_file", "pitch_file"])
def test_reading_asks_for_nothing_and_the_button_asks_once(lead: Seat, name: str) -> None:
    path, person = address(lead, name), client(lead)
    assert "Préparer le PDF" in words(person.get(path))
    assert not Document.objects.exists()
    for _ in range(2):
        assert person.post(path)["Location"] == path
    document = Document.objects.get()
    assert (document.subject_id, document.is_public) == (lead.engagement_id, False)
    assert person.get(path).status_code == 202
    assert rendering.render_document(document.pk)
    ready = person.get(path)
    assert (ready.status_code, ready["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in ready["Cache-Control"]
    document.refresh_from_db()
    files.delete(str(document.file.name))
    assert "n’est plus dans notre stockage" in words(person.get(path))


def test_what_changed_is_another_file_and_the_old_one_goes(lead: Seat) -> None:
    path, person = address(lead), client(lead)
    person.post(path)
    first = Document.objects.get()
    rendering.render_document(first.pk)
    item(lead, "action", title="Louer", due=in_days(9))
    assert "Préparer le PDF" in words(person.get(path))
    person.post(path)
    assert Document.objects.get().pk != first.pk


def test_a_file_is_for_those_who_read_the_demarche_now(lead: Seat) -> None:
    board, watcher = (seat_in(lead.engagement, role) for role in (SeatRole.BOARD, SeatRole.OBSERVER))
    outside = seat_in(lead.engagement, SeatRole.MEMBER, outside=True)
    stranger = seat_in(engagement_of())
    client(lead).post(address(lead))
    document = Document.objects.get()
    rendering.render_document(document.pk)
    download = reverse("documents:download", args=[document.pk])
    for seat, status in ((lead, 200), (board, 200), (outside, 200), (watcher, 404), (stranger, 404)):
        assert client(seat).get(download).status_code == status
    Seat.objects.filter(pk=board.pk).update(left_at=timezone.now())
    assert client(board).get(download).status_code == 404


def test_each_kind_is_registered() -> None:
    from apps.documents import registry

    for kind in (*papers.ROADMAPS.values(), papers.PITCH):
        assert registry.builder(kind) is not None
        assert kind in registry.ruled()
