"""``python -m trajectoires.embedded``: what the Makefile calls."""

import argparse
import sys

from trajectoires.embedded.console import EmbeddedError, fail
from trajectoires.embedded.oneoff import execute
from trajectoires.embedded.run import manage, reset, run, stop


def main(arguments: list[str]) -> int:
    """Run one command; its exit code."""
    parser = argparse.ArgumentParser(prog="python -m trajectoires.embedded", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="lancer la plateforme au premier plan")
    commands.add_parser("stop", help="arrêter celle de ce dossier")
    commands.add_parser("reset", help="arrêter et effacer les données de ce dossier")
    one_off = commands.add_parser("exec", help="lancer une commande sur des serveurs jetables : exec -- CMD…")
    django = commands.add_parser("manage", help="manage.py sur la plateforme lancée : manage -- COMMANDE…")
    for command in (one_off, django):
        command.add_argument("words", nargs=argparse.REMAINDER)
    parsed = parser.parse_args(arguments)
    if parsed.command in ("exec", "manage"):
        words = parsed.words[1:] if parsed.words[:1] == ["--"] else parsed.words
        if not words:
            (one_off if parsed.command == "exec" else django).error("il manque la commande à lancer")
        return execute(words) if parsed.command == "exec" else manage(words)
    return {"run": run, "stop": stop, "reset": reset}[parsed.command]()


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        sys.exit(main(sys.argv[1:]))
    except EmbeddedError as error:
        fail(str(error))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
