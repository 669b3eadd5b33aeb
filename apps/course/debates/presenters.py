"""What the projector and the presenter's console show of a debate, ready for their templates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from zlib import crc32

from apps.core.figures.svg import Markup, Svg
from apps.course import markdown, sheet
from apps.course.debates import selectors
from apps.course.debates.asks import Ask, Tally, asks_of, tally
from apps.course.debates.slides import Slide, slide
from apps.course.models import Debate, View
from apps.course.selectors import terms

Kind = Literal["ready", "slide", "ask", "result", "over"]


@dataclass(frozen=True, slots=True)
class Way:
    """Where an arrow key leads: ``act`` is what its button sends."""

    act: str
    label: str


@dataclass(frozen=True, slots=True)
class Screen:
    """``tally`` of the question asked or shown; ``has_bars``: its votes may be seen; ``back`` and ``on``: None at the
    ends.
    """

    kind: Kind
    place: int
    count: int
    back: Way | None
    on: Way | None
    slide: Slide | None = None
    tally: Tally | None = None
    has_bars: bool = False


def screen_kind(debate: Debate) -> Kind:
    if debate.is_over:
        return "over"
    if not debate.is_live:
        return "ready"
    return "ask" if debate.question else "result" if debate.shown else "slide"


def screen_marker(debate: Debate) -> str:
    """Changes when the screen does. 1 query while a question is open, none otherwise."""
    if not debate.question:
        return str(debate.version)
    return f"{debate.version}-{seen_counts(debate, asked(debate))}"


def asked(debate: Debate) -> Ask:
    """The question open, or the one shown."""
    return selectors.questions_of(debate)[debate.question or debate.shown]


def seen_counts(debate: Debate, ask: Ask) -> str:
    counts = selectors.counts_of(debate, ask)
    return "-".join(map(str, counts)) if shows_bars(debate, ask) else str(sum(counts))


def shows_bars(debate: Debate, ask: Ask) -> bool:
    """While people vote, only if the presenter chose so; for the decision, never before it closes."""
    return debate.question != ask.code or (debate.is_open_book and not ask.is_decision)


def screen(debate: Debate) -> Screen:
    kind = screen_kind(debate)
    module = selectors.module_of(debate)
    back, on = ways(debate, module)
    found = Screen(kind, debate.sequence + 1, len(module.sequences), back, on)
    if kind == "slide":
        return replace(found, slide=slide(module, debate.sequence))
    if kind in ("ask", "result"):
        ask = asked(debate)
        counted = tally(ask, selectors.counts_of(debate, ask))
        return replace(found, tally=counted, has_bars=shows_bars(debate, ask))
    return found


def ways(debate: Debate, module: sheet.Module) -> tuple[Way | None, Way | None]:
    """Back and on: one key goes through the whole meeting, each question of a slide opened, closed and shown on its way."""
    if not debate.is_live:
        return None, None if debate.is_over else Way("start:", "Commencer le débat")
    if debate.question:
        return None, Way(f"close:{debate.question}", "Fermer le vote et montrer le résultat")
    if debate.shown:
        return Way("show:", "Revenir à la diapositive"), onward(debate, module)
    place = debate.sequence
    back = Way(f"go:{place - 1}", f"Précédente : {module.sequences[place - 1].title}") if place else None
    return back, onward(debate, module)


def onward(debate: Debate, module: sheet.Module) -> Way | None:
    """The next question of this slide, or the next slide."""
    for ask in asks_of(module).values():
        if ask.sequence == debate.sequence and ask.code not in debate.results:
            return Way(f"open:{ask.code}", f"Ouvrir le vote : {ask.name}")
    place = debate.sequence + 1
    if place == len(module.sequences):
        return None
    return Way(f"go:{place}", f"Suivante : {module.sequences[place].title}")


@dataclass(frozen=True, slots=True)
class Source:
    number: int
    label: str
    what: str
    year: str
    url: str


@dataclass(frozen=True, slots=True)
class Step:
    """A sequence in the console's list; ``act`` leads there."""

    number: int
    title: str
    act: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Console:
    """``notes``: safe HTML; ``left``: seconds of the sequence, negative when it is over; ``about``: what the screen
    shows instead of the slide, "" when the slide.
    """

    slide: Slide
    steps: list[Step]
    notes: Markup
    sources: list[Source]
    left: int
    about: str
    back: Way | None
    on: Way | None

    @property
    def clock(self) -> str:
        """« 3:07 », whatever the sign."""
        minutes, seconds = divmod(abs(self.left), 60)
        return f"{minutes}:{seconds:02d}"


def console(debate: Debate, now: datetime) -> Console:
    """3 queries at most."""
    module = selectors.module_of(debate)
    shown = slide(module, debate.sequence)
    part = module.sequences[shown.number - 1]
    reading = markdown.Reading(terms=terms(), sources=[source.code for source in module.sources])
    back, on = ways(debate, module)
    return Console(
        slide=shown,
        steps=steps(module, debate.sequence),
        notes=Markup(markdown.html(part.notes, reading)),
        sources=sources_in(module, part.notes),
        left=seconds_left(debate, shown.minutes, now),
        about=about(debate),
        back=back,
        on=on,
    )


def steps(module: sheet.Module, here: int) -> list[Step]:
    return [
        Step(place + 1, part.title, f"go:{place}", place == here)
        for place, part in enumerate(module.sequences)
    ]


def about(debate: Debate) -> str:
    if debate.question:
        return f"À l’écran : le vote, {asked(debate).name.lower()}"
    return f"À l’écran : le résultat, {asked(debate).name.lower()}" if debate.shown else ""


def sources_in(module: sheet.Module, text: str) -> list[Source]:
    """Those that the notes cite, by their number in the module."""
    cited = set(markdown.sources_in(text))
    return [
        Source(number, source.label, source.what, source.year, source.url)
        for number, source in enumerate(module.sources, 1)
        if source.code in cited
    ]


def seconds_left(debate: Debate, minutes: int, now: datetime) -> int:
    whole = timedelta(minutes=minutes)
    spent = now - debate.sequence_since if debate.sequence_since else timedelta()
    return round((whole - spent).total_seconds())


@dataclass(frozen=True, slots=True)
class Vote:
    """A question on the console; ``state``: open, closed or never."""

    tally: Tally
    state: Literal["open", "closed", "never"]
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Direct:
    """What moves while people vote: each question with its ballots, and what phones wrote."""

    votes: list[Vote]
    views: list[View]
    marker: str


def direct(debate: Debate) -> Direct:
    """2 queries at most."""
    votes = [vote_row(debate, ask) for ask in selectors.questions_of(debate).values()]
    views = list(selectors.views_of(debate))
    state = [debate.version, [vote.tally.total for vote in votes]]
    state += [[[line.ballots for line in vote.tally.lines] for vote in votes]]
    state += [[(view.pk, view.text, view.set_aside) for view in views]]
    return Direct(votes, views, format(crc32(repr(state).encode()), "08x"))


def vote_row(debate: Debate, ask: Ask) -> Vote:
    is_open = debate.question == ask.code
    state: Literal["open", "closed", "never"] = (
        "open" if is_open else "closed" if ask.code in debate.results else "never"
    )
    return Vote(tally(ask, selectors.counts_of(debate, ask)), state, debate.shown == ask.code)


@dataclass(frozen=True, slots=True)
class Door:
    """How phones come in: the address to type, and the one behind the picture."""

    typed: str
    link: str
    picture: Svg
