"""Step 5, the target and the scenarios: what the page shows beside the fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from apps.core.figures.svg import Svg
from apps.core.figures.triangle import Shares
from apps.core.typography import count, date_long, join_list, nbsp
from apps.methodology.bench.sheet import Row, Sheet
from apps.methodology.target.figures import aim, spread
from apps.methodology.target.figures.aim import Aim, Named, Scenario
from apps.methodology.target.selectors import Matrix, Standing, matrix, standing

PILLARS = ("richesses humaines", "ressources financières", "alliances")
KEYS = ("human", "financial", "alliances")
HORIZONS = ("aux 18 mois", "aux 7 ans", "aux 28 ans")
CLOSE = 10  # points: nearer than this, two spreads of effort are alike
LINES = (
    ("Horizon", "horizon", ""),
    ("Ce qui a changé", "story", ""),
    ("Richesses humaines", "human", "human"),
    ("Ressources financières", "financial", "financial"),
    ("Alliances", "alliances", "alliances"),
    ("Parts des trois piliers", "balance", ""),
    ("Partage de l’effort", "effort", ""),
    ("Ce qu’il faut", "conditions", ""),
    ("Ce qui pourrait l’empêcher", "risks", ""),
    ("Retenu", "is_chosen", ""),
)


@dataclass(frozen=True, slots=True)
class Head:
    number: int
    title: str
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Line:
    """``css``: the pillar of the line, or ""."""

    label: str
    css: str
    cells: list[str]


def show(sheet: Sheet) -> dict[str, Any]:
    """2 queries beside the sheet's."""
    target, rows = sheet.single("target"), sheet.rows("scenario")
    now = standing(sheet.place)
    told = matrix()
    title, *more = point_sentences(now, target.get("balance") or None, is_member(sheet))
    return {
        "title": title,
        "more": more,
        "svg": aim.draw(picture(now, target, rows)),
        "now": " ".join(str(round(share * 100)) for share in now_shares(now)),
        "heads": heads(sheet, rows),
        "lines": [Line(label, css, [said(sheet, row, code) for row in rows]) for label, code, css in LINES],
        "chosen": chosen_sentence(rows),
        "effort": effort(rows, told),
        "source": nbsp(told.source),
    }


def is_member(sheet: Sheet) -> bool:
    return not sheet.place.seat.is_outside


def said(sheet: Sheet, row: Row, code: str) -> str:
    if code in ("balance", "effort"):
        names = PILLARS if code == "balance" else ("18 mois", "7 ans", "28 ans")
        return "\n".join(
            f"{name} {share}\u00a0%" for name, share in zip(names, row.get(code) or (), strict=False)
        )
    if code == "is_chosen":
        return "oui" if row.get(code) else "non"
    return sheet.said(row, code)


def heads(sheet: Sheet, rows: Sequence[Row]) -> list[Head]:
    return [
        Head(
            number,
            row.title,
            reverse("method:item", args=[sheet.engagement.pk, row.id]),
            bool(row.get("is_chosen")),
        )
        for number, row in enumerate(rows, 1)
    ]


# --- the triangle -------------------------------------------------------------------------------------------------------
def now_shares(now: Standing | None) -> tuple[float, ...]:
    return tuple(now.shares[key] for key in KEYS) if now and now.shares else ()


def picture(now: Standing | None, target: Row, rows: Sequence[Row]) -> Aim:
    today = now_shares(now)
    wished = target.get("balance") or ()
    return Aim(
        Named(str(now.day.year), f"Diagnostic du {date_long(now.day)}", Shares(*today))
        if now and today
        else None,
        Named("cible", "Équilibre visé", Shares(*(share / 100 for share in wished))) if wished else None,
        tuple(
            Scenario(
                number,
                row.title,
                Shares(*(share / 100 for share in row.get("balance"))),
                bool(row.get("is_chosen")),
            )
            for number, row in enumerate(rows, 1)
            if row.get("balance")
        ),
    )


def point_sentences(now: Standing | None, target: Sequence[int] | None, member: bool) -> list[str]:
    """The first one says what to see."""
    today = now_shares(now)
    if target and today:
        said = _way(today, target)
    elif target:
        said = [f"Vous visez {_listed(target)}.", _no_start(now, member)]
    elif today:
        said = [
            "L’équilibre visé n’est pas encore posé.",
            "Le point est celui de votre dernier diagnostic : partez de lui.",
        ]
    else:
        said = ["L’équilibre visé n’est pas encore posé.", _no_start(now, member)]
    return [nbsp(sentence) for sentence in said]


