"""``python -m trajectoires.trust.migrations``: what a migration would stop while people use the platform is refused.

django-migration-linter reads the SQL that Django would send; what it does not see is read here. Migrations listed in
``migrations_before.txt`` ran before this rule. An exception is a comment of the migration, with its reason:
``# migration-lint: DROP_COLUMN nothing has read it since the version of March``.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BASELINE = Path(__file__).with_name("migrations_before.txt")
EXCUSE = re.compile(r"^\s*# migration-lint: ([A-Z_]+) (.+)$", re.M)
LEAST_WORDS = 3
# Conventions of names: nothing stops because of them.
UNHEEDED = ("RUNPYTHON_ARGS_NAMING_CONVENTION", "RUNPYTHON_MODEL_VARIABLE_NAME")
ADVICE = {
    "NOT_NULL": "une colonne obligatoire sans valeur par défaut dans la base (db_default) arrête l’ancienne version",
    "RENAME_TABLE": "renommer une table arrête l’ancienne version\u00a0: en créer une, copier, puis retirer plus tard",
    "RENAME_COLUMN": "renommer une colonne arrête l’ancienne version\u00a0: en ajouter une, copier, puis retirer plus tard",
    "DROP_COLUMN": "retirer une colonne arrête l’ancienne version\u00a0: une version après qu’elle n’est plus lue",
    "DROP_TABLE": "retirer une table arrête l’ancienne version\u00a0: une version après qu’elle n’est plus lue",
    "ALTER_COLUMN": "changer un type réécrit la table, fermée pendant ce temps\u00a0: ajouter une colonne, copier",
    "ADD_UNIQUE": "une contrainte d’unicité ferme la table\u00a0: index unique concurrent, puis USING INDEX",
    "ADD_VALIDATED": "une contrainte ajoutée relit toute la table fermée\u00a0: AddConstraintNotValid, puis ValidateConstraint",
    "CREATE_INDEX": "un index arrête les écritures\u00a0: AddIndexConcurrently, atomic = False",
    "CREATE_INDEX_EXCLUSIVE": "un index dans une transaction qui tient déjà la table\u00a0: une migration à part, concurrente",
    "DROP_INDEX": "retirer un index ferme la table\u00a0: RemoveIndexConcurrently, atomic = False",
    "RUNPYTHON_REVERSIBLE": "RunPython sans retour\u00a0: donner reverse_code, RunPython.noop s’il n’y a rien à défaire",
    "RUNSQL_REVERSIBLE": "RunSQL sans retour\u00a0: donner reverse_sql, RunSQL.noop s’il n’y a rien à défaire",
}
_NAME = r'(?:ONLY )?"?(\w+)"?'
_CREATED = re.compile(rf"CREATE TABLE {_NAME}", re.I)
# Code → a statement that does it to the table it names, unless the same migration makes this table.
_ON_A_TABLE = {
    "CREATE_INDEX": re.compile(rf"CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY\b).*? ON {_NAME}", re.I),
    "ADD_UNIQUE": re.compile(rf"ALTER TABLE {_NAME} ADD CONSTRAINT .* UNIQUE (?!USING INDEX)", re.I),
    "ADD_VALIDATED": re.compile(
        rf"ALTER TABLE {_NAME} ADD CONSTRAINT (?!.*NOT VALID).*(?:CHECK \(|FOREIGN KEY|EXCLUDE)", re.I
    ),
}


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """``code``: that of the library, or of this file; ``name``: « application.migration »."""

    name: str
    code: str

    def __str__(self) -> str:
        return f"✗ {self.name}\u00a0: {ADVICE.get(self.code, self.code)} [{self.code}]"


def met(statements: list[str]) -> set[str]:
    """Codes of what these statements would stop."""
    from django_migration_linter.sql_analyser import PostgresqlAnalyser, analyse_sql_statements

    statements = [one for one in statements if not one.startswith("--")]
    errors, _, warnings = analyse_sql_statements(PostgresqlAnalyser, statements)
    made = {found[1] for one in statements if (found := _CREATED.match(one))}
    # The library looks at the first index and the first constraint alone, and takes a concurrent one for another.
    codes = {one.code for one in (*errors, *warnings)} - _ON_A_TABLE.keys()
    return codes | {
        code
        for code, pattern in _ON_A_TABLE.items()
        for one in statements
        if (found := pattern.search(one)) and found[1] not in made
    }


def one_way(linter: Any, operations: Iterable[Any]) -> Iterator[str]:
    """Codes of the data that a migration moves without a way back, and of models it imports."""
    from django.db.migrations import RunPython, RunSQL

    for one in operations:
        if isinstance(one, RunSQL) and not one.reversible:
            yield "RUNSQL_REVERSIBLE"
        if isinstance(one, RunPython):
            errors, _, warnings = linter.lint_runpython(one)
            yield from (issue.code for issue in (*errors, *warnings) if issue.code not in UNHEEDED)


def excused(source: str) -> set[str]:
    """Codes that a comment of the migration accepts, with a reason of some words."""
    return {code for code, reason in EXCUSE.findall(source) if len(reason.split()) >= LEAST_WORDS}


def faults(before: frozenset[str]) -> tuple[int, list[Fault]]:
    """How many migrations were read, those of ``before`` left out, and what is wrong in them."""
    from django.apps import apps
    from django_migration_linter import MigrationLinter

    linter = MigrationLinter(no_cache=True, no_output=True)
    ours = {one.label for one in apps.get_app_configs() if one.name.startswith("apps.")}
    read, found = 0, set[Fault]()
    for (label, name), migration in linter.migration_loader.disk_migrations.items():
        full = f"{label}.{name}"
        if label not in ours or full in before:
            continue
        read += 1
        codes = met(linter.get_sql(label, name)) | set(one_way(linter, migration.operations))
        source = Path(inspect.getfile(type(migration))).read_text(encoding="utf-8")
        found |= {Fault(full, code) for code in codes - excused(source)}
    return read, sorted(found)


def main() -> int:
    """Prints what is wrong; the exit code."""
    import django

    django.setup()
    before = frozenset(BASELINE.read_text(encoding="utf-8").split())
    read, found = faults(before)
    for one in found:
        print(one)  # noqa: T201
    if found:
        print("Voir «\u00a0Changer la base sans arrêt\u00a0», docs/exploitation.md.")  # noqa: T201
        return 1
    print(f"Migrations sans arrêt\u00a0: {read} lues, {len(before)} d’avant cette règle.")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
