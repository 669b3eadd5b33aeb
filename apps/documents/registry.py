"""Kinds of documents, named by the apps above: ``kind`` → the function that writes its page, and how it is spoken of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse

if TYPE_CHECKING:  # kinds are registered before models are loaded
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from apps.accounts.models import User


@dataclass(frozen=True, slots=True)
class DocumentSource:
    """What a worker turns into a file. ``at`` is the only date written in the file.

    ``seal``: what is done to the finished PDF (an electronic seal, which carries the moment it was put).
    """

    html: str
    at: datetime
    seal: Callable[[bytes], bytes] | None = None


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file that its kind makes itself; its type is told by the ending of the document's file name."""

    content: bytes


@dataclass(frozen=True, slots=True)
class Words:
    """How pages speak of a kind. ``e`` makes it feminine; ``back``: a name of address and its arguments.

    ``format``: what a file that is no PDF is called.
    """

    name: str = "le rapport"
    yours: str = "votre rapport"
    e: str = ""
    says: str = "Il dit la même chose que l’écran."
    format: str = "Fichier"
    kept: str = "Vos réponses et votre résultat sont intacts"
    kicker: str = ""
    door: str = "agir"
    back: tuple[str, ...] = ("accounts:home",)
    back_label: str = "Revenir à mon espace"

    def back_url(self, subject: UUID) -> str:
        """``{subject}`` among the arguments is that of the document."""
        name, *arguments = self.back
        return reverse(name, args=[argument.format(subject=subject) for argument in arguments])

    @property
    def ready(self) -> str:
        return f"{_capital(self.name)} est prêt{self.e}."

    @property
    def failed(self) -> str:
        return f"{_capital(self.name)} n’a pas pu être préparé{self.e}"

    @property
    def held(self) -> str:
        return (
            f"Votre demande est gardée\u00a0: {self.name} sera préparé{self.e} dès qu’elle répondra. "
            "Vous pouvez fermer cette page et revenir plus tard."
        )

    @property
    def lost(self) -> str:
        return (
            f"{self.kept}\u00a0: {self.name} peut être préparé{self.e} de nouveau, à l’identique, "
            "en quelques secondes."
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


Build = Callable[[UUID], DocumentSource | FileSource]
# The subjects whose documents a person reads now, as a queryset of their identifiers.
Subjects = Callable[["User | AnonymousUser"], "QuerySet[Any, Any]"]
_builders: dict[str, Build] = {}
_words: dict[str, Words] = {}
_subjects: dict[str, Subjects] = {}
_taken: dict[str, Callable[[UUID], None]] = {}
_REPORT = Words()


def register(
    kind: str,
    build: Build,
    words: Words = _REPORT,
    subjects: Subjects | None = None,
    taken: Callable[[UUID], None] | None = None,
) -> None:
    """Called once per kind in ``AppConfig.ready``; ``build`` gets the ``subject_id`` of the request.

    ``subjects``: the rule of a kind that not every member of the association reads; it decides alone.
    ``taken``: told the document each time its file is given.
    """
    _builders[kind] = build
    if taken:
        _taken[kind] = taken
    _words[kind] = words
    if subjects:
        _subjects[kind] = subjects


def ruled() -> dict[str, Subjects]:
    """The kinds with a rule of their own."""
    return _subjects


def builder(kind: str) -> Build:
    """KeyError for a kind nobody registered."""
    return _builders[kind]


def tell_taken(kind: str, document: UUID) -> None:
    if kind in _taken:
        _taken[kind](document)


def words(kind: str) -> Words:
    return _words.get(kind, _REPORT)
