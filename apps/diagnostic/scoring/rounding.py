from fractions import Fraction
from math import floor


def half_up(value: Fraction, decimals: int) -> float:
    """Rounded to ``decimals``, ties away from zero; a float only to be written out."""
    scale = 10**decimals
    magnitude = floor(abs(value) * scale + Fraction(1, 2))
    return float(Fraction(magnitude if value >= 0 else -magnitude, scale))


def maybe(value: Fraction | None, decimals: int) -> float | None:
    """``half_up`` that lets a missing value be missing."""
    return None if value is None else half_up(value, decimals)
