"""The two sizes compared, as a page of the documentation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from apps.core.microtypography import nbsp
from apps.core.typography import date_long, number
from tests.growth.visit import Query, Step, Visit

# A table read whole under this many rows costs less than an index.
SMALL = 20_000
# Under this, a page is at the noise of the machine.
SLOWER = 2.0


@dataclass(frozen=True)
class Pair:
    """The same page at both sizes; ``rows``: how many rows each table has in the end."""

    before: Visit
    after: Visit
    rows: Mapping[str, int]

    @property
    def ratio(self) -> float:
        return self.after.seconds / self.before.seconds

    @property
    def same_queries(self) -> bool:
        return [query.text for query in self.before.queries] == [query.text for query in self.after.queries]

    @property
    def same_plans(self) -> bool:
        return self.same_queries and not list(self.otherwise())

    def otherwise(self) -> Iterator[tuple[set[Step], set[Step]]]:
        """Ways of reaching a table that grew: those of the small size alone, those of the large size alone. A table that was read
        whole because it was small, and is now reached by an index, counts as the same: the index was waiting for it.
        """
        for before, after in zip(self.before.queries, self.after.queries, strict=False):
            first, then = self._grown(before) - self._grown(after), self._grown(after) - self._grown(before)
            if any(step.whole for step in then) or (then and not any(step.whole for step in first)):
                yield first, then

    def _grown(self, query: Query) -> set[Step]:
        return {step for step in query.steps if self.rows.get(step.table, 0) > SMALL}

    def whole(self) -> list[str]:
        """Large tables that the page reads from end to end."""
        return sorted(
            {
                step.table
                for query in self.after.queries
                for step in query.steps
                if step.whole and self.rows.get(step.table, 0) > SMALL
            }
        )


HEAD = """# Croissance

Écrit par `make growth`, le {day} : une association, avec dix campagnes, ses membres, son parcours, ses comptes et sa démarche, est copiée
{small} fois, puis {large} fois ; chaque page que la table des droits donne à quelqu’un est ouverte aux deux tailles avec la personne
qui y voit le plus. Les requêtes sont comparées mot à mot, et ce que PostgreSQL ferait de chacune (`EXPLAIN`) nœud par nœud. Les durées sont
la médiane de cinq ouvertures dans la même machine, les tables venant d’être lues : leur rapport dit plus qu’elles.

"""


def page(pairs: list[Pair], rows: Mapping[str, int], sizes: tuple[int, int], seconds: float) -> str:
    small, large = (number(size) for size in sizes)
    head = HEAD.format(day=date_long(date.today()), small=small, large=large)
    return nbsp(head) + nbsp("\n".join(_said(pairs, rows, seconds))) + "\n\n" + _tables(pairs, rows)


def _said(pairs: list[Pair], rows: Mapping[str, int], seconds: float) -> Iterator[str]:
    yield f"- {number(len(pairs))} pages, {number(sum(len(pair.after.queries) for pair in pairs))} requêtes."
    yield f"- Mêmes requêtes : {number(sum(pair.same_queries for pair in pairs))} pages sur {number(len(pairs))}."
    yield f"- Mêmes plans : {number(sum(pair.same_plans for pair in pairs))} pages sur {number(len(pairs))} ; les autres passent par un autre index."
    whole = [pair for pair in pairs if pair.whole()]
    yield f"- Pages qui lisent d’un bout à l’autre une table de plus de {number(SMALL)} lignes : {number(len(whole))}."
    slower = [pair for pair in pairs if pair.ratio > SLOWER]
    yield f"- Pages plus de deux fois plus lentes : {number(len(slower))}."
    yield f"- Lignes en tout : {number(sum(rows.values()))}, copiées en {number(round(seconds))} s."


def _tables(pairs: list[Pair], rows: Mapping[str, int]) -> str:
    told = [
        "## Pages qui changent",
        "",
        "| Page | Requêtes | Avant | Après | Rapport | Lues en entier | Plans différents |",
        "|---|---|---|---|---|---|---|",
    ]
    for pair in sorted(pairs, key=lambda one: -one.ratio):
        if pair.same_plans and not pair.whole() and pair.ratio <= SLOWER:
            continue
        cells = (
            f"`{pair.after.page.name}`",
            f"{number(len(pair.before.queries))} → {number(len(pair.after.queries))}",
            f"{number(1000 * pair.before.seconds, 1)} ms",
            f"{number(1000 * pair.after.seconds, 1)} ms",
            number(pair.ratio, 2),
            ", ".join(pair.whole()) or "—",
            "; ".join(_difference(first, then) for first, then in pair.otherwise()) or "—",
        )
        told.append(nbsp("| " + " | ".join(cells) + " |"))
    told += ["", "## Tables", "", "| Table | Lignes |", "|---|---|"]
    told += [
        f"| {name} | {number(count)} |"
        for name, count in sorted(rows.items(), key=lambda one: -one[1])
        if count
    ]
    return "\n".join(told) + "\n"


def _difference(first: set[Step], then: set[Step]) -> str:
    return f"{_ways(first)} → {_ways(then)}"


def _ways(steps: set[Step]) -> str:
    return ", ".join(sorted(f"{step.way} {step.index or step.table}" for step in steps)) or "—"
