"""A button that moves a document: the version it was pressed on, and what is told afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, QueryDict

from apps.editorial.workflow import ConflictError, IncompleteError, NotNowError


@dataclass(frozen=True, slots=True)
class Pointer:
    """A sentence, and the place in the form that it speaks of."""

    where: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Refusals:
    """What is told when an act is not done; ``also``: an error of this kind of document, told as it is."""

    changed: str
    lacking: str
    also: type[ValueError] = NotNowError


def version_of(request: HttpRequest) -> int:
    """0 when what was sent is no version."""
    version = request.POST.get("version", "")
    return int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0


def perform(
    request: HttpRequest, act: Callable[[], object], said: str, refusals: Refusals, lost: str = ""
) -> None:
    """Performs the act and tells it, or tells why not, with what had been typed (``lost``)."""
    try:
        act()
    except ConflictError:
        messages.warning(request, refusals.changed)
    except IncompleteError:
        messages.error(request, refusals.lacking)
    except (NotNowError, refusals.also) as error:
        messages.error(request, f"{error} Votre texte n’a pas servi : « {lost} »." if lost else str(error))
    else:
        messages.success(request, said)


def typed(kept: QueryDict | None, *names: str) -> dict[str, str]:
    """What someone had written before her session ended."""
    return {name: str(kept[name]) for name in names if kept and name in kept}
