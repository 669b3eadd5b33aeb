"""One sending of a phone: a choice, words, or both. Each is kept when it can be."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from apps.course.debates import services
from apps.course.debates.errors import Refused
from apps.course.debates.forms import PhoneForm
from apps.course.models import Debate

UNREADABLE = "Cette réponse n’a pas été comprise : choisissez-en une dans la liste."
WORDS_KEPT = "Votre mot, lui, est bien arrivé."


def send(debate: Debate, voter: UUID, form: PhoneForm) -> tuple[str, int]:
    """("", 200) when all was done, or (what to tell, its status)."""
    if not form.is_valid():
        return " ".join(map(str, form.errors.get("text", [UNREADABLE]))), 422
    said = form.cleaned_data
    problems: list[str] = []
    if said["choice"] is not None:
        problems += refused(
            lambda: services.vote(
                debate=debate, question=said["question"], voter=voter, choice=said["choice"]
            )
        )
    if "text" in form.data and (said["text"] or "words" in form.data):
        late = refused(
            lambda: services.say(debate=debate, question=said["question"], voter=voter, text=said["text"])
        )
        problems += late or ([WORDS_KEPT] if problems and said["text"] else [])
    return " ".join(problems), 409 if problems else 200


def refused(act: Callable[[], None]) -> list[str]:
    """Why, or nothing when it was done."""
    try:
        act()
    except Refused as refusal:
        return [str(refusal)]
    return []
