"""The report of a file that was sent, ready for its page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from apps.core.typography import count, join_list
from apps.webinars.exchange.analysis import CHANGED, KEPT, NEW, REFUSED, SAME
from apps.webinars.exchange.writing import KEPT_FOR
from apps.webinars.models import CitedOrganisation, Import, Person, Webinar

# In the order of the page: what needs someone first.
GROUPS = (
    (
        REFUSED,
        "Refusé",
        "Corrigez ces lignes dans le fichier, puis renvoyez-le : elles seules sont en cause.",
    ),
    (NEW, "Créé", "Les cas arrivent en brouillon."),
    (CHANGED, "Modifié", "Les cas deviennent des brouillons ; les lecteurs gardent la version publiée."),
    (KEPT, "Laissé tel quel", "Ce que la curation a décidé ici l’emporte sur le fichier."),
    (SAME, "Inchangé", ""),
)
WORDS = {NEW: ("créé", "créés"), CHANGED: ("modifié", "modifiés"), REFUSED: ("refusé", "refusés")}
KINDS = {"case": "Cas", "person": "Personne", "organisation": "Organisation", "line": "Ligne"}
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Line:
    """``url``: its page here, when it has one."""

    kind: str
    name: str
    where: str
    details: list[str]
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    outcome: str
    title: str
    text: str
    count: int
    lines: list[Line]
    left: int

    @property
    def is_open(self) -> bool:
        """What changes nothing stays folded."""
        return self.outcome in (REFUSED, NEW, CHANGED)


@dataclass(frozen=True, slots=True)
class Report:
    row: Import
    groups: list[Group]
    remarks: list[str]
    counts: Counter[str]

    @property
    def to_write(self) -> int:
        return self.counts[NEW] + self.counts[CHANGED]

    @property
    def refused(self) -> int:
        return self.counts[REFUSED]

    @property
    def until(self) -> datetime:
        return self.row.received_at + KEPT_FOR


def report(received: Import) -> Report:
    """3 queries."""
    here = existing(received.lines)
    counts = Counter(line["outcome"] for line in received.lines)
    groups = [
        group(outcome, title, text, [line for line in received.lines if line["outcome"] == outcome], here)
        for outcome, title, text in GROUPS
        if counts[outcome]
    ]
    return Report(received, groups, received.content.get("remarks", []), counts)


def group(
    outcome: str, title: str, text: str, lines: list[dict[str, Any]], here: dict[str, set[str]]
) -> Group:
    shown = [line_of(line, here) for line in lines[:MOST_SHOWN]]
    return Group(outcome, title, text, len(lines), shown, len(lines) - len(shown))


def line_of(line: dict[str, Any], here: dict[str, set[str]]) -> Line:
    kind, slug = line["kind"], line["slug"]
    url = reverse(f"curation:{kind}", args=[slug]) if slug in here.get(kind, ()) else ""
    return Line(KINDS[kind], line["name"] or slug or "Sans code", line["where"], line["details"], url)


def existing(lines: list[dict[str, Any]]) -> dict[str, set[str]]:
    """Codes of the report that have a page here. 3 queries."""
    wanted = {line["slug"] for line in lines}
    models: tuple[tuple[str, Any], ...] = (
        ("case", Webinar),
        ("person", Person),
        ("organisation", CitedOrganisation),
    )
    return {
        kind: set(model.objects.filter(slug__in=wanted).values_list("slug", flat=True))
        for kind, model in models
    }


def told(received: Import) -> str:
    """« L’import est fait : 2 créés et 1 modifié. »"""
    counts = Counter(line["outcome"] for line in received.lines)
    parts = [count(counts[outcome], *words) for outcome, words in WORDS.items() if counts[outcome]]
    return f"L’import est fait : {join_list(parts)}." if parts else "L’import est fait : rien n’a changé."


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in the list of those sent."""

    row: Import
    url: str
    state: str


def entry(row: Import) -> Entry:
    counts = Counter(line["outcome"] for line in row.lines)
    parts = [count(counts[outcome], *words) for outcome, words in WORDS.items() if counts[outcome]]
    content = join_list(parts) or "rien à changer"
    state = f"Importé : {content}" if row.applied_at else f"En attente de votre confirmation : {content}"
    return Entry(row, reverse("curation:import", args=[row.pk]), state)
