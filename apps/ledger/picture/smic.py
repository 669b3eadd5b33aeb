"""The gross hourly minimum wage since 2019, with its texts, and the employer's part that loads it (pure).

Amounts and texts were read in published pages on 27 November 2026 (status P); none later than January 2026 was found.
The load is a weak source (P-): it is said beside every amount that it gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from apps.core.typography import date_long, euros, number, rounded


@dataclass(frozen=True, slots=True)
class Smic:
    """Euros an hour, Mayotte excepted, from ``since`` to the next one."""

    since: date
    gross: Decimal
    text: str

    @property
    def loaded(self) -> Decimal:
        """To the cent, half up."""
        exact = rounded(Fraction(self.gross) * (1 + Fraction(LOAD)), 2)
        return Decimal(exact.numerator * (100 // exact.denominator)).scaleb(-2)

    @property
    def said(self) -> str:
        return (
            f"Smic horaire brut de {euros(self.gross, 2)} depuis le {date_long(self.since)} ({self.text}), plus "
            f"{number(LOAD * 100, 1)} % de cotisations patronales : {euros(self.loaded, 2)} de l’heure"
        )


LOAD = Decimal("0.311")
LOAD_SOURCE = (
    "Associations mode d’emploi, qui compte les cotisations patronales sans les allégements. Le taux de 31,1 % y date "
    "de 2012 : source fragile, à discuter avec votre expert-comptable."
)
LOAD_URL = (
    "https://www.associationmodeemploi.fr/article/"
    "on-me-dit-que-les-associations-doivent-valoriser-le-benevolat-comment-faire.66559"
)
VALUES = (
    Smic(date(2019, 1, 1), Decimal("10.03"), "décret n° 2018-1173 du 19 décembre 2018"),
    Smic(date(2020, 1, 1), Decimal("10.15"), "décret n° 2019-1387 du 18 décembre 2019"),
    Smic(date(2021, 1, 1), Decimal("10.25"), "décret n° 2020-1598 du 16 décembre 2020"),
    Smic(date(2021, 10, 1), Decimal("10.48"), "arrêté du 27 septembre 2021"),
    Smic(date(2022, 1, 1), Decimal("10.57"), "décret n° 2021-1741 du 22 décembre 2021"),
    Smic(date(2022, 5, 1), Decimal("10.85"), "arrêté du 19 avril 2022"),
    Smic(date(2022, 8, 1), Decimal("11.07"), "arrêté du 29 juillet 2022"),
    Smic(date(2023, 1, 1), Decimal("11.27"), "décret n° 2022-1608 du 22 décembre 2022"),
    Smic(date(2023, 5, 1), Decimal("11.52"), "arrêté du 26 avril 2023"),
    Smic(date(2024, 1, 1), Decimal("11.65"), "décret n° 2023-1216 du 20 décembre 2023"),
    Smic(date(2024, 11, 1), Decimal("11.88"), "décret n° 2024-951 du 23 octobre 2024"),
    Smic(date(2026, 1, 1), Decimal("12.02"), "décret n° 2025-1228 du 17 décembre 2025"),
)


def smic_on(day: date) -> Smic | None:
    """The one in force; None before 2019. After the last one we know, that one: its date is shown beside."""
    return next((value for value in reversed(VALUES) if value.since <= day), None)
