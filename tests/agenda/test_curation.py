"""The room of curators: announcing, changing, cancelling. Nothing typed is ever lost."""

from __future__ import annotations

import html as markup
import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from apps.agenda import rules
from apps.agenda.enums import SessionState
from apps.agenda.models import Session
from apps.catalogue.models import Fragility, Goal
from tests.agenda.helpers import KNOWING, ROOM, address, last_mail, said
from tests.factories.agenda import DAY, JOIN, cancelled, moment, registration, session
from tests.support.client import StrictClient
from tests.support.world import platform_person

pytestmark = pytest.mark.django_db
NEW = "/curation/agenda/nouvelle/"


def form(**changes: Any) -> dict[str, Any]:
    """A complete form, as a browser sends it."""
    return {
        "title": "Habiter autrement",
        "date": "2027-01-21",
        "start": "13:00",
        "end": "14:30",
        "summary": "Une coopérative raconte.",
        "join_url": JOIN,
        "goals": [],
        "fragilities": [],
        "sequence": "",
        **changes,
    }


# The list


def test_the_room_proposes_the_free_thursdays(desk: StrictClient) -> None:
    session(date(2026, 12, 17))
    session(date(2027, 2, 18), state="draft")
    cancelled(date(2027, 3, 18))
    page = desk.get(ROOM)
    found = re.findall(r'href="/curation/agenda/nouvelle/\?date=([\d-]+)"', page.content.decode())
    assert found == ["2027-01-21", "2027-03-18", "2027-04-15", "2027-05-20"]
    assert "Jeudi 21 janvier 2027" in said(page)


def test_one_click_fills_the_day_and_the_usual_hours(desk: StrictClient) -> None:
    html = desk.get(NEW, {"date": "2027-01-21"}).content.decode()
    for value in ("2027-01-21", "13:00", "14:30"):
        assert f'value="{value}"' in html


@pytest.mark.parametrize("asked", ["", "demain", "2027-02-31"])
def test_a_day_that_is_none_leaves_the_field_empty(desk: StrictClient, asked: str) -> None:
    page = desk.get(NEW, {"date": asked})
    assert page.status_code == 200
    assert 'value="13:00"' in page.content.decode()


def test_the_room_says_where_each_session_stands(desk: StrictClient, clock: Any) -> None:
    gone = session(date(2026, 11, 19), title="Passée")
    row = session(join_url="", title="Sans lien")
    draft = session(date(2027, 2, 18), state="draft", title="En préparation")
    off = cancelled(date(2027, 3, 18), title="Retirée")
    for n in range(2):
        registration(row, f"ami{n}@exemple.fr")
    registration(row, "parti@exemple.fr", cancelled_at=timezone.now())
    page = desk.get(ROOM)
    words = said(page)
    assert [words.index(w) for w in ("Sans lien", "En préparation", "Retirée", "Passée ")] == sorted(
        words.index(w) for w in ("Sans lien", "En préparation", "Retirée", "Passée ")
    )
    assert "Le lien pour rejoindre la séance manque." in words
    assert "2 personnes inscrites" in words
    assert "L’intervenante est souffrante." in words
    links = set(re.findall(r'href="(/curation/agenda/[^"]+annuler/)"', page.content.decode()))
    assert links == {address(row, "annuler/"), address(draft, "annuler/")}
    assert address(off) in page.content.decode()
    assert address(gone) in page.content.decode()


def test_an_empty_room_says_what_to_do(desk: StrictClient) -> None:
    assert "Choisissez un jeudi libre" in said(desk.get(ROOM))


@pytest.mark.parametrize("count", [1, 3])
def test_the_room_costs_one_query_besides_knowing_who_asks(
    desk: StrictClient, django_assert_num_queries: Any, count: int
) -> None:
    for month in range(count):
        registration(session(date(2027, month + 1, 21)))
        session(date(2026, month + 1, 21))
    with django_assert_num_queries(KNOWING + 1):
        desk.get(ROOM)


# Creating


def test_a_session_is_created_then_opened(desk: StrictClient, curator: Any) -> None:
    goal, need = Goal.objects.get(number=11), Fragility.objects.get(slug="emploi")
    page = desk.post(NEW, form(goals=[goal.pk], fragilities=[need.pk]), follow=True)
    assert page.redirect_chain == [(ROOM, 302)]
    assert "La séance est enregistrée." in said(page)
    made = Session.objects.get()
    assert (made.state, made.created_by) == (SessionState.DRAFT, curator)
    assert (made.starts_at, made.ends_at) == rules.slot(DAY)
    assert list(made.goals.all()) == [goal]
    assert list(made.fragilities.all()) == [need]
    shown = desk.get(address(made)).content.decode()
    for value in ("Habiter autrement", "2027-01-21", "13:00", "14:30", JOIN):
        assert f'value="{markup.escape(value)}"' in shown
    assert shown.count(" checked") == 2
    page = desk.post(address(made), form(sequence="0", goals=[goal.pk], open="1"), follow=True)
    assert "Les inscriptions sont ouvertes" in said(page)
    made.refresh_from_db()
    assert made.state == SessionState.OPEN


