"""The paper: one page, PDF/UA-1, whatever the name; its QR code read by a machine."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import Any

import page
import pypdf
import pytest

from apps.core.figures import qr
from apps.core.pdf import render_pdf
from apps.course.attestations import pdf, services
from apps.course.models import Attestation
from apps.documents import rendering
from apps.documents.models import Document
from tests.course.attestations.conftest import Holder
from tests.diagnostic.report_files import squeezed

pytestmark = pytest.mark.django_db
NAMES = [
    "Zoé",
    "Marie-Antoinette de La Rochefoucauld-Montbazon",
    "Jean-Baptiste Emmanuel Zorg-Featherstonehaugh de Saint-Barthélemy d’Anjou Wolfe",
    "W" * 80,
]


def printed(given: Attestation) -> tuple[bytes, pypdf.PdfReader]:
    content = render_pdf(pdf.html(given), at=given.issued_at).content
    return content, pypdf.PdfReader(io.BytesIO(content))


@pytest.mark.parametrize("name", NAMES, ids=["short", "long", "longest", "one word"])
def test_any_name_takes_one_page_that_conforms(given: Attestation, name: str) -> None:
    given.full_name = name
    content, read = printed(given)
    assert len(read.pages) == 1
    found = page.validate_pdf_bytes(content, profile="ua1")
    assert found.is_compliant, [f"{f.rule_id} {f.message}" for f in found.failures]
    text = squeezed(read.pages[0].extract_text())
    assert squeezed(name) in text
    assert "cen’estpasundiplôme" in text


def test_it_says_who_what_when_and_how_to_verify(given: Attestation) -> None:
    given.issued_at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    for place, step in enumerate(given.steps):
        step["done_on"] = f"2026-02-{20 + place}"
    _, read = printed(given)
    text = squeezed(read.pages[0].extract_text())
    for step in given.steps:
        assert squeezed(step["title"]).replace("«", "").split("»")[0][:10] in text.replace("«", "")
    assert "20février2026" in text
    assert "terminéle26février2026" in text
    assert "Délivréele1ermars2026" in text
    assert f"/attestations/{given.code}/" in text
    assert read.metadata.title == "Attestation de suivi du parcours, Claire Dupont"  # type: ignore[union-attr]


def test_the_same_attestation_gives_the_same_bytes(given: Attestation) -> None:
    assert printed(given)[0] == printed(given)[0]


def modules(svg: str) -> set[tuple[int, int]]:
    dark = set()
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", svg):
        dark |= {(int(x) + step, int(y)) for step in range(int(width))}
    return dark


def test_the_code_drawn_is_that_of_the_address() -> None:
    import qrcode

    address = "https://trajectoires.example/attestations/ABCD-EFGH-JKLM-NPQR/"
    expected = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    expected.add_data(address)
    matrix = expected.get_matrix()
    drawn = qr.draw(address, "Code")
    assert drawn.width == len(matrix)
    dark = {(x, y) for y, row in enumerate(matrix) for x, is_dark in enumerate(row) if is_dark}
    assert modules(str(drawn.inline())) == dark
    assert min(x for x, _ in dark) == 4


def test_a_worker_makes_it_and_its_owner_alone_takes_it(
    claire: Holder, given: Attestation, visitor: Any, client_of: Any
) -> None:
    document = Document.objects.get(kind=pdf.KIND)
    assert rendering.render_document(document.pk)
    document.refresh_from_db()
    assert (document.state, document.pages) == ("ready", 1)
    address = f"/documents/{document.pk}/telecharger/"
    answer = claire.client.get(address)
    assert b"".join(answer.streaming_content).startswith(b"%PDF-1.7")
    assert visitor.get(address).status_code == 302
    from tests.factories import UserFactory

    assert client_of(UserFactory.create()).get(address).status_code == 404


def test_a_void_paper_is_not_printed(given: Attestation) -> None:
    services.revoke(attestation=given, reason="Motif.", erase=False)
    with pytest.raises(Attestation.DoesNotExist):
        pdf.build(given.pk)
