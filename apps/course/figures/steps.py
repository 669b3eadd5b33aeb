"""Steps as a path that goes down: those of the method, those of a partnership (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from apps.core.figures.marks import shape
from apps.core.figures.palette import EDGE, INK, INK_SOFT, LEAF, NEUTRAL, PILLARS, Tone
from apps.core.figures.svg import Element, Svg, circle, line
from apps.core.microtypography import nbsp
from apps.course.figures.kit import LINKS, SMALL, WIDTH, clean, head, label, note, paragraph, wrapped

X, RADIUS, WORDS = 22, 18, 56
KEYS = {pillar.key: pillar for pillar in PILLARS}


@dataclass(frozen=True)
class MethodStep:
    """``minutes`` of work; ``pillars`` are keys of the palette: human, financial, alliances."""

    title: str
    minutes: int
    pillars: tuple[str, ...]


def method(steps: tuple[MethodStep, ...]) -> Svg:
    row, top = 66, 44
    names = [", ".join(KEYS[key].name.lower() for key in step.pillars) or "–" for step in steps]
    body = _way(len(steps), row, top, NEUTRAL)
    for rank, step in enumerate(steps):
        y = top + row * rank
        body += paragraph((WORDS, y + 2), step.title, 288, font_weight=600)
        body.append(label((WORDS, y + 24), f"{step.minutes} minutes", size=SMALL, fill=INK_SOFT))
        body += _supports(step.pillars, y)
    said = " ; ".join(
        f"{rank}. {step.title}, {step.minutes} minutes, {name}"
        for rank, (step, name) in enumerate(zip(steps, names, strict=True), 1)
    )
    return Svg(
        WIDTH,
        top + row * len(steps) - 18,
        nbsp(f"Les {len(steps)} étapes de la démarche. {said}."),
        (label((WIDTH, 16), "appuis en jeu", size=SMALL, fill=INK_SOFT, text_anchor="end"), *body),
        ("Étape", "Titre", "Durée", "Appuis en jeu"),
        clean(
            (str(rank), step.title, f"{step.minutes} minutes", name)
            for rank, (step, name) in enumerate(zip(steps, names, strict=True), 1)
        ),
    )


def _supports(keys: tuple[str, ...], y: float) -> list[Element]:
    """A full mark for a pillar at play, a small empty one for the others, each at its own place."""
    drawn = []
    for rank, pillar in enumerate(PILLARS):
        at = (WIDTH - 66 + 27 * rank, y + 2)
        if pillar.key in keys:
            drawn.append(shape(pillar.shape, at, 9, fill=pillar.tone.strong))
        else:
            drawn.append(shape(pillar.shape, at, 5, fill="none", stroke=EDGE, stroke_width=1.5))
    return drawn


TIMES = (
    ("Préparer", ("Clarifier son projet et ses objectifs", "Choisir le type de partenariat",
                  "Identifier et rencontrer les partenaires")),
    ("S’engager", ("Co-construire le projet commun", "Contractualiser")),
    ("Faire vivre", ("Piloter et animer", "Évaluer et valoriser")),
)  # fmt: skip


def partnership() -> Svg:
    row, top = 56, 44
    steps = [(time, title) for time, titles in TIMES for title in titles]
    body, y = [], float(top)
    body += _way(len(steps), row, top, LINKS.tone, breaks=TIMES)
    rank = 0
    for time, titles in TIMES:
        body.append(label((WORDS, y - 26), time, size=SMALL, fill=LINKS.tone.strong, font_weight=700))
        for title in titles:
            body += _title(title, y)
            y, rank = y + row, rank + 1
        y += GAP
    said = " ; ".join(f"{n}. {title} ({time.lower()})" for n, (time, title) in enumerate(steps, 1))
    return Svg(
        WIDTH,
        y - GAP + 10,
        nbsp(f"Les {len(steps)} étapes d’un partenariat, proposition pédagogique. {said}."),
        (*body, *note(y - GAP, "Proposition pédagogique, non officielle.")),
        ("Étape", "Titre", "Temps"),
        clean((str(n), title, time) for n, (time, title) in enumerate(steps, 1)),
    )


GAP = 34  # before a new time


def _title(title: str, y: float) -> list[Element]:
    lines = wrapped(title, WIDTH - WORDS)
    return paragraph((WORDS, y + 6 - 11 * (len(lines) - 1)), title, WIDTH - WORDS, font_weight=600)


def _way(
    count: int, row: float, top: float, tone: Tone, breaks: tuple[tuple[str, tuple[str, ...]], ...] = ()
) -> list[Element]:
    """The discs, numbered, and the line between them with its heads."""
    starts, seen = set(), 0
    for _, titles in breaks:
        starts.add(seen)
        seen += len(titles)
    places = [
        top + row * rank + GAP * max(0, len({s for s in starts if s <= rank}) - 1) for rank in range(count)
    ]
    drawn: list[Element] = []
    for upper, lower in pairwise(places):
        drawn += [
            line((X, upper), (X, lower - RADIUS - 8), tone.strong, 3),
            head((X, lower - RADIUS), (X, upper), tone.strong, 12),
        ]
    for rank, y in enumerate(places):
        last = rank == count - 1
        drawn.append(
            circle((X, y), RADIUS, fill=tone.strong if not last else LEAF, stroke=tone.strong, stroke_width=3)
        )
        drawn.append(label((X, y + 6), str(rank + 1), size=18, fill=tone.on if not last else INK, font_weight=700,
                           text_anchor="middle"))  # fmt: skip
    return drawn
