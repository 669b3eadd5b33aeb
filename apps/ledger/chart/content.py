"""A version of the chart read from ``fixtures/content/ledger``, checked, kept in memory. A published one never changes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from apps.core.content import read_yaml
from apps.core.typography import nbsp
from apps.diagnostic.instrument import digest
from apps.ledger.chart.natures import NATURES, side_of
from apps.ledger.chart.rules import LONGEST_REASON, Chart, Rule, Source
from apps.ledger.chart.words import Entry, WordSet

FOLDER, PUBLISHED = "ledger", "published.yaml"
STATUSES = ("S", "P", "P-", "I", "M", "R")


@lru_cache(maxsize=8)
def load(version: str) -> Chart:
    """ValueError when the content is doubtful, or when a published version no longer is what was published."""
    data = read_yaml(FOLDER, f"{version}.yaml")
    frozen = read_yaml(FOLDER, PUBLISHED)["published"].get(version)
    if frozen is not None and frozen != digest(data):
        raise ValueError(
            f"{version}.yaml a changé après sa publication. Des exercices ont été lus avec ces règles : "
            f"remettez le fichier comme il était et publiez vos changements sous un nouveau nom (docs/plan-comptable.md)."
        )
    return parse(data, version)


@lru_cache(maxsize=1)
def current() -> Chart:
    """The version that reads the accounts of today."""
    return load(read_yaml(FOLDER, PUBLISHED)["current"])


def parse(data: Mapping[str, Any], version: str) -> Chart:
    if data.get("version") != version:
        raise ValueError(
            f"{version}.yaml se dit « {data.get('version')} » : le nom du fichier est celui de la version."
        )
    sources = {code: Source(**row) for code, row in data["sources"].items()}
    words = {
        name: WordSet(tuple(as_entry(name, row) for row in rows)) for name, rows in data["words"].items()
    }
    rules: dict[str, Rule] = {}
    for row in data["rules"]:
        rule = as_rule(row, sources)
        if rule.prefix in rules:
            raise ValueError(f"Règle {rule.prefix} : deux fois.")
        check(rule, words)
        rules[rule.prefix] = rule
    return Chart(
        version,
        data["title"],
        str(data["published_on"]),
        sources,
        rules,
        words,
        max(map(len, rules), default=0),
    )


def as_entry(name: str, row: Mapping[str, Any]) -> Entry:
    entry = Entry(row["nature"], row["name"], nbsp(row.get("reason", "")), tuple(row["phrases"]))
    if entry.nature is not None and entry.nature not in NATURES:
        raise ValueError(f"Mots « {name} » : la nature « {entry.nature} » n’existe pas.")
    return entry


def as_rule(row: Mapping[str, Any], sources: Mapping[str, Source]) -> Rule:
    prefix = str(row["prefix"])
    if row["source"] not in sources:
        raise ValueError(f"Règle {prefix} : la source « {row['source']} » n’existe pas.")
    return Rule(
        prefix=prefix,
        account=nbsp(row["account"]),
        nature=row["nature"],
        reason=nbsp(row["reason"]),
        source=row["source"],
        status=row.get("status", sources[row["source"]].status),
        labels=tuple(row.get("labels", ())),
    )


def check(rule: Rule, words: Mapping[str, WordSet]) -> None:
    """Everything that this rule can answer is on the side of its accounts, and its reason can be shown."""
    if rule.status not in STATUSES:
        raise ValueError(f"Règle {rule.prefix} : le statut « {rule.status} » n’existe pas.")
    if not rule.reason or len(rule.reason) > LONGEST_REASON:
        raise ValueError(f"Règle {rule.prefix} : la raison tient en une phrase de {LONGEST_REASON} signes.")
    for name in rule.labels:
        if name not in words:
            raise ValueError(f"Règle {rule.prefix} : les mots « {name} » n’existent pas.")
    natures = {rule.nature} | {entry.nature for name in rule.labels for entry in words[name].entries}
    for nature in natures - {None}:
        if nature not in NATURES or NATURES[nature].side != side_of(rule.prefix):
            raise ValueError(
                f"Règle {rule.prefix} : la nature « {nature} » n’est pas de ce côté des comptes."
            )
