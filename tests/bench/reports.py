"""The report: from the click to the file, and the queue beside WeasyPrint alone."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from tests.bench.client import AgentProcess, Browser, Times, timed
from tests.support.stack import wait_for


@dataclass(frozen=True)
class Reports:
    click: Times
    queue: Times  # seconds a report, the queue full
    alone: Times  # seconds a report, WeasyPrint alone

    @property
    def speed(self) -> float:
        """Of the queue, WeasyPrint alone being one."""
        return self.alone.median / self.queue.median


def click(browser: Browser, campaign: str) -> None:
    """Ask for the report, follow its page, take the file."""
    page = browser.ask(f"/diagnostic/{campaign}/rapport/", {}).headers["Location"]
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if browser.ask(f"{page}telecharger/").headers["Content-Type"] == "application/pdf":
            return
        time.sleep(0.05)
    raise AssertionError("the report did not come within a minute")


def drain(browser: Browser, agent: AgentProcess, campaigns: list[str]) -> None:
    for campaign in campaigns:
        assert browser.ask(f"/diagnostic/{campaign}/rapport/", {}).status == 302
    wait_for(lambda: agent("waiting") == 0, 120, "the queue is empty")


def measure(browser: Browser, agent: AgentProcess, made: dict[str, Any], rounds: int) -> Reports:
    campaigns = made["closed"]
    click(browser, campaigns[0])  # the worker's first one loads the fonts
    agent("bare", 1)
    clicks, queue, alone = [], [], []
    for _ in range(rounds):
        agent("forget")
        clicks.append(timed(lambda: click(browser, campaigns[0])))
        agent("forget")
        queue.append(timed(lambda: drain(browser, agent, campaigns)) / len(campaigns))
        alone.append(agent("bare", len(campaigns)) / len(campaigns))
    return Reports(Times(tuple(clicks)), Times(tuple(queue)), Times(tuple(alone)))