def test_a_session_may_be_announced_at_once(desk: StrictClient) -> None:
    desk.post(NEW, form(open="1"))
    assert Session.objects.get().state == SessionState.OPEN


def test_a_date_gone_by_stays_a_draft_to_mend(desk: StrictClient) -> None:
    page = desk.post(NEW, form(date="2026-11-19", open="1"), follow=True)
    made = Session.objects.get()
    assert page.redirect_chain == [(address(made), 302)]
    assert "Cette date est déjà passée" in said(page)
    assert made.is_draft


@pytest.mark.parametrize(
    ("written", "hour"), [("13:00", 13), ("13h00", 13), ("9h", 9), ("9 h 15", 9), ("13:00:00", 13)]
)
def test_an_hour_may_be_written_as_people_do(desk: StrictClient, written: str, hour: int) -> None:
    desk.post(NEW, form(start=written, date="21/01/2027"))
    assert rules.local(Session.objects.get().starts_at).hour == hour


@pytest.mark.parametrize(
    ("day", "offset"), [("2027-03-18", 1), ("2027-03-28", 2), ("2027-10-30", 2), ("2027-10-31", 1)]
)
def test_the_hour_written_is_the_hour_in_paris(desk: StrictClient, day: str, offset: int) -> None:
    desk.post(NEW, form(date=day))
    starts_at = rules.local(Session.objects.get().starts_at)
    assert (starts_at.hour, starts_at.utcoffset()) == (13, timedelta(hours=offset))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": " "}, "Donnez un titre à la séance."),
        ({"title": "x" * 201}, "Raccourcissez-le"),
        ({"date": ""}, "Choisissez le jour de la séance."),
        ({"date": "jeudi"}, "Écrivez la date ainsi"),
        ({"start": ""}, "à quelle heure la séance commence"),
        ({"end": "midi"}, "Écrivez l’heure ainsi"),
        ({"end": "12:30"}, "La séance finit avant de commencer"),
        ({"end": "13:00"}, "La séance finit avant de commencer"),
        ({"date": "2027-03-28", "start": "02:30"}, "les horloges changent à cette heure"),
        ({"date": "2027-10-31", "start": "02:15", "end": "02:45"}, "les horloges changent à cette heure"),
        ({"summary": "x" * 3001}, "La présentation dépasse 3000 caractères"),
        ({"join_url": "javascript:alert(1)"}, "n’est pas une adresse du web"),
        ({"join_url": "ftp://visio.example/"}, "n’est pas une adresse du web"),
        ({"join_url": f"https://visio.example/{'x' * 500}"}, "Ce lien dépasse 500 caractères"),
        ({"goals": ["inconnu"]}, "Choisissez dans la liste."),
    ],
)
def test_what_was_typed_stays_and_the_page_says_how_to_mend_it(
    desk: StrictClient, changes: dict[str, Any], words: str
) -> None:
    goal = Goal.objects.get(number=11)
    page = desk.post(NEW, {**form(goals=[goal.pk]), **changes})
    assert page.status_code == 422
    assert words in said(page)
    assert "Tout ce que vous avez écrit est gardé." in said(page)
    html = page.content.decode()
    assert "Une coopérative raconte." in html or "summary" in changes
    if "goals" not in changes:
        assert re.search(rf'value="{goal.pk}"[^>]* checked', html)
    assert not Session.objects.exists()


def test_a_taken_hour_is_said(desk: StrictClient) -> None:
    session()
    page = desk.post(NEW, form())
    assert page.status_code == 422
    assert "Une autre séance commence déjà à ce moment-là." in said(page)


def test_a_form_sent_after_the_session_expired_waits(curator: Any) -> None:
    visitor = StrictClient()
    goal = Goal.objects.get(number=11)
    sent = visitor.post(NEW, form(title="Un titre qui compte", goals=[goal.pk]))
    assert sent.status_code == 302
    visitor.force_login(curator)
    html = visitor.get(NEW).content.decode()
    assert 'value="Un titre qui compte"' in html
    assert re.search(rf'value="{goal.pk}"[^>]* checked', html)
    row = session()
    visitor.logout()
    visitor.post(address(row), form(title="Un autre", sequence="0"))
    visitor.force_login(curator)
    assert 'value="Un autre"' in visitor.get(address(row)).content.decode()


# Changing


def test_people_are_told_and_counted(desk: StrictClient) -> None:
    row = session()
    for n in range(2):
        registration(row, f"ami{n}@exemple.fr")
    page = desk.post(address(row), form(date="2027-02-18", sequence="0"), follow=True)
    assert "La séance est enregistrée. 2 personnes sont prévenues par courriel." in said(page)
    assert "18\u00a0février 2027" in last_mail("ami1@exemple.fr").message


