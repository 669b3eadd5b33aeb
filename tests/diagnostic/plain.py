"""A browser without JavaScript: it sends the forms it finds in pages, CSRF token included."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from tests.support.client import StrictClient


class Form:
    def __init__(self, attrs: dict[str, str]) -> None:
        self.action = attrs.get("action", "")
        self.method = attrs.get("method", "get")
        self.id = attrs.get("id", "")
        self.fields: dict[str, list[str]] = {}
        self.choices: dict[str, set[str]] = {}
        self.buttons: list[str] = []
        # A button may stand elsewhere in the page, with its own name and value.
        self.sent_by: dict[str, tuple[str, str]] = {}


class Forms(HTMLParser):
    """The forms of a page with what they would send as they are."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.button: dict[str, str] | None = None
        self.select = ""
        self.apart: list[tuple[dict[str, str], str]] = []
        self.feed(html)
        for attrs, label in self.apart:
            owner = next(form for form in self.forms if form.id == attrs["form"])
            owner.buttons.append(label)
            owner.sent_by[label] = (attrs["name"], attrs["value"])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(have)
            self.forms.append(self.open)
        elif tag == "button":
            self.button = have | {"label": ""}
        elif self.open is not None:
            self.control(self.open, tag, have)

    def control(self, form: Form, tag: str, have: dict[str, str]) -> None:
        if tag == "select":
            self.select = have["name"]
            form.fields[self.select] = [""]
        elif tag == "option" and "selected" in have:
            form.fields[self.select] = [have.get("value", "")]
        elif tag == "input" and have.get("type") in ("radio", "checkbox"):
            form.choices.setdefault(have["name"], set()).add(have.get("value", "on"))
            if "checked" in have:
                form.fields.setdefault(have["name"], []).append(have.get("value", "on"))
        elif tag == "input" and "name" in have:
            form.fields[have["name"]] = [have.get("value", "")]

    def handle_data(self, data: str) -> None:
        if self.button is not None:
            self.button["label"] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "button" and self.button is not None:
            label = " ".join(self.button["label"].split())
            if "form" in self.button:
                self.apart.append((self.button, label))
            elif self.open is not None and self.button.get("type") != "button":
                self.open.buttons.append(label)
            self.button = None


class PlainBrowser:
    def __init__(self, user: Any = None) -> None:
        self.client = StrictClient(enforce_csrf_checks=True)
        if user is not None:
            self.client.force_login(user)
        self.url, self.html = "", ""

    def visit(self, url: str) -> None:
        self.arrive(url, self.client.get(url, follow=True))

    def arrive(self, url: str, response: Any) -> None:
        assert response.status_code == 200, (url, response.status_code)
        chain = response.redirect_chain
        self.url, self.html = (chain[-1][0] if chain else url), response.content.decode()

    def press(self, button: str, **typed: str) -> None:
        """Types in the fields of the form that has this button, and presses it."""
        form = next(f for f in Forms(self.html).forms if button in f.buttons)
        unknown = set(typed) - set(form.fields) - set(form.choices)
        assert not unknown, f"no such field beside « {button} »: {unknown}"
        for name, value in typed.items():
            assert name not in form.choices or value in form.choices[name], (name, value)
            form.fields[name] = [value]
        if button in form.sent_by:
            name, value = form.sent_by[button]
            form.fields[name] = [value]
        target = form.action or self.url
        if form.method == "get":
            self.visit(f"{target.partition('?')[0]}?{urlencode(form.fields, doseq=True)}")
        else:
            self.arrive(target, self.client.post(target, form.fields, follow=True))

    def click(self, text: str) -> None:
        """The first link with this text."""
        before = self.html.partition(f">{text}</a>")[0]
        assert before != self.html, f"no link « {text} » in {self.url}"
        self.visit(before.rpartition("<a ")[2].partition('href="')[2].partition('"')[0])
