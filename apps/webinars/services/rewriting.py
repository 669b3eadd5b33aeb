"""What a change of a person or an organisation does to every sheet: drafts, public sheets, revisions."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from apps.accounts.models import User
from apps.editorial.enums import RevisionAction
from apps.editorial.shape import ShapeError
from apps.webinars import in_texts, naming, sheet
from apps.webinars.models import CitedOrganisation, Person, Revision, Webinar
from apps.webinars.services.projection import project
from apps.webinars.services.workflow import CASES

Data = dict[str, Any]
PEOPLE, ORGANISATIONS = ("person", "people"), ("organisation",)
# Never rewritten: an address that changes leads nowhere.
ADDRESSES = ("slug", "url")
BRIEF = "[…]"  # where the whole sentence would not hold
LONGEST_ROLE = 240


class Change(Protocol):
    @property
    def needle(self) -> str:
        """What a sheet must cite to be changed; "" when any may be."""

    def sheet(self, data: Data) -> Data:
        """A changed copy, or the same data."""

    def text(self, text: str) -> str:
        """The same for a sentence that belongs to no sheet: the reason of a revision."""


@dataclass(frozen=True, slots=True)
class Moving:
    """One slug takes the place of another, where sheets cite people (or organisations: ``keys``)."""

    keys: tuple[str, ...]
    old: str
    new: str

    @property
    def needle(self) -> str:
        return self.old

    def sheet(self, data: Data) -> Data:
        changed: Data = walk(
            data, lambda text, key: self.new if key in self.keys and text == self.old else text
        )
        return once(changed, self.new) if changed != data else data

    def text(self, text: str) -> str:
        return text


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Her slug becomes nameless, her functions are blank, and no text tells her whole name.

    A sheet that names only a namesake keeps its texts: they speak of someone else.
    """

    old: str
    gone: str
    names: re.Pattern[str]
    namesakes: frozenset[str] = frozenset()
    needle = ""

    def sheet(self, data: Data) -> Data:
        changed = self.without(data, naming.NAMELESS)
        return changed if changed == data or fits(changed) else self.without(data, BRIEF)

    def without(self, data: Data, marker: str) -> Data:
        named = set(cited(data, PEOPLE))
        spared = self.old not in named and bool(named & self.namesakes)

        def change(text: str, key: str) -> str:
            if key in PEOPLE:
                return self.gone if text == self.old else text
            if spared or key in ORGANISATIONS or key in ADDRESSES:
                return text
            return in_texts.replaced(text, self.names, lambda _: marker)

        changed: Data = walk(data, change)
        for speaker in changed.get("speakers", []):
            if speaker["person"] == self.gone:
                speaker["role"] = ""
        return changed

    def text(self, text: str) -> str:
        return in_texts.replaced(text, self.names, lambda _: naming.NAMELESS)


@dataclass(frozen=True, slots=True)
class Renaming:
    """Her name as it is now in the texts of the sheets that cite her; notes on spellings stay as they are."""

    slug: str
    before: str
    after: str

    @property
    def needle(self) -> str:
        return self.slug

    def sheet(self, data: Data) -> Data:
        if self.slug not in cited(data, PEOPLE):
            return data
        wanted = in_texts.finder([self.before, self.after])

        def change(text: str, key: str) -> str:
            if key in (*PEOPLE, *ORGANISATIONS, *ADDRESSES, "curator_note"):
                return text
            return in_texts.replaced(text, wanted, self.written)

        changed: Data = walk(data, change)
        return changed if changed == data or fits(changed) else data

    def written(self, found: str) -> str:
        """« Marie Dupont-Durand » already holds « Marie Dupont »: it is not lengthened again."""
        order = tuple(in_texts.folded(found).replace(",", " ").split())
        after = in_texts.orders(self.after)
        return found if order in after and after != in_texts.orders(self.before) else self.after

    def text(self, text: str) -> str:
        return text


def walk(value: Any, change: Callable[[str, str], str], key: str = "") -> Any:
    """A copy of JSON data, each text passed through ``change`` with the key that holds it."""
    if isinstance(value, dict):
        return {name: walk(part, change, name) for name, part in value.items()}
    if isinstance(value, list):
        return [walk(part, change, key) for part in value]
    return change(value, key) if isinstance(value, str) else value


