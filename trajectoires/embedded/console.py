"""What the person reads in the terminal: short French lines, coloured only on a terminal."""

import os
import sys
import threading

COLOURS = {
    "plain": "",
    "dim": "2",
    "bold": "1",
    "red": "31",
    "web": "36",
    "worker": "33",
    "beat": "35",
    "run": "32",
    "prepare": "34",
}
_lock = threading.Lock()


class EmbeddedError(Exception):
    """Something the person can act upon; its text is a French sentence shown as it stands."""


def coloured(text: str, colour: str) -> str:
    """``text`` in ``colour`` when the output is a terminal and NO_COLOR is not set."""
    code = COLOURS.get(colour, "")
    if not code or os.environ.get("NO_COLOR") or not sys.stdout.isatty():
        return text
    return f"\033[{code}m{text}\033[0m"


def say(text: str, *, name: str = "run") -> None:
    """One or several lines, each with the coloured name of who speaks."""
    prefix = coloured(f"{name:>8} │", name)
    with _lock:
        for line in text.splitlines() or [""]:
            print(prefix, line, flush=True)


def fail(text: str) -> None:
    """A refusal, on the error output."""
    print(coloured("✗ " + text, "red") if sys.stderr.isatty() else "✗ " + text, file=sys.stderr, flush=True)
