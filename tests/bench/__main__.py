"""``make bench``: every ratio in one run, on throwaway servers. Nothing here passes or fails."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench import fec, pages, releases, reports, simulator, slider, table, votes
from tests.bench.client import AgentProcess, Browser
from tests.support.stack import Stack, running

ROUNDS, REPORT_ROUNDS, REPORTS, MORE = 40, 3, 5, 10_000


@contextmanager
def yardstick(stack: Stack) -> Iterator[Stack]:
    """The same server and database, with the bare page alone."""
    other = Stack(stack.servers, stack.folder / "bare")
    other.folder.mkdir()
    other.env |= {"DJANGO_SETTINGS_MODULE": "tests.bench.bare_settings"}
    try:
        other.start("web")
        yield other
    finally:
        other.stop()


def run(
    rounds: int, report_rounds: int, count: int, more: int, phones: int, seconds: float, people: int
) -> tuple[list[pages.Measure], reports.Reports, list[pages.Measure], votes.Votes, table.Table]:
    """``more``: how many cases the library gets before it is measured again; ``phones`` vote in so many seconds, then
    ``people`` write in one démarche for as long.
    """
    with running() as stack, yardstick(stack) as bare:
        agent = AgentProcess(stack.env)
        try:
            made = agent("prepare", count)
            browser, other = Browser(stack.port, made["session"]), Browser(bare.port, made["session"])
            measured = pages.measure(browser, other, pages.journey(made), rounds)
            reported = reports.measure(browser, agent, made, report_rounds)
            voted = votes.measure(stack, agent, phones, seconds)
            written = table.measure(stack, bare, agent, people, seconds)
            agent("library", more)
            grown = pages.measure(browser, other, pages.library(), rounds)
            return measured, reported, grown, voted, written
        finally:
            agent.stop()


def told(
    measured: list[pages.Measure],
    made: reports.Reports,
    grown: list[pages.Measure],
    voted: votes.Votes,
    written: table.Table,
) -> list[str]:
    before = {m.name: m.ratio for m in measured}
    lines = [
        "Pages, à côté d’une page Django nue (session, personne, une requête, 10 ko) ; médiane (de–à)",
        *(
            f"  {m.name:<18} {m.page}   nue {m.bare}   rapport {m.ratio:.2f}{'' if m.ratio <= 3 else '   > 3'}"
            for m in measured
        ),
        "Rapport PDF",
        f"  du clic au fichier {made.click}   visé : 5 000 ms au plus",
        f"  file, par rapport  {made.queue}",
        f"  WeasyPrint seul    {made.alone}   vitesse de la file : {made.speed:.2f}, visé : 0,60 au moins",
        "La bibliothèque avec dix mille cas de plus",
        *(
            f"  {m.name:<18} {m.page}   nue {m.bare}   rapport {m.ratio:.2f}   {m.ratio / before[m.name]:.2f} fois"
            " celui d’avant, visé : 2 au plus"
            for m in grown
        ),
    ]
    lines += [*votes.told(voted), *table.told(written)]
    return [line.replace(".", ",") if "ms" in line else line for line in lines]


if __name__ == "__main__":
    lines = told(*run(ROUNDS, REPORT_ROUNDS, REPORTS, MORE, votes.PHONES, votes.SECONDS, table.PEOPLE))
    lines += [*fec.told(fec.measure()), *simulator.told(simulator.measure())]
    with running() as stack:
        lines += slider.told(slider.measure(stack))
    lines += releases.told(releases.measure())
    sys.stdout.write("\n".join(lines) + "\n")
