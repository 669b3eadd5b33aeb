"""Kinds of documents, named by the apps above: ``kind`` → the function that writes its page, and how it is spoken of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class DocumentSource:
    """What a worker turns into a file. ``at`` is the only date written in the file."""

    html: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Words:
    """How pages speak of a kind. ``e`` makes it feminine; ``back``: a name of address and its arguments."""

    name: str = "le rapport"
    yours: str = "votre rapport"
    e: str = ""
    says: str = "Il dit la même chose que l’écran."
    kept: str = "Vos réponses et votre résultat sont intacts"
    kicker: str = ""
    door: str = "agir"
    back: tuple[str, ...] = ("accounts:home",)
    back_label: str = "Revenir à mon espace"

    @property
    def back_url(self) -> str:
        name, *arguments = self.back
        return reverse(name, args=arguments)

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


Build = Callable[[UUID], DocumentSource]
_builders: dict[str, Build] = {}
_words: dict[str, Words] = {}
_REPORT = Words()


def register(kind: str, build: Build, words: Words = _REPORT) -> None:
    """Called once per kind in ``AppConfig.ready``; ``build`` gets the ``subject_id`` of the request."""
    _builders[kind] = build
    _words[kind] = words


def builder(kind: str) -> Build:
    """KeyError for a kind nobody registered."""
    return _builders[kind]


def words(kind: str) -> Words:
    return _words.get(kind, _REPORT)
