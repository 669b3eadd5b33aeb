"""A typed case becomes a draft: names are settled, then the draft is created or saved, all in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models.functions import Coalesce

from apps.accounts.models import User
from apps.editorial.enums import DraftState
from apps.editorial.workflow import NotNowError
from apps.webinars import sheet
from apps.webinars.models import CitedOrganisation, Person, Webinar
from apps.webinars.services import identities
from apps.webinars.services.people import CITING, walk
from apps.webinars.services.workflow import CASES

# How many of her last new drafts are compared with the one that comes: the same form may be sent twice.
LAST = 10


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form says. Where the sheet cites, it holds slugs, the references of ``people``, or organisations' names."""

    sheet: sheet.Sheet
    people: Mapping[str, identities.TypedPerson] = field(default_factory=dict)
    answers: Mapping[str, identities.Answer] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``mine`` is what the form says with slugs everywhere. ``clash``: someone saved meanwhile, nothing was written."""

    webinar: Webinar
    mine: sheet.Sheet
    clash: bool = False
    settled: identities.Settled = field(default_factory=identities.Settled)


@transaction.atomic
def create(*, typed: Typed, by: User) -> Outcome:
    """A new case; the one just made when the same form comes twice. UnsettledError as ``identities.settle``."""
    identities.lock()
    said, settled = with_slugs(typed)
    for earlier in Webinar.objects.filter(author=by, version=1).order_by("-pk")[:LAST]:
        if sheet.stored(said.model_copy(update={"slug": earlier.slug})) == earlier.draft:
            return Outcome(earlier, said, settled=settled)
    made = CASES.create(by=by, draft=said, reason=typed.reason)
    return Outcome(made, said, settled=settled)


@transaction.atomic
def save(*, webinar: Webinar, typed: Typed, version: int, by: User, states: Collection[str] = ()) -> Outcome:
    """The draft says what was typed. ``states``: where it must stand for this person to write it (all, when empty).

    UnsettledError as ``identities.settle``, NotNowError. When someone saved since ``version``, the outcome is a clash:
    names that were added stay, for the form holds them.
    """
    identities.lock()
    held = held_in(webinar, states)
    said, settled = with_slugs(typed, cited=held.draft)
    return written(held, said, version, by, typed.reason, settled)


@transaction.atomic
def save_settled(
    *,
    webinar: Webinar,
    draft: sheet.Sheet,
    version: int,
    by: User,
    reason: str = "",
    states: Collection[str] = (),
) -> Outcome:
    """As ``save``, for a sheet that cites slugs already: the answer to a conflict. What was merged or went is followed."""
    held = held_in(webinar, states)
    return written(held, up_to_date(draft), version, by, reason, identities.Settled())


def held_in(webinar: Webinar, states: Collection[str]) -> Webinar:
    held = CASES.hold(webinar)
    if held.state == DraftState.ARCHIVED or (states and held.state not in states):
        raise NotNowError(
            f"Cette fiche est maintenant à l’état « {held.get_state_display()} » : elle ne se modifie plus ici."
        )
    return held


def written(
    held: Webinar, said: sheet.Sheet, version: int, by: User, reason: str, settled: identities.Settled
) -> Outcome:
    said = said.model_copy(update={"slug": held.slug})
    if held.version != version:
        same = sheet.stored(said) == held.draft
        return Outcome(held, said, clash=not same, settled=settled)
    saved = CASES.save_draft(row=held, draft=said, version=version, by=by, reason=reason)
    return Outcome(saved, said, settled=settled)


def with_slugs(typed: Typed, cited: Any = None) -> tuple[sheet.Sheet, identities.Settled]:
    """The sheet with slugs instead of typed names."""
    settled = identities.settle(
        people=typed.people,
        organisations=[text for text in typed.sheet.organisations() if text],
        answers=typed.answers,
        at_home=frozenset(sheet.read(cited).people()) if cited else frozenset(),
    )

    def change(text: str, key: str) -> str:
        if key == "organisation":
            return settled.organisations.get(text, text)
        return settled.people.get(text, text) if key in CITING else text

    return without_withdrawn_roles(walk(sheet.stored(typed.sheet), change)), settled


def up_to_date(said: sheet.Sheet) -> sheet.Sheet:
    """Slugs of merged rows become those of the rows that were kept; a person who is no longer there leaves no trace."""
    people = dict(
        Person.objects.filter(slug__in=set(said.people())).values_list(
            "slug", Coalesce("merged_into__slug", "slug")
        )
    )
    organisations = dict(
        CitedOrganisation.objects.filter(slug__in=set(said.organisations()), merged_into__isnull=False)
        .values_list("slug", "merged_into__slug")
    )  # fmt: skip

    def change(text: str, key: str) -> str:
        if key == "organisation":
            return organisations.get(text, text)
        return people.get(text, "") if key in CITING else text

    return without_withdrawn_roles(walk(sheet.stored(said), change))


def without_withdrawn_roles(data: Any) -> sheet.Sheet:
    """People who asked to leave have no function either. 1 query."""
    slugs = {speaker["person"] for speaker in data["speakers"]}
    gone = set(Person.objects.filter(slug__in=slugs, is_withdrawn=True).values_list("slug", flat=True))
    for speaker in data["speakers"]:
        if speaker["person"] in gone:
            speaker["role"] = ""
    return sheet.read(data)
