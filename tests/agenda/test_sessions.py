"""Announcing, changing and cancelling a session, and who is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.storage import Storage
from django.utils import timezone
from post_office.models import Attachment, Email

from apps.agenda import rules, services
from apps.agenda.enums import SessionState
from apps.agenda.errors import ChangedMeanwhile, Refused
from apps.agenda.models import Registration, Session
from apps.agenda.services import Sheet, Told
from apps.catalogue.models import Fragility, Goal
from tests.agenda.helpers import attached, event_of, last_mail, leave_path, mails_to
from tests.factories.agenda import DAY, JOIN, cancelled, moment, registration, session
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
LATER = date(2027, 2, 18)
SPRING = date(2027, 4, 15)  # the clocks went forward in between


def sheet_of(row: Session, **changes: Any) -> Sheet:
    kept = Sheet(
        title=row.title,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        summary=row.summary,
        join_url=row.join_url,
        goals=list(row.goals.all()),
        fragilities=list(row.fragilities.all()),
    )
    return replace(kept, **changes)


def moved(row: Session, day: date) -> Sheet:
    starts_at, ends_at = rules.slot(day)
    return sheet_of(row, starts_at=starts_at, ends_at=ends_at)


def change(row: Session, sheet: Sheet) -> Told:
    return services.change_session(session=row, sheet=sheet, sequence=row.sequence)


def new(day: date = DAY, title: str = "Habiter autrement", **fields: Any) -> Session:
    starts_at, ends_at = rules.slot(day)
    return services.create_session(
        sheet=Sheet(title=title, starts_at=starts_at, ends_at=ends_at, **fields), by=None
    )


# Creating and opening


def test_a_session_is_born_a_draft_with_its_tags() -> None:
    made = new(goals=[Goal.objects.get(number=11)], fragilities=[Fragility.objects.get(slug="emploi")])
    made.refresh_from_db()
    assert (made.state, made.sequence, made.slug) == (SessionState.DRAFT, 0, "habiter-autrement")
    assert [goal.number for goal in made.goals.all()] == [11]
    assert [row.slug for row in made.fragilities.all()] == ["emploi"]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Au cœur des quartiers !", "au-coeur-des-quartiers"),
        ("« … »", "seance"),
        ("Très " + "long " * 30, ("tres-" + "long-" * 13)[:70].strip("-")),
    ],
)
def test_the_address_is_readable(title: str, slug: str) -> None:
    assert new(title=title).slug == slug


def test_the_same_title_gives_another_address() -> None:
    assert [new(day, "Agir").slug for day in (DAY, LATER, SPRING)] == ["agir", "agir-2", "agir-3"]


def test_two_sessions_do_not_start_together_unless_one_is_cancelled() -> None:
    session()
    with pytest.raises(Refused, match="commence déjà à ce moment-là"):
        new()
    other = session(LATER)
    with pytest.raises(Refused, match="commence déjà à ce moment-là"):
        change(other, moved(other, DAY))
    cancelled(SPRING)
    assert new(SPRING).pk


def test_opening_announces_it_once() -> None:
    draft = new()
    assert services.open_session(session=draft).state == SessionState.OPEN
    again = services.open_session(session=draft)
    assert (again.state, again.sequence) == (SessionState.OPEN, 1)


def test_a_session_gone_by_or_cancelled_does_not_open(clock: Any) -> None:
    with pytest.raises(Refused, match="est annulée"):
        services.open_session(session=cancelled(LATER))
    draft = new()
    clock(moment(hour=13))
    with pytest.raises(Refused, match="déjà passée"):
        services.open_session(session=draft)
    draft.refresh_from_db()
    assert draft.is_draft


# Changing


def test_people_are_told_of_a_new_date_with_an_updated_file() -> None:
    row = session()
    before = str(row.pk)
    registration(row, name="Nadia")
    registration(row, "parti@exemple.fr", cancelled_at=timezone.now())
    assert change(row, moved(row, SPRING)) == Told(1, True)
    assert not mails_to("parti@exemple.fr")
    mail = last_mail()
    assert mail.subject == "Changement\u00a0: Habiter autrement"
    assert "Bonjour Nadia," in mail.message
    assert "jeudi\u00a015\u00a0avril 2027, de 13\u00a0h à 14\u00a0h\u00a030" in mail.message
    assert (
        "Elle était prévue le jeudi\u00a021\u00a0janvier 2027, de 13\u00a0h à 14\u00a0h\u00a030."
        in mail.message
    )
    event = event_of(attached(mail))
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (f"{before}@trajectoires", 1, "CONFIRMED")
    # One o'clock in Paris is eleven in UTC in April, twelve in January.
    assert event.start == rules.slot(SPRING)[0]
    assert event.start.utcoffset() == timedelta(hours=2)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title": "Habiter ensemble"}, "Elle s’intitulait «\u202fHabiter autrement\u202f»."),
        ({"join_url": "https://visio.example/autre"}, "Le lien pour la rejoindre change."),
    ],
)
def test_people_are_told_of_a_new_title_or_link(changes: dict[str, str], told: str) -> None:
    row = session()
    registration(row)
    assert change(row, sheet_of(row, **changes)) == Told(1, True)
    assert told in last_mail().message
    assert next(iter(changes.values())) in last_mail().message


def test_a_corrected_summary_reaches_calendars_without_a_mail() -> None:
    row = session()
    registration(row)
    assert change(row, sheet_of(row, summary="Corrigé.", goals=[Goal.objects.get(number=3)])) == Told()
    row.refresh_from_db()
    assert (row.summary, row.sequence) == ("Corrigé.", 1)
    assert not Email.objects.exists()


def test_saving_without_a_change_changes_nothing() -> None:
    row = session()
    row.goals.set([Goal.objects.get(number=3)])
    registration(row)
    assert change(row, sheet_of(row)) == Told()
    row.refresh_from_db()
    assert row.sequence == 0
    assert not Email.objects.exists()


def test_a_draft_changes_in_silence_even_in_the_past(clock: Any) -> None:
    draft = new()
    clock(moment(LATER))
    assert change(draft, moved(draft, date(2027, 1, 14))) == Told()
    draft.refresh_from_db()
    assert draft.sequence == 1


def test_whoever_is_late_overwrites_nothing() -> None:
    row = session()
    change(row, sheet_of(row, title="La première"))
    with pytest.raises(ChangedMeanwhile, match="pendant que vous écriviez"):
        services.change_session(session=row, sheet=sheet_of(row, title="La seconde"), sequence=0)
    row.refresh_from_db()
    assert row.title == "La première"


def test_what_no_longer_changes(clock: Any) -> None:
    gone = cancelled(LATER)
    with pytest.raises(Refused, match="ne se modifie plus"):
        change(gone, sheet_of(gone, title="Autre"))
    row = session()
    registration(row)
    with pytest.raises(Refused, match="déjà passée"):
        change(row, moved(row, date(2026, 11, 19)))
    clock(moment(hour=15))
    with pytest.raises(Refused, match="a déjà eu lieu"):
        change(row, moved(row, SPRING))
    # Its texts still do, and nobody is written to.
    assert change(row, sheet_of(row, title="Corrigé")) == Told()
    assert not Email.objects.exists()


def test_a_reminder_already_sent_is_sent_again_for_the_new_date() -> None:
    row = session()
    person = registration(row, reminded_at=timezone.now())
    change(row, moved(row, SPRING))
    person.refresh_from_db()
    assert person.reminded_at is None


def test_a_session_moved_to_tomorrow_needs_no_other_reminder(clock: Any) -> None:
    row = session(SPRING)
    person = registration(row)
    clock(moment(date(2027, 1, 20), 10))
    change(row, moved(row, DAY))
    person.refresh_from_db()
    assert person.reminded_at is not None


def test_a_corrected_title_leaves_the_reminders_as_they_are() -> None:
    row = session()
    person = registration(row, reminded_at=timezone.now())
    change(row, sheet_of(row, title="Autre"))
    person.refresh_from_db()
    assert person.reminded_at is not None


# Cancelling


def test_people_are_told_of_a_cancellation_and_their_calendars_too() -> None:
    row = session()
    registration(row)
    assert services.cancel_session(session=row, reason="L’intervenante est souffrante.") == Told(1, True)
    row.refresh_from_db()
    assert (row.is_cancelled, row.sequence) == (True, 1)
    mail = last_mail()
    assert mail.subject == "Annulé\u00a0: Habiter autrement"
    assert "L’intervenante est souffrante." in mail.message
    assert JOIN not in mail.message
    content = attached(mail)
    event = event_of(content)
    assert b"METHOD:CANCEL" in content
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)


def test_a_cancellation_nobody_waits_for_writes_to_nobody() -> None:
    assert services.cancel_session(session=session(), reason="Reportée.") == Told(0, True)
    assert not Email.objects.exists()


def test_what_is_not_cancelled(clock: Any) -> None:
    for row, words in ((new(), "supprimez plutôt"), (cancelled(LATER), "déjà annulée")):
        with pytest.raises(Refused, match=words):
            services.cancel_session(session=row, reason="Non.")
    row = session(SPRING)
    clock(moment(SPRING, 15))
    with pytest.raises(Refused, match="a déjà eu lieu"):
        services.cancel_session(session=row, reason="Non.")


def test_a_draft_leaves_no_trace_but_an_announced_session_stays() -> None:
    draft = new()
    services.discard_draft(session=draft)
    assert not Session.objects.exists()
    row = session()
    with pytest.raises(Refused, match="ne se supprime pas"):
        services.discard_draft(session=row)
    assert Session.objects.get() == row


# Mails that cannot be written, files that cannot be stored


def test_one_file_serves_all_the_mails_of_a_version() -> None:
    row = session()
    for n in range(3):
        registration(row, f"ami{n}@exemple.fr")
    assert change(row, moved(row, LATER)) == Told(3, True)
    assert Attachment.objects.get().emails.count() == 3
    row.refresh_from_db()
    change(row, sheet_of(row, title="Autre"))
    assert Attachment.objects.count() == 2


def test_a_storage_that_does_not_answer_costs_the_file_and_not_the_mail(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise OSError("bucket")

    monkeypatch.setattr(Storage, "save", fail)
    row = session()
    registration(row)
    assert change(row, moved(row, LATER)) == Told(1, True)
    assert last_mail().attachments.count() == 0
    assert "18\u00a0février 2027" in last_mail().message


def test_mails_that_cannot_be_written_are_told_and_the_change_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("apps.agenda.mails.mail", fail)
    row = session()
    registration(row)
    assert change(row, moved(row, LATER)) == Told(1, False)
    row.refresh_from_db()
    assert row.starts_at == rules.slot(LATER)[0]


def test_after_a_change_of_key_the_new_mail_gives_a_link_that_works(
    settings: Any, client: StrictClient
) -> None:
    row = session()
    person = registration(row)
    settings.SECRET_KEY = "another-key-" + "y" * 50
    change(row, moved(row, LATER))
    assert "Me désinscrire" in client.get(leave_path(last_mail())).content.decode()
    assert Registration.objects.get().token_hash != person.token_hash
