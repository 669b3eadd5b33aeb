"""``make faults``: the whole campaign, about twenty-five minutes; writes docs/fiabilite.md; 1 when a promise was broken."""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.faults.campaign.breaking import FAULTS, PAIRED, Fault
from tests.faults.campaign.paper import page
from tests.faults.campaign.trial import Trial, tried
from tests.faults.campaign.world import World, world
from tests.support.stack import ROOT

PEOPLE, REPORTS = 8, 400
PAGE = ROOT / "docs/fiabilite.md"
PAIR_HOLD = 8.0


def rounds(world: World, only: list[str]) -> Iterator[Trial]:
    known = {fault.code: fault for fault in FAULTS if fault.needs()}
    chosen: list[tuple[Fault, ...]] = [(fault,) for fault in known.values()]
    chosen += [(known[a], known[b]) for a, b in itertools.combinations(PAIRED, 2)]
    for faults in chosen:
        code = "+".join(fault.code for fault in faults)
        if only and code not in only:
            continue
        found = tried(world, faults, hold=PAIR_HOLD if len(faults) > 1 else None)
        sys.stdout.write(f"{'✓' if found.holds else '✗'} {code} {found}\n")
        sys.stdout.flush()
        yield found


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("only", nargs="*", help="codes, « broker » ou « worker+web »")
    parser.add_argument("--page", type=Path, default=PAGE)
    told = parser.parse_args()
    with world(people=PEOPLE, reports=REPORTS) as found:
        for person in found.everybody:
            person.start()
        trials = list(rounds(found, told.only))
    if not told.only:
        told.page.write_text(page(trials, PEOPLE), encoding="utf-8")
        sys.stdout.write(f"Écrit : {told.page}\n")
    return 0 if all(trial.holds for trial in trials) else 1


if __name__ == "__main__":
    sys.exit(main())
