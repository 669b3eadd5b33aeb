"""What the sheets of a photograph hold: three pillars of six cells, one row of blocks a sheet (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apps.core.figures.fills import filled
from apps.core.figures.palette import INK_SOFT, PILLARS
from apps.core.figures.svg import Element, Svg, text
from apps.core.microtypography import nbsp
from apps.core.typography import count
from apps.methodology.target.figures.fitting import fitted

WIDTH, SIZE, ROW, TOP = 480, 16, 72, 30
CELL, HIGH, GAP, BETWEEN = 45, 15, 4, 22
FILLS = ("solid", "hatch", "dots")  # one a stage: existing, growing, wanted
STAGES = ("existant", "en cours", "à développer")
PER_PILLAR = 6
Six = tuple[bool, bool, bool, bool, bool, bool]


@dataclass(frozen=True)
class Photo:
    """``cells``: for each pillar, whether something is written: territorial × three stages, then national."""

    name: str
    cells: tuple[Six, Six, Six]


def draw(photos: Sequence[Photo]) -> Svg:
    """ValueError without a sheet."""
    if not photos:
        raise ValueError("no sheet")
    body = [*_head(), *(e for rank, photo in enumerate(photos) for e in _photo(photo, TOP + rank * ROW))]
    y = TOP + len(photos) * ROW
    said = " ".join(_said(photos))
    return Svg(
        WIDTH,
        y + 48,
        nbsp(f"Cases remplies de chaque fiche. {said}"),
        (*body, *_legend(y)),
        ("Fiche", *(pillar.name for pillar in PILLARS)),
        tuple((photo.name, *(f"{sum(six)} sur {PER_PILLAR}" for six in photo.cells)) for photo in photos),
    )


def _left(pillar: int) -> float:
    return pillar * (3 * CELL + 2 * GAP + BETWEEN)


def _head() -> list[Element]:
    names = ("Richesses humaines", "Ressources fin.", "Alliances")
    return [
        text((_left(rank), 18), name, size=15, fill=pillar.tone.strong, font_weight=700)
        for rank, (name, pillar) in enumerate(zip(names, PILLARS, strict=True))
    ]


def _photo(photo: Photo, y: float) -> list[Element]:
    drawn = [text((0, y + 16), fitted(photo.name, SIZE, WIDTH - 4), size=SIZE)]
    for rank, (pillar, six) in enumerate(zip(PILLARS, photo.cells, strict=True)):
        for place, is_filled in enumerate(six):
            row, stage = divmod(place, 3)
            at = (_left(rank) + stage * (CELL + GAP), y + 24 + row * (HIGH + GAP))
            drawn += filled(FILLS[stage] if is_filled else "hollow", *at, CELL, HIGH, pillar.tone)
    return drawn


def _legend(y: float) -> list[Element]:
    drawn: list[Element] = []
    for rank, (kind, word) in enumerate(zip(FILLS, STAGES, strict=True)):
        x = _left(rank)
        drawn += [*filled(kind, x, y + 2, 26, 15, PILLARS[0].tone), text((x + 34, y + 15), word, size=15)]
    words = "En haut, au plan territorial ; en bas, au plan national."
    return [*drawn, text((0, y + 40), nbsp(words), size=15, fill=INK_SOFT)]


def _said(photos: Sequence[Photo]) -> Iterator[str]:
    for photo in photos:
        parts = ", ".join(
            f"{pillar.name.lower()} {count(sum(six), 'case', 'cases')} sur {PER_PILLAR}"
            for pillar, six in zip(PILLARS, photo.cells, strict=True)
        )
        yield f"{photo.name} : {parts}."
