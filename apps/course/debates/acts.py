"""What a button of the console sends, « name:value », and the service it calls."""

from __future__ import annotations

from collections.abc import Callable

from apps.course.debates import services
from apps.course.debates.errors import Refused
from apps.course.models import Debate

Act = Callable[[Debate, str], Debate]


def place(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 4):
        raise Refused("Cette séquence n’existe pas : rechargez la page.")
    return int(value)


ACTS: dict[str, Act] = {
    "start": lambda debate, _: services.start(debate=debate),
    "go": lambda debate, value: services.go(debate=debate, place=place(value)),
    "open": lambda debate, value: services.open_question(debate=debate, code=value),
    "close": lambda debate, value: services.close_question(debate=debate, code=value),
    "show": lambda debate, value: services.show(debate=debate, code=value),
    "book": lambda debate, value: services.set_open_book(debate=debate, is_open_book=value == "1"),
    "end": lambda debate, _: services.end(debate=debate),
}


def perform(debate: Debate, said: str) -> Debate:
    """The debate as it is after; Refused when it cannot be done."""
    name, _, value = said.partition(":")
    if name not in ACTS:
        raise Refused("Ce geste n’existe pas : rechargez la page.")
    return ACTS[name](debate, value)
