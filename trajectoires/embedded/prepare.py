"""What a run does before it opens: schema, content, demonstration, static files. Each step can be done again.

One process for all: starting Django once a step would cost most of the time of a warm start.
"""

import hashlib
import io
import os
import sys
from pathlib import Path

import django


def main(accounts_file: Path) -> None:
    """Bring database and static files up to date; ``accounts_file`` keeps what ``seed_demo`` prints."""
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    _migrate()
    call_command("createcachetable", verbosity=0)
    call_command("load_content")
    if settings.DEV_PAGES:
        printed = io.StringIO()
        call_command("seed_demo", stdout=printed)
        print(printed.getvalue(), flush=True)
        accounts_file.write_text(printed.getvalue(), encoding="utf-8")
        accounts_file.chmod(0o600)
    if not settings.DEBUG:
        _collect_static(Path(settings.STATIC_ROOT))


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        print("Base de données : mise à jour des tables…", flush=True)
        call_command("migrate", interactive=False, verbosity=0)


def _collect_static(root: Path) -> None:
    """Only when a file changed: hashing and compressing take seconds."""
    from django.core.management import call_command

    stamp = root.with_name(root.name + ".stamp")
    fingerprint = _static_fingerprint()
    if root.is_dir() and stamp.exists() and stamp.read_text() == fingerprint:
        return
    print("Fichiers statiques : préparation…", flush=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=root.is_dir())
    stamp.write_text(fingerprint)


def _static_fingerprint() -> str:
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(None):
            status = os.stat(storage.path(path))
            digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