def test_mails_that_cannot_be_written_are_said(desk: StrictClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("apps.agenda.mails.mail", fail)
    row = session()
    registration(row)
    page = desk.post(address(row), form(date="2027-02-18", sequence="0"), follow=True)
    assert "Prévenez vous-même les personnes inscrites" in said(page)


def test_two_curators_do_not_overwrite_each_other(desk: StrictClient) -> None:
    row = session(title="Habiter autrement", join_url=JOIN)
    desk.post(address(row), form(title="La première", sequence="0"))
    page = desk.post(address(row), form(title="La seconde", sequence="0"))
    assert page.status_code == 409
    assert "Quelqu’un a modifié cette séance pendant que vous écriviez." in said(page)
    html = page.content.decode()
    assert "La première" in html
    assert 'value="La seconde"' in html
    assert 'name="sequence" value="1"' in html
    row.refresh_from_db()
    assert row.title == "La première"
    # Having compared, she sends it again.
    assert desk.post(address(row), form(title="La seconde", sequence="1")).status_code == 302
    row.refresh_from_db()
    assert row.title == "La seconde"


def test_a_cancelled_session_no_longer_changes(desk: StrictClient) -> None:
    row = cancelled()
    assert "elle ne se modifie plus" in said(desk.get(address(row)))
    page = desk.post(address(row), form(title="Autre", sequence="0"))
    assert page.status_code == 422
    assert "Cette séance est annulée" in said(page)


def test_a_session_gone_by_keeps_its_date(desk: StrictClient, clock: Any) -> None:
    day = date(2026, 12, 17)
    row = session(day)
    clock(moment(day, 15))
    assert "sa date ne change plus" in said(desk.get(address(row)))
    assert "sa date ne change plus" in said(desk.post(address(row), form(date="2027-02-18", sequence="0")))
    sent = desk.post(address(row), form(title="Corrigé", date="2026-12-17", sequence="0"))
    assert sent.status_code == 302


def test_a_change_that_cannot_be_read_is_not_saved(desk: StrictClient) -> None:
    row = session()
    page = desk.post(address(row), form(title="", sequence="0"))
    assert page.status_code == 422
    assert "Donnez un titre à la séance." in said(page)
    row.refresh_from_db()
    assert row.sequence == 0


@pytest.mark.parametrize("goals", [1, 3])
def test_a_form_costs_the_same_whatever_is_ticked(
    desk: StrictClient, django_assert_num_queries: Any, goals: int
) -> None:
    row = session()
    row.goals.set(Goal.objects.all()[:goals])
    row.fragilities.set(Fragility.objects.all()[:goals])
    with django_assert_num_queries(KNOWING + 5):
        desk.get(address(row))


# Cancelling


def test_an_open_session_is_cancelled_with_a_reason(desk: StrictClient) -> None:
    row = session()
    registration(row)
    page = desk.get(address(row, "annuler/"))
    assert "1 personne inscrite recevra un courriel avec votre motif." in said(page)
    refused = desk.post(address(row, "annuler/"), {"reason": " "})
    assert refused.status_code == 422
    assert "Dites en une phrase pourquoi" in said(refused)
    page = desk.post(address(row, "annuler/"), {"reason": "L’intervenante est souffrante."}, follow=True)
    assert "La séance est annulée. 1 personne est prévenue par courriel." in said(page)
    assert "souffrante" in last_mail().message
    page = desk.post(address(row, "annuler/"), {"reason": "Encore."}, follow=True)
    assert "Cette séance est déjà annulée." in said(page)


def test_a_session_nobody_waits_for_says_so(desk: StrictClient) -> None:
    row = session()
    assert "Personne n’est inscrit." in said(desk.get(address(row, "annuler/")))
    page = desk.post(address(row, "annuler/"), {"reason": "Reportée."}, follow=True)
    assert "La séance est annulée." in said(page)
    assert "par courriel" not in said(page)


def test_a_draft_is_deleted_after_a_question(desk: StrictClient) -> None:
    row = session(state="draft")
    assert "Supprimer ce brouillon" in said(desk.get(address(row, "annuler/")))
    assert Session.objects.exists()
    assert "Le brouillon est supprimé." in said(desk.post(address(row, "annuler/"), follow=True))
    assert not Session.objects.exists()


# Who may


@pytest.mark.parametrize("role", ["author", "funder", "operator"])
def test_no_other_role_of_the_platform_sees_who_comes(client_of: Any, role: str) -> None:
    row = session()
    visitor = client_of(platform_person(role))
    for path in (ROOM, NEW, address(row), address(row, "inscrits/"), address(row, "inscrits.csv")):
        assert visitor.get(path).status_code == 403
    assert visitor.post(address(row, "annuler/"), {"reason": "Non."}).status_code == 403
    row.refresh_from_db()
    assert not row.is_cancelled


def test_an_unknown_session(desk: StrictClient) -> None:
    for tail in ("", "annuler/", "inscrits/", "inscrits.csv"):
        assert desk.get(f"{ROOM}{uuid4()}/{tail}").status_code == 404


def test_nothing_typed_by_a_visitor_becomes_markup(desk: StrictClient) -> None:
    row = session(title="<b>Gras</b>")
    registration(row, name="<script>alert(1)</script>")
    for path in (ROOM, address(row), address(row, "inscrits/"), address(row, "annuler/")):
        html = desk.get(path).content.decode()
        assert "<script>alert" not in html
        assert "<b>Gras" not in html