def _listed(shares: Sequence[int]) -> str:
    return join_list(f"{name} {share} %" for name, share in zip(PILLARS, shares, strict=True))


def _no_start(now: Standing | None, member: bool) -> str:
    if now:
        return "Le dernier diagnostic n’a pas assez de réponses pour placer le point d’aujourd’hui."
    if not member:
        return "Le point d’aujourd’hui manque : le résultat du diagnostic se lit par les membres de l’association."
    return (
        "Le point d’aujourd’hui manque : aucun diagnostic de l’association n’est clos. L’étape 4 en ouvre un."
    )


def _way(today: Sequence[float], target: Sequence[int]) -> list[str]:
    moves = [goal - round(share * 100) for share, goal in zip(today, target, strict=True)]
    if not any(moves):
        return [
            "Votre cible est là où vous êtes.",
            "C’est un choix : dites pourquoi, et ce qu’il demande de tenir.",
        ]
    most = max(range(3), key=lambda rank: abs(moves[rank]))
    verb = "monte" if moves[most] > 0 else "baisse"
    title = f"D’aujourd’hui à la cible, la part {_of(most)} {verb} le plus."
    parts = join_list(
        f"{name} {'+' if move > 0 else '−' if move else ''}{count(abs(move), 'point', 'points')}"
        for name, move in zip(PILLARS, moves, strict=True)
    )
    return [title, f"Le chemin : {parts}."]


def _of(rank: int) -> str:
    return ("des richesses humaines", "des ressources financières", "des alliances")[rank]


def chosen_sentence(rows: Sequence[Row]) -> str:
    names = [row.title for row in rows if row.get("is_chosen")]
    if not rows:
        return "Aucun scénario n’est écrit\u00a0: racontez-en deux ou trois avant d’en retenir un."
    if not names:
        return "Aucun scénario n’est retenu."
    if len(names) > 1:
        return nbsp(
            f"{len(names)} scénarios sont retenus : {join_list(names)}. Gardez-en un, ou réunissez-les."
        )
    return nbsp(f"Le scénario retenu : « {names[0]} ».")


# --- the effort ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Effort:
    title: str
    text: str
    svg: Svg


def effort(rows: Sequence[Row], told: Matrix) -> Effort | None:
    """The published rows, below those of the scenarios. None without a matrix."""
    if not told.rows:
        return None
    typed = [
        (f"{number}. {row.title}", row.get("effort"), row)
        for number, row in enumerate(rows, 1)
        if row.get("effort")
    ]
    svg = spread.draw(told.rows, [(name, _three(shares)) for name, shares, _ in typed], told.horizons)
    title, text = effort_sentence([(row, shares) for _, shares, row in typed], told)
    return Effort(nbsp(title), nbsp(text), svg)


def _three(shares: Sequence[int]) -> tuple[int, int, int]:
    first, second, third = shares
    return first, second, third


def effort_sentence(typed: Sequence[tuple[Row, Sequence[int]]], told: Matrix) -> tuple[str, str]:
    """Of the scenario that is chosen, or of the first one that says its effort."""
    if not typed:
        return (
            "Aucun scénario ne dit encore comment se partage l’effort.",
            "Répartissez cent points entre 18 mois, 7 ans et 28 ans, puis comparez avec la matrice.",
        )
    row, shares = next((pair for pair in typed if pair[0].get("is_chosen")), typed[0])
    ours = next((line for line in told.rows if line.is_ours), told.rows[0])
    gaps = [share - then for share, then in zip(shares, ours.shares, strict=True)]
    widest = max(range(3), key=lambda rank: abs(gaps[rank]))
    if abs(gaps[widest]) <= CLOSE:
        return (
            f"« {row.title} » partage l’effort à peu près comme la ligne « {ours.name} ».",
            "Dites-vous si c’est un choix.",
        )
    more = "plus" if gaps[widest] > 0 else "moins"
    return (
        f"« {row.title} » donne {more} de place {HORIZONS[widest]} que la ligne « {ours.name} ».",
        f"Il y met {shares[widest]} % de l’effort, la ligne publiée en compte {ours.shares[widest]} %. Ce n’est pas une norme.",
    )
