"""Without a replica nor a pooler, nothing of them runs; with them, Django is told what they need."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.deploy.support import ROOT
from trajectoires.settings.env import env

SHOWN = """
import json
from django.conf import settings as s
d = s.DATABASES
print(json.dumps({"routers": s.DATABASE_ROUTERS, "last": s.MIDDLEWARE[-1], "cookie": s.REPLICA_COOKIE_SECONDS,
    "cursors": [one["DISABLE_SERVER_SIDE_CURSORS"] for one in d.values()], "aliases": list(d),
    "pool": any("pool" in one["OPTIONS"] for one in d.values())}))
"""


def shown(**changes: str) -> dict[str, Any]:
    """The settings as a process reads them."""
    environment = {
        "PATH": "/usr/bin:/bin",
        "DJANGO_SETTINGS_MODULE": "trajectoires.settings.local",
        "DATABASE_URL": env("DATABASE_URL"),
        "REDIS_URL": env("REDIS_URL"),
    }
    done = subprocess.run(
        [sys.executable, "-c", SHOWN], cwd=ROOT, env=environment | changes, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_without_a_replica_nothing_of_it_runs() -> None:
    told = shown()
    assert told["aliases"] == ["default"]
    assert told["routers"] == []
    assert told["last"] == "apps.accounts.middleware.SecondFactorMiddleware"
    assert told["cursors"] == [False]


def test_a_replica_is_read_last_and_whoever_writes_leaves_it_for_longer_than_it_may_be_late() -> None:
    told = shown(REPLICA_URL="postgres://trajectoires@replique:5432/trajectoires", REPLICA_MAX_LAG="2.5")
    assert told["aliases"] == ["default", "replica"]
    assert told["routers"] == ["apps.core.replica.ReplicaRouter"]
    assert told["last"] == "apps.core.replica.ReplicaMiddleware"
    assert told["cookie"] == 5


@pytest.mark.parametrize("replica", ["", "postgres://trajectoires@replique:5432/trajectoires"])
def test_behind_a_pooler_no_cursor_outlives_its_transaction(replica: str) -> None:
    told = shown(DATABASE_POOLER="True", REPLICA_URL=replica)
    assert set(told["cursors"]) == {True}
    assert not told["pool"]
