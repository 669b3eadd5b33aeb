"""Seven ways to fund an association: who pays most, who pays too (pure; our own words)."""

from __future__ import annotations

from apps.core.figures.marks import shape
from apps.core.figures.palette import INK_SOFT, LEAF, LINE
from apps.core.figures.svg import Element, Svg, line
from apps.core.microtypography import nbsp
from apps.core.typography import join_list
from apps.course.figures.kit import MONEY, SIZE, SMALL, WIDTH, clean, label, note, paragraph, told

PAYERS = (("Membres", "les membres"), ("Usagers", "les usagers et la clientèle"), ("Public", "les acteurs publics"),
          ("Privé", "les dons et le mécénat"))  # fmt: skip
# A mark a payer, in their order: « + » pays most, « o » pays too, « . » little or nothing; then what it asks for.
MODELS = (
    ("Membres", "+...", "peu de besoins permanents"),
    ("Activités", ".+o.", "un prix juste, une clientèle fidèle"),
    ("Gestion de service public", ".o+.", "un cadre strict, des équipes salariées"),
    ("Subvention", "..+.", "une trésorerie solide pour attendre les versements"),
    ("Cofinancement", "..++", "des fonds propres de départ, du temps pour les partenaires"),
    ("Mobilisation privée", "...+", "du temps pour la collecte et la relation"),
    ("Hybride ou capitalisation", "oooo", "un pilotage attentif, un patrimoine à faire vivre"),
)
ROW, TOP, FIRST, STEP = 52, 40, 186, 68


def draw() -> Svg:
    rows = clean(
        (f"{rank}. {name}", _payers(marks), asks) for rank, (name, marks, asks) in enumerate(MODELS, 1)
    )
    base = TOP + ROW * len(MODELS)
    body = [element for rank in range(len(MODELS)) for element in _row(rank)]
    heads = [label((FIRST + 18 + STEP * i, 22), short, size=SMALL, fill=INK_SOFT, text_anchor="middle")
             for i, (short, _) in enumerate(PAYERS)]  # fmt: skip
    return Svg(
        WIDTH,
        base + 68,
        nbsp(f"Sept façons de financer une association, proposition pédagogique. {told(rows)}."),
        (*heads, *body, *_legend(base + 34)),
        ("Modèle de ressources", "Qui paie", "Ce que cela demande"),
        rows,
    )


def _payers(marks: str) -> str:
    main, other = (
        [payer for (_, payer), mark in zip(PAYERS, marks, strict=True) if mark == sign] for sign in "+o"
    )
    if not main:
        return f"un peu de chacun : {join_list(other)}"
    return f"surtout {join_list(main)}" + (f", et aussi {join_list(other)}" if other else "")


def _row(rank: int) -> list[Element]:
    name, marks, _ = MODELS[rank]
    y = TOP + ROW * rank + ROW / 2
    words = f"{rank + 1}. {name}"
    lines = paragraph((0, 0), words, FIRST - 20)
    base = y + 6 - (len(lines) - 1) * SIZE * 0.65
    return [
        line((0, y - ROW / 2), (WIDTH, y - ROW / 2), LINE, 1.5),
        *paragraph((0, base), words, FIRST - 20, font_weight=600),
        *(_mark(mark, FIRST + 18 + STEP * i, y) for i, mark in enumerate(marks)),
    ]


def _mark(sign: str, x: float, y: float) -> Element:
    if sign == "+":
        return shape(MONEY.shape, (x, y), 13, fill=MONEY.tone.strong)
    if sign == "o":
        return shape(MONEY.shape, (x, y), 9, fill=LEAF, stroke=MONEY.tone.strong, stroke_width=3)
    return line((x - 5, y), (x + 5, y), LINE, 2)


def _legend(y: float) -> list[Element]:
    return [
        _mark("+", 14, y - 6),
        label((36, y), "paie le plus", size=SMALL),
        _mark("o", 156, y - 6),
        label((176, y), "paie aussi", size=SMALL),
        *note(y + 28, "Proposition pédagogique, non officielle."),
    ]
