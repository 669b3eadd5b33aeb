"""One bar a year, as long as its total, cut by family: the amounts by their length, the shares inside (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from apps.core.figures.bars import Part, bar, share_text, spans
from apps.core.figures.lettering import text_width
from apps.core.figures.palette import EDGE, INK_SOFT
from apps.core.figures.svg import Element, Svg, rect, text
from apps.core.microtypography import nbsp
from apps.core.typography import euros
from apps.ledger.picture.families import Family

WIDTH, BAR, SIZE, YEAR = 460, 44, 16, 88
SHORTEST = 40  # of a bar that holds something
UNKNOWN = "non donné"
NOTHING = "rien à montrer"


@dataclass(frozen=True, slots=True)
class Column:
    """One year: euros of each family, None when unknown."""

    label: str
    amounts: tuple[Decimal | None, ...]

    @property
    def total(self) -> Decimal | None:
        """Of what is known; None when nothing is."""
        known = [amount for amount in self.amounts if amount is not None]
        return sum(known, Decimal("0.00")) if known else None

    @property
    def drawn(self) -> Decimal:
        """What is above zero: a family that the accounts leave below zero cannot be drawn, and has no share."""
        return sum((amount for amount in self.amounts if amount is not None and amount > 0), Decimal("0.00"))

    def share(self, rank: int) -> Fraction | None:
        """None when it is unknown, below zero, or when there is nothing to share."""
        amount = self.amounts[rank]
        if amount is None or amount < 0 or not self.drawn:
            return None
        return Fraction(amount) / Fraction(self.drawn)

    def shares(self) -> list[Fraction]:
        return [self.share(rank) or Fraction() for rank in range(len(self.amounts))]


def draw(what: str, families: Sequence[Family], columns: Sequence[Column]) -> Svg:
    """``what``: « Ressources ». From the oldest year to the latest; families in the order of the columns' amounts."""
    longest = max((column.drawn for column in columns), default=Decimal(0))
    body: list[Element] = []
    for rank, column in enumerate(columns):
        body += _year(column, families, longest, YEAR * rank)
    under = _under(columns[-1], families, longest, YEAR * len(columns) - 5)
    said = " ".join(_said(column, families) for column in columns)
    return Svg(
        WIDTH,
        YEAR * len(columns) - (0 if under else 18),
        nbsp(f"{what} par famille. {said}"),
        (*body, *under),
    )


def length(column: Column, longest: Decimal) -> float:
    return max(float(WIDTH * Fraction(column.drawn) / Fraction(longest)), SHORTEST)


def _year(column: Column, families: Sequence[Family], longest: Decimal, y: float) -> list[Element]:
    head = [text((0, y + 15), column.label, size=SIZE, font_weight=700)]
    if not column.drawn:
        words = UNKNOWN if column.total is None else NOTHING
        frame = rect(
            1, y + 23, WIDTH - 2, BAR - 2, fill="none", stroke=EDGE, stroke_width=1.5, stroke_dasharray="5 4"
        )
        return [*head, frame, text((12, y + 49), words, size=SIZE, fill=INK_SOFT)]
    at = text_width(column.label, SIZE) + 12
    head.append(text((at, y + 15), euros(column.total or 0), size=SIZE, fill=INK_SOFT))
    parts = [Part(share, one.kind, one.tone) for share, one in zip(column.shares(), families, strict=True)]
    return [*head, *bar(parts, y + 22, length(column, longest), BAR, SIZE)]


def _under(column: Column, families: Sequence[Family], longest: Decimal, y: float) -> list[Element]:
    """Names of the families that fit under their part of the last bar; the others are read in the table."""
    if not column.drawn:
        return []
    placed = zip(families, spans(column.shares(), length(column, longest)), strict=True)
    fits = [
        (x + width / 2, name)
        for one, (x, width) in placed
        if width and (name := next((n for n in (one.name, one.short) if text_width(n, SIZE) <= width), ""))
    ]
    return [text((x, y), name, size=SIZE, text_anchor="middle") for x, name in fits]


def _said(column: Column, families: Sequence[Family]) -> str:
    if not column.drawn:
        return f"{column.label} : {UNKNOWN if column.total is None else NOTHING}."
    parts = [
        f"{one.name.lower()} {share_text(share)}"
        for one, share in zip(families, column.shares(), strict=True)
        if share
    ]
    return f"{column.label}, {euros(column.total or 0)} : {', '.join(parts)}."
