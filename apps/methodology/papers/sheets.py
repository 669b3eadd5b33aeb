"""Paper mode: blank sheets of a tool, for a table without a screen. One file for each text of each tool, for everybody."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from apps.core.figures import emblem
from apps.documents import services
from apps.documents.models import Document
from apps.documents.registry import DocumentSource, Words
from apps.documents.selectors import find_document
from apps.methodology.choices import catalogue_lists
from apps.methodology.tools import TOOLS
from apps.methodology.tools.specs import FieldSpec, FieldType, Kind, Tool

KIND = "method-sheet"
# Raise it when the template or the style sheet changes: the next request gives a new file.
VERSION = "method-sheet-1"
SPACE = UUID("7b0b6a3e-6f0e-4a58-9d0c-2f7f0c1f5a01")  # of the keys of tools: any fixed one
AT = datetime(2026, 11, 27, 12, tzinfo=timezone.get_default_timezone())
WORDS = Words(
    name="la fiche",
    yours="la fiche",
    e="e",
    says="À imprimer en A4, autant de fois que vous en avez besoin.",
    kept="Rien n’est perdu",
    kicker="La méthode",
    back=("method:steps",),
    back_label="Revenir à la méthode",
)
WIDE = 9  # as many fields of one kind make a sheet an item; fewer make a table
TABLE_ROWS = 14
RULES = {FieldType.TEXT: 4}
TICKED = (FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO)


@dataclass(frozen=True, slots=True)
class Line:
    """A field on paper. ``ticks``: choices with a box each; ``rules``: lines to write on."""

    label: str
    ticks: list[str]
    rules: range
    is_short: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A kind on paper: a table of short rows, or one form."""

    title: str
    lines: list[Line]
    is_table: bool
    rows: range


def line(field: FieldSpec) -> Line:
    ticks = ticks_of(field) if field.type in TICKED else []
    label = f"{field.label} ({field.unit})" if field.unit else field.label
    rules = range(0 if ticks else RULES.get(field.type, 1))
    return Line(label, ticks, rules, field.type != FieldType.TEXT and not ticks)


def ticks_of(field: FieldSpec) -> list[str]:
    if field.type == FieldType.YES_NO:
        return ["oui"]
    if field.choices:
        return [label for _, label in field.choices]
    return list(catalogue_lists()[field.source].values()) if field.source else []


def part(kind: Kind) -> Part:
    is_table = not kind.is_single and len(kind.fields) < WIDE
    title = kind.plural if is_table else kind.singular
    return Part(
        title[:1].upper() + title[1:], [line(field) for field in kind.fields], is_table, range(TABLE_ROWS)
    )


def parts(tool: Tool) -> list[Part]:
    return [part(kind) for kind in tool.kinds]


def subject(tool: Tool) -> UUID:
    return uuid5(SPACE, tool.code)


def key(tool: Tool) -> str:
    """Another declaration of the tool is another file."""
    return hashlib.sha256(f"{VERSION} {tool!r} {parts(tool)!r}".encode()).hexdigest()


def find(tool: Tool) -> Document | None:
    """2 queries."""
    return find_document(kind=KIND, key=key(tool))


def request(tool: Tool) -> Document:
    return services.request_document(
        kind=KIND,
        key=key(tool),
        subject_id=subject(tool),
        requested_by=None,
        title=f"Fiche à remplir\u00a0: {tool.title}",
        filename=f"fiche-{tool.code}.pdf",
    )


def request_missing() -> int:
    """Asks for the sheets that were purged, or never asked for; how many."""
    missing = [tool for tool in TOOLS.values() if find(tool) is None]
    for tool in missing:
        request(tool)
    return len(missing)


def build(subject_id: UUID) -> DocumentSource:
    """Run by a worker. LookupError for a tool that is no more."""
    tool = next((one for one in TOOLS.values() if subject(one) == subject_id), None)
    if tool is None:
        raise LookupError(f"no tool has the key {subject_id}")
    return DocumentSource(html(tool), AT)


def html(tool: Tool) -> str:
    address = f"{settings.SITE_URL}{reverse('method:steps')}"
    context = {
        "tool": tool,
        "parts": parts(tool),
        "emblem": emblem.logo(),
        "full_address": address,
        "address": address.split("://", 1)[-1],
        "site_name": settings.SITE_NAME,
    }
    return render_to_string("methodology/papers/sheet_paper.html", context)
