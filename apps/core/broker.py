"""A word to the broker itself, for probes and for who watches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from redis import Redis, RedisError

SECONDS = 1


class SilentBrokerError(Exception):
    """It does not answer within a second."""


def ask(question: Callable[[Redis], Any]) -> Any:
    """What ``question`` gives of a client; raises SilentBrokerError."""
    # Celery and redis-py write the address of a Unix socket in two ways.
    url = settings.CELERY_BROKER_URL.replace("redis+socket://", "unix://").replace("virtual_host=", "db=")
    client = Redis.from_url(url, socket_connect_timeout=SECONDS, socket_timeout=SECONDS)
    try:
        return question(client)
    except (RedisError, OSError) as error:
        raise SilentBrokerError from error
    finally:
        client.close()
