"""Figures that the association has elsewhere, offered in the form of an exercise: read again, then saved by a person."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.conf import settings
from django.utils.module_loading import import_string

from apps.accounts.models import Organisation, User

Figures = Mapping[str, Decimal]


def known_years(user: User, organisation: Organisation) -> dict[int, Figures]:
    """By year, the figures and resources of ``FinanceYear`` that ``settings.FINANCE_SOURCES`` know, for this person."""
    found: dict[int, Figures] = {}
    for path in settings.FINANCE_SOURCES:
        for year, figures in import_string(path)(user, organisation).items():
            found.setdefault(year, figures)
    return found
