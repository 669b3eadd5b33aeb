"""The record: at any moment, its words versioned, its PDF, what it costs."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from apps.core.pdf import render_pdf
from apps.documents.models import Document
from apps.documents.registry import builder
from apps.methodology.enums import SeatRole
from apps.methodology.enums import WorkshopStage as Stage
from apps.methodology.models import Workshop
from apps.methodology.workshops import report, services
from tests.factories import member
from tests.methodology.workshops.helpers import (
    again,
    at_table,
    console,
    invited,
    lead_of,
    member_of,
    opened,
    pile,
    signed_in,
    to,
    wrote,
)
from tests.pages.support import said, words
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


def full(people: int = 3, **said: object) -> Workshop:
    """Talked over: each person wrote, one pile of two cards, dots put on it."""
    made = opened(Stage.SILENT, **said)
    chairs = [invited(made, f"Personne {rank}", "bénévole") for rank in range(people)]
    cards = [wrote(chair, f"Idée {rank}", "human") for rank, chair in enumerate(chairs)]
    to(made, Stage.GROUPING)
    group = pile(made, "Locaux partagés", *cards[:2])
    to(made, Stage.VOTING)
    for chair in chairs:
        services.set_dots(participant=chair, pile=group.pk, number=2)
    to(made, Stage.TALKING)
    services.set_kept(workshop=made, pile=group.pk, kept=True)
    services.set_note(workshop=made, pile=group.pk, note="À voir avec la mairie", version=1)
    return again(made)


def paper(workshop: Workshop) -> str:
    return words(builder(report.KIND)(workshop.pk).html)


def test_the_record_says_it_all_on_screen_and_on_paper_before_and_after_the_end() -> None:
    made = full()
    services.save_record(workshop=made, text="Nous essayons un an.", version=0)
    lead = lead_of(made)
    for over in (False, True):
        if over:
            services.end(workshop=made)
        for text in (said(lead.get(console(made, "compte-rendu/"))), paper(made)):
            for expected in (
                "Que pourrions-nous faire autrement ?",
                "3 personnes présentes",
                "Nous essayons un an.",
                "Locaux partagés",
                "Idée 0",
                "6 pastilles",
                "À voir avec la mairie",
                "Sans aucun nom",
            ):
                assert expected in text, expected
            assert ("gardé" in text) or ("Gardé" in text)
        assert ("L’atelier n’est pas terminé" in paper(made)) is not over


@pytest.mark.parametrize("stage", [Stage.READY, Stage.SILENT, Stage.GROUPING, Stage.VOTING, Stage.TALKING])
def test_it_exists_at_every_moment(stage: Stage) -> None:
    made = opened(Stage.SILENT)
    wrote(at_table(made).chair, "Une idée")
    to(made, stage)
    text = said(lead_of(made).get(console(made, "compte-rendu/")))
    assert ("Une idée" in text) == (stage not in (Stage.READY, Stage.SILENT))
    assert ("Une idée" in paper(made)) == (stage not in (Stage.READY, Stage.SILENT))


def test_two_people_who_write_it_are_shown_both_texts() -> None:
    made = opened(Stage.TALKING)
    lead, other = lead_of(made), signed_in(member_of(made.engagement))
    url = console(made, "compte-rendu/modifier/")
    assert lead.post(url, {"text": "De Awa", "version": "0"}).status_code == 302
    answer = other.post(url, {"text": "De Paul", "version": "0"})
    assert answer.status_code == 409
    assert "De Awa" in said(answer)
    assert "De Paul</textarea>" in answer.content.decode()
    assert again(made).record == "De Awa"
    assert other.post(url, {"text": "De Awa et de Paul", "version": "1"}).status_code == 302
    assert other.post(url, {"text": "De Awa et de Paul", "version": "1"}).status_code == 302, "sent twice"
    made = again(made)
    assert (made.record, made.record_version) == ("De Awa et de Paul", 2)


def test_words_too_long_are_kept_in_the_form() -> None:
    made = opened()
    answer = lead_of(made).post(console(made, "compte-rendu/modifier/"), {"text": "é" * 6001, "version": "0"})
    assert answer.status_code == 422
    assert "dépasse 6000 caractères" in said(answer)
    assert "é" * 6001 in answer.content.decode()


def test_a_session_that_ended_keeps_what_was_being_written() -> None:
    made = opened()
    lead = lead_of(made)
    url = console(made, "compte-rendu/modifier/")
    lead.logout()
    assert lead.post(url, {"text": "Tapé longuement", "version": "0"}).status_code == 302
    assert made.opened_by
    kept = dict(lead.session["drafts"])
    lead.force_login(made.opened_by.user)
    session = lead.session
    session["drafts"] = kept
    session.save()
    assert "Tapé longuement</textarea>" in lead.get(url).content.decode()


def test_one_state_gives_one_file_to_the_people_of_the_demarche_and_to_nobody_else() -> None:
    made = full()
    seat = member_of(made.engagement)
    lead, other = lead_of(made), signed_in(seat)
    url = console(made, "compte-rendu/pdf/")
    first = lead.post(url).url
    assert lead.post(url).url == other.post(url).url == first
    assert Document.objects.get().kind == report.KIND
    assert other.get(first).status_code == 200
    assert lead_of(opened()).get(first).status_code == 404
    colleague = member(made.engagement.organisation, "staff")
    for stranger in (member_of(made.engagement, SeatRole.OBSERVER).user, colleague):
        client = StrictClient()
        client.force_login(stranger)
        assert client.get(first).status_code == 404
    seat.left_at = timezone.now()
    seat.save()
    assert other.get(first).status_code == 404, "removed at the next request"
    services.save_record(workshop=made, text="Autre chose", version=0)
    assert lead.post(url).url != first, "another state, another file"


@pytest.mark.parametrize("stage", [Stage.GROUPING, Stage.TALKING, Stage.OVER])
@pytest.mark.parametrize("shows_names", [False, True])
def test_console_screen_and_record_cost_the_same_whatever_the_size(stage: Stage, shows_names: bool) -> None:
    def costs(people: int) -> list[int]:
        made = full(people, shows_names=shows_names)
        if stage == Stage.OVER:
            services.end(workshop=made)
        else:
            to(made, stage)
        lead, found = lead_of(made), []
        for tail in ("compte-rendu/", *(() if stage == Stage.OVER else ("", "ecran/"))):
            with CaptureQueriesContext(connection) as seen:
                assert lead.get(console(made, tail)).status_code == 200
            found.append(len(seen))
        return found

    costs(2)
    few = costs(3)
    assert few == costs(20)
    assert max(few) <= 10, few


def test_the_list_costs_the_same_with_one_as_with_three() -> None:
    made = opened()
    lead, url = lead_of(made), f"/agir/demarches/{made.engagement_id}/ateliers/"

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            lead.get(url)
        return len(seen)

    cost()
    one = cost()
    for _ in range(2):
        at_table(opened(lead=made.opened_by))
    assert cost() == one <= 10


@pytest.mark.parametrize("shows_names", [False, True])
def test_the_pdf_is_tagged_the_same_twice_and_carries_no_guest(shows_names: bool) -> None:
    made = full(6, shows_names=shows_names)
    services.end(workshop=made)
    source = report.build_record(made.pk)
    pdf = render_pdf(source.html, at=source.at)
    reader = PdfReader(io.BytesIO(pdf.content))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "Locaux partagés" in text
    assert "12 pastilles" in words(text)
    assert "Personne 1" not in text
    assert "bénévole" not in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert render_pdf(source.html, at=source.at).content == pdf.content


def test_the_record_is_read_and_printed_whole() -> None:
    made = full()
    services.end(workshop=made)
    page = lead_of(made).get(console(made, "compte-rendu/")).content.decode()
    before, _, _ = page.partition("Compléter")
    for shown in ("Idée 0", "À voir avec la mairie"):
        assert shown in before, "neither folded nor only in a field"


def test_while_it_lasts_the_record_is_only_read() -> None:
    made = full()
    page = lead_of(made).get(console(made, "compte-rendu/")).content.decode()
    assert "kept:" not in page
    assert "À voir avec la mairie" in page
