"""The tree of levers in pillars and branches, and what one sentence says of it (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from apps.core.typography import count, join_list

PILLARS = ("human", "financial", "alliances")
ON = {
    "human": "les richesses humaines",
    "financial": "les ressources financières",
    "alliances": "les alliances",
}
WORDS = {"chosen": "retenu", "later": "plus tard", "set_aside": "écarté", "": "à décider"}
NAMED = 3
HEADER = ("Levier", "Pilier", "Branche", "Décision", "Pastilles", "Conditions", "Risques")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A lever. ``pillar``, ``decision``: codes, "" before they are said; ``dots``: None when no workshop voted on it."""

    title: str
    url: str
    pillar: str = ""
    branch: str = ""
    decision: str = ""
    dots: int | None = None
    has_conditions: bool = False
    has_risks: bool = False

    @property
    def word(self) -> str:
        dots = "" if self.dots is None else f", {count(self.dots, 'pastille', 'pastilles')}"
        return f"{WORDS[self.decision]}{dots}"


@dataclass(frozen=True, slots=True)
class Branch:
    """``name``: "" for the levers that hang from the pillar itself."""

    name: str
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Bough:
    """A pillar; ``code`` "" for the levers without one."""

    code: str
    name: str
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    boughs: tuple[Bough, ...]
    sentence: str
    lacking: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    header: tuple[str, ...] = HEADER


def tree(leaves: Sequence[Leaf], names: Mapping[str, str]) -> Tree:
    """``names``: of the pillars. The three always stand, so that an empty one is seen."""
    codes = [*PILLARS, *([""] if any(leaf.pillar not in PILLARS for leaf in leaves) else [])]
    boughs = tuple(bough(code, names.get(code, "Sans pilier"), leaves) for code in codes)
    return Tree(boughs, sentence(leaves), tuple(lacking(leaves)), tuple(rows(boughs)))


def bough(code: str, name: str, leaves: Sequence[Leaf]) -> Bough:
    mine = [leaf for leaf in leaves if (leaf.pillar if leaf.pillar in PILLARS else "") == code]
    return Bough(code, name, tuple(branches(mine)))


def branches(leaves: Sequence[Leaf]) -> list[Branch]:
    """In the order of their first lever, whatever the capitals; those of no branch come last."""
    named: dict[str, list[Leaf]] = {}
    for leaf in leaves:
        named.setdefault(leaf.branch.casefold(), []).append(leaf)
    ordered = sorted(named.values(), key=lambda found: not found[0].branch)
    return [Branch(found[0].branch, tuple(found)) for found in ordered]


def branch_names(said: Iterable[str]) -> list[str]:
    """Each once, in the order of the alphabet."""
    found: dict[str, str] = {}
    for name in said:
        if name:
            found.setdefault(name.casefold(), name)
    return [found[key] for key in sorted(found)]


def sentence(leaves: Sequence[Leaf]) -> str:
    """« 5 leviers retenus sur 23 ; aucun sur les alliances. »"""
    if not leaves:
        return "Aucun levier pour l’instant."
    chosen = [leaf for leaf in leaves if leaf.decision == "chosen"]
    if not chosen:
        return f"Aucun levier retenu pour l’instant, sur {len(leaves)}."
    bare = [ON[code] for code in PILLARS if all(leaf.pillar != code for leaf in chosen)]
    missing = f"\u00a0; aucun sur {' ni sur '.join(bare)}" if bare else ""
    return f"{count(len(chosen), 'levier retenu', 'leviers retenus')} sur {len(leaves)}{missing}."


def lacking(leaves: Sequence[Leaf]) -> list[str]:
    """What the chosen ones still lack, by name."""
    chosen = [leaf for leaf in leaves if leaf.decision == "chosen"]
    lists = (
        ("sans conditions de réussite", [leaf.title for leaf in chosen if not leaf.has_conditions]),
        ("sans risque écrit", [leaf.title for leaf in chosen if not leaf.has_risks]),
    )
    return [f"Retenus {what}\u00a0: {listed(titles)}." for what, titles in lists if titles]


def listed(titles: Sequence[str]) -> str:
    more = len(titles) - NAMED
    named = [f"«\u00a0{title}\u00a0»" for title in (titles[:NAMED] if more > 0 else titles)]
    return join_list([*named, f"{more} {'autre' if more == 1 else 'autres'}"] if more > 0 else named)


def rows(boughs: Sequence[Bough]) -> Iterable[tuple[str, ...]]:
    for one in boughs:
        for branch in one.branches:
            for leaf in branch.leaves:
                yield (
                    leaf.title,
                    one.name,
                    branch.name or "–",
                    WORDS[leaf.decision],
                    "–" if leaf.dots is None else str(leaf.dots),
                    "écrites" if leaf.has_conditions else "–",
                    "écrits" if leaf.has_risks else "–",
                )
