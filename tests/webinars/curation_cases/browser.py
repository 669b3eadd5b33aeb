"""Forms as a browser without script reads and sends them."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from django.test import Client

ENCODED = "application/x-www-form-urlencoded"
Pairs = list[tuple[str, str]]


class FormReader(HTMLParser):
    """Successful controls of the form with this action (the first one of the curation space when it is empty); buttons apart."""

    def __init__(self, action: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self.wanted, self.inside, self.done = action, False, False
        self.pairs: Pairs = []
        self.buttons: Pairs = []
        self.select, self.chosen, self.options = "", [], []  # type: str, list[str], list[str]
        self.area: str | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        at = {key: value or "" for key, value in attrs}
        if tag == "form" and not self.done:
            action = at.get("action", "")
            self.inside = action == self.wanted if self.wanted else action.startswith("/curation/")
        if not self.inside:
            return
        name = at.get("name", "")
        if tag == "input" and name:
            if at.get("type") in ("checkbox", "radio") and "checked" not in at:
                return
            unsaid = "on" if at.get("type") in ("checkbox", "radio") else ""
            self.pairs.append((name, re.sub(r"[\r\n]", "", at.get("value", unsaid))))
        elif tag == "button":
            self.buttons.append((name, at.get("value", "")))
        elif tag == "select":
            self.select, self.chosen, self.options = name, [], []
        elif tag == "option" and self.select:
            self.options.append(at.get("value", ""))
            if "selected" in at:
                self.chosen.append(at.get("value", ""))
        elif tag == "textarea":
            self.area, self.text = name, ""

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if not self.inside:
            return
        if tag == "form":
            self.inside, self.done = False, True
        elif tag == "select":
            self.pairs += [(self.select, value) for value in self.chosen or self.options[:1]]
            self.select = ""
        elif tag == "textarea" and self.area is not None:
            text = self.text[1:] if self.text.startswith("\n") else self.text
            self.pairs.append((self.area, text.replace("\r\n", "\n").replace("\n", "\r\n")))
            self.area = None


class Form:
    """What the page holds; ``typed`` changes it, ``send`` presses a button."""

    def __init__(self, page: Any, action: str = "") -> None:
        reader = FormReader(action)
        reader.feed(page.content.decode())
        assert reader.done, f"no form {action!r} in the page ({page.status_code})"
        self.pairs = [pair for pair in reader.pairs if pair[0] != "csrfmiddlewaretoken"]
        self.buttons = reader.buttons

    def get(self, name: str) -> str:
        return next((value for key, value in self.pairs if key == name), "")

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.pairs if key == name]

    def typed(self, **values: str | list[str]) -> Form:
        """« speakers__0__role » stands for « speakers-0-role »."""
        for key, value in values.items():
            self.put(key.replace("__", "-"), value)
        return self

    def put(self, name: str, value: str | list[str]) -> Form:
        self.pairs = [pair for pair in self.pairs if pair[0] != name]
        self.pairs += [(name, one) for one in ([value] if isinstance(value, str) else value)]
        return self

    def send(self, client: Client, url: str, act: str = "save", **headers: Any) -> Any:
        assert not act or ("act", act) in self.buttons, f"no button {act}: {self.buttons}"
        body = urlencode([*self.pairs, *([("act", act)] if act else [])])
        return client.post(url, body, content_type=ENCODED, **headers)


def words(page: Any) -> str:
    """The visible words of a page, with plain spaces."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", page.content.decode(), flags=re.S)
    plain = html.unescape(re.sub(r"<[^>]+>", " ", body))
    return re.sub(r"\s+", " ", plain)
