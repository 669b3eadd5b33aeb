"""What a tool holds (pure): kinds of items, and the fields that are each saved on their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class FieldType(StrEnum):
    """How a value is typed and kept. Stored values: see ``values.py``."""

    LINE = "line"  # str, one line
    TEXT = "text"  # str, several lines
    NUMBER = "number"  # decimal as str, never a float
    EUROS = "euros"  # decimal as str
    DATE = "date"  # AAAA-MM-JJ
    YES_NO = "yes_no"  # bool
    CHOICE = "choice"  # one code
    CHOICES = "choices"  # list of codes, in the order of the list of choices
    MEMBER = "member"  # the key of a seat of the team
    ITEM = "item"  # the key of another item of the same démarche
    ITEMS = "items"  # list of keys
    SHARES = "shares"  # three whole numbers that sum to 100


# Where the choices of a field come from when they are not its own: lists of the catalogue, or of the démarche itself.
CATALOGUE = ("fragilities", "levels", "partnership_types", "pillars")


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """``choices``: (code, label); ``source``: a list of ``CATALOGUE``, or the kind of the items to choose from.

    ``most``: characters of a text, number of choices, or the greatest number. ``unit`` is shown after the field.
    """

    code: str
    label: str
    type: FieldType = FieldType.LINE
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    source: str = ""
    most: int = 0
    unit: str = ""
    is_signed: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of item. ``is_single``: there is one for the démarche, made with it. ``of``: the kind it belongs to.

    ``title`` is the field that names an item in lists; "" when the kind is single or named by its ``of``.
    """

    code: str
    singular: str
    plural: str
    fields: tuple[FieldSpec, ...]
    title: str = ""
    is_single: bool = False
    of: str = ""
    # Its title when the item that should name it is not chosen.
    blank: str = ""
    # Feminine, for « Ajouter une activité », « aucune activité ».
    is_feminine: bool = False
    most: int = 200
    # Of one parent, when ``of``; 0: only ``most`` bounds them.
    most_each: int = 0
    # The address, of its parent, of the page that shows it; "" when that is the parent’s own page.
    shown_at: str = ""

    @property
    def this(self) -> str:
        """« cette activité », « ce levier », « cet indicateur »."""
        before_vowel = self.singular[0] in "aeiouhéè"
        return f"{'cette' if self.is_feminine else 'cet' if before_vowel else 'ce'} {self.singular}"

    @property
    def goes_in_rows(self) -> bool:
        """Typed in several at once; longer ones have a page of their own."""
        return not self.is_single and len(self.fields) <= 14

    def field(self, code: str) -> FieldSpec:
        """KeyError for a field that this kind does not have."""
        return self.by_code[code]

    @property
    def by_code(self) -> Mapping[str, FieldSpec]:
        return {field.code: field for field in self.fields}


@dataclass(frozen=True, slots=True)
class Tool:
    """``step``: 1 to 8. ``kinds`` in the order they are shown. ``reads``: kinds of other tools that its page shows too."""

    code: str
    step: int
    title: str
    about: str
    kinds: tuple[Kind, ...]
    reads: tuple[str, ...] = ()

    @property
    def kinds_in_rows(self) -> list[Kind]:
        return [kind for kind in self.kinds if kind.goes_in_rows]
