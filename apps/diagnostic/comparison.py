"""With oneself at the previous campaign, axis by axis: versions of the instrument share their axes (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.core.figures.palette import AXES
from apps.core.typography import MINUS, count, nbsp, number
from apps.diagnostic.presenters_headline import score_text
from apps.diagnostic.presenters_period import Period
from apps.diagnostic.presenters_words import PROFILES

Payload = Mapping[str, Any]
ALERTS = {
    "cash_critical": "moins d’un mois de trésorerie",
    "cash_tight": "moins de trois mois de trésorerie",
    "negative_equity": "fonds propres négatifs",
    "repeated_losses": "pertes répétées",
    "funder_dependency": "dépendance à un financeur",
    "board_not_renewed": "gouvernance non renouvelée",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    alerts: str
    caution: str

    @property
    def beside_axes(self) -> str:
        """What the table of the axes does not say: gap and profile."""
        return nbsp(
            ". ".join(f"{name} : {before}, puis {now}" for name, before, now, _ in self.rows[-3:-1]) + "."
        )


@dataclass(frozen=True, slots=True)
class Side:
    """One campaign of the two."""

    payload: Payload
    respondents: int
    instrument: str
    period: Period


def compare(now: Side, before: Side) -> Comparison:
    axes = [code for code in AXES if code in now.payload["axes"]]
    rows = [_row(AXES[code].name, _score(before, code), _score(now, code)) for code in axes]
    rows.append(_row("Écart entre les appuis", before.payload["pillar_gap"], now.payload["pillar_gap"]))
    rows.append(("Profil", _profile(before), _profile(now), ""))
    rows.append(("Personnes qui ont répondu", str(before.respondents), str(now.respondents), ""))
    header = ("", before.period.short, now.period.short, "Évolution")
    return Comparison(
        header, tuple(rows), nbsp(_alerts(now.payload, before.payload)), nbsp(_caution(now, before))
    )


def _score(side: Side, code: str) -> float | None:
    axis = side.payload["axes"].get(code)
    return axis["score"] if axis else None


def _row(name: str, before: float | None, now: float | None) -> tuple[str, ...]:
    return (name, *scored(before, now))


def scored(before: float | None, now: float | None) -> tuple[str, str, str]:
    """A score then, a score now, and how it moved."""
    change = "non comparable" if before is None or now is None else signed(now - before)
    return (score_text(before), score_text(now), change)


def signed(change: float) -> str:
    """« +3,7 », « −12,3 », « 0 »: both scores are written to the tenth, so is their difference."""
    rounded = round(change, 1)
    if not rounded:
        return "0"
    return ("+" if rounded > 0 else MINUS) + number(abs(rounded), 1)


def _profile(side: Side) -> str:
    return PROFILES.get(side.payload["profile"] or "", "aucun")


def _codes(payload: Payload) -> list[str]:
    return [alert["code"] for alert in payload["alerts"]]


def _alerts(now: Payload, before: Payload) -> str:
    gone = [ALERTS[code] for code in _codes(before) if code not in _codes(now)]
    new = [ALERTS[code] for code in _codes(now) if code not in _codes(before)]
    parts = []
    if gone:
        parts.append(f"Ne s’affiche plus : {', '.join(gone)}.")
    if new:
        parts.append(f"Nouveau : {', '.join(new)}.")
    return " ".join(parts) or "Les alertes n’ont pas changé."


def _caution(now: Side, before: Side) -> str:
    parts = []
    if now.instrument != before.instrument:
        parts.append(
            f"Le questionnaire a changé de version ({before.instrument}, puis {now.instrument}) : la "
            "comparaison se fait "
            "par axe, pas par énoncé."
        )
    if now.respondents != before.respondents:
        people = count(before.respondents, "personne avait répondu", "personnes avaient répondu")
        parts.append(f"{people}, {now.respondents} cette fois : une part du mouvement peut venir de là.")
    return " ".join(parts)
