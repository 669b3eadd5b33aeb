"""What a page may never do, whatever the journey: break, ask another site, be refused by its own policy."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

# Chromium says so for every refused form (422), sent again or not; the answer itself is looked at below.
STATUS = re.compile(
    r"Failed to load resource: the server responded with a status of 4|^Response Status Error Code 4"
)
# htmx names the request it could not send, twice.
OFFLINE = re.compile(r"ERR_INTERNET_DISCONNECTED|htmx:sendError|htmx:afterRequest")
OURS = ("127.0.0.1", "localhost")


@dataclass
class Watch:
    """Follows every page of a context; ``found`` must stay empty."""

    port: int
    # Set by a journey that cuts the network.
    may_be_offline: bool = False
    found: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        context.on("console", self.console)
        context.on("weberror", self.web_error)
        context.on("request", self.request)
        context.on("response", self.response)

    def console(self, message: ConsoleMessage) -> None:
        if message.type != "error" or STATUS.search(message.text):
            return
        if not (self.may_be_offline and OFFLINE.search(message.text)):
            self.found.append(f"console of {message.page.url if message.page else '?'}: {message.text}")

    def web_error(self, error: WebError) -> None:
        self.found.append(f"script error on {error.page.url if error.page else '?'}: {error.error}")

    def request(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme in ("data", "blob"):
            return
        if url.hostname not in OURS or url.port != self.port:
            self.found.append(f"request to another site: {request.url}")

    def response(self, response: Response) -> None:
        page = response.request.resource_type in ("document", "xhr", "fetch")
        if response.status >= (500 if page else 400):
            self.found.append(f"{response.status} for {response.url}")
