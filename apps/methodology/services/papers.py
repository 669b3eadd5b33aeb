"""The framing note: started from a model, frozen, signed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.db import IntegrityError, transaction

from apps.methodology.enums import SeatRole
from apps.methodology.errors import Conflict, Refused
from apps.methodology.models import Engagement, Field, Seat, Signature, SignedNote
from apps.methodology.services.fields import CLOSED, Write, save_field
from apps.methodology.services.items import single_item

EMPTY = "La note est encore vide\u00a0: écrivez au moins la question et le mandat, puis revenez."
NEEDED = ("question", "mandate")
SIGNED = "Ce texte a été remplacé par un plus récent\u00a0: relisez-le avant de signer."
CAME = (
    "Ce texte vient d’une archive\u00a0: il se lit ici, mais ne s’y signe pas. Présentez de nouveau la note à la "
    "signature, puis signez la version qui en sort."
)
WHO_SIGNS = frozenset({SeatRole.LEAD, SeatRole.MEMBER, SeatRole.BOARD})


def start_from_model(*, seat: Seat, texts: Mapping[str, str]) -> int:
    """Fills what is empty, never what was written; how many fields. The same click twice fills once.

    Each field on its own: somebody may be typing in one of them.
    """
    item = single_item(seat.engagement_id, "note")
    written = dict(Field.objects.filter(item=item).values_list("code", "version"))
    kept = set(Field.objects.filter(item=item).exclude(value="").values_list("code", flat=True))
    empty = {code: text for code, text in texts.items() if code not in kept}
    filled = 0
    for code, text in empty.items():
        with suppress(Conflict):  # somebody wrote there meanwhile: hers stays
            write = Write(code, text, written.get(code, 0))
            filled += bool(save_field(seat=seat, item=item, write=write).number)
    return filled


def digest_of(lines: list[list[str]], meetings: list[list[str]]) -> str:
    return hashlib.sha256(json.dumps([lines, meetings], ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def put_to_signature(
    *, seat: Seat, lines: list[list[str]], meetings: list[list[str]], values: Mapping[str, Any]
) -> SignedNote:
    """The frozen text; the same text again is the same row, unless that one came from an archive.

    Refused when the question or the mandate is missing.
    """
    engagement = Engagement.objects.select_for_update().get(pk=seat.engagement_id)
    if not engagement.is_open:
        raise Refused(CLOSED)
    if not all(values.get(code) for code in NEEDED):
        raise Refused(EMPTY)
    digest = digest_of(lines, meetings)
    last = SignedNote.objects.filter(engagement=engagement).first()
    if last and last.digest == digest and last.came_at is None:
        return last
    number = last.number + 1 if last else 1
    return SignedNote.objects.create(
        engagement=engagement, number=number, lines=lines, meetings=meetings, digest=digest, put_by=seat
    )


def sign(*, seat: Seat, note: SignedNote, name: str, quality: str) -> Signature:
    """One word a seat: a second click gives the first one. Refused for a text that is not the last, or came from elsewhere."""
    if seat.role not in WHO_SIGNS:
        raise Refused("Votre place dans la démarche ne permet pas de signer.")
    with transaction.atomic():
        engagement = Engagement.objects.select_for_update().get(pk=seat.engagement_id)
        if not engagement.is_open:
            raise Refused(CLOSED)
        last = SignedNote.objects.filter(engagement=engagement).first()
        if last is None or last.pk != note.pk:
            raise Refused(SIGNED)
        if last.came_at:
            raise Refused(CAME)
        try:
            with transaction.atomic():
                return Signature.objects.create(note=note, seat=seat, name=name, quality=quality)
        except IntegrityError:
            return Signature.objects.get(note=note, seat=seat)
