"""A way back: a field takes an earlier text again, as a new change; nothing of the history is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.methodology.enums import Act
from apps.methodology.errors import Refused
from apps.methodology.models import Change, Seat
from apps.methodology.services.fields import GONE, Saved, Write, save_field
from apps.methodology.services.items import bring_back_item
from apps.methodology.tools import KINDS
from apps.methodology.tools.values import ValueFault

NO_WAY_BACK = "Ce changement ne se défait pas d’ici."
NOT_OFFERED = (
    "Cette valeur n’est plus dans la liste des choix\u00a0: elle ne peut pas revenir telle quelle. "
    "Ouvrez l’élément, puis choisissez à nouveau."
)


@dataclass(frozen=True, slots=True)
class Back:
    """``base``: the version that the page showed; ``key``: drawn with the page."""

    base: int
    key: UUID


def put_back(*, seat: Seat, change: Change, back: Back) -> Saved | None:
    """What the field said before this change; or the item that it removed. Raises Refused, Conflict."""
    if change.act == Act.REMOVED:
        bring_back_item(seat=seat, item=change.item, key=back.key)
        return None
    if change.act != Act.SET or change.code not in KINDS[change.item.kind].by_code:
        raise Refused(NO_WAY_BACK)
    if change.item.gone_at:
        raise Refused(GONE)
    write = Write(change.code, raw(change.before), back.base, back.key)
    try:
        return save_field(seat=seat, item=change.item, write=write)
    except ValueFault:
        raise Refused(NOT_OFFERED) from None


def raw(value: Any) -> Any:
    """A stored value as a form would send it."""
    return [str(one) for one in value] if isinstance(value, list) else value
