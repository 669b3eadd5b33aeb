"""The register of processings, as data: each app declares its models that lead to a person in its ``privacy.py``.

``settings.PRIVACY_REGISTERS`` lists those modules; each has ``PROCESSINGS``, a tuple of ``Processing``, and may have
``HOLDINGS``, a tuple of ``Holding``: what an association keeps here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

SERVICE = "Exécution du service que vous demandez"
INTEREST = "Intérêt légitime"
CONSENT = "Consentement"
LAW = "Obligation légale"
AS_ACCOUNT = "Comme le compte\u00a0: jusqu’à son effacement, ou deux ans sans connexion"
AS_ORGANISATION = "Comme l’association"

# Why the texts of a team outlive one of its members.
TEAMWORK = "Travail commun de l’association\u00a0: il reste à l’équipe, sans votre nom"
# Why a field of a row that is given is not in the copy.
INNER = "Sert au fonctionnement\u00a0: ne dit rien de vous"
SEALED = "Un secret, que nous ne gardons que haché ou scellé"
OTHERS = "Parle d’autres personnes"
TEAM = "Appartient à l’association\u00a0: ses membres le lisent sur la page"
PUBLISHED = "Publié, ou à publier\u00a0: lisible sur la page"
MAILED = "Parti dans votre boîte, avec des liens secrets"
ON_ITS_PAGE = "Se télécharge sur sa page"
# Written in a unique column in place of what designated her: drawn anew for each row.
RANDOM = object()


class Fate(Enum):
    """What becomes of the rows when the person asks for erasure, or is forgotten."""

    ERASED = "effacé"
    ANONYMISED = "anonymisé"
    KEPT = "gardé"


@dataclass(frozen=True, slots=True)
class Processing:
    """One model, and what it keeps of a person.

    ``model``: ``app_label.Model``. ``paths``: lookups from the model to the account (``user``, ``respondent__user``); to an
    address that is hers, ``email`` fields go in ``addresses``. ``fate``: of the rows when she leaves; the other two than
    ERASED need a ``reason``. ``cleared``: for ANONYMISED, the values written in place of what designates her.
    ``export``: the fields given in her copy, in order; without any, ``not_exported`` says why. ``withheld``: reason → the
    fields of those rows that are not given; the key of the row and the columns that lead to her need none. ``reads``: field → the lookup given in its place, when it holds something.
    ``people``, ``recipients``: whom it is about and who reads it, when it is not what ``apps.privacy.registers`` says.
    """

    model: str
    name: str
    purpose: str
    legal_basis: str
    retention: str
    fate: Fate
    paths: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    reason: str = ""
    cleared: Mapping[str, Any] = field(default_factory=dict)
    export: tuple[str, ...] = ()
    not_exported: str = ""
    withheld: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reads: Mapping[str, str] = field(default_factory=dict)
    people: str = ""
    recipients: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """One model, and what becomes of its rows when an association closes.

    ``path``: from the model to the association. ``fate``: ERASED with it, ANONYMISED (the link is cut) or KEPT; the last
    two need a ``reason``.
    """

    model: str
    name: str
    path: str = "organisation"
    fate: Fate = Fate.ERASED
    reason: str = ""
