"""``manage.py score_answers FILE``: tries the arithmetic on a case, without any database content."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.core.content import read_yaml
from apps.diagnostic.instrument import Questionnaire, parse
from apps.diagnostic.scoring import score
from apps.diagnostic.scoring.case import read

Json = dict[str, Any]


class Command(BaseCommand):
    help = "Calcule le résultat d’un cas (objet « case » d’un fichier JSON) et l’écrit en JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="fichier JSON dont l’objet « case » est lu")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        try:
            result = outcome_of(case_of(Path(file)))
        except ValueError as error:
            self.stderr.write(str(error))
            sys.exit(1)
        self.stdout.write(json.dumps(result, ensure_ascii=False, indent=1))


def case_of(path: Path) -> Json:
    """The ``case`` of the file; ValueError in French when there is none."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ValueError(f"{path} : fichier introuvable ou illisible ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} : ce fichier n’est pas du texte en UTF-8.") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"{path} : JSON mal formé, ligne {error.lineno}, colonne {error.colno}.") from error
    if not isinstance(content, dict) or not isinstance(content.get("case"), dict):
        raise ValueError(f"{path} : il manque l’objet « case ».")
    case: Json = content["case"]
    return case


def questionnaire_of(case: Json) -> Questionnaire:
    code = case.get("instrument")
    # The code names a file: nothing else than a code may pass.
    if not isinstance(code, str) or not re.fullmatch(r"[a-z]{1,10}-\d{1,3}", code):
        raise ValueError("« instrument » doit être le code d’un questionnaire publié, par exemple « mse-1 ».")
    try:
        return parse(read_yaml("instrument", f"{code}.yaml"))
    except FileNotFoundError as error:
        raise ValueError(f"{code} : questionnaire inconnu.") from error


def outcome_of(case: Json) -> Json:
    """The shape of ``expected``; ValueError in French when the case cannot be read."""
    questionnaire = questionnaire_of(case)
    check_shape(case)
    copies, years, renewal = read(case, frozenset(questionnaire.codes))
    statements = [(s.code, s.axis) for s in questionnaire.statements]
    return score(statements, copies, years, renewal).as_json()


def check_shape(case: Json) -> None:
    """What the pure reader takes for granted: lists of objects, whole numbers for years."""
    for key in ("respondents", "finances"):
        rows = case.get(key) or []
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ValueError(f"« {key} » doit être une liste d’objets.")
    for row in case.get("respondents") or []:
        if not isinstance(row.get("answers") or {}, dict):
            raise ValueError("« answers » doit être un objet : code d’énoncé → réponse.")
    for row in case.get("finances") or []:
        if not whole(row.get("year")) or not isinstance(row.get("resources") or {}, dict):
            raise ValueError(
                "Chaque exercice a une année entière « year », et ses « resources » dans un objet."
            )
    context = case.get("context") or {}
    if not isinstance(context, dict):
        raise ValueError("« context » doit être un objet.")
    renewal = context.get("years_since_board_renewal")
    if renewal is not None and not (whole(renewal) and renewal >= 0):
        raise ValueError("« years_since_board_renewal » doit être un nombre entier d’années, ou null.")


def whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
