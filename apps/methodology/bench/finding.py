"""Items by their address, within a démarche: anybody else’s is a missing one."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from apps.methodology.access import Place
from apps.methodology.bench.sheet import Sheet
from apps.methodology.models import Item
from apps.methodology.services.items import single_item, single_key
from apps.methodology.tools import KINDS, TOOL_OF_KIND, TOOLS
from apps.methodology.tools.specs import Tool

SINGLES = tuple(code for code, kind in KINDS.items() if kind.is_single)


def tool_or_404(code: str) -> Tool:
    if code not in TOOLS:
        raise Http404
    return TOOLS[code]


def kind_at(place: Place, key: UUID) -> str:
    """The kind of the item at this address; a single one has an address before it is written. At most 1 query."""
    for code in SINGLES:
        if single_key(place.engagement.pk, code) == key:
            return code
    kind = Item.objects.filter(pk=key, engagement=place.engagement).values_list("kind", flat=True).first()
    if kind is None:
        raise Http404
    return str(kind)


def item_to_write(place: Place, key: UUID) -> Item:
    """A single kind’s row is made here: never by a page that only shows."""
    for code in SINGLES:
        if single_key(place.engagement.pk, code) == key:
            return single_item(place.engagement.pk, code)
    item = Item.objects.filter(pk=key, engagement=place.engagement).first()
    if item is None:
        raise Http404
    return item


def sheet_around(place: Place, kind: str) -> Sheet:
    """The item’s kind, and those that belong to it."""
    spec = KINDS[kind]
    tool = TOOL_OF_KIND[kind]
    around = [one for one in tool.kinds if one is spec or one.of == kind]
    also = tool.reads if spec.is_single else (spec.of,) if spec.of else ()
    return Sheet(place, [*around, *(KINDS[code] for code in also)])
