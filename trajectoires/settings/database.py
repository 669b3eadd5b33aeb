"""PostgreSQL only; the address comes from DATABASE_URL (``make run`` and ``make test`` set it)."""

import math
from typing import Any

from trajectoires.settings.env import env

DATABASES: dict[str, dict[str, Any]] = {"default": env.db("DATABASE_URL")}
# A pooler in transaction mode (PgBouncer) gives each transaction the connection that is free: nothing may live longer.
# Prepared statements are off in Django, locks and temporary tables end with their transaction; cursors are left.
DATABASE_POOLER = env.bool("DATABASE_POOLER", default=False)
# Pages of the library, of the catalogue and of the releases may be read from a streaming replica (apps.core.replica).
REPLICA_URL = env("REPLICA_URL", default="")
REPLICA_MAX_LAG = env.float("REPLICA_MAX_LAG", default=5.0)
REPLICA_APPS = frozenset({"catalogue", "webinars", "dashboards"})
# The curation space is not there: it writes what it has just read.
REPLICA_VIEWS = frozenset(
    {
        "catalogue:index",
        "catalogue:goal",
        "catalogue:fragility",
        "webinars:library",
        "webinars:feed",
        "webinars:case",
        "webinars:people",
        "webinars:person",
        "webinars:organisations",
        "webinars:organisation",
        "dashboards:releases",
        "dashboards:release",
        "dashboards:figure",
    }
)
REPLICA_COOKIE_NAME = "ecrit"
# What is read is REPLICA_MAX_LAG old at most, and a second until the next measure; one more to be sure.
REPLICA_COOKIE_SECONDS = math.ceil(REPLICA_MAX_LAG) + 2
DATABASE_ROUTERS: list[str] = []
if REPLICA_URL:
    DATABASES["replica"] = env.db("REPLICA_URL") | {"TEST": {"MIRROR": "default"}}
    DATABASE_ROUTERS = ["apps.core.replica.ReplicaRouter"]
for _database in DATABASES.values():
    _database["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
    _database["CONN_HEALTH_CHECKS"] = True
    _database["DISABLE_SERVER_SIDE_CURSORS"] = DATABASE_POOLER
    _database.setdefault("OPTIONS", {})["connect_timeout"] = 3
if REPLICA_URL:
    # The primary can answer instead: who reads does not wait for a machine that is gone.
    DATABASES["replica"]["OPTIONS"] |= {"connect_timeout": 1, "tcp_user_timeout": 3000}

# Counters of the rate limits live in the database: they must outlive a dead broker.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    # HTML that is the same for every reader, in each process; its keys change with what it shows.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}
