"""``make load``: three hundred people for five minutes on the production settings, beside the bare page; docs/charge.md."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.deploy.rehearsal import Deployment, deployed
from tests.load.measure import Line, Memory, crowd, weighed
from tests.load.paper import page
from tests.support.stack import ROOT, Stack

PEOPLE, SECONDS, BARE_SECONDS, WARM_UP = 300, 300, 60, 45
PAGE = ROOT / "docs/charge.md"


@dataclass(frozen=True)
class Load:
    people: int
    seconds: int
    pages: list[Line]
    bare: list[Line]
    web: Memory
    worker: Memory
    acknowledged: int
    lost: int
    errors: int


@contextmanager
def yardstick(platform: Deployment) -> Iterator[int]:
    """The same database and number of processes, with the bare page alone."""
    stack = Stack(platform.servers, platform.folder / "bare")
    stack.folder.mkdir()
    stack.env = platform.env | {"DJANGO_SETTINGS_MODULE": "tests.load.bare_settings", "PYTHONPATH": str(ROOT)}
    command = stack.command
    stack.command = lambda name: [*command(name), "-w", "3", "--preload", "--worker-tmp-dir", "/dev/shm"]  # type: ignore[method-assign]
    try:
        stack.start("web")
        yield stack.port
    finally:
        stack.stop()


def measured(platform: Deployment, people: int, seconds: int, *, bare_seconds: int, warm_up: int) -> Load:
    """The bare page first, then a warm-up that is not counted: a process that has just started reads its templates."""
    folder = platform.folder
    seed = folder / "seed.json"
    seed.write_text(_seeded(platform, 2 * people))
    with yardstick(platform) as port:
        bare = crowd(port, folder, people=people, seconds=bare_seconds, seed=seed, bare=True)
    roots = (platform.processes["web"].pid, platform.processes["worker"].pid)
    with weighed(*roots) as (web, worker):
        crowd(platform.port, folder, people=people, seconds=warm_up, seed=seed, first=people)
        pages = crowd(platform.port, folder, people=people, seconds=seconds, seed=seed)
    acknowledged, lost = compared(platform, json.loads((folder / "kept-0.json").read_text()))
    errors = platform.log("web").read_text(errors="replace").count("Traceback")
    return Load(people, seconds, pages, bare, web, worker, acknowledged, lost, errors)


def _seeded(platform: Deployment, people: int) -> str:
    command = [sys.executable, "-m", "tests.load.seed", str(people)]
    done = subprocess.run(command, cwd=ROOT, env=platform.env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout.strip().splitlines()[-1]


def compared(platform: Deployment, kept: dict[str, Any]) -> tuple[int, int]:
    """How many last writes were acknowledged, and how many of them the database does not hold."""
    postgres = platform.servers.postgres
    assert postgres
    with postgres.connect() as connection:
        rows = connection.execute(
            "SELECT respondent_id::text || '/' || statement, value FROM diagnostic_answer"
        ).fetchall()
        texts = connection.execute(
            "SELECT item_id::text || '/' || after::text FROM methodology_change WHERE item_id IS NOT NULL"
        ).fetchall()
    answers, written = dict(rows), {row[0] for row in texts}
    told = {
        f"{copy}/{code}": value for copy, codes in kept["answers"].items() for code, value in codes.items()
    }
    lost = sum(1 for key, value in told.items() if str(answers.get(key)) != value)
    lost += sum(
        1
        for item, text in kept["fields"].items()
        if not any(row.startswith(item) and text in row for row in written)
    )
    return len(told) + len(kept["fields"]), lost


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seconds", type=int, default=SECONDS)
    parser.add_argument("--page", type=Path, default=PAGE)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="charge-") as name, deployed(Path(name)) as platform:
        found = measured(platform, told.people, told.seconds, bare_seconds=BARE_SECONDS, warm_up=WARM_UP)
    text = page(found)
    sys.stdout.write(text)
    if (told.people, told.seconds) == (PEOPLE, SECONDS):
        told.page.write_text(text, encoding="utf-8")
        sys.stdout.write(f"Écrit : {told.page}\n")
    return 0 if not found.lost and not found.errors and not found.pages[-1].failures else 1


if __name__ == "__main__":
    sys.exit(main())
