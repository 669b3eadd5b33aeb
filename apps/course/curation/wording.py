"""The fields of a page in French."""

from __future__ import annotations

FIELDS: dict[str, str] = {
    "title": "Titre",
    "number": "Numéro de l’étape",
    "summary": "Phrase de présentation",
    "minutes": "Durée",
    "status": "Nature",
    "audience": "À qui elle s’adresse",
    "pillars": "Appuis en jeu",
    "goals": "ODD",
    "sources": "Sources",
    "curator_note": "Notes de curation",
    "aim": "Objectif",
    "outcomes": "Ce que l’on sait faire après",
    "sections": "Leçon",
    "case": "Cas réel",
    "quiz": "Questions",
    "sheet": "Fiche pratique",
    "exercise": "Exercice",
    "before": "Avant la réunion",
    "sequences": "Séquences",
    "decision": "Décision",
}
# One element of a list.
NAMED = {"sections": "Section", "quiz": "Question", "sequences": "Séquence", "sources": "Source"}
# The fields within.
INNER: dict[str, str] = {
    "title": "Titre",
    "minutes": "Minutes",
    "body": "Texte",
    "figure": "Figure",
    "figure_title": "Titre de la figure",
    "figure_text": "Sous la figure",
    "webinar": "Cas de la bibliothèque",
    "intro": "Présentation",
    "points": "Points à regarder",
    "ask": "Et chez vous",
    "text": "Texte",
    "right": "Bonne réponse",
    "why": "Explication",
    "prompt": "Question",
    "many": "Plusieurs réponses justes",
    "choices": "Choix",
    "explanation": "À retenir",
    "duration": "Durée",
    "blocks": "Blocs",
    "kind": "Sorte",
    "items": "Liste",
    "columns": "Colonnes",
    "lines": "Lignes",
    "axis": "Auto-diagnostic",
    "method_step": "Étape de la démarche",
    "prompts": "Questions posées",
    "label": "Libellé",
    "help": "Aide",
    "headline": "À l’écran",
    "notes": "Notes",
    "questions": "Questions à débattre",
    "yes": "Oui",
    "no": "Non",
    "later": "Plus tard",
    "mandate": "Mandat",
    "what": "Ce qu’elle établit",
    "year": "Année",
    "url": "Lien",
    "status": "Nature",
}


def anchor(field: str) -> str:
    """Where a link leads in the form of its chapter."""
    return {
        "audience": "champ-audience",
        "pillars": "champ-pillars",
        "goals": "champ-goals",
        "sections": "section-sections",
        "quiz": "section-quiz",
        "sequences": "section-sequences",
        "sources": "section-sources",
        "case": "id_webinar",
        "sheet": "id_title",
        "exercise": "id_title",
        "decision": "id_prompt",
        "number": "id_title",
    }.get(field, f"id_{field}")
