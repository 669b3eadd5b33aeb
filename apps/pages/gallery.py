"""Every component and every state on one page, with the props each template declares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings

from apps.catalogue.models import GlossaryTerm
from apps.catalogue.presenters import Tag
from apps.catalogue.provenance import Provenance
from apps.core.figures import axes, emblem, horizons, marks, mix, roles, rungs, strip, ternary, units
from apps.core.figures.svg import Svg
from apps.core.figures.triangle import Shares

PROPS = re.compile(r"{# Props: (.+?)\.? #}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Component:
    """A template of ``templates/ui`` and the props its first line declares, "" when it forgot."""

    name: str
    props: str


@dataclass(frozen=True, slots=True)
class Example:
    """``small``: a mark for a line of text, not a picture."""

    name: str
    figure: Svg
    small: bool = False


class DemoForm(forms.Form):
    """Fields of every kind, never sent anywhere."""

    name = forms.CharField(label="Nom de l’association", help_text="Tel qu’il est écrit dans vos statuts.")
    rna = forms.CharField(
        label="Numéro RNA", help_text="La lettre W suivie de neuf chiffres.", required=False
    )
    department = forms.ChoiceField(
        label="Département",
        choices=[("58", "58, Nièvre"), ("2A", "2A, Corse-du-Sud"), ("974", "974, La Réunion")],
    )
    role = forms.ChoiceField(
        label="Votre rôle",
        choices=[("board", "gouvernance"), ("team", "équipe")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="Un mot pour l’équipe", widget=forms.Textarea({"rows": 3}), required=False)

    def clean_rna(self) -> str:
        raise forms.ValidationError(
            "Il manque un chiffre. Le reste de la fiche est gardé\u00a0: complétez, ou laissez vide."
        )


def components(folder: Path) -> list[Component]:
    """The templates of a folder, by name, with their declared props."""
    found = []
    for path in sorted(folder.glob("*.html")):
        declared = PROPS.match(path.read_text(encoding="utf-8"))
        found.append(Component(path.stem, declared[1] if declared else ""))
    return found


def figures() -> list[Example]:
    """One drawing of each figure, from invented numbers."""
    now, before, target = Shares(0.444, 0.252, 0.304), Shares(0.56, 0.19, 0.25), Shares(0.36, 0.3, 0.34)
    scores = zip("ABCDE", (70.4, 40, 48.1, None, 41.7), (62, 44, 40, 35, None), strict=True)
    amounts = {"cotisations": 9800, "ventes": 59500, "subv_etat": 144000, "dons": 33300}
    means = (("gouvernance", 2.5), ("equipe", 1))
    return [
        Example("ternary", ternary.draw(ternary.Ternary(now, "2026", before, "2025", target))),
        Example("axes", axes.draw(axes.Axes(tuple(axes.Score(*score) for score in scores), "2026", "2025"))),
        Example("strip", strip.draw(strip.Strip("A7", 1.5, 0, 3, means))),
        Example("mix", mix.draw((mix.Year("2025", amounts), mix.Year("2026", {**amounts, "dons": 52000})))),
        Example("horizons", horizons.draw(horizons.Horizons((80, 15, 5), (60, 25, 15), "La matrice"))),
        Example("units", units.draw(units.Units(31, "associations employeuses"))),
        Example("cover", emblem.cover(now)),
        Example("signature", emblem.signature({"A", "C"}), small=True),
        Example("rungs", rungs.draw(2), small=True),
        *(Example(f"mark {code}", marks.axis_mark(code), small=True) for code in "ABCDE"),
        *(
            Example(f"legend {key}", roles.legend(key), small=True)
            for key in ("etendue", "mediane", *roles.ROLES)
        ),
    ]


def context() -> dict[str, Any]:
    filled = DemoForm(
        {"name": "Les Ateliers du Canal", "rna": "W58300412", "department": "58", "role": "team"}
    )
    return {
        "components": components(Path(settings.BASE_DIR) / "templates" / "ui"),
        "figures": figures(),
        "unit": units.draw(units.Units(31, "associations employeuses")),
        "form": filled,
        "tags": [
            Tag("humaines", css="human"),
            Tag("financières", css="financial"),
            Tag("alliances", css="alliances"),
        ]
        + [Tag("Mobilité", url="/catalogue/fragilites/mobilite/"), Tag("ODD\u00a011")],
        "entries": [
            Provenance("", "P", "Nations unies", "2015", "https://www.un.org/"),
            Provenance("text", "R", "Proposition pédagogique de la plateforme", "2026", ""),
        ],
        "term": GlossaryTerm(name="Barycentre", summary="Le point où les trois appuis se font équilibre."),
        "steps": [
            {"name": name, "state": state}
            for name, state in (
                ("Comprendre l’équilibre", "done"),
                ("Mesurer les enjeux", "done"),
                ("Se situer", "now"),
                ("Richesses humaines", ""),
                ("Ressources financières", ""),
                ("Alliances", ""),
                ("Sa démarche", ""),
            )
        ],
        "header": ("Budget annuel", "Nombre"),
        "rows": (("Moins de 50\u202f000\u202f€", "120"), ("50\u202f000 à 500\u202f000\u202f€", "145")),
    }
