"""The fields of a sheet in French, and where the form holds them."""

from __future__ import annotations

# In the order of the form; every field of the sheet but its address.
FIELDS: dict[str, str] = {
    "date": "Date du webinaire",
    "title": "Titre officiel",
    "short_title": "Titre court",
    "cycle": "Cycle",
    "goals": "ODD nommés par le titre",
    "related_goals": "ODD proches",
    "fragilities": "Fragilités",
    "pillars": "Appuis en jeu",
    "levels": "Échelons",
    "regions": "Régions",
    "sizes": "Tailles d’association",
    "teaser": "Phrase de présentation",
    "essential": "L’essentiel en trente secondes",
    "summary": "Résumé",
    "takeaway": "À emporter",
    "your_turn": "Et chez vous ?",
    "your_turn_axis": "Appui de la question",
    "speakers": "Intervenants",
    "opening": "Ouverture",
    "project": "Projet présenté",
    "points_of_view": "Regards",
    "figures": "Chiffres",
    "levers_kind": "Ce que conclut le webinaire",
    "levers_intro": "Introduction des leviers",
    "levers": "Leviers",
    "pillar_reading": "Lecture par appui",
    "model": "Tableau des trois appuis",
    "replay": "Enregistrement",
    "source": "Source",
    "curator_note": "Note de curation",
}
# Where a link leads, when a field is not one control.
ANCHORS: dict[str, str] = {
    "goals": "champ-goals",
    "related_goals": "champ-related_goals",
    "fragilities": "champ-fragilities",
    "pillars": "champ-pillars",
    "levels": "champ-levels",
    "regions": "champ-regions",
    "sizes": "champ-sizes",
    "speakers": "section-speakers",
    "opening": "id_opening_text",
    "project": "id_project_name",
    "points_of_view": "section-views",
    "figures": "section-figures",
    "levers": "section-levers",
    "pillar_reading": "id_reading_human",
    "model": "section-rows",
    "replay": "id_replay_url",
    "source": "id_source_label",
}


def anchor(field: str) -> str:
    return ANCHORS.get(field, f"id_{field}")
