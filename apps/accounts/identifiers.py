"""SIREN, SIRET and RNA numbers as people type them (pure: no Django, no network)."""

import re
from dataclasses import dataclass

from stdnum.exceptions import InvalidChecksum
from stdnum.fr import siren as siren_check
from stdnum.fr import siret as siret_check

_SEPARATORS = re.compile(r"[\s.\-_]+")
# « W », a département (Corsica 2A/2B, overseas 9R, 9M…), then seven digits.
_RNA = re.compile(r"W\d[0-9A-Z]\d{7}")


class NumberError(ValueError):
    """The message is a French sentence meant for the person who typed the number."""


@dataclass(frozen=True)
class Numbers:
    """Empty strings where a number is unknown."""

    siren: str = ""
    siret: str = ""
    rna: str = ""


def compact(text: str) -> str:
    """Without spaces, dots or dashes, in capitals."""
    return _SEPARATORS.sub("", text).upper()


def looks_like_rna(text: str) -> bool:
    return compact(text).startswith("W")


def read_siren_or_siret(text: str) -> Numbers:
    """SIREN and, when fourteen digits were typed, SIRET. Raises NumberError."""
    number = compact(text)
    if not number:
        return Numbers()
    if not number.isascii() or not number.isdigit():
        raise NumberError("Un SIREN ou un SIRET ne contient que des chiffres.")
    if len(number) not in (9, 14):
        raise NumberError(f"Un SIREN compte 9 chiffres et un SIRET 14. Vous en avez saisi {len(number)}.")
    kind, check = ("SIREN", siren_check) if len(number) == 9 else ("SIRET", siret_check)
    try:
        check.validate(number)
    except InvalidChecksum:
        raise NumberError(
            f"Ce {kind} n’existe pas : un de ses chiffres a sans doute été mal recopié."
        ) from None
    return Numbers(siren=number[:9], siret=number if len(number) == 14 else "")


def read_rna(text: str) -> str:
    """The number in its ten-character form, or an empty string. Raises NumberError."""
    number = compact(text)
    if not number:
        return ""
    if not number.startswith("W"):
        raise NumberError("Un numéro RNA commence par la lettre W.")
    if len(number) != 10:
        raise NumberError(
            f"Après le W, un numéro RNA compte 9 caractères. Vous en avez saisi {len(number) - 1}."
        )
    if not _RNA.fullmatch(number):
        raise NumberError("Ce numéro RNA contient un caractère inattendu : après le W viennent des chiffres.")
    return number
