"""Calendar quarters (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

MONTHS_COUNTED = 24
QUARTERS_COUNTED = MONTHS_COUNTED // 3


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """``number`` is 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(day.year, (day.month - 1) // 3 + 1)

    @property
    def slug(self) -> str:
        return f"{self.year}-t{self.number}"

    @property
    def short(self) -> str:
        return f"T{self.number} {self.year}"

    @property
    def name(self) -> str:
        """« 3e trimestre 2026 »; templates raise the ordinal with ``|typo``-free text."""
        return f"{self.number}{'er' if self.number == 1 else 'e'} trimestre {self.year}"

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        return self.following.first_day - timedelta(days=1)

    @property
    def following(self) -> Quarter:
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def before(self) -> Quarter:
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    @property
    def counted_from(self) -> date:
        """First day of closing that the quarter's release counts: two years before its end."""
        end = self.following.first_day
        return date(end.year - MONTHS_COUNTED // 12, end.month, 1)


def last_ended(today: date) -> Quarter:
    return Quarter.of(today).before
