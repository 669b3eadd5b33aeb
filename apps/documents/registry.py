"""Kinds of documents, named by the apps above: ``kind`` → the function that writes its page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DocumentSource:
    """What a worker turns into a file. ``at`` is the only date written in the file."""

    html: str
    at: datetime


Build = Callable[[UUID], DocumentSource]
_builders: dict[str, Build] = {}


def register(kind: str, build: Build) -> None:
    """Called once per kind in ``AppConfig.ready``; ``build`` gets the ``subject_id`` of the request."""
    _builders[kind] = build


def builder(kind: str) -> Build:
    """KeyError for a kind nobody registered."""
    return _builders[kind]
