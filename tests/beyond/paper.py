"""The trials as a page of the documentation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from apps.core.microtypography import nbsp
from apps.core.typography import date_long, number
from tests.beyond.engines import POOL
from tests.beyond.trial import Trial

HEAD = """# Plusieurs machines

Deux serveurs web et deux travailleurs qui ne partagent que PostgreSQL, Redis (Valkey) et un espace S3, derrière nginx. L’un est tué pendant
que {people} personnes travaillent : elles répondent à un questionnaire, écrivent dans une démarche, demandent des rapports, lisent la
bibliothèque, se connectent. Tableau écrit par `make beyond`, le {day}, sur les réglages de production et sur de vrais serveurs :
gunicorn, Celery, nginx avec `deploy/nginx/trajectoires.conf`, PgBouncer en mode transaction ({pool} connexions pour toutes les machines),
réplique PostgreSQL en continu. Fichiers : {files}. Tout tourne sur une machine de deux cœurs : les durées dépendent d’elle.

- **Vu** : codes reçus de la panne jusqu’au retour ; « coupée » : connexion fermée sans réponse. Une demande en cours dans le serveur tué
  échoue, c’est tout : au plus une par personne, et aucune session ne se perd.
- **Réponses, champs, rapports** : promis pendant l’essai, puis perdus (ou en double), comparés à la base et à l’espace S3. Un champ sans
  réponse est renvoyé avec sa clé, comme le fait la page : il ne s’écrit qu’une fois.
- **Pris aux deux** : rapports pris à chacun des deux serveurs web, comparés à l’empreinte notée par le travailleur ; aucun des dossiers
  propres à une machine n’en contient.
- **Tout** : secondes jusqu’au dernier rapport promis. Une fabrication dont le travailleur est tué lui appartient encore 45 s.

"""
COLUMNS = ("Panne", "Vu", "Réponses", "Champs", "Rapports", "Pris aux deux", "Connexions", "Tout", "Tenu")


def page(trials: Sequence[Trial], files: str) -> str:
    people = number(trials[0].most)
    head = HEAD.format(people=people, day=date_long(date.today()), pool=number(POOL), files=files)
    table = ["| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS), *(_row(one) for one in trials)]
    notes = [nbsp(f"\n{trial.name} : {trial.note}.") for trial in trials if trial.note]
    return nbsp(head) + "\n".join([*table, *notes]) + "\n"


def _row(trial: Trial) -> str:
    seen = ", ".join(f"{word} × {number(count)}" for word, count in sorted(trial.seen.items()))
    cells = (
        trial.name,
        f"{seen} ; au plus {number(trial.slowest, 1)} s",
        _lost(*trial.answers),
        _lost(*trial.fields),
        f"{_lost(*trial.reports[:2])}, {number(trial.reports[2])} double",
        f"{number(trial.downloads[0])}, {number(trial.downloads[1])} faux",
        number(trial.entered),
        "plus de 150 s" if trial.all is None else f"{number(trial.all, 1)} s",
        "oui" if trial.holds else "**non**",
    )
    return nbsp("| " + " | ".join(cells) + " |")


def _lost(made: int, lost: int) -> str:
    return f"{number(made)}, {number(lost)} perdu"
