"""The course of a meeting. Each act says where to be, not which way to move: sent twice, it does the same."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from apps.accounts.models import Organisation, User
from apps.core.secrets import new_code
from apps.course.debates import selectors
from apps.course.debates.asks import Ask
from apps.course.debates.errors import Refused
from apps.course.enums import DebateStage
from apps.course.models import Ballot, Debate, View

NO_MODULE = "Le module n’est pas publié pour l’instant : revenez plus tard, rien n’est ouvert."
IS_OVER = "Ce débat est terminé : il ne se rouvre pas. Ouvrez-en un autre pour une nouvelle réunion."
NOT_YET = "Commencez d’abord le débat : les questions s’ouvrent ensuite."
UNKNOWN = "Cette question n’est pas dans le module : rechargez la page."
MOST_DRAWS = 8
# A meeting that nobody ends is over the next day; one prepared and never held, a month after its date.
LIVES, WAITS = timedelta(hours=24), timedelta(days=30)


def open_debate(
    *, organisation: Organisation, by: User | None, title: str, held_on: date, key: UUID
) -> Debate:
    """A debate of the published module, ready, with its code; the same ``key`` again gives the same one."""
    module = selectors.public_module()
    if module is None:
        raise Refused(NO_MODULE)
    made = Debate(opening_key=key, organisation=organisation, title=title, held_on=held_on, opened_by=by)
    made.sheet, made.edition = module.sheet, module.edition
    for _ in range(MOST_DRAWS):
        known = Debate.objects.filter(opening_key=key, organisation=organisation).first()
        if known or saved_with(made, new_code()):
            return known or made
    raise Refused("Aucun code n’est libre pour l’instant : réessayez dans une minute.")


def saved_with(debate: Debate, code: str) -> bool:
    """False when a live debate holds this code, or when the same form was sent at the same moment."""
    debate.code = code
    try:
        with transaction.atomic():
            debate.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def held(debate: Debate) -> Debate:
    """The same row, locked until the transaction ends. Refused when the meeting is over."""
    found = Debate.objects.select_for_update().select_related(None).get(pk=debate.pk)
    if found.is_over:
        raise Refused(IS_OVER)
    return found


def live(debate: Debate) -> Debate:
    found = held(debate)
    if not found.is_live:
        raise Refused(NOT_YET)
    return found


def changed(debate: Debate) -> Debate:
    """Saves; phones and screen see it at their next look."""
    debate.version += 1
    debate.save()
    return debate


@transaction.atomic
def start(*, debate: Debate) -> Debate:
    """The first slide is on the screen. Nothing the second time."""
    row = held(debate)
    if row.is_live:
        return row
    row.stage, row.started_at, row.sequence = DebateStage.LIVE, timezone.now(), 0
    row.sequence_since = row.started_at
    return changed(row)


@transaction.atomic
def go(*, debate: Debate, place: int) -> Debate:
    """The slide at ``place``, or the nearest one; a question that was open closes."""
    row = live(debate)
    place = max(0, min(place, len(selectors.module_of(row).sequences) - 1))
    if place == row.sequence and not (row.question or row.shown):
        return row
    close(row)
    if place != row.sequence:
        row.sequence, row.sequence_since = place, timezone.now()
    row.shown = ""
    return changed(row)


def ask_of(debate: Debate, code: str) -> Ask:
    found = selectors.questions_of(debate).get(code)
    if found is None:
        raise Refused(UNKNOWN)
    return found


@transaction.atomic
def open_question(*, debate: Debate, code: str) -> Debate:
    """Phones may vote, on this question alone. Opened again, it keeps the ballots it had."""
    row = live(debate)
    if row.question == code:
        return row
    ask_of(row, code)
    close(row)
    row.question, row.shown = code, ""
    return changed(row)


@transaction.atomic
def close_question(*, debate: Debate, code: str) -> Debate:
    """The result is on the screen. Nothing when it is not open."""
    row = live(debate)
    if row.question != code or not code:
        return row
    close(row)
    return changed(row)


def close(row: Debate) -> None:
    """Counts what was voted; the caller holds the row, so that no ballot comes after."""
    if not row.question:
        return
    code = row.question
    row.results = {**row.results, code: selectors.counts_of(row, ask_of(row, code))}
    row.question, row.shown = "", code


@transaction.atomic
def show(*, debate: Debate, code: str) -> Debate:
    """The result of a question already closed, on the screen again; "" for the slide."""
    row = live(debate)
    if row.shown == code or row.question or (code and code not in row.results):
        return row
    row.shown = code
    return changed(row)


@transaction.atomic
def set_open_book(*, debate: Debate, is_open_book: bool) -> Debate:
    """Whether the screen draws the bars while people vote."""
    row = held(debate)
    if row.is_open_book == is_open_book:
        return row
    row.is_open_book = is_open_book
    return changed(row)


@transaction.atomic
def end(*, debate: Debate) -> Debate:
    """Over: counts stay, ballots and phones are forgotten, the code is free. Nothing the second time."""
    row = Debate.objects.select_for_update().get(pk=debate.pk)
    if row.is_over:
        return row
    close(row)
    Ballot.objects.filter(debate=row).delete()
    View.objects.filter(debate=row).update(voter=None)
    row.stage, row.over_at, row.code, row.shown = DebateStage.OVER, timezone.now(), "", ""
    return changed(row)


def end_forgotten() -> int:
    """Ends what nobody ended; how many."""
    now = timezone.now()
    gone = Q(stage=DebateStage.LIVE, started_at__lt=now - LIVES)
    never = Q(stage=DebateStage.READY, held_on__lt=(now - WAITS).date(), opened_at__lt=now - WAITS)
    forgotten = list(Debate.objects.filter(gone | never).defer("sheet"))
    for debate in forgotten:
        end(debate=debate)
    return len(forgotten)
