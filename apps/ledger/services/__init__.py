"""Writes. Every one of them is whole or not at all."""

from apps.ledger.services.correcting import correct
from apps.ledger.services.exercises import accept, complete, drop, remove, save_typed
from apps.ledger.services.pasting import keep_pasted
from apps.ledger.services.reading import read_import
from apps.ledger.services.sending import request_import
from apps.ledger.services.upkeep import put_back, sweep

__all__ = [
    "accept",
    "complete",
    "correct",
    "drop",
    "keep_pasted",
    "put_back",
    "read_import",
    "remove",
    "request_import",
    "save_typed",
    "sweep",
]
