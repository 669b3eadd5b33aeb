"""What a first visit of a page costs: bytes on the wire and requests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

MOST_BYTES = 100_000
MOST_REQUESTS = 15


@dataclass
class Weight:
    sizes: dict[str, int] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)

    @classmethod
    @contextmanager
    def of(cls, page: Page) -> Iterator[Weight]:
        """Counts what goes through the network until the end of the block; nothing is in the cache yet."""
        weight = cls()
        client = page.context.new_cdp_session(page)
        client.send("Network.enable")
        client.on("Network.requestWillBeSent", weight.asked)
        client.on("Network.loadingFinished", weight.finished)
        yield weight
        for _ in range(50):
            if weight.sizes.keys() >= weight.urls.keys():
                break
            page.wait_for_timeout(100)  # the last sizes come after the network is said idle
        client.detach()

    def asked(self, event: dict[str, Any]) -> None:
        if not event["request"]["url"].startswith("data:"):
            self.urls[event["requestId"]] = event["request"]["url"]

    def finished(self, event: dict[str, Any]) -> None:
        self.sizes[event["requestId"]] = int(event["encodedDataLength"])

    def check(self) -> None:
        told = {url: self.sizes.get(request, 0) for request, url in self.urls.items()}
        assert len(told) <= MOST_REQUESTS, told
        assert sum(told.values()) <= MOST_BYTES, f"{sum(told.values())} bytes: {told}"
        assert all(told.values()), f"a request has no size: {told}"
