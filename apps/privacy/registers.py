"""The register of the whole house, read from the modules that each app gives."""

from __future__ import annotations

import csv
import io
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
from apps.core.microtypography import nbsp
from apps.core.processings import AS_ORGANISATION, Processing
from apps.core.spreadsheets import inert


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
    "support": "L’aide",
}


def by_room() -> list[tuple[str, tuple[Processing, ...]]]:
    """(name of the room, its processings), the account first."""
    found = {module.__name__.split(".")[1]: module.PROCESSINGS for module in modules()}
    return [(title, found[app]) for app, title in ROOMS.items()]


# Who reads what an app keeps, unless a processing says otherwise.
ALONE = "La personne elle-même"
READERS = {
    "diagnostic": "Les membres de l’association",
    "ledger": "Les membres de l’association",
    "methodology": "L’équipe de la démarche",
    "webinars": "La curation",
    "audit": "L’exploitation de la plateforme",
}
CSV_HEADER = (
    "Activité", "Finalité", "Base légale", "Personnes concernées", "Données", "Durée", "Destinataires", "Au départ de la personne",
)  # fmt: skip


def people_of(one: Processing) -> str:
    if one.people:
        return one.people
    return "Titulaires d’un compte" if one.paths or not one.addresses else "Personnes invitées ou inscrites"


def recipients_of(one: Processing) -> str:
    """The platform's operator and host besides, for all of them: the page of personal data says it."""
    told = READERS.get(one.model.partition(".")[0], ALONE)
    if one.retention == AS_ORGANISATION and told == ALONE:
        told = "Les membres de l’association"
    return one.recipients or told


def as_csv() -> str:
    """The register as the authority wants it: a line a processing. Semicolons and a mark of UTF-8, nothing a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(CSV_HEADER)
    for room, found in by_room():
        for one in found:
            fate = f"{one.fate.value} : {one.reason}" if one.reason else one.fate.value
            told = (
                room,
                one.purpose,
                one.legal_basis,
                people_of(one),
                one.name,
                one.retention,
                recipients_of(one),
                fate,
            )
            writer.writerow([inert(nbsp(text)) for text in told])
    return "\ufeff" + out.getvalue()


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
