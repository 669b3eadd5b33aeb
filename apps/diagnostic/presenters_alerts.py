"""Alerts: what each one means, a published figure beside it, and what to do. Kept apart from every score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from apps.core.figures.palette import ACCENT_DEEP, DANGER, LEAF
from apps.core.figures.svg import Point, Svg, circle, line, polygon
from apps.core.typography import count, euros, months, nbsp, percent
from apps.diagnostic.presenters_references import Reference, References
from apps.diagnostic.presenters_words import capital, in_words
from apps.diagnostic.scoring.finances import Year, losses_in_a_row


def _mark(outline: tuple[Point, ...], colour: str, name: str) -> Svg:
    """A shape for each level: never the colour alone."""
    bang = line((16, 11), (16, 20), LEAF, 3.2, stroke_linecap="round")
    return Svg(32, 32, name, (polygon(outline, fill=colour), bang, circle((16, 25), 1.9, fill=LEAF)))


OCTAGON = (
    (10.0, 2.0),
    (22.0, 2.0),
    (30.0, 10.0),
    (30.0, 22.0),
    (22.0, 30.0),
    (10.0, 30.0),
    (2.0, 22.0),
    (2.0, 10.0),
)
MARKS = {
    "red": _mark(OCTAGON, DANGER, "Alerte rouge"),
    "orange": _mark(((16, 3), (31, 29), (1, 29)), ACCENT_DEEP, "Alerte orange"),
}
WEEK = 0.23  # month
COLOURS = {"red": "rouge", "orange": "orange"}
HELPERS = (
    "Cette démarche ne règle pas une urgence. Votre expert-comptable, votre commissaire aux comptes et le dispositif "
    "local d’accompagnement (DLA) de votre département, gratuit, le peuvent."
)


@dataclass(frozen=True, slots=True)
class Alert:
    code: str
    level: str  # "red" or "orange"
    title: str
    meaning: str
    reference: Reference | None
    todo: str

    @property
    def ui_level(self) -> str:
        return "danger" if self.level == "red" else "warn"

    @property
    def mark(self) -> Svg:
        return MARKS[self.level]


@dataclass(frozen=True, slots=True)
class Alerts:
    items: tuple[Alert, ...]
    nothing: str  # what an empty list means, and does not mean
    helpers: str  # who can help, once for all

    @property
    def has_red(self) -> bool:
        return any(alert.level == "red" for alert in self.items)


@dataclass(frozen=True, slots=True)
class Facts:
    """Figures an alert may quote; None when unknown."""

    cash: float | None
    equity: float | None
    losses: int
    top_funder: float | None
    board_years: int | None


def facts(
    payload: Mapping[str, Any], finances: Sequence[Mapping[str, Any]], board_years: int | None
) -> Facts:
    latest = finances[-1] if finances else {}
    losses = losses_in_a_row([_results(year) for year in finances])
    indicators = payload["indicators"]
    return Facts(
        indicators["months_of_cash"],
        latest.get("equity"),
        losses,
        indicators["top_funder_share"],
        board_years,
    )


def _results(year: Mapping[str, Any]) -> Year:
    result = year.get("result")
    return Year(year["year"], {"result": None if result is None else Fraction(str(result))}, {})


def alerts(payload: Mapping[str, Any], known: Facts, references: References, has_finances: bool) -> Alerts:
    items = tuple(_alert(row["code"], row["level"], known, references) for row in payload["alerts"])
    return Alerts(items, "" if items else _nothing(known, has_finances), nbsp(HELPERS) if items else "")


def _nothing(known: Facts, has_finances: bool) -> str:
    unknown = [] if has_finances else ["la trésorerie, les fonds propres et les résultats"]
    if known.board_years is None:
        unknown.append("le renouvellement de la gouvernance")
    if not unknown:
        return "Aucun des seuils que nous suivons n’est franchi."
    return nbsp(f"Aucune alerte sur ce que nous savons. Rien n’a été dit sur {' ni sur '.join(unknown)}.")


def _alert(code: str, level: str, known: Facts, references: References) -> Alert:
    title, meaning, indicator, todo = WRITERS[code](known)
    reference = references.first(indicator) if indicator else None
    return Alert(
        code, level, nbsp(f"Alerte {COLOURS[level]} : {title}"), nbsp(meaning), reference, nbsp(todo)
    )


Words = tuple[str, str, str, str]  # title, meaning, indicator of the reference, what to do


def _cash_critical(known: Facts) -> Words:
    return (
        "moins d’un mois de trésorerie",
        f"{_short_of_cash(known.cash)} Un seul retard de versement peut empêcher de payer un salaire.",
        "months_of_cash",
        "Appelez cette semaine votre expert-comptable ou votre commissaire aux comptes.",
    )


def _short_of_cash(value: float | None) -> str:
    if value is not None and value < 0:
        return "Vos comptes sont à découvert."
    if value is not None and value < WEEK:
        return "Vos comptes couvrent moins d’une semaine de dépenses."
    return f"Vos comptes couvrent {_months(value)} de dépenses."


def _cash_tight(known: Facts) -> Words:
    amount = _months(known.cash)
    return (
        f"{amount} de trésorerie",
        f"Vos comptes couvrent {amount} de dépenses. Sous trois mois, un retard de subvention suffit "
        "à mettre en difficulté.",
        "months_of_cash",
        "Faites le point des entrées et des sorties, mois par mois, avec la personne qui tient les comptes.",
    )


def _months(value: float | None) -> str:
    return "peu" if value is None else months(value)


def _negative_equity(known: Facts) -> Words:
    amount = "" if known.equity is None else f" ({euros(known.equity)})"
    return (
        "fonds propres négatifs",
        f"Les pertes passées ont consommé toutes les réserves{amount} : l’association vit sur "
        "l’argent des autres, "
        "et un partenaire peut s’en inquiéter.",
        "",
        "Demandez à votre expert-comptable ou au DLA comment reconstituer ces réserves, et en combien d’années.",
    )


def _repeated_losses(known: Facts) -> Words:
    times = in_words(known.losses)
    return (
        f"{times} exercices de suite en perte",
        f"{capital(times)} résultats négatifs d’affilée disent que le modèle coûte plus qu’il ne rapporte, "
        "au-delà d’un accident d’une année.",
        "",
        "Cherchez quelle activité perd, depuis quand, et ce qui la paie aujourd’hui.",
    )


def _funder_dependency(known: Facts) -> Words:
    share = "plus de la moitié" if known.top_funder is None else percent(known.top_funder)
    return (
        f"un financeur apporte {share} des ressources",
        "Si ce financeur réduit ou retarde son aide, l’essentiel de l’activité s’arrête avec elle.",
        "top_funder_share",
        "Écrivez ce que vous garderiez sans lui, puis préparez une deuxième source.",
    )


def _board_not_renewed(known: Facts) -> Words:
    years = "plus de six ans" if known.board_years is None else count(known.board_years, "an", "ans")
    return (
        f"une gouvernance inchangée depuis {years}",
        "Sans arrivée de nouvelles personnes, la relève et les idées neuves manquent le jour où "
        "quelqu’un part.",
        "",
        "Listez les mandats et leurs dates, et invitez deux personnes à la prochaine réunion du conseil.",
    )


WRITERS = {
    "cash_critical": _cash_critical,
    "cash_tight": _cash_tight,
    "negative_equity": _negative_equity,
    "repeated_losses": _repeated_losses,
    "funder_dependency": _funder_dependency,
    "board_not_renewed": _board_not_renewed,
}
