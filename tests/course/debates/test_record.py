"""The record: read, written by two people, printed, and its PDF."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from pypdf import PdfReader

from apps.accounts.models import Organisation, User
from apps.core.pdf import render_pdf
from apps.course.debates import report, services
from apps.course.debates.asks import DECISION
from apps.course.debates.records import record_view
from apps.course.debates.services import Record
from apps.course.models import Debate, View
from apps.documents.models import Document
from tests.factories import OrganisationFactory, member
from tests.factories.debates import asking, ballots, live, module, over, question
from tests.pages.support import said
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
MANDATE = "Le conseil donne mandat à trois personnes, jusqu’au 30 juin."


@pytest.fixture
def organisation(db: None) -> Organisation:
    return OrganisationFactory.create(name="Les Essais du Canal")


@pytest.fixture
def desk(organisation: Organisation, client_of: Callable[[User], StrictClient]) -> StrictClient:
    return client_of(member(organisation, "staff"))


def url(debate: Debate, tail: str = "") -> str:
    return f"/se-former/debats/{debate.pk}/compte-rendu/{tail}"


def data(**fields: Any) -> dict[str, Any]:
    return {
        "present": "12",
        "minutes_text": "Le lien social d’abord.",
        "mandate": "yes",
        "mandate_text": MANDATE,
        "mandate_reason": "Les comptes le demandent.",
        "version": "0",
        **fields,
    }


def full(organisation: Organisation) -> Debate:
    """A whole meeting: two questions, the decision, words of which one is put aside."""
    made = asking(organisation)
    ballots(made, 0, 0, 0, 1)
    services.say(debate=made, question=question(), voter=uuid4(), text="Le lien <d’abord>.")
    services.say(debate=made, question=question(), voter=uuid4(), text="Une attaque")
    services.put_aside(view=View.objects.get(text="Une attaque"), aside=True)
    made = services.open_question(debate=made, code=question(1))
    ballots(made, 4)
    made = services.open_question(debate=made, code=DECISION)
    ballots(made, 0, 0, 2)
    return services.end(debate=made)


def test_the_record_says_what_was_voted_said_and_decided(
    desk: StrictClient, organisation: Organisation
) -> None:
    made = full(organisation)
    empty = said(desk.get(url(made)))
    assert "La décision n’est pas encore écrite." in empty
    assert desk.post(url(made, "modifier/"), data()).url == url(made)
    text = said(desk.get(url(made)))
    for expected in ("12 personnes présentes", "Mandat donné", MANDATE, "Les comptes le demandent.", "75 %"):
        assert expected in text
    assert "Le lien <d’abord>." in text
    assert "Une attaque" not in text
    assert module().questions[2].prompt not in text, "it was never asked"


def test_the_model_of_a_mandate_is_proposed_until_something_is_written(
    desk: StrictClient, organisation: Organisation
) -> None:
    made = over(organisation)
    assert (
        desk.get(url(made, "modifier/")).context["form"].initial["mandate_text"] == module().decision.mandate
    )
    desk.post(url(made, "modifier/"), data())
    assert desk.get(url(made, "modifier/")).context["form"].initial["mandate_text"] == MANDATE


def test_a_refused_mandate_has_a_reason_and_no_terms(desk: StrictClient, organisation: Organisation) -> None:
    made = over(organisation)
    desk.post(url(made, "modifier/"), data(mandate="no"))
    text = said(desk.get(url(made)))
    assert "Mandat refusé" in text
    assert "Les comptes le demandent." in text
    assert MANDATE not in text


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"mandate_text": ""}, "Un mandat donné dit ses termes"),
        ({"present": "douze"}, "Écrivez un nombre entier"),
        ({"present": "0"}, "au moins une personne"),
        ({"minutes_text": "x" * 6001}, "dépasse 6000 caractères"),
        ({"mandate": "peut-être"}, "Choisissez dans la liste"),
    ],
)
def test_a_record_refused_keeps_what_was_typed(
    desk: StrictClient, organisation: Organisation, wrong: dict[str, str], why: str
) -> None:
    made = over(organisation)
    answer = desk.post(url(made, "modifier/"), data(**wrong))
    assert answer.status_code == 422
    assert why in said(answer)
    assert "Les comptes le demandent." in answer.content.decode()
    made.refresh_from_db()
    assert made.record_version == 0


def test_two_people_who_write_at_once_do_not_overwrite_each_other(
    desk: StrictClient, organisation: Organisation
) -> None:
    made = over(organisation)
    desk.post(url(made, "modifier/"), data(minutes_text="La première"))
    answer = desk.post(url(made, "modifier/"), data(minutes_text="La seconde"))
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "La première" in html
    assert "La seconde" in html
    made.refresh_from_db()
    assert made.minutes_text == "La première"
    again = desk.post(url(made, "modifier/"), data(minutes_text="La seconde", version="1"))
    assert again.url == url(made)
    made.refresh_from_db()
    assert (made.minutes_text, made.record_version) == ("La seconde", 2)


def test_the_same_record_sent_twice_is_saved_once(desk: StrictClient, organisation: Organisation) -> None:
    made = over(organisation)
    for _ in range(2):
        assert desk.post(url(made, "modifier/"), data()).status_code == 302
    made.refresh_from_db()
    assert made.record_version == 1


def test_somebody_writes_while_the_presenter_goes_on(desk: StrictClient, organisation: Organisation) -> None:
    made = live(organisation)
    services.go(debate=made, place=2)
    assert desk.post(url(made, "modifier/"), data(mandate="", mandate_text="")).status_code == 302
    services.go(debate=made, place=3)
    made.refresh_from_db()
    assert (made.minutes_text, made.sequence, made.decided_at) == ("Le lien social d’abord.", 3, None)
    assert "Le débat n’est pas terminé" in said(desk.get(url(made)))


def test_the_moment_of_a_decision_is_that_of_its_last_change(organisation: Organisation, clock: Any) -> None:
    made = over(organisation)
    first, second = datetime(2027, 1, 21, 20, tzinfo=UTC), datetime(2027, 1, 28, 20, tzinfo=UTC)
    clock(first)
    made = services.save_record(debate=made, record=Record(mandate="later"), version=0)
    clock(second)
    made = services.save_record(debate=made, record=Record(mandate="later", minutes_text="Suite"), version=1)
    assert made.decided_at == first
    made = services.save_record(debate=made, record=Record(mandate="no"), version=2)
    assert made.decided_at == second
    assert services.save_record(debate=made, record=Record(), version=3).decided_at is None


def test_what_was_typed_before_the_session_expired_is_found_again(organisation: Organisation) -> None:
    made, client = over(organisation), StrictClient()
    client.post(url(made, "modifier/"), data(minutes_text="Écrit hors session"))
    client.force_login(member(organisation))
    assert "Écrit hors session" in client.get(url(made, "modifier/")).content.decode()


# the PDF


def test_the_file_is_asked_once_a_state(desk: StrictClient, organisation: Organisation) -> None:
    made = full(organisation)
    first = desk.post(url(made, "pdf/"))
    assert desk.post(url(made, "pdf/")).url == first.url
    desk.post(url(made, "modifier/"), data())
    assert desk.post(url(made, "pdf/")).url != first.url
    assert set(Document.objects.values_list("kind", "organisation")) == {("debate-record", organisation.pk)}


def test_no_file_while_the_meeting_lasts(desk: StrictClient, organisation: Organisation) -> None:
    answer = desk.post(url(live(organisation), "pdf/"), follow=True)
    assert "Terminez d’abord le débat" in said(answer)
    assert not Document.objects.exists()


def test_the_file_says_the_same_as_the_screen(organisation: Organisation) -> None:
    made = services.save_record(
        debate=full(organisation),
        record=Record(12, "Le lien social d’abord.", "yes", MANDATE, "Les comptes le demandent."),
        version=0,
    )
    source = report.build_record(made.pk)
    assert source.at == made.over_at
    pdf = render_pdf(source.html, at=source.at)
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages)
    plain = " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())
    for expected in (
        "Mandat donné",
        "trois personnes",
        "Les Essais du Canal",
        "12",
        "Le lien social d’abord.",
    ):
        assert expected in plain
    assert "Une attaque" not in plain
    assert plain.count("75 %") == 1, "the numbers of a chart are text"
    assert render_pdf(source.html, at=source.at).content == pdf.content


def test_a_chart_tells_every_number(organisation: Organisation) -> None:
    chart = record_view(full(organisation)).results[0].chart
    assert "4\u00a0réponses" in chart.alt
    assert "3 · 75\u202f%" in chart.alt
    assert [row[1] for row in chart.rows] == ["3", "1", "0", "0", "0"]
