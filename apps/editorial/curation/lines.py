"""Repeated parts of a form, and the lines within their lines. A browser without script sends and gets all of it.

Their order is that of ``place``, a number that people change; a line without content does not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import forms
from django.http import QueryDict

from apps.editorial.curation.fields import DraftForm

# Lines that « Ajouter une ligne » gives at most; more come from a file, and none of them is lost.
MOST = 30
MOST_READ = 300
# A line as it was sent: control → its values; the prefix of an inner list → its lines.
Raw = dict[str, Any]


class Line(DraftForm):
    """``CONTENT``: the fields that make a line count. ``inner``: its own lists, by prefix."""

    CONTENT: tuple[str, ...] = ()

    place = forms.IntegerField(
        label="Place",
        required=False,
        min_value=0,
        max_value=999,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "size": 3}),
        error_messages={"invalid": "Écrivez un nombre entier.", "min_value": "Un nombre de 0 à 999.",
                        "max_value": "Un nombre de 0 à 999."},
    )  # fmt: skip
    inner: dict[str, BaseLines]

    @classmethod
    def fresh(cls, others: list[Raw]) -> Raw:
        """What a new line holds, beside the ``others``."""
        return {}

    def content(self) -> dict[str, Any]:
        own = {name: self.cleaned_data.get(name, "") for name in self.CONTENT}
        return {**own, **{name: lines.contents() for name, lines in self.inner.items()}}

    def stored(self) -> dict[str, Any]:
        """What the document keeps of a line that counts."""
        return self.content()

    @property
    def is_blank(self) -> bool:
        return not any(value not in ("", None, [], False) for value in self.content().values())


@dataclass(frozen=True, slots=True)
class Section:
    """A repeated part: its prefix, its form, how many empty lines a new one shows, and the parts of each line."""

    prefix: str
    form: type[Line]
    first: int
    inner: tuple[Section, ...] = ()

    @property
    def fields(self) -> list[str]:
        return [*self.form.base_fields, "DELETE"]

    def find(self, prefix: str) -> Section:
        return next(section for section in self.inner if section.prefix == prefix)


class BaseLines(forms.BaseFormSet):  # type: ignore[type-arg]
    """Lines in the order that people gave, without the removed and the empty ones."""

    section: Section

    def kept(self) -> list[Any]:
        """After ``is_valid``; also the empty ones."""
        kept = [
            (rank(number, form.cleaned_data.get("place")), form)
            for number, form in enumerate(self.forms, 1)
            if not form.cleaned_data.get("DELETE")
        ]
        return [form for _, form in sorted(kept, key=lambda pair: pair[0])]

    def ordered(self) -> list[Any]:
        return [form for form in self.kept() if not form.is_blank]

    def contents(self) -> list[dict[str, Any]]:
        return [form.stored() for form in self.ordered()]

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Retirer cette ligne"
            form.fields["DELETE"].is_of_draft = True
        form.inner = {
            inner.prefix: lines_of(inner)(self.data, prefix=f"{form.prefix}-{inner.prefix}")
            for inner in self.section.inner
        }

    def is_valid(self) -> bool:
        """Every line and the lines within, even when the first is refused: all the errors are told at once."""
        valid = [super().is_valid()]
        valid += [
            lines.is_valid()
            for form in self.forms
            for lines in form.inner.values()
            if not self._should_delete_form(form)  # type: ignore[attr-defined]
        ]
        return all(valid)

    @property
    def is_full(self) -> bool:
        return len(self.forms) >= MOST


def rank(number: int, place: int | None) -> tuple[int, int, int]:
    """A line that takes the place of another goes before it when it climbs, after it when it goes down."""
    wanted = number if place is None else place
    return wanted, (wanted > number) - (wanted < number), number


@cache
def lines_of(section: Section) -> Any:
    """The formset of a section."""
    made = forms.formset_factory(
        section.form,
        formset=BaseLines,
        extra=0,
        can_delete=True,
        max_num=MOST_READ,
        absolute_max=MOST_READ,
    )
    made.section = section  # type: ignore[attr-defined]
    return made


def managed(data: QueryDict, section: Section, prefix: str = "") -> None:
    """A list that was not sent is an empty one."""
    prefix = prefix or section.prefix
    data.setdefault(f"{prefix}-TOTAL_FORMS", "0")
    data.setdefault(f"{prefix}-INITIAL_FORMS", "0")
    for n in range(total(data, prefix)):
        for inner in section.inner:
            managed(data, inner, f"{prefix}-{n}-{inner.prefix}")


def total(data: QueryDict, prefix: str) -> int:
    said = data.get(f"{prefix}-TOTAL_FORMS", "0")
    return min(int(said), MOST_READ) if said.isascii() and said.isdigit() else 0


def read(data: QueryDict, section: Section, prefix: str = "") -> list[Raw]:
    """The raw lines of a section, as they were sent."""
    prefix = prefix or section.prefix
    return [
        {
            **{
                name: data.getlist(f"{prefix}-{n}-{name}")
                for name in section.fields
                if f"{prefix}-{n}-{name}" in data
            },
            **{inner.prefix: read(data, inner, f"{prefix}-{n}-{inner.prefix}") for inner in section.inner},
        }
        for n in range(total(data, prefix))
    ]


def write(data: QueryDict, section: Section, lines: list[Raw], prefix: str = "") -> None:
    """Replaces the lines of a section; their places are counted from one again."""
    prefix = prefix or section.prefix
    for key in [key for key in data if key.startswith(f"{prefix}-")]:
        del data[key]
    data[f"{prefix}-TOTAL_FORMS"] = str(len(lines))
    data[f"{prefix}-INITIAL_FORMS"] = "0"
    for n, line in enumerate(lines):
        inner = {part.prefix: part for part in section.inner}
        for name, values in {**line, "place": [str(n + 1)]}.items():
            if name not in inner:
                data.setlist(f"{prefix}-{n}-{name}", values)
        for name, part in inner.items():
            write(data, part, line.get(name, []), f"{prefix}-{n}-{name}")


def one_more(data: QueryDict, section: Section, path: str = "") -> QueryDict:
    """The same form with its lines in order and an empty one at the end; nothing typed is lost.

    ``path``: the list that gets it, « quiz » or « quiz-0-choices »; the section itself by default.
    """
    longer = data.copy()
    lines = read(data, section)
    number, _, within = path.removeprefix(f"{section.prefix}-").partition("-")
    if within and number.isascii() and number.isdigit() and int(number) < len(lines):
        part = section.find(within)
        lines[int(number)][within] = with_one_more(part, lines[int(number)][within])
        write(longer, section, in_place(lines))
    else:
        write(longer, section, with_one_more(section, lines))
    return longer


def with_one_more(section: Section, lines: list[Raw]) -> list[Raw]:
    ordered = in_place(lines)
    return [*ordered, section.form.fresh(ordered)] if len(ordered) < MOST else ordered


def in_place(lines: list[Raw]) -> list[Raw]:
    return [line for _, line in sorted(placed(lines), key=lambda pair: pair[0])]


def placed(lines: list[Raw]) -> Iterator[tuple[tuple[int, int, int], Raw]]:
    for number, line in enumerate(lines, 1):
        text = (line.get("place") or [""])[0].strip()
        yield rank(number, int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None), line


def with_empty_lines(data: QueryDict, section: Section) -> None:
    """A section where nothing is written yet shows where to write."""
    lines = read(data, section)
    for _ in range(0 if lines else section.first):
        lines.append(section.form.fresh(lines))
        write(data, section, lines)