def texts(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text with the key that holds it."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from texts(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part, key)
    elif isinstance(value, str):
        yield key, value


def cited(data: Data, keys: tuple[str, ...]) -> Iterator[str]:
    return (text for key, text in texts(data) if key in keys)


def once(data: Data, slug: str) -> Data:
    """After a merge both may have stood in one place: ``slug`` is named there once, with both functions."""
    changed = copy.deepcopy(data)
    for part in (changed.get("project"), *changed.get("points_of_view", [])):
        if part and slug in part["people"]:
            part["people"] = list(dict.fromkeys(part["people"]))
    speakers: dict[tuple[str, str, int], Data] = {}
    for place, speaker in enumerate(changed.get("speakers", [])):
        pair = (speaker["person"], speaker["organisation"])
        first = speakers.setdefault((*pair, 0 if slug in pair else place), speaker)
        both = " ; ".join(dict.fromkeys(role for role in (first["role"], speaker["role"]) if role))
        first["role"] = both if len(both) <= LONGEST_ROLE else first["role"]
    changed["speakers"] = list(speakers.values())
    return changed


def fits(data: Data) -> bool:
    """Whether every text still holds in its field."""
    try:
        sheet.read(data)
    except ShapeError:
        return False
    return True


def hold_library() -> None:
    """Every case first, then people: whoever changes both takes them in this order, and nobody waits for ever."""
    list(Webinar.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


def rewrite(change: Change, *, by: User | None, reason: str) -> None:
    """Applies ``change`` to every draft, public sheet and revision. The caller holds the library."""
    kept = []
    for revision in Revision.objects.filter(**told(change.needle)).iterator(chunk_size=200):
        before = (revision.sheet, revision.reason)
        revision.sheet, revision.reason = change.sheet(revision.sheet), change.text(revision.reason)
        if (revision.sheet, revision.reason) != before:
            kept.append(revision)
    Revision.objects.bulk_update(kept, ["sheet", "reason"], batch_size=100)
    for webinar in Webinar.objects.order_by("pk"):
        draft = change.sheet(webinar.draft)
        public = change.sheet(webinar.sheet) if webinar.sheet else None
        if draft == webinar.draft and public == webinar.sheet:
            continue
        webinar.draft, webinar.sheet = draft, public
        webinar.version += 1
        webinar.save(update_fields=["draft", "sheet", "version", "updated_at"])
        CASES.record(webinar, RevisionAction.CORRECTED, by=by, reason=reason)
        if public is not None:
            project(webinar)


def told(needle: str) -> dict[str, str]:
    """A filter of sheets that cite this slug somewhere: most revisions are never read."""
    return {"sheet__icontains": f'"{needle}"'} if needle else {}


def project_again(slug: str, keys: tuple[str, ...]) -> None:
    """The public cases that cite this row show it as it is now."""
    for webinar in Webinar.objects.filter(sheet__isnull=False).order_by("pk"):
        if slug in cited(webinar.sheet or {}, keys):
            project(webinar)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a name may still be read: a case, the note of a person or of an organisation."""

    kind: str
    slug: str
    field: str
    excerpt: str


def mentions(
    names: Iterable[str], family: Iterable[str], *, but: str = "", after: Change | None = None
) -> list[Mention]:
    """Texts that hold one of these names, or a family name with its capital: a person decides, for it may be
    someone else's. ``but``: not her own row. ``after``: as texts would be once this change is made.
    """
    found: dict[tuple[str, str, str], Mention] = {}
    whole, alone = in_texts.finder(names), in_texts.finder(family)

    def look(kind: str, slug: str, field: str, text: str) -> None:
        text = after.text(text) if after and kind != "case" else text
        told = in_texts.excerpts(text, whole) or in_texts.excerpts(text, alone, capital=True)
        for excerpt in told[:1]:
            found.setdefault((kind, slug, field), Mention(kind, slug, field, excerpt))

    for webinar in Webinar.objects.order_by("-date", "slug"):
        for data in (webinar.draft, webinar.sheet or {}):
            for field, value in (after.sheet(data) if after and data else data).items():
                for key, text in texts(value, field):
                    if key not in (*PEOPLE, *ORGANISATIONS, "slug"):
                        look("case", webinar.slug, field, text)
    for person in Person.objects.exclude(slug=but).exclude(merged_into__slug=but).order_by("slug"):
        look("person", person.slug, "note", person.note)
    for row in CitedOrganisation.objects.filter(merged_into=None).order_by("slug"):
        look("organisation", row.slug, "name", " ; ".join([row.name, *row.spellings]))
        look("organisation", row.slug, "note", row.note)
    return list(found.values())
