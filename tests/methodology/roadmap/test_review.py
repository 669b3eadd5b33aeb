"""The yearly review as a file: what it says as of its day, whom it is for, its size."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.core.pdf import render_pdf
from apps.documents import registry, rendering
from apps.documents.models import Document
from apps.methodology.enums import SeatRole
from apps.methodology.models import Item, Seat
from apps.methodology.roadmap import looked_at, papers, reading, review
from apps.methodology.tools.follow_up import REVIEW
from tests.diagnostic.report_files import squeezed
from tests.methodology.roadmap.support import client, item, plainly, words
from tests.methodology.roadmap.test_files import aims, reader, text_of
from tests.methodology.support import engagement_of, seat_in
from tests.support.effort import effort

pytestmark = pytest.mark.django_db


def day(n: int) -> str:
    return (timezone.localdate() + timedelta(days=n)).isoformat()


def address(seat: Seat, row: Item) -> str:
    return reverse("method:review_file", args=[seat.engagement_id, row.pk])


def a_year(seat: Seat) -> Item:
    """A review of ten days ago, and what it looks at."""
    heard = item(
        seat,
        "indicator",
        title="Heures de bénévolat",
        unit="heures",
        pillar="human",
        start="0",
        start_on=day(-410),
        goal="120",
        goal_on=day(390),
    )
    item(seat, "reading", heard, date=day(-400), actual="3", comment="Avant cette année")
    item(seat, "reading", heard, date=day(-30), planned="60", actual="48", comment="La rentrée a été calme")
    item(seat, "reading", heard, date=day(-2), planned="70", actual="99", comment="Après la revue")
    item(seat, "action", title="Louer la salle", due=day(-50), done_on=day(-40), owner=str(seat.pk))
    item(seat, "action", title="Signer vite", due=day(-20), progress="done", done_on=day(-5))
    item(seat, "action", title="Vieille affaire", due=day(-800), progress="done", done_on=day(-700))
    item(seat, "action", title="Recruter", due=day(100), progress="doing")
    item(seat, "action", title="Oubliée", progress="dropped")
    return item(
        seat,
        "review",
        date=day(-10),
        who="Le CA et l’équipe",
        changed="Une loi <nouvelle>",
        worked="Le samedi\nouvert",
        stuck="Le loyer",
        decided="Garder le samedi",
        next_on=day(355),
    )


def paper_of(seat: Seat, row: Item) -> review.Paper:
    sheet = reading.for_paper(seat.engagement, review.kinds())
    found = review.row_of(sheet, row.pk)
    assert found
    return review.of_sheet(sheet, found)


# What it says


def test_the_paper_says_everything_as_of_its_day(lead: Seat) -> None:
    row = a_year(lead)
    aims(lead)
    source = review.build(row.pk)
    pdf = reader(render_pdf(source.html, at=source.at).content)
    box = pdf.pages[0].mediabox
    assert box.height > box.width
    text = text_of(pdf)
    for said in (
        "Une loi <nouvelle>",
        "Le samedi",
        "Le loyer",
        "Garder le samedi",
        "Le CA et l’équipe",
        *(field.label for field in REVIEW.fields if field.code in ("changed", "worked", "stuck", "decided")),
        "48 heures, 12 de moins que prévu",
        "La rentrée a été calme",
        "Louer la salle, faite le",
        "Chloé Chêne",
        "Recruter, pour le",
        "richesses humaines 50 %".capitalize(),
        "Prénom et nom",
    ):
        assert squeezed(plainly(said)) in squeezed(plainly(text)), said
    # The association’s own name carries a number.
    bare = text.replace(squeezed(plainly(lead.engagement.organisation.name)), "")
    for hidden in ("Après la revue", "Avant cette année", "Vieille affaire", "Oubliée", "99"):
        assert squeezed(hidden) not in bare, hidden
    assert text.count("Prénometnom") == 1
    assert source.html.count('<tr class="tall">') == 3


def test_what_was_done_since_was_late_that_day(lead: Seat) -> None:
    row = a_year(lead)
    done, late, coming = paper_of(lead, row).groups
    assert [title for title, _ in done.lines] == ["Louer la salle"]
    assert plainly(done.left) == "1 action faite avant."
    assert [title for title, _ in late.lines] == ["Signer vite"]
    assert late.lines[0][1].startswith("due le")
    assert [title for title, _ in coming.lines] == ["Recruter"]
    assert "en cours, sans responsable" in coming.lines[0][1]
    assert plainly(coming.left) == "1 action abandonnée."


def test_an_indicator_stands_beside_what_was_planned_that_day(lead: Seat) -> None:
    (one,) = paper_of(lead, a_year(lead)).measures
    # On the line from 60, thirty days ago, to 70, two days ago.
    assert plainly(one.planned).endswith(": 67,1 heures.")
    assert [plainly(cell) for cell in one.rows[0][1:]] == [
        "60 heures",
        "48 heures",
        "−12",
        "La rentrée a été calme",
    ]
    assert len(one.rows) == 1
    assert one.figure
    assert "99" not in one.figure.inline()


def test_a_review_ahead_looks_at_actions_today(lead: Seat) -> None:
    item(lead, "action", title="Bientôt", due=day(5))
    found = paper_of(lead, item(lead, "review", date=day(20)))
    assert found.at == timezone.localdate()
    assert [group.name for group in found.groups if group.lines] == ["À venir"]


def test_a_leap_day_has_a_year_before() -> None:
    assert looked_at.year_before(date(2028, 2, 29)) == date(2027, 2, 28)
    assert looked_at.year_before(date(2027, 3, 1)) == date(2026, 3, 1)


# Asking for it


def test_what_is_missing_is_said_and_the_rest_can_be_made(lead: Seat) -> None:
    row = item(lead, "review", date=day(3))
    text = words(client(lead).get(address(lead, row)))
    assert "aura sa place en blanc" in text
    assert "Ce qui a marché" in text
    assert "Date de la revue" not in text
    source = review.build(row.pk)
    assert text_of(reader(render_pdf(source.html, at=source.at).content)).count("Àécrire") == 4


def test_an_empty_one_says_all_that_is_missing_and_makes_no_file(lead: Seat) -> None:
    row, person = item(lead, "review"), client(lead)
    page = person.get(address(lead, row))
    assert page.status_code == 200
    for field in REVIEW.fields:
        assert field.label in words(page)
    assert "Préparer le PDF" not in words(page)
    assert person.post(address(lead, row))["Location"] == address(lead, row)
    assert not Document.objects.exists()


def test_reading_asks_for_nothing_and_the_button_asks_once(lead: Seat) -> None:
    one, other, person = a_year(lead), item(lead, "review", date=day(-400)), client(lead)
    path = address(lead, one)
    assert "Préparer le PDF" in words(person.get(path))
    assert not Document.objects.exists()
    for _ in range(2):
        assert person.post(path)["Location"] == path
    document = Document.objects.get()
    assert (document.subject_id, document.kind, document.is_public) == (one.pk, papers.REVIEW, False)
    assert document.filename.startswith(f"revue-{day(-10)}-")
    assert person.get(path).status_code == 202
    assert rendering.render_document(document.pk)
    ready = person.get(path)
    assert (ready.status_code, ready["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in ready["Cache-Control"]
    # The other review has its own file, and leaves this one.
    person.post(address(lead, other))
    assert set(Document.objects.values_list("subject_id", flat=True)) == {one.pk, other.pk}


def test_what_changed_is_another_file_and_the_old_one_goes(lead: Seat) -> None:
    row, person = a_year(lead), client(lead)
    person.post(address(lead, row))
    first = Document.objects.get()
    item(lead, "action", title="Encore une", due=day(9))
    assert "Préparer le PDF" in words(person.get(address(lead, row)))
    person.post(address(lead, row))
    assert Document.objects.get().pk != first.pk


# Whom it is for


def test_readers_read_and_the_others_do_not(lead: Seat) -> None:
    row = a_year(lead)
    board, watcher = (seat_in(lead.engagement, role) for role in (SeatRole.BOARD, SeatRole.OBSERVER))
    outside, stranger = seat_in(lead.engagement, SeatRole.MEMBER, outside=True), seat_in(engagement_of())
    client(lead).post(address(lead, row))
    document = Document.objects.get()
    rendering.render_document(document.pk)
    download = reverse("documents:download", args=[document.pk])
    for seat, screen, file in (
        (lead, 200, 200),
        (board, 200, 200),
        (outside, 200, 200),
        (watcher, 403, 404),
        (stranger, 404, 404),
    ):
        assert client(seat).get(address(lead, row)).status_code == screen
        assert client(seat).get(download).status_code == file
    assert client(watcher).post(address(lead, row)).status_code == 403
    row.gone_at = timezone.now()
    row.save()
    assert client(lead).get(address(lead, row)).status_code == 404
    assert client(lead).get(download).status_code == 404


def test_only_reviews_of_this_demarche(lead: Seat) -> None:
    stranger = seat_in(engagement_of())
    for row in (item(stranger, "review", date=day(-1)), item(lead, "action", title="Louer")):
        for method in ("get", "post"):
            assert getattr(client(lead), method)(address(lead, row)).status_code == 404


def test_it_is_registered_with_its_rule() -> None:
    assert registry.builder(papers.REVIEW) is review.build
    assert papers.REVIEW in registry.ruled()


def test_the_review_and_the_tool_lead_to_it(lead: Seat) -> None:
    row, board = a_year(lead), seat_in(lead.engagement, SeatRole.BOARD)
    link = f'href="{address(lead, row)}"'
    for seat in (lead, board):
        for path in (
            reverse("method:item", args=[lead.engagement_id, row.pk]),
            reverse("method:tool", args=[lead.engagement_id, "suivi"]),
        ):
            assert link in client(seat).get(path).content.decode()


# Its cost and its size


@pytest.mark.parametrize("size", [1, 3, 60])
def test_it_costs_as_many_queries_whatever_its_size(lead: Seat, size: int) -> None:
    row = a_year(lead)
    for n in range(size - 1):
        one = item(lead, "indicator", title=f"Indicateur {n}", pillar="human", keeper=str(lead.pk))
        item(lead, "reading", one, date=day(-20), actual="4")
        item(lead, "action", title=f"Action {n}", due=day(n), owner=str(lead.pk))
    person = client(lead)
    person.get(address(lead, row))
    with CaptureQueriesContext(connection) as found:
        assert person.get(address(lead, row)).status_code == 200
    assert len(found) == 7


HOSTILE: dict[str, Any] = {
    "words": lambda most: ("Une phrase de longueur ordinaire. " * 200)[:most],
    "wide": lambda most: "W" * most,
    "lines": lambda most: ("a\n" * most)[:most].strip(),
    "spaced": lambda most: ("W " * most)[:most].strip(),
}


@pytest.mark.parametrize("fill", list(HOSTILE))
def test_the_greatest_review_stays_within_the_worker_s_time(lead: Seat, fill: str) -> None:
    text = HOSTILE[fill]
    for n in range(60):
        one = item(
            lead,
            "indicator",
            title=text(160).replace("\n", " "),
            unit=text(30).replace("\n", " "),
            start="-999999999999.99",
            start_on=day(-300),
            goal="999999999999.99",
            goal_on=day(300),
        )
        for back in range(4):
            item(
                lead,
                "reading",
                one,
                date=day(-back - n),
                planned="999999999999.99",
                actual="-1.5",
                comment=text(1000),
            )
    for n in range(200):
        item(lead, "action", title=text(200).replace("\n", " "), due=day(n - 100))
    row = item(
        lead,
        "review",
        date=day(0),
        who=text(200).replace("\n", " "),
        **{field.code: text(4000) for field in review.TEXTS},
    )
    source = review.build(row.pk)
    made: list[bytes] = []
    spent = effort(lambda: made.append(render_pdf(source.html, at=source.at).content))
    assert spent < settings.DOCUMENT_TIME_LIMIT - 5
    pdf = reader(made[0])
    assert len(pdf.pages) < 90
    if fill == "words":
        # A page may end within a sentence.
        assert text_of(pdf).count("Unephrasedelongueurordinaire.") > len(review.TEXTS) * 4000 // 34


def test_a_text_of_many_lines_keeps_all_its_letters() -> None:
    text = "\n".join(str(n) for n in range(500))
    assert review.bounded(text).split() == text.split()
    assert review.bounded(text).count("\n") == review.LINE_BREAKS
    assert review.bounded("deux\nlignes") == "deux\nlignes"
