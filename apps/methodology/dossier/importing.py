"""An archive becomes a démarche of an association: all of it, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from apps.accounts.models import Membership, Organisation, User
from apps.accounts.roles import MANAGERS
from apps.core.typography import count
from apps.methodology.choices import catalogue_lists
from apps.methodology.dossier import sent as sending
from apps.methodology.dossier.plan import Plan, plan
from apps.methodology.dossier.writing import write
from apps.methodology.errors import NotYours, Refused
from apps.methodology.models import Change, Engagement
from apps.methodology.services.engagements import NOT_A_MANAGER

SHOWN = 8


class Twice(Refused):
    """The same archive was imported already, as ``engagement``."""

    def __init__(self, engagement: Engagement) -> None:
        super().__init__(
            "Cette archive a déjà été importée dans cette association. Rien n’a été ajouté. Pour en faire une seconde "
            "démarche, choisissez-la de nouveau et cochez la case."
        )
        self.engagement = engagement


class Lossy(Refused):
    """Parts of it are unknown here: asked before anything is written."""


@dataclass(frozen=True, slots=True)
class Asked:
    """``key``: drawn with the form, twice the same for a double click. ``again``, ``partly``: ticked by the person."""

    content: bytes
    key: UUID
    again: bool = False
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """``remarks``: what changed on the way, in sentences."""

    engagement: Engagement
    remarks: list[str]


def import_engagement(*, organisation: Organisation, by: User, asked: Asked) -> Imported:
    """Raises NotYours, Refused with a French reason, Twice or Lossy: nothing is written then."""
    if not Membership.objects.filter(user=by, organisation=organisation, role__in=MANAGERS).exists():
        raise NotYours(NOT_A_MANAGER)
    made = plan(sending.read(asked.content), catalogue_lists())
    refuse(made, asked)
    key = asked.key if asked.again else uuid5(organisation.pk, made.sent.fingerprint)
    try:
        with transaction.atomic():
            return known(organisation, key, asked) or written(made, organisation, by, key, asked)
    except IntegrityError:
        # The other click came first.
        if done := known(organisation, key, asked):
            return done
        raise


def refuse(made: Plan, asked: Asked) -> None:
    if made.faults:
        raise Refused(
            f"Cette archive ne peut pas être importée\u00a0: {listed(made.faults)} Rien n’a été importé."
        )
    if made.losses and not asked.partly:
        parts = count(len(made.losses), "partie", "parties")
        raise Lossy(
            f"{parts} de cette archive ne se lisent pas ici\u00a0: {listed(made.losses)} Rien n’a été importé."
        )


def listed(problems: list[str]) -> str:
    more = len(problems) - SHOWN
    said = " ; ".join(problems[:SHOWN]).rstrip(".")
    return f"{said}{f' ; et {more} de plus' if more > 0 else ''}."


def known(organisation: Organisation, key: UUID, asked: Asked) -> Imported | None:
    """The démarche that this very form made. Raises Twice for that of an earlier one."""
    found = Engagement.objects.filter(opening_key=key).first()
    if found is None:
        return None
    if found.organisation_id != organisation.pk:
        raise Refused("Ce formulaire a déjà servi\u00a0: rechargez la page, puis recommencez.")
    if asked.again or Change.objects.filter(engagement=found, key=asked.key).exists():
        return Imported(found, [])
    raise Twice(found)


def written(made: Plan, organisation: Organisation, by: User, key: UUID, asked: Asked) -> Imported:
    engagement = write(made, organisation=organisation, by=by, opening_key=key, form_key=asked.key)
    losses = [f"Non repris\u00a0: {listed(made.losses)}"] if made.losses else []
    return Imported(engagement, [*made.remarks, *losses])
