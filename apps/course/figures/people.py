"""The human pillar: four kinds of people who make the project; volunteers in figures (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.figures.fills import filled
from apps.core.figures.palette import INK, INK_SOFT, LEAF, LINE, SAND
from apps.core.figures.svg import Element, Point, Svg, circle, line, rect
from apps.core.microtypography import NARROW, nbsp
from apps.course.figures.kit import (
    HUMAN,
    LARGE,
    SMALL,
    WIDTH,
    centred,
    clean,
    hundred,
    label,
    paragraph,
    told,
)  # fmt: skip

KINDS = (
    ("Bénévoles", "un temps donné, librement"),
    ("Salariat", "un contrat, un salaire"),
    ("Volontariat", "une mission, une durée, une indemnité"),
    ("Mécénat de compétences", "un savoir-faire prêté par une entreprise"),
)
CORNERS: tuple[Point, ...] = ((92, 92), (348, 92), (92, 348), (348, 348))


def wealth() -> Svg:
    rows, middle = clean(KINDS), (220.0, 220.0)
    links = [line(middle, corner, HUMAN.tone.strong, 5) for corner in CORNERS]
    discs = [element for rank, corner in enumerate(CORNERS) for element in _kind(rank, corner)]
    heart = [
        circle(middle, 68, fill=HUMAN.tone.strong),
        *centred(middle, "Richesses humaines", 110, size=19, fill=HUMAN.tone.on, font_weight=700),
    ]
    return Svg(
        WIDTH,
        WIDTH,
        nbsp(f"Quatre façons de faire vivre un projet, autour des richesses humaines. {told(rows)}."),
        (*links, *discs, *heart),
        ("Qui", "Ce qui les lie au projet"),
        rows,
    )


def _kind(rank: int, at: Point) -> list[Element]:
    name, words = KINDS[rank]
    long = len(name) > 14
    return [
        circle(at, 89, fill=HUMAN.tone.soft, stroke=HUMAN.tone.strong, stroke_width=3),
        *centred((at[0], at[1] - 34), name, 130 if not long else 110, size=18, font_weight=700),
        *centred((at[0], at[1] + (30 if long else 22)), words, 146, size=SMALL),
    ]


@dataclass(frozen=True)
class Volunteers:
    """Published for ``year``: % of the French, millions of people, % by age; ``before`` is (%, year) of the oldest."""

    share: int
    millions: str
    weekly: str
    ages: tuple[tuple[str, int], ...]
    before: tuple[int, str]
    year: str


AGE_ROW, AGES_TOP, SCALE = 58, 304, 8.0  # pixels for one %


def volunteers(data: Volunteers) -> Svg:
    base = AGES_TOP + 32 + AGE_ROW * len(data.ages)
    ages = [e for rank in range(len(data.ages)) for e in _age(data, rank, AGES_TOP + 34 + AGE_ROW * rank)]
    age_rows = [(f"Bénévoles parmi les {who}", f"{share} %", data.year) for who, share in data.ages]
    rows = clean((
        ("Bénévoles dans une association", f"{data.share} % des Français", data.year),
        ("En nombre de personnes", f"≈ {data.millions} millions", data.year),
        ("Chaque semaine", f"≈ {data.weekly} millions", data.year),
        *age_rows,
        (f"Bénévoles parmi les {data.ages[-1][0]}", f"{data.before[0]} %", data.before[1]),
    ))  # fmt: skip
    return Svg(
        WIDTH,
        base,
        nbsp(f"Le bénévolat associatif en {data.year}. {told(rows)}."),
        (*_share(data), *_weekly(data), label((0, AGES_TOP), "Selon l’âge", font_weight=700), *ages),
        ("Qui", "Combien", "Année"),
        rows,
    )


def _share(data: Volunteers) -> list[Element]:
    words = f"des Français sont bénévoles, soit environ {data.millions} millions de personnes ({data.year})"
    return [
        label((0, 36), f"{data.share}{NARROW}%", size=LARGE + 8, font_weight=700),
        *paragraph((106, 18), words, WIDTH - 106),
        *hundred(data.share, (0, 58), HUMAN.shape, HUMAN.tone),
    ]


def _weekly(data: Volunteers) -> list[Element]:
    """The part of them who act each week, to scale."""
    part = float(data.weekly.replace(",", ".")) / float(data.millions.replace(",", "."))
    y = 214
    return [
        label((0, y), f"Chaque semaine : environ {data.weekly} millions", font_weight=700),
        rect(0.75, y + 12.75, WIDTH - 1.5, 28.5, fill=SAND, stroke=HUMAN.tone.strong, stroke_width=1.5),
        *filled("hatch", 0, y + 12, WIDTH * part, 30, HUMAN.tone),
        label((WIDTH * part + 10, y + 33), f"sur {data.millions} millions", size=SMALL),
    ]


def _age(data: Volunteers, rank: int, y: float) -> list[Element]:
    who, share = data.ages[rank]
    drawn = [
        label((0, y), who, size=SMALL, fill=INK_SOFT),
        line((0, y + 21), (50 * SCALE, y + 21), LINE, 1.5),
        rect(0, y + 10, share * SCALE, 22, fill=HUMAN.tone.strong),
        label(
            (share * SCALE - 8, y + 27), f"{share} %", fill=HUMAN.tone.on, font_weight=700, text_anchor="end"
        ),
    ]
    if rank == len(data.ages) - 1:
        before, when = data.before
        drawn += [
            circle((before * SCALE, y + 21), 8, fill=LEAF, stroke=HUMAN.tone.strong, stroke_width=3),
            label((before * SCALE + 15, y + 4), f"{before} % en {when}", size=SMALL, fill=INK,
                  text_anchor="middle"),
        ]  # fmt: skip
    return drawn
