"""One trial: people work, something breaks, it is mended, and what they were promised is counted."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass

from tests.faults.campaign.breaking import Fault
from tests.faults.campaign.world import World

# A rendering whose worker was killed belongs to it for forty-five seconds; a mail refused waits for the next round.
LONGEST = 240.0


@dataclass(frozen=True)
class Trial:
    """``seen``: what people met; ``pages`` and ``all``: seconds from the mending until everybody saved again, and until every
    report and mail promised had come (None: not within four minutes).
    """

    name: str
    held: float
    seen: dict[str, int]
    slowest: float
    answers: int
    answers_lost: int
    reports: int
    reports_lost: int
    reports_doubled: int
    mails: int
    mails_lost: int
    mails_doubled: int
    pages: float | None
    all: float | None

    @property
    def holds(self) -> bool:
        """Nothing acknowledged was lost, no report doubled, and the platform came back by itself."""
        lost = self.answers_lost + self.reports_lost + self.reports_doubled + self.mails_lost
        return lost == 0 and self.pages is not None and self.all is not None


def tried(world: World, faults: Sequence[Fault], *, hold: float | None = None) -> Trial:
    """Leaves the platform mended and the people at work. ``hold``: seconds, instead of those of the faults."""
    before = promised(world)
    for person in world.everybody:
        person.seen.clear()
        person.slowest = 0.0
    held = hold if hold is not None else max(fault.hold for fault in faults)
    with ExitStack() as broken:
        for fault in faults:
            broken.enter_context(fault.breaks(world))  # type: ignore[arg-type]
        time.sleep(held)
    return counted(world, " et ".join(fault.name for fault in faults), held, before)


def promised(world: World) -> tuple[int, int, int]:
    assert world.asking
    assert world.registering
    answers = sum(person.acknowledged for person in world.people)
    return answers, len(world.asking.asked), len(world.registering.registered)


def counted(world: World, name: str, held: float, before: tuple[int, int, int]) -> Trial:
    mended = time.monotonic()
    revive(world)
    pages = until(world, lambda: all(person.last_kept > mended for person in world.people))
    with ExitStack() as quiet:
        for person in world.everybody:
            quiet.enter_context(person.busy)
        everything = until(world, lambda: not waiting(world))
        after = promised(world)
        seen: Counter[str] = sum((person.seen for person in world.everybody), Counter())
        reports, files = of_reports(world)
        mails = of_mails(world)
        return Trial(
            name=name,
            held=held,
            seen=dict(seen),
            slowest=max(person.slowest for person in world.everybody),
            answers=after[0] - before[0],
            answers_lost=lost_answers(world),
            reports=after[1] - before[1],
            reports_lost=sum(1 for count in reports.values() if not count),
            reports_doubled=sum(1 for count in files.values() if count > 1),
            mails=after[2] - before[2],
            mails_lost=sum(1 for count in mails.values() if not count),
            mails_doubled=sum(1 for count in mails.values() if count > 1),
            pages=pages,
            all=None if everything is None else time.monotonic() - mended,
        )


def revive(world: World) -> None:
    """What the supervisor of a machine does (Docker, systemd): a process that ended is started again."""
    for name, process in list(world.stack.processes.items()):
        if process.poll() is not None:
            world.stack.start(name)
    for server in world.stack.servers.all:
        if not server.pid:
            server.start()


def until(world: World, condition: object) -> float | None:
    begin = time.monotonic()
    while time.monotonic() - begin < LONGEST:
        with suppress(Exception):
            revive(world)
            if condition():  # type: ignore[operator]
                return time.monotonic() - begin
        time.sleep(0.2)
    return None


def waiting(world: World) -> bool:
    reports, _ = of_reports(world)
    return not all(reports.values()) or not all(of_mails(world).values())


def lost_answers(world: World) -> int:
    """Answers whose value is neither the last acknowledged nor one that was tried after it."""
    rows = world.sql("SELECT respondent_id::text, statement, value FROM diagnostic_answer")
    held = {(copy, statement): value for copy, statement, value in rows}
    return sum(
        held.get((person.copy, statement)) not in {kept, *since}
        for person in world.people
        for statement, (kept, since) in person.kept.items()
    )


def of_reports(world: World) -> tuple[dict[str, int], dict[str, int]]:
    """Campaign → reports that are ready, and campaign → files and rows beyond one."""
    assert world.asking
    asked = world.asking.asked
    query = (
        "SELECT subject_id::text, id::text, state FROM documents_document WHERE subject_id::text = ANY(%s)"
    )
    rows = world.sql(query, asked)
    files = (
        Counter(path.name[:36] for path in world.documents().glob("*"))
        if world.documents().is_dir()
        else Counter()
    )
    ready = dict.fromkeys(asked, 0)
    many = dict.fromkeys(asked, 0)
    for campaign, document, state in rows:
        ready[campaign] += state == "ready"
        many[campaign] += max(files[document], 1)
    return ready, many


def of_mails(world: World) -> dict[str, int]:
    """Address → mails that arrived."""
    assert world.registering
    text = "\n".join(world.mail.got)
    return {address: text.count(f"To: {address}") for address in world.registering.registered}
