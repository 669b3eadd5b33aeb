"""Starting sentences of the framing note (pure): ours, to be kept, changed or erased."""

from __future__ import annotations

from collections.abc import Mapping

# Field code → sentence. « Nous »: a name would need « de », « du » or « des » before it.
STARTERS: Mapping[str, str] = {
    "question": (
        "Comment faire vivre notre projet dans les cinq prochaines années, "
        "avec quelles personnes, quelles ressources et quels alliés\u00a0?"
    ),
    "why_now": (
        "Ce qui a changé autour de nous\u00a0: …\nCe qui a changé chez nous\u00a0: …\n"
        "Ce qui se passera si nous ne faisons rien\u00a0: …"
    ),
    "perimeter": "Toutes nos activités, y compris …",
    "outside": "Cette démarche ne traite ni une urgence de trésorerie, ni …\u00a0: elles ont leur propre lieu.",
    "mandate": (
        "Le conseil d’administration, réuni le …, demande à l’équipe projet de lui proposer d’ici le … "
        "un modèle cible, les leviers pour l’atteindre et une feuille de route chiffrée."
    ),
    "decides": (
        "L’équipe projet propose. Le conseil d’administration valide chaque étape. "
        "L’assemblée générale est consultée sur …"
    ),
    "team": "Référente ou référent\u00a0: …\nTrésorerie\u00a0: …\nUne personne par activité\u00a0: …\nUne voix bénévole\u00a0: …",
    "means": "… jours de travail salarié, … réunions de deux heures pour les bénévoles, … € au plus.",
    "success": "Dans un an, nous saurons que c’est réussi si …",
    "care": "Personne n’est jugé sur ce que la démarche met au jour. Ce qui se dit en atelier reste à l’atelier.",
}
