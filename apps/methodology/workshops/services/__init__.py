"""Writes of workshops."""

from apps.methodology.workshops.services.cards import edit_card, remove_card, set_done, write_card
from apps.methodology.workshops.services.dots import set_dots
from apps.methodology.workshops.services.ending import end, end_forgotten
from apps.methodology.workshops.services.meeting import (
    Plan,
    edit_workshop,
    move,
    open_workshop,
    set_everybody_groups,
    set_timer,
)
from apps.methodology.workshops.services.outcomes import make_items, set_kept, set_note
from apps.methodology.workshops.services.people import join, sit
from apps.methodology.workshops.services.piles import place_cards, remove_pile, rename_pile
from apps.methodology.workshops.services.record import save_record

__all__ = [
    "Plan",
    "edit_card",
    "edit_workshop",
    "end",
    "end_forgotten",
    "join",
    "make_items",
    "move",
    "open_workshop",
    "place_cards",
    "remove_card",
    "remove_pile",
    "rename_pile",
    "save_record",
    "set_done",
    "set_dots",
    "set_everybody_groups",
    "set_kept",
    "set_note",
    "set_timer",
    "sit",
    "write_card",
]
