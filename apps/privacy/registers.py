"""The register of the whole house, read from the modules that each app gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model, Q, QuerySet

from apps.accounts.models import User
from apps.accounts.selectors import addresses_of
from apps.core.processings import Processing


@lru_cache
def modules() -> tuple[ModuleType, ...]:
    return tuple(import_module(path) for path in settings.PRIVACY_REGISTERS)


@lru_cache
def processings() -> tuple[Processing, ...]:
    """Lowest app first, in the order of each module."""
    return tuple(one for module in modules() for one in module.PROCESSINGS)


# How people call what each app does.
ROOMS = {
    "accounts": "Votre compte",
    "audit": "Le journal des actes",
    "documents": "Vos fichiers",
    "diagnostic": "Le diagnostic",
    "webinars": "La bibliothèque",
    "agenda": "Les webinaires du mois",
    "course": "Le parcours",
    "ledger": "Les comptes",
    "methodology": "Les démarches",
    "dashboards": "Programmes et publications",
    "privacy": "Effacement",
}


def by_room() -> list[tuple[str, tuple[Processing, ...]]]:
    """(name of the room, its processings), the account first."""
    found = {module.__name__.split(".")[1]: module.PROCESSINGS for module in modules()}
    return [(title, found[app]) for app, title in ROOMS.items()]


def hooks(name: str) -> Iterator[Callable[..., Any]]:
    """What an app adds of its own: ``refusals(user)``, ``before(user)``, ``closing(organisation)``."""
    yield from (getattr(module, name) for module in modules() if hasattr(module, name))


def model_of(processing: Processing) -> type[Model]:
    found: type[Model] = apps.get_model(processing.model)
    return found


def rows_of(processing: Processing, user: User, mine: Iterable[str] | None = None) -> QuerySet[Any]:
    """Those that lead to this person, by her account or by her address. ``mine``: her addresses, for who asks of many."""
    wanted = Q()
    for path in processing.paths:
        wanted |= Q(**{path: user.pk if path == "pk" else user})
    for address in processing.addresses:
        for one in addresses_of(user) if mine is None else mine:
            wanted |= Q(**{f"{address}__iexact": one})
    rows = model_of(processing)._default_manager
    return rows.filter(wanted).distinct() if wanted else rows.none()
