"""What the accounts give to the diagnostic, for ``settings.FINANCE_SOURCES``."""

from __future__ import annotations

from decimal import Decimal

from apps.accounts.models import Organisation, User
from apps.ledger.selectors import years_readable_by


def finances(user: User, organisation: Organisation) -> dict[int, dict[str, Decimal]]:
    """By year, figures and resources of the diagnostic in euros; nothing for who is no member. 3 queries."""
    return {year.year: year.finances() for year in years_readable_by(user, organisation)}
