"""A test client that refuses what a reader of the page should never meet."""

import re
from typing import Any

from django.test import Client

SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>", re.I)
HANDLER = re.compile(r"<[a-z][^>]*\s(on[a-z]+|style)=", re.I)
BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
EXEMPT = ("/gestion/", "/api/v1/schema/")


class StrictClient(Client):
    """Fails on inline scripts, handlers and styles, and on template braces left in a page."""

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        path = request.get("PATH_INFO", "")
        if "text/html" in response.get("Content-Type", "") and not path.startswith(EXEMPT):
            check_html(response.content.decode(), path)
        return response


def check_html(html: str, path: str) -> None:
    for name, pattern in (("inline script", SCRIPT), ("inline handler or style", HANDLER), ("brace", BRACES)):
        found = pattern.search(html)
        assert not found, f"{path}: {name} left in the page: {html[found.start() : found.start() + 120]!r}"
