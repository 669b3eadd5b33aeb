"""The express mode: twelve answers, an instant result, nothing stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.http import HttpRequest

from apps.core.figures import ternary
from apps.core.figures.svg import Svg
from apps.core.figures.triangle import Shares
from apps.core.typography import number, points
from apps.diagnostic.instrument import PILLARS, Axis, Questionnaire
from apps.diagnostic.results import reply
from apps.diagnostic.scoring import Copy, score
from apps.diagnostic.scoring.answers import Reply
from apps.diagnostic.scoring.rounding import maybe

# Answers a visitor chose to keep, until her campaign is open.
KEPT = "diagnostic_express"
FAR = 30


@dataclass(frozen=True, slots=True)
class PillarScore:
    axis: Axis
    score: float | None
    answered: int
    total: int


@dataclass(frozen=True, slots=True)
class ExpressResult:
    """``figure`` is None when a pillar has no score; ``title`` says what to see."""

    title: str
    sentence: str
    pillars: list[PillarScore]
    figure: Svg | None


def instant_result(questionnaire: Questionnaire, answers: Mapping[str, str]) -> ExpressResult:
    """The same arithmetic as a campaign of one person, on the twelve statements."""
    statements = [(s.code, s.axis) for s in questionnaire.express]
    replies = {code: reply(value) for code, value in answers.items()}
    outcome = score(statements, [Copy("", replies)])
    pillars = [pillar_score(questionnaire, axis, replies, outcome.axes[axis].score) for axis in PILLARS]
    if outcome.barycentre is None or outcome.pillar_gap is None:
        return ExpressResult(*incomplete(pillars), pillars, None)
    figure = ternary.draw(ternary.Ternary(Shares(**outcome.barycentre), "aujourd’hui"))
    return ExpressResult(*complete(pillars, outcome.pillar_gap), pillars, figure)


def pillar_score(
    questionnaire: Questionnaire, code: str, replies: Mapping[str, Reply], exact: Fraction | None
) -> PillarScore:
    codes = [s.code for s in questionnaire.express if s.axis == code]
    answered = sum(isinstance(replies.get(c), int) for c in codes)
    return PillarScore(questionnaire.axis(code), maybe(exact, 1), answered, len(codes))


def incomplete(pillars: list[PillarScore]) -> tuple[str, str]:
    missing = [p.axis.name.lower() for p in pillars if p.score is None]
    names = " et ".join(missing) if len(missing) < 3 else "les trois appuis"
    return (
        "Il manque des réponses pour situer l’équilibre.",
        f"À compléter : {names}. Un appui se calcule à partir de trois réponses chiffrées sur quatre ; "
        "« je ne sais pas » et « non concerné » n’en sont pas. Vos réponses sont gardées plus bas.",
    )


def complete(pillars: list[PillarScore], gap: Fraction) -> tuple[str, str]:
    """Title and sentence; the scores told are those shown beside them."""
    told = ", ".join(f"{p.axis.name.lower()} {number(p.score or 0, 1)} sur 100" for p in pillars)
    told = f"{told[:1].upper()}{told[1:]}."
    if gap == 0:
        return "Vos trois appuis pèsent autant.", told
    high, middle, low = (p for p in sorted(pillars, key=lambda p: -(p.score or 0)))
    if high.score == middle.score:
        title = f"Deux appuis portent votre maison ; les {low.axis.name.lower()} attendent."
    else:
        title = f"Votre maison s’appuie d’abord sur les {high.axis.name.lower()}."
    advice = "C’est un écart à mettre en débat." if gap > FAR else "Les trois appuis restent proches."
    return title, f"{told} Entre le plus fort et le plus faible : {points(gap)}. {advice}"


def keep(request: HttpRequest, answers: Mapping[str, str]) -> None:
    request.session[KEPT] = dict(answers)


def kept(request: HttpRequest) -> dict[str, str]:
    answers: dict[str, str] = request.session.get(KEPT, {})
    return answers


def forget(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)
