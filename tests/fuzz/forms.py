"""The forms of a page, as a browser would send them untouched."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

UNSENT = ("submit", "image", "reset", "button")


@dataclass
class Form:
    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


class Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.forms = page, list[Form]()
        self.form: Form | None = None
        self.select, self.text = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urlsplit(urljoin(self.page, said.get("action") or self.page)).path
            self.form = Form(action, said.get("method", "get").lower())
            self.forms.append(self.form)
        if posted := said.get("hx-post"):
            self.forms.append(Form(urlsplit(urljoin(self.page, posted)).path, "post"))
        if self.form is None:
            return
        name = said.get("name", "")
        if tag in ("input", "button") and name:
            self.sent(name, said)
        if tag == "textarea" and name:
            self.text = name
            self.form.fields.append((name, ""))
        if tag == "select":
            self.select = name
        if tag == "option" and self.select:
            self.form.fields.append((self.select, said.get("value", "")))

    def sent(self, name: str, said: dict[str, str]) -> None:
        assert self.form is not None
        if said.get("type") == "file":
            self.form.files.append(name)
        elif name != "csrfmiddlewaretoken":
            self.form.fields.append((name, said.get("value", "on")))

    def handle_data(self, data: str) -> None:
        if self.text and self.form is not None:
            self.form.fields[-1] = (self.text, data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.text = ""


def forms(page: str, html: str) -> list[Form]:
    """Each name once: of a choice, its last option."""
    reader = Reader(page)
    reader.feed(html)
    for form in reader.forms:
        form.fields = list(dict(form.fields).items())
    return reader.forms
