"""Requests are read to their end before they are answered.

A refusal needs nothing of the body (no token, too long, an unknown address). gunicorn would then close on what is
still coming, and a proxy in the middle of sending it takes the reset for a fault: 502 instead of our sentence.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

STEP = 65_536  # bytes


def read_to_the_end(application: Application) -> Application:
    """The same WSGI application, that leaves nothing unread; what is read after it is thrown away.

    The proxy bounds the length of a request (deploy/proxy/Caddyfile): nothing is counted here.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        answered = application(environ, start_response)
        with suppress(OSError):  # a client that left reads no answer
            while environ["wsgi.input"].read(STEP):
                pass
        return answered

    return answer
