"""The register of processings, as data: each app declares its models that lead to a person in its ``privacy.py``.

``settings.PRIVACY_REGISTERS`` lists those modules; each has ``PROCESSINGS``, a tuple of ``Processing``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Fate(Enum):
    """What becomes of the rows when the person asks for erasure, or is forgotten."""

    ERASED = "effacé"
    ANONYMISED = "anonymisé"
    KEPT = "gardé"


@dataclass(frozen=True, slots=True)
class Processing:
    """One model, and what it keeps of a person.

    ``model``: ``app_label.Model``. ``paths``: lookups from the model to the person (``user``, ``respondent__user``), or to
    her address (``email``). ``fate``: of the rows, when she leaves; KEPT and ANONYMISED need a ``reason``.
    ``fields``: for ANONYMISED, the values written in place (a callable receives the row's primary key).
    ``export``: model fields given in her copy, in order; empty with ``not_exported`` (why) when none is.
    """

    model: str
    paths: tuple[str, ...]
    name: str
    purpose: str
    legal_basis: str
    retention: str
    fate: Fate
    reason: str = ""
    fields: Mapping[str, Any | Callable[[Any], Any]] = field(default_factory=dict)
    export: tuple[str, ...] = ()
    not_exported: str = ""
