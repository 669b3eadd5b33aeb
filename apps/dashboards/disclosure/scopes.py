"""One scope less two or three others: what is left must not be a small group (attack A9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from apps.dashboards.disclosure.rules import Rules

Signature = frozenset[str]  # the scopes that count one contribution
MOST_TOGETHER, MANY = 3, 25


def leaves_few_together(counts: Mapping[Signature, int], subject: str, rules: Rules, held: int = 0) -> bool:
    """``counts``: how many contributions each set of scopes counts; ``subject``: the scope that would be published.

    Pairs are told by ``refused``; beyond 25 scopes, only two are taken from a third.
    """
    need = rules.need(held)
    return any(0 < left(counts, large, parts) < need for large, parts in unions(counts, subject))


def unions(counts: Mapping[Signature, int], subject: str) -> Iterator[tuple[str, Sequence[str]]]:
    scopes = sorted(set().union(*counts))
    most = MOST_TOGETHER if len(scopes) <= MANY else 2
    for large in scopes:
        others = [scope for scope in scopes if scope != large]
        for size in range(2, most + 1):
            for parts in combinations(others, size):
                if subject in (large, *parts):
                    yield large, parts


def left(counts: Mapping[Signature, int], large: str, parts: Sequence[str]) -> int:
    """Contributions that do not cancel in « large less the parts »."""
    return sum(
        n
        for signature, n in counts.items()
        if (large in signature) != sum(part in signature for part in parts)
    )
