"""Announcing, moving and cancelling a session; those who come are told in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from apps.accounts.models import User
from apps.agenda import rules, words
from apps.agenda.enums import SessionState
from apps.agenda.errors import ChangedMeanwhile, Refused
from apps.agenda.models import Registration, Session
from apps.agenda.services.notices import locked, people_of, write_to
from apps.catalogue.models import Fragility, Goal

TAKEN = (
    "Une autre séance commence déjà à ce moment-là. Ouvrez-la dans l’agenda, ou choisissez une autre heure."
)
GONE = "Cette date est déjà passée : choisissez-en une à venir."
PLAIN = ("title", "summary", "starts_at", "ends_at", "join_url")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a curator writes of a session."""

    title: str
    starts_at: datetime
    ends_at: datetime
    summary: str = ""
    join_url: str = ""
    goals: Sequence[Goal] = ()
    fragilities: Sequence[Fragility] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """How many people a mail was written to; ``queued`` is False when those mails could not be written."""

    people: int = 0
    queued: bool = True


def create_session(*, sheet: Sheet, by: User | None, is_demo: bool = False) -> Session:
    """A draft, which only curators see."""
    session = Session(slug=free_slug(sheet.title), created_by=by, is_demo=is_demo)
    with one_at_a_time():
        write(session, sheet)
    return session


@transaction.atomic
def open_session(*, session: Session) -> Session:
    """Announced: people may register. Does nothing the second time."""
    session = locked(session)
    if session.is_cancelled:
        raise Refused("Cette séance est annulée : créez-en une autre.")
    if session.is_draft:
        if session.starts_at <= timezone.now():
            raise Refused(GONE)
        session.state, session.sequence = SessionState.OPEN, session.sequence + 1
        session.save()
    return session


@transaction.atomic
def change_session(*, session: Session, sheet: Sheet, sequence: int) -> Told:
    """``sequence``: the one the curator read; ChangedMeanwhile when it is no longer that one.

    People are written to when what they need changes: the hour, the title, the link. A corrected summary
    only reaches their calendars.
    """
    session, now = locked(session), timezone.now()
    if session.sequence != sequence:
        raise ChangedMeanwhile
    moved = (session.starts_at, session.ends_at) != (sheet.starts_at, sheet.ends_at)
    refuse_change(session, sheet, moved, now)
    if not differs(session, sheet):
        return Told()
    news = news_of(session, sheet)
    session.sequence += 1
    with one_at_a_time():
        write(session, sheet)
    if not news or not session.is_open(now):
        return Told()
    if moved:
        reminded = now if rules.reminder_is_due(session.starts_at, now) else None
        Registration.objects.filter(session=session).update(reminded_at=reminded)
    return tell("change", session, news=news)


@transaction.atomic
def cancel_session(*, session: Session, reason: str) -> Told:
    """It stays in the agenda with its reason, and in calendars crossed out."""
    session = locked(session)
    if session.is_draft:
        raise Refused("Cette séance n’est pas annoncée : supprimez plutôt le brouillon.")
    if session.is_cancelled:
        raise Refused("Cette séance est déjà annulée.")
    if session.is_over(timezone.now()):
        raise Refused("Cette séance a déjà eu lieu : elle ne s’annule plus.")
    session.state, session.cancelled_reason = SessionState.CANCELLED, reason
    session.sequence += 1
    session.save()
    return tell("cancellation", session)


@transaction.atomic
def discard_draft(*, session: Session) -> None:
    """Nobody saw it: it leaves no trace."""
    session = locked(session)
    if not session.is_draft:
        raise Refused("Cette séance est annoncée : elle s’annule, elle ne se supprime pas.")
    session.delete()


def tell(template: str, session: Session, **extra: object) -> Told:
    people = people_of(session)
    return Told(len(people), not people or write_to(template, session, people, **extra))


def refuse_change(session: Session, sheet: Sheet, moved: bool, now: datetime) -> None:
    if session.is_cancelled:
        raise Refused("Cette séance est annulée : elle ne se modifie plus.")
    if moved and not session.is_draft:
        if session.is_over(now):
            raise Refused("Cette séance a déjà eu lieu : sa date ne change plus.")
        if sheet.starts_at <= now:
            raise Refused(GONE)


def differs(session: Session, sheet: Sheet) -> bool:
    return any(getattr(session, name) != getattr(sheet, name) for name in PLAIN) or any(
        {row.pk for row in getattr(session, name).all()} != {row.pk for row in getattr(sheet, name)}
        for name in ("goals", "fragilities")
    )


def news_of(session: Session, sheet: Sheet) -> list[str]:
    """What those who come must know, one sentence each."""
    before = (words.day_of(session.starts_at), words.hours(session.starts_at, session.ends_at))
    after = (words.day_of(sheet.starts_at), words.hours(sheet.starts_at, sheet.ends_at))
    news = []
    if after != before:
        news.append(f"Elle était prévue le {before[0]}, {before[1]}.")
    if sheet.title != session.title:
        news.append(f"Elle s’intitulait « {session.title} ».")
    if sheet.join_url != session.join_url:
        news.append("Le lien pour la rejoindre change.")
    return news


def write(session: Session, sheet: Sheet) -> None:
    for name in PLAIN:
        setattr(session, name, getattr(sheet, name))
    session.save()
    session.goals.set(sheet.goals)
    session.fragilities.set(sheet.fragilities)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two curators may create the same session at the same moment: the database keeps one."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refused(TAKEN) from error


def free_slug(title: str) -> str:
    base = slugify(title.replace("œ", "oe"))[:70].strip("-") or "seance"
    taken = set(Session.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slugs = chain([base], (f"{base}-{n}" for n in count(2)))
    return next(slug for slug in slugs if slug not in taken)
