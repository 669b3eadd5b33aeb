"""What makes it run each year, what invests once: two calendars, and the resources that suit each (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.figures.fills import filled
from apps.core.figures.palette import INK, INK_SOFT
from apps.core.figures.svg import Element, Svg, line
from apps.core.microtypography import nbsp
from apps.core.typography import join_list
from apps.course.figures.kit import MONEY, SMALL, WIDTH, clean, depth, label, paragraph


@dataclass(frozen=True)
class Use:
    name: str
    rhythm: str
    kind: str  # a key of fills.KINDS
    bars: tuple[int, int, int, int]  # heights a year, without a scale
    pays: tuple[str, ...]
    by: tuple[str, ...]


USES = (
    Use(
        "Faire tourner", "chaque année, à nouveau", "solid", (40, 42, 41, 44),
        ("les salaires", "le loyer", "les assurances", "les petits achats"),
        ("les cotisations", "les ventes et prestations", "les subventions de fonctionnement", "les dons réguliers"),
    ),
    Use(
        "Investir", "une fois, pour plusieurs années", "hatch", (8, 84, 8, 8),
        ("un véhicule, des travaux", "un logiciel", "le lancement d’une activité"),
        ("les fonds propres", "une subvention d’investissement", "un prêt, un apport remboursable",
         "un mécénat de projet"),
    ),
)  # fmt: skip
COLUMN, GUTTER, CHART = 208, 24, 176
SCHEMA = "Schéma : les barres n’ont pas d’échelle."


def draw() -> Svg:
    columns = [_column(use, (COLUMN + GUTTER) * rank) for rank, use in enumerate(USES)]
    end = max(y for _, y in columns)
    said = " ; ".join(
        f"{use.name}, {use.rhythm} : paie {join_list(use.pays)} ; avec {join_list(use.by)}" for use in USES
    )
    rows = [(use.name, use.rhythm, join_list(use.pays), join_list(use.by)) for use in USES]
    return Svg(
        WIDTH,
        end + 26,
        nbsp(f"Deux usages de l’argent à ne pas confondre. {said}."),
        (
            *(element for column, _ in columns for element in column),
            label((0, end + 16), SCHEMA, size=SMALL, fill=INK_SOFT),
        ),
        ("Usage", "Rythme", "Ce que cela paie", "Avec quoi"),
        clean(rows),
    )


def _column(use: Use, x: float) -> tuple[list[Element], float]:
    """The column, and how far down it goes."""
    pace, tone = COLUMN / 4, MONEY.tone
    drawn = [
        label((x, 20), use.name, size=21, font_weight=700),
        *paragraph((x, 44), use.rhythm, COLUMN, size=SMALL, fill=INK_SOFT),
    ]
    for rank, high in enumerate(use.bars):
        drawn += filled(use.kind, x + pace * rank + 6, CHART - high, pace - 12, high, tone)
        year = f"an {rank + 1}"
        middle = x + pace * (rank + 0.5)
        drawn.append(label((middle, CHART + 20), year, size=SMALL, fill=INK_SOFT, text_anchor="middle"))
    drawn.append(line((x, CHART), (x + COLUMN, CHART), INK, 2))
    y: float = CHART + 58
    for title, items in (("Cela paie", use.pays), ("Avec", use.by)):
        drawn.append(label((x, y), title, font_weight=700, fill=tone.strong))
        y += 26
        for item in items:
            drawn += paragraph((x, y), item, COLUMN, size=SMALL)
            y += depth(item, COLUMN, SMALL) + 5
        y += 14
    return drawn, y - 14
