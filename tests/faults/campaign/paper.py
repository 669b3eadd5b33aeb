"""The trials as a page of the documentation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from apps.core.microtypography import nbsp
from apps.core.typography import date_long, number
from tests.faults.campaign.trial import Trial

HEAD = """# Fiabilité

Ce que voient les gens quand une pièce tombe, et ce que devient ce qu’on leur a dit gardé. Ce tableau est écrit par `make faults`, le
{day} : {people} personnes changent leurs réponses deux fois par seconde, une demande des rapports, une autre inscrit des adresses à une
séance, sur de vrais PostgreSQL, Valkey, gunicorn, Celery et Caddy, pendant que la panne arrive. Machine de deux cœurs ; les durées
dépendent d’elle, les pertes non.

- **Vu** : codes reçus pendant la panne et jusqu’au retour ; « coupée » : connexion fermée sans réponse ; « délai » : plus de 30 s.
- **Réponses, rapports, courriels** : promis pendant l’essai, puis perdus, puis en double, comparés à la base, aux fichiers et au
  serveur de courriel. Une écriture est promise quand la page l’a dit.
- **Pages** : secondes entre la réparation et le moment où chacun enregistre à nouveau. **Tout** : jusqu’au dernier rapport prêt et au
  dernier courriel arrivé. Une fabrication dont le travailleur est tué lui appartient encore 45 s : c’est ce qui fait les plus longues.
  Un courriel refusé est retenté après 5 s ici, deux minutes en production.

"""
COLUMNS = ("Panne", "Durée", "Vu", "Réponses", "Rapports", "Courriels", "Pages", "Tout", "Tenu")


def page(trials: Iterable[Trial], people: int) -> str:
    rows = [_row(trial) for trial in trials]
    table = ["| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS), *rows]
    return nbsp(HEAD.format(day=date_long(date.today()), people=number(people))) + "\n".join(table) + "\n"


def _row(trial: Trial) -> str:
    seen = ", ".join(f"{word} × {number(count)}" for word, count in sorted(trial.seen.items()))
    cells = (
        trial.name,
        f"{number(trial.held)} s",
        f"{seen} ; au plus {number(trial.slowest, 1)} s",
        _promised(trial.answers, trial.answers_lost, 0),
        _promised(trial.reports, trial.reports_lost, trial.reports_doubled),
        _promised(trial.mails, trial.mails_lost, trial.mails_doubled),
        _seconds(trial.pages),
        _seconds(trial.all),
        "oui" if trial.holds else "**non**",
    )
    return nbsp("| " + " | ".join(cells) + " |")


def _promised(made: int, lost: int, doubled: int) -> str:
    return f"{number(made)}, {number(lost)} perdu, {number(doubled)} double"


def _seconds(value: float | None) -> str:
    return "plus de 240 s" if value is None else f"{number(value, 1)} s"
