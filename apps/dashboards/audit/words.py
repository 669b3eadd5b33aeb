"""The names that a report gives to attacks, tables and cells (pure)."""

from __future__ import annotations

from apps.core.microtypography import nbsp
from apps.dashboards.audit.seen import Place, Seen

TITLES: dict[str, str] = {
    "A1": "Lire directement une petite case",
    "A2": "Retrouver une case masquée par soustraction dans son tableau",
    "A3": "Comparer deux tableaux qui comptent les mêmes associations",
    "A4": "Soustraire une valeur de filtre de l’ensemble",
    "A5": "Exclure une valeur, en choisir plusieurs, ou lire une ligne « autres »",
    "A6": "Croiser deux découpages du territoire",
    "A7": "Rapprocher une même mesure dite dans des tranches différentes",
    "A8": "Comparer deux publications dans le temps",
    "A9": "Mettre en commun les publications de plusieurs financeurs",
    "A10": "Retirer sa propre réponse, ou les rapports que l’on a reçus",
    "A11": "Deviner le montant d’une association qui pèse presque tout",
    "A12": "Lire une case où toutes, ou aucune, ont répondu pareil",
    "A13": "Multiplier les moyennes par les nombres d’une publication à l’autre",
    "A14": "Lire ailleurs que dans les nombres : champs cachés, ordre des lignes, totaux",
    "A15": "Poser deux fois la même question",
    "A16": "Demander par l’adresse une valeur que la page ne propose pas",
}
NOTES: dict[str, str] = {
    "A4": "Les adresses de la page sont essayées par les tests à chaque version de la plateforme.",
    "A14": "En-têtes, fichiers et pages d’erreur : vérifiés par les tests à chaque version de la plateforme.",
    "A16": "Les adresses inconnues sont essayées par les tests à chaque version de la plateforme.",
}


def title(code: str) -> str:
    return nbsp(TITLES[code])


def note(code: str) -> str:
    return nbsp(NOTES.get(code, ""))


def table_name(seen: Seen, key: str) -> str:
    table = seen.tables.get(key)
    return f"« {table['title'] if table else key} »"


def labels(seen: Seen, place: Place) -> tuple[str, str]:
    """The row and the column as they are printed."""
    table = seen.tables[place.table]
    row = next((r for r in table["rows"] if r["key"] == place.row), None)
    column = next((c["label"] for c in table["columns"] if c["key"] == place.column), place.column)
    if row is None:
        return place.row, column
    return row["label"], row.get("labels", {}).get(place.column, column)


def cell_name(seen: Seen, place: Place) -> str:
    """« Tableau », ligne Bretagne, colonne Alliances stratégiques."""
    row, column = labels(seen, place)
    return f"{table_name(seen, place.table)}, ligne {row}, colonne {column}"
