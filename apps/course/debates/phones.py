"""What a phone shows of the debate it is in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from apps.course.debates import selectors
from apps.course.debates.asks import Tally, tally
from apps.course.models import Debate

Kind = Literal["ready", "wait", "ask", "closed", "over"]


@dataclass(frozen=True, slots=True)
class Phone:
    """``chosen``: the place of this phone's choice, None before; ``text``: its words; ``problem``: why the last sending
    did not do all that was asked, "" when it did.
    """

    kind: Kind
    tally: Tally | None = None
    chosen: int | None = None
    text: str = ""
    problem: str = ""
    title: str = ""

    @property
    def chosen_label(self) -> str:
        found = self.chosen is not None and self.tally
        return self.tally.ask.choices[self.chosen] if found and self.tally and self.chosen is not None else ""


def phone(debate: Debate) -> Phone:
    """For a debate of ``by_code``. 1 query when a question is open or shown, none otherwise."""
    if not debate.is_live:
        return Phone("ready", title=debate.title)
    code = debate.question or debate.shown
    if not code:
        return Phone("wait", title=debate.title)
    ask = selectors.questions_of(debate)[code]
    counts = [] if debate.question else debate.results.get(code, [])
    return Phone(
        kind="ask" if debate.question else "closed",
        tally=tally(ask, counts),
        chosen=debate.own_choice,  # type: ignore[attr-defined]
        text=debate.own_text or "",  # type: ignore[attr-defined]
        title=debate.title,
    )
