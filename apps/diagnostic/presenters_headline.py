"""The title that says something, and the sentence under it (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.core.typography import join_list, nbsp, number, percent, points
from apps.diagnostic.presenters_words import PILLAR_OF_SHARE, PROFILES, SUBJECTS, SUPPORTS, capital, in_words

Payload = Mapping[str, Any]
CLOSE = 10  # points of gap under which the three pillars bear about as much


@dataclass(frozen=True, slots=True)
class Headline:
    """``marked`` is under the highlighter."""

    before: str
    marked: str
    after: str
    lede: str

    @property
    def text(self) -> str:
        return f"{self.before}{self.marked}{self.after}"

    @property
    def entry(self) -> str:
        """In a table of contents, without its final stop."""
        return self.text.removesuffix(".")


def headline(payload: Payload, previous: Payload | None, since: str) -> Headline:
    """``since`` names the previous campaign in a sentence; unused without ``previous``."""
    before, marked, after = TITLES.get(payload["profile"] or "", _by_weight)(payload)
    sentences = [_urgency(payload), _shares(payload), _profile(payload), _since(payload, previous, since)]
    return Headline(before, marked, nbsp(after), nbsp(" ".join(s for s in sentences if s)))


def pillar_scores(payload: Payload) -> dict[str, float | None]:
    return {code: payload["axes"][code]["score"] for code in SUPPORTS if code in payload["axes"]}


def highest(payload: Payload) -> list[str]:
    """Codes of the pillars that bear most; several when they are level."""
    known = {code: score for code, score in pillar_scores(payload).items() if score is not None}
    return [code for code, score in known.items() if score == max(known.values())]


def _supports(payload: Payload) -> str:
    """The article stays with its noun: no line of a title ends with « les »."""
    return join_list(SUPPORTS[code].replace("les ", "les\u00a0", 1) for code in highest(payload))


def _secure(payload: Payload) -> tuple[str, str, str]:
    return "Sécuriser ", "d’abord", ", rééquilibrer ensuite."


def _rebalance(payload: Payload) -> tuple[str, str, str]:
    return "Votre maison s’appuie ", "d’abord", f" sur {_supports(payload)}."


def _build(payload: Payload) -> tuple[str, str, str]:
    return "Vos trois appuis sont ", "en construction", "."


def _deploy(payload: Payload) -> tuple[str, str, str]:
    return "Vos trois appuis sont ", "solides", " : faites-en profiter d’autres."


def _by_weight(payload: Payload) -> tuple[str, str, str]:
    gap = payload["pillar_gap"]
    if gap is None:
        return "Votre point d’équilibre n’est ", "pas encore", " visible."
    if gap <= CLOSE:
        return "Vos trois appuis portent ", "presque autant" if gap else "autant", " l’un que l’autre."
    return (
        "Votre maison s’appuie ",
        "un peu plus",
        f" sur {_supports(payload)}.",
    )


TITLES = {
    "a_securiser": _secure,
    "a_reequilibrer": _rebalance,
    "en_construction": _build,
    "a_deployer": _deploy,
    "a_consolider": _by_weight,
}


def _urgency(payload: Payload) -> str:
    red = sum(alert["level"] == "red" for alert in payload["alerts"])
    if not red:
        return ""
    found = capital(in_words(red, feminine=True)) + (
        " alerte rouge passe" if red == 1 else " alertes rouges passent"
    )
    return f"{found} avant la recherche d’équilibre : votre profil est « {PROFILES['a_securiser']} »."


def _shares(payload: Payload) -> str:
    shares = payload["barycentre"]
    if shares is None:
        missing = [SUBJECTS[code] for code, score in pillar_scores(payload).items() if score is None]
        return (
            f"Il n’y a pas assez de réponses sur {join_list(missing)} pour comparer les trois appuis : "
            "il faut au moins trois énoncés répondus, et 60 % de l’appui."
        )
    ranked = sorted(shares, key=lambda key: (-shares[key], key != "human"))
    top, low = ranked[0], ranked[-1]
    if percent(shares[top]) == percent(shares[low]):
        return "Chacun porte un tiers de l’ensemble."
    most, least = SUBJECTS[PILLAR_OF_SHARE[top]], SUBJECTS[PILLAR_OF_SHARE[low]]
    return f"{capital(most)} portent {percent(shares[top])} de l’ensemble, {least} {percent(shares[low])}."


def _profile(payload: Payload) -> str:
    profile, gap = payload["profile"], payload["pillar_gap"]
    if profile not in REASONS or gap is None:
        return ""
    apart = (
        f"L’écart entre ces deux appuis est de {points(gap)}"
        if gap
        else "Les trois appuis sont au même niveau"
    )
    return f"{REASONS[profile] or apart} : votre profil est « {PROFILES[profile]} »."


# Without a reason of its own, the gap is the reason.
REASONS = {
    "en_construction": "Aucun appui n’atteint encore 34 sur 100",
    "a_deployer": "Chaque appui atteint au moins 67 sur 100",
    "a_reequilibrer": "",
    "a_consolider": "",
}


def _since(payload: Payload, previous: Payload | None, since: str) -> str:
    """How the gap moved, to the tenth as both are written."""
    if previous is None or payload["pillar_gap"] is None or previous["pillar_gap"] is None:
        return ""
    change = round(payload["pillar_gap"] - previous["pillar_gap"], 1)
    if not change:
        return f"Depuis {since}, l’écart entre le plus haut et le plus bas n’a pas bougé."
    verb = "s’est creusé" if change > 0 else "s’est réduit"
    return f"Depuis {since}, l’écart entre le plus haut et le plus bas {verb} de {points(abs(change))}."


def score_text(score: float | None) -> str:
    return "non calculé" if score is None else number(score, 1)
