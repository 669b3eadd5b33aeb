"""The balance point and the five axes: a sentence, a picture, a table (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.core.figures import axes as axes_figure
from apps.core.figures import ternary
from apps.core.figures.palette import AXES
from apps.core.figures.svg import Svg
from apps.core.figures.triangle import Shares
from apps.core.typography import join_list, nbsp, number, percent, points
from apps.diagnostic.comparison import scored
from apps.diagnostic.presenters_headline import score_text
from apps.diagnostic.presenters_period import Period
from apps.diagnostic.presenters_words import PILLAR_OF_SHARE, SUBJECTS, capital, in_words

Payload = Mapping[str, Any]
STILL = 0.02  # no share moved more: the point is where it was


@dataclass(frozen=True, slots=True)
class Figure:
    """``title`` is the sentence; ``svg`` is None when there is nothing to draw."""

    title: str
    text: str
    svg: Svg | None


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Balance:
    point: Figure
    axes: Figure
    table: Table


def balance(payload: Payload, previous: Payload | None, now: Period, before: Period | None) -> Balance:
    return Balance(_point(payload, previous, now, before), _axes(payload, previous, now, before),
                   _table(payload, previous, now, before))  # fmt: skip


def shares_of(payload: Payload | None) -> Shares | None:
    centre = payload["barycentre"] if payload else None
    return None if centre is None else Shares(centre["human"], centre["financial"], centre["alliances"])


def _point(payload: Payload, previous: Payload | None, now: Period, before: Period | None) -> Figure:
    shares = shares_of(payload)
    if shares is None:
        return Figure(
            "Le point ne peut pas encore être placé.",
            nbsp(
                "Il faut un score pour chacun des trois appuis : au moins trois énoncés répondus, et "
                "60 % de l’appui."
            ),
            None,
        )
    earlier = shares_of(previous)
    svg = ternary.draw(
        ternary.Ternary(shares, now.short, earlier, before.short if before and earlier else "")
    )
    if earlier is None or previous is None:
        return Figure(_lean(payload["barycentre"]), nbsp(_first(before)), svg)
    return Figure(*_move(payload["barycentre"], previous["barycentre"]), svg)


def _first(before: Period | None) -> str:
    if before:
        return "La campagne précédente n’avait pas assez de réponses pour placer le point."
    return "C’est votre première photographie : la prochaine campagne montrera le mouvement."


def _lean(centre: Mapping[str, float]) -> str:
    if max(centre.values()) - min(centre.values()) < 0.05:
        return "Le point est presque au centre."
    return f"Le point penche vers {SUBJECTS[PILLAR_OF_SHARE[max(centre, key=lambda key: centre[key])]]}."


def _move(now: Mapping[str, float], before: Mapping[str, float]) -> tuple[str, str]:
    moves = {key: round(now[key] - before[key], 3) for key in now}
    gain, loss = max(moves, key=lambda k: moves[k]), min(moves, key=lambda k: moves[k])
    if max(abs(move) for move in moves.values()) <= STILL:
        return "Le point n’a presque pas bougé.", nbsp("Aucune part n’a varié de plus de deux points.")
    nearer = _distance(now) < _distance(before)
    title = "Le point se rapproche du centre." if nearer else "Le point s’éloigne du centre."
    gains = f"La part {_of(gain)} gagne {points(moves[gain] * 100)}"
    return title, nbsp(f"{gains}, celle {_of(loss)} en perd {number(round(-moves[loss] * 100, 1))}.")


def _of(key: str) -> str:
    return SUBJECTS[PILLAR_OF_SHARE[key]].replace("les ", "des ", 1)


def _distance(centre: Mapping[str, float]) -> float:
    return sum((share - 1 / 3) ** 2 for share in centre.values())


def _scores(payload: Payload | None) -> dict[str, float | None]:
    return {code: axis["score"] for code, axis in payload["axes"].items()} if payload else {}


def _axes(payload: Payload, previous: Payload | None, now: Period, before: Period | None) -> Figure:
    scores, earlier = _scores(payload), _scores(previous)
    svg = axes_figure.draw(
        axes_figure.Axes(
            tuple(
                axes_figure.Score(code, scores[code], earlier.get(code)) for code in AXES if code in scores
            ),
            now.short,
            before.short if before else "",
        )
    )
    if before is None:
        return Figure(
            _extremes(scores), nbsp("Chaque axe va de 0 à 100. Ce n’est ni une note, ni un classement."), svg
        )
    return Figure(
        _changes(scores, earlier), nbsp(f"L’anneau est {before.short}, la forme pleine est {now.short}."), svg
    )


def _extremes(scores: Mapping[str, float | None]) -> str:
    known = {code: score for code, score in scores.items() if score is not None}
    if not known:
        return "Aucun axe n’a encore assez de réponses."
    low, high = min(known, key=lambda c: known[c]), max(known, key=lambda c: known[c])
    if known[low] == known[high]:
        return nbsp(f"Les axes calculés sont au même niveau : {number(known[low], 1)}.")
    return nbsp(f"Le plus haut : {SUBJECTS[high]}. Le plus bas : {SUBJECTS[low]}.")


def _changes(scores: Mapping[str, float | None], earlier: Mapping[str, float | None]) -> str:
    pairs = [(now, earlier.get(code)) for code, now in scores.items()]
    moves = [now - before for now, before in pairs if now is not None and before is not None]
    up, down = sum(move > 0 for move in moves), sum(move < 0 for move in moves)
    if not moves:
        return "Aucun axe n’a de score dans les deux campagnes."
    if up == len(moves):
        return "Tout progresse."
    if down == len(moves):
        return "Tout recule."
    counts = ((up, "progresse"), (down, "recule"), (len(moves) - up - down, "reste au même niveau"))
    parts = [_axis_count(number_of, verb) for number_of, verb in counts if number_of]
    return f"{capital(join_list(parts))}."


def _axis_count(count: int, verb: str) -> str:
    if count == 1:
        return f"un axe {verb}"
    return f"{in_words(count)} axes {'restent au même niveau' if verb.startswith('reste') else verb + 'nt'}"


def _table(payload: Payload, previous: Payload | None, now: Period, before: Period | None) -> Table:
    scores, earlier = _scores(payload), _scores(previous)
    shares = {PILLAR_OF_SHARE[key]: percent(share) for key, share in (payload["barycentre"] or {}).items()}
    rows = []
    for code in scores:
        outside = "hors triangle" if AXES[code].key in ("anchor", "path") else "non calculée"
        cells = scored(earlier.get(code), scores[code]) if before else (score_text(scores[code]),)
        rows.append((AXES[code].name, *cells, shares.get(code, outside)))
    columns = (before.short, now.short, "Évolution") if before else (now.short,)
    return Table(
        "Scores sur 100, et part de chaque appui dans le triangle", ("Axe", *columns, "Part"), tuple(rows)
    )
