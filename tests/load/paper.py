"""The measure as a page of the documentation."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from apps.core.microtypography import nbsp
from apps.core.typography import date_long, number
from tests.load.measure import Line, Memory

if TYPE_CHECKING:
    from tests.load.__main__ import Load

HEAD = """# Charge

Écrit par `make load`, le {day} : {people} personnes à la fois pendant {minutes} min, sur les réglages de production (gunicorn et ses trois
processus, un travailleur, beat, PostgreSQL et Valkey), qui laissent trois à sept secondes entre deux actes. Lire la bibliothèque : 50 % ;
répondre à un diagnostic : 25 % ; suivre le parcours : 15 % ; la méthode : 8 % ; les publications : 2 %. Les personnes, le serveur et la base
se partagent une machine de deux cœurs : le rapport à la page nue (une session, une personne, une requête, 10 ko), prise dans la même
exécution par les mêmes personnes au même rythme, dit plus que les durées. Quarante-cinq secondes de mise en route ne sont pas comptées.

"""
COLUMNS = ("Acte", "Nombre", "Échecs", "Par seconde", "p50", "p95", "p99")


def page(found: Load) -> str:
    head = HEAD.format(
        day=date_long(date.today()), people=number(found.people), minutes=number(round(found.seconds / 60))
    )
    rows = [_row(line) for line in (*found.pages, *(line for line in found.bare if line.name != "ensemble"))]
    table = ["| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS), *rows]
    return nbsp(head) + "\n".join(table) + "\n\n" + nbsp("\n".join(_said(found))) + "\n"


def _row(line: Line) -> str:
    times = (f"{number(value)} ms" for value in (line.p50, line.p95, line.p99))
    cells = (line.name, number(line.count), number(line.failures), number(line.rate, 1), *times)
    return nbsp("| " + " | ".join(cells) + " |")


def _said(found: Load) -> list[str]:
    pages, bare = found.pages[-1], found.bare[-1]
    return [
        f"- Médiane : {number(pages.p50 / max(bare.p50, 1), 1)} fois celle de la page nue ; p95 : "
        f"{number(pages.p95 / max(bare.p95, 1), 1)} fois ; p99 : {number(pages.p99 / max(bare.p99, 1), 1)} fois.",
        f"- Écritures promises et relues dans la base à la fin : {number(found.acknowledged)}, perdues : {number(found.lost)}.",
        f"- Erreurs dans les journaux : {number(found.errors)}.",
        _weight("Web (trois processus et leur parent)", found.web),
        _weight("Travailleur", found.worker),
    ]


def _weight(name: str, memory: Memory) -> str:
    return (
        f"- {name} : {number(round(memory.most))} Mo au plus, ensemble ; le processus qui a le plus grossi après ses "
        f"90 premières secondes a pris {number(memory.growth, 1)} Mo."
    )
