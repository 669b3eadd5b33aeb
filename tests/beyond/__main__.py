"""``make beyond``: machines that share nothing but PostgreSQL, Redis and S3, one of each killed while people work.

About ten minutes; writes docs/plusieurs-machines.md; 1 when a promise was broken, or when nothing could be tried.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.beyond import tools
from tests.beyond.campaign import Campaign
from tests.beyond.engines import store
from tests.beyond.paper import page
from tests.faults.campaign.world import durable
from tests.support.stack import ROOT

PAGE = ROOT / "docs/plusieurs-machines.md"
PARTS = ("machines", "pooler", "replica")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="|".join(PARTS), help="sans rien : tout, et la page est écrite"
    )
    parts = parser.parse_args().parts
    if lacking := tools.missing():
        sys.stderr.write(tools.explained(lacking) + "\n")
        return 1
    found = []
    with tempfile.TemporaryDirectory(prefix="machines-") as place, ExitStack() as opened:
        folder = Path(place)
        folder.chmod(0o755)
        files = opened.enter_context(store(folder))
        servers = opened.enter_context(durable())
        sys.stdout.write(f"Fichiers : {files.name}\n")
        campaign = Campaign(folder, servers, files, parts or PARTS)
        for trial in campaign.trials():
            sys.stdout.write(f"{'✓' if trial.holds else '✗'} {trial}\n")
            sys.stdout.flush()
            found.append(trial)
        if not parts:
            PAGE.write_text(page(found, files.name))
    return 0 if found and all(trial.holds for trial in found) else 1


if __name__ == "__main__":
    sys.exit(main())
