"""The chart: from an account and its label to a nature, with the reason (pure). Longest prefix wins; nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from apps.ledger.chart.natures import NATURES, refusal, side_of
from apps.ledger.chart.words import Found, WordSet, composed, words_of

How = Literal["correction", "label", "rule", "none"]
LONGEST_REASON = 300
UNKNOWN = "Ce numéro ne commence par aucun compte du plan. Choisissez sa nature\u00a0: son montant reste compté à part d’ici là."
OUTSIDE = "Ce compte n’entre ni dans le bilan ni dans le résultat\u00a0: il est montré à part et ne compte nulle part."


@dataclass(frozen=True, slots=True)
class Placing:
    """``nature`` None: a person has to choose, and ``reason`` says why (French, ≤ 300 characters).

    ``prefix``: of the rule that placed the account; of the correction, as it was written; "" without any.
    """

    nature: str | None
    how: How
    prefix: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rule:
    """``nature`` None: only the label can tell. ``labels``: sets of words searched in this order before the nature.

    ``status``: how sure (P published, P- weak source, I deduced, M general knowledge, R our own choice).
    """

    prefix: str
    account: str
    nature: str | None
    reason: str
    source: str
    status: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    status: str
    label: str
    year: str
    url: str


@dataclass(frozen=True, slots=True)
class Chart:
    version: str
    title: str
    published_on: str
    sources: Mapping[str, Source]
    rules: Mapping[str, Rule]
    words: Mapping[str, WordSet]
    longest: int

    def classify(self, number: str, label: str = "", corrections: Mapping[str, str] | None = None) -> Placing:
        """``corrections``: account, or « prefix* », → nature. An account said alone wins over a prefix; the longest prefix
        over the others; and all of them over the rules. A correction that does not fit the account's side is ignored.
        """
        if corrections:
            placed = corrected(number, corrections)
            if placed is not None:
                return placed
        rule = self.rule_of(number)
        if rule is None:
            return Placing(None, "none", "", UNKNOWN if side_of(number) else OUTSIDE)
        if rule.labels and label:
            placed = self.read_label(rule, label)
            if placed is not None:
                return placed
        return Placing(rule.nature, "none" if rule.nature is None else "rule", rule.prefix, rule.reason)

    def rule_of(self, number: str) -> Rule | None:
        for length in range(min(len(number), self.longest), 0, -1):
            rule = self.rules.get(number[:length])
            if rule is not None:
                return rule
        return None

    def read_label(self, rule: Rule, label: str) -> Placing | None:
        """What the first set of words that says something says; None when the label says nothing."""
        text = composed(label)
        words = words_of(text)
        for name in rule.labels:
            found = list(self.words[name].find(text, words))
            if found:
                return told(rule, found)
        return None


def told(rule: Rule, found: list[Found]) -> Placing:
    sure = {one.entry.nature: one for one in found if one.entry.nature is not None}
    if len(sure) > 1:
        names = " et ".join(one.entry.name for one in list(sure.values())[:3])
        words = f"Le libellé nomme plusieurs origines\u00a0: {names}. Choisissez celle qui convient."
        return Placing(None, "none", rule.prefix, words)
    one = next(iter(sure.values()), found[0])
    words = f"Le libellé dit «\u00a0{one.words}\u00a0»\u00a0: {one.entry.reason}"
    nature = one.entry.nature
    return Placing(nature, "none" if nature is None else "label", rule.prefix, words[:LONGEST_REASON])


def corrected(number: str, corrections: Mapping[str, str]) -> Placing | None:
    keys = (number, *(f"{number[:length]}*" for length in range(len(number), 0, -1)))
    for key in keys:
        nature = corrections.get(key)
        if nature is not None and not refusal(number, nature):
            reason = f"Votre association range ce compte dans «\u00a0{NATURES[nature].label}\u00a0»."
            return Placing(nature, "correction", key, reason)
    return None
