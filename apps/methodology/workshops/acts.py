"""What a button sends, « name:value », and the service it calls: at the table, and at the console."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import timezone

from apps.methodology.enums import WorkshopStage
from apps.methodology.errors import Conflict, Refused
from apps.methodology.models import Participant, Seat, Workshop
from apps.methodology.workshops import services
from apps.methodology.workshops.forms import CardForm, NoteForm, TitleForm, key_of
from apps.methodology.workshops.presenters import Said

UNKNOWN = "Ce geste n’a pas été compris\u00a0: rechargez la page."
NOT_YOU = "La personne qui anime rapproche elle-même les cartes\u00a0: dites-lui ce que vous voyez."
NOWHERE = "Dites où placer ces cartes\u00a0: choisissez un groupe, ou nommez-en un nouveau."
NO_PILE = "aucun"
MOST_CARDS = 300  # in one sending
LONGEST_MINUTES = 24 * 60  # a moment that exists; the service gives less
AtTable = Callable[[Workshop, Participant, str, QueryDict], object]
AtConsole = Callable[[Workshop, Seat, str, QueryDict], object]


class Invalid(Refused):
    """What was typed cannot be kept as it is."""


def key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused(UNKNOWN) from None


def number(text: str) -> int:
    """At most ten digits: a moment in seconds has ten."""
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        raise Refused(UNKNOWN)
    return int(text)


def checked(form: forms.Form) -> forms.Form:
    if not form.is_valid():
        raise Invalid(" ".join(str(error) for errors in form.errors.values() for error in errors))
    return form


def write(workshop: Workshop, me: Participant, value: str, sent: QueryDict) -> None:
    said = checked(CardForm(sent)).cleaned_data
    if value:
        services.edit_card(participant=me, card=key(value), text=said["text"], pillar=said["pillar"])
    else:
        services.write_card(participant=me, text=said["text"], pillar=said["pillar"], key=key_of(said["key"]))


def place(workshop: Workshop, sent: QueryDict) -> None:
    """The cards ticked, or the one dropped; on a new pile when it is named."""
    title = checked(TitleForm(sent)).cleaned_data["title"]
    target = sent.get("pile", "")
    if not title and not target and sent.getlist("card"):
        raise Refused(NOWHERE)
    services.place_cards(
        workshop=workshop,
        cards=[key(card) for card in sent.getlist("card")[:MOST_CARDS]],
        pile=None if title or target in ("", NO_PILE) else key(target),
        title=title,
        key=key_of(sent.get("key")),
    )


def rename(workshop: Workshop, value: str, sent: QueryDict) -> None:
    said = checked(TitleForm(sent)).cleaned_data
    services.rename_pile(
        workshop=workshop, pile=key(value), title=said["title"], version=said["version"] or 0
    )


def note(workshop: Workshop, value: str, sent: QueryDict) -> None:
    said = checked(NoteForm(sent)).cleaned_data
    services.set_note(workshop=workshop, pile=key(value), note=said["note"], version=said["version"] or 0)


def put_dots(me: Participant, value: str) -> None:
    pile, _, count = value.partition(":")
    services.set_dots(participant=me, pile=key(pile), number=number(count))


def keep(workshop: Workshop, value: str, sent: QueryDict) -> None:
    """With the note beside the button: what was typed there does not go away with the click."""
    pile, _, kept = value.partition(":")
    services.set_kept(workshop=workshop, pile=key(pile), kept=kept == "1")
    if "note" in sent:
        note(workshop, pile, sent)


def stage(value: str) -> WorkshopStage:
    if value not in WorkshopStage.values:
        raise Refused(UNKNOWN)
    return WorkshopStage(value)


def give_time(workshop: Workshop, minutes: str) -> None:
    given = min(number(minutes or "0"), LONGEST_MINUTES)
    services.set_timer(workshop=workshop, until=timezone.now() + timedelta(minutes=given))


def until(workshop: Workshop, seconds: str) -> None:
    """The moment itself, so that a second click does not add twice."""
    services.set_timer(workshop=workshop, until=datetime.fromtimestamp(number(seconds), UTC))


BOARD: dict[str, Callable[[Workshop, str, QueryDict], object]] = {
    "place": lambda workshop, _, sent: place(workshop, sent),
    "rename": rename,
    "drop": lambda workshop, value, _: services.remove_pile(workshop=workshop, pile=key(value)),
}
AT_TABLE: dict[str, AtTable] = {
    "card": write,
    "remove": lambda _, me, value, __: services.remove_card(participant=me, card=key(value)),
    "done": lambda _, me, value, __: services.set_done(participant=me, done=value == "1"),
    "dot": lambda _, me, value, __: put_dots(me, value),
}
AT_CONSOLE: dict[str, AtConsole] = {
    "stage": lambda workshop, _, value, __: services.move(workshop=workshop, to=stage(value)),
    "timer": lambda workshop, _, value, sent: give_time(workshop, value or sent.get("minutes", "")),
    "until": lambda workshop, _, value, __: until(workshop, value),
    "stop": lambda workshop, *_: services.set_timer(workshop=workshop, until=None),
    "groups": lambda workshop, _, value, __: services.set_everybody_groups(
        workshop=workshop, everybody=value == "1"
    ),
    "kept": lambda workshop, _, value, sent: keep(workshop, value, sent),
    "note": lambda workshop, _, value, sent: note(workshop, value, sent),
    "items": lambda workshop, seat, *_: services.make_items(workshop=workshop, seat=seat),
    "end": lambda workshop, *_: services.end(workshop=workshop),
}


def at_table(workshop: Workshop, me: Participant, sent: QueryDict) -> None:
    """Raises Refused."""
    name, _, value = sent.get("act", "").partition(":")
    if name in BOARD:
        if not workshop.everybody_groups:
            raise Refused(NOT_YOU)
        BOARD[name](workshop, value, sent)
    elif name in AT_TABLE:
        AT_TABLE[name](workshop, me, value, sent)
    else:
        raise Refused(UNKNOWN)


def at_console(workshop: Workshop, seat: Seat, sent: QueryDict) -> None:
    """Raises Refused."""
    name, _, value = sent.get("act", "").partition(":")
    if name in BOARD:
        BOARD[name](workshop, value, sent)
    elif name in AT_CONSOLE:
        AT_CONSOLE[name](workshop, seat, value, sent)
    else:
        raise Refused(UNKNOWN)


def said_of(refusal: Refused, sent: QueryDict) -> tuple[Said, int]:
    """What to tell, what was typed, and the status."""
    problem = str(refusal)
    if isinstance(refusal, Conflict):
        problem = f"{problem} Le texte enregistré\u00a0: «\u202f{refusal.theirs}\u202f». Le vôtre est encore dans le champ."
    typed = {name: sent.get(name, "")[:2000] for name in ("text", "pillar", "title", "note", "key")}
    about = sent.get("act", "").partition(":")[2].partition(":")[0]
    return Said(problem=problem, about=about, **typed), 422 if isinstance(refusal, Invalid) else 409
