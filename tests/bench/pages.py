"""The pages of the journey beside the bare page, each measured just after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.bench.client import Browser, Times, timed

EXPRESS = {f"{axis}{number}": "2" for axis in "ABC" for number in range(1, 11)}
Ask = Callable[[Browser], Any]


def journey(made: dict[str, Any]) -> dict[str, tuple[int, Ask]]:
    """Name → status expected, what is asked."""
    copy, open_, closed = made["copy"], made["open"], made["closed"][-1]
    answer = {"value": "2"}
    method, activity = f"/agir/demarches/{made['engagement']}/", made["activity"]
    field = {"item": activity, "code": "title", "value": "Élément 59", "base": "1"}
    return {
        "accueil": (200, lambda b: b.ask("/")),
        "s’informer": (200, lambda b: b.ask("/s-informer/")),
        "se former": (200, lambda b: b.ask("/se-former/")),
        "une étape": (200, lambda b: b.ask("/se-former/etapes/etape-3/")),
        "une section": (200, lambda b: b.ask("/se-former/etapes/etape-3/deux-listes/")),
        "questions": (200, lambda b: b.ask("/se-former/etapes/etape-3/questions/")),
        "mon parcours": (200, lambda b: b.ask("/se-former/mon-parcours/")),
        "comprendre": (200, lambda b: b.ask("/comprendre/")),
        "glossaire": (200, lambda b: b.ask("/glossaire/")),
        "catalogue": (200, lambda b: b.ask("/catalogue/")),
        "un objectif": (200, lambda b: b.ask("/catalogue/odd/7/")),
        "un cas": (200, lambda b: b.ask("/bibliotheque/webinaire-2022-12-15/")),
        "cas proches": (200, lambda b: b.ask("/bibliotheque/pour-vous/")),
        **library(),
        "mon espace": (200, lambda b: b.ask("/espace/")),
        "campagne": (200, lambda b: b.ask(f"/diagnostic/{open_}/")),
        "un énoncé": (200, lambda b: b.ask(f"/diagnostic/reponses/{copy}/A1/")),
        "répondre": (200, lambda b: b.ask(f"/diagnostic/reponses/{copy}/A1/", answer, htmx=True)),
        "résultat": (200, lambda b: b.ask(f"/diagnostic/{closed}/resultat/")),
        "publications": (200, lambda b: b.ask("/publications/")),
        "une publication": (200, lambda b: b.ask(f"/publications/{made['release']}/")),
        "la méthode": (200, lambda b: b.ask("/agir/methode/")),
        "mes démarches": (200, lambda b: b.ask("/agir/demarches/")),
        "une démarche": (200, lambda b: b.ask(method)),
        "une étape à faire": (200, lambda b: b.ask(f"{method}etapes/2/")),
        "60 activités": (200, lambda b: b.ask(f"{method}outils/activites/")),
        "60 leviers": (200, lambda b: b.ask(f"{method}outils/leviers/")),
        "40 actions": (200, lambda b: b.ask(f"{method}outils/trajectoire/")),
        "une activité": (200, lambda b: b.ask(f"{method}elements/{activity}/")),
        "un champ": (200, lambda b: b.ask(f"{method}champ/", field)),
        "express": (200, lambda b: b.ask("/diagnostic/express/")),
        "express, résultat": (200, lambda b: b.ask("/diagnostic/express/", EXPRESS)),
    }


def library() -> dict[str, tuple[int, Ask]]:
    """Measured twice: with the published cases, then with ten thousand more."""
    return {
        "bibliothèque": (200, lambda b: b.ask("/bibliotheque/")),
        "chercher": (200, lambda b: b.ask("/bibliotheque/?q=mobilite")),
        "chercher, filtré": (200, lambda b: b.ask("/bibliotheque/?q=energie&fragility=F16&year=2023")),
        "chercher, faute": (200, lambda b: b.ask("/bibliotheque/?q=biodiverstie")),
    }


@dataclass(frozen=True)
class Measure:
    name: str
    page: Times
    bare: Times

    @property
    def ratio(self) -> float:
        return self.page.median / self.bare.median


def measure(
    platform: Browser, yardstick: Browser, pages: dict[str, tuple[int, Ask]], rounds: int
) -> list[Measure]:
    """Page and bare page in turn, so that a slow moment of the machine falls on both."""
    found = []
    for name, (expected, ask) in pages.items():
        for _ in range(3):
            status = ask(platform).status
            assert status == expected, f"{name}: {status}"
            assert yardstick.ask("/").status == 200
        page, bare = [], []
        for _ in range(rounds):
            bare.append(timed(lambda: yardstick.ask("/")))
            page.append(timed(lambda ask=ask: ask(platform)))
        found.append(Measure(name, Times(tuple(page)), Times(tuple(bare))))
    return found
