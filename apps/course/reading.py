"""The journey of the person who reads: what her account knows and what her session still holds, together."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from apps.accounts.models import User
from apps.catalogue.published import kept
from apps.course import guest, selectors
from apps.course.journey import Journey, Known, Trace, journey
from apps.course.models import Learner, Page, Progress
from apps.course.parts import Part
from apps.course.services import learning


def known(page: Page) -> Known:
    parts = tuple(Part(**row) for row in page.parts)
    return Known(
        page.slug, page.number, page.title, page.minutes, page.get_absolute_url(), page.edition, parts
    )


@kept
def known_steps() -> tuple[Known, ...]:
    """The public steps in their order. 1 query, 2 after a publication."""
    return tuple(known(page) for page in selectors.public_steps())


def find_learner(user: User | AnonymousUser) -> Learner | None:
    """None for a visitor, and for a person who has not begun. 1 query."""
    if not isinstance(user, User):
        return None
    rows = Learner.objects.filter(user=user).select_related("last_page")
    return rows.defer("last_page__sheet", "last_page__draft").first()


def learner_now(request: HttpRequest) -> Learner | None:
    """For an act: the learner of the person who is signed in, with what she did as a visitor. None for a visitor."""
    if not isinstance(request.user, User):
        return None
    learner = learning.learner_of(request.user)
    guest.adopt(request.session, learner)
    return learner


def traces(learner: Learner) -> dict[str, Trace]:
    """By slug of page. 1 query."""
    rows = Progress.objects.filter(learner=learner).select_related("page")
    return {
        row.page.slug: Trace(frozenset(row.opened), row.quizzed_at is not None, row.done_how, row.edition)
        for row in rows.defer("page__sheet", "page__draft")
    }


def together(first: Mapping[str, Trace], second: Mapping[str, Trace]) -> dict[str, Trace]:
    return {slug: _sum(first.get(slug, Trace()), second.get(slug, Trace())) for slug in {*first, *second}}


def _sum(one: Trace, two: Trace) -> Trace:
    return Trace(
        one.opened | two.opened,
        one.quizzed or two.quizzed,
        one.how or two.how,
        max(one.edition, two.edition),
    )


def journey_of(learner: Learner | None, session: SessionBase | None = None) -> Journey:
    """2 queries for a learner, 1 for a visitor."""
    steps = known_steps()
    here = guest.traces(session) if session is not None else {}
    door = guest.path(session).get("porte", "") if session is not None else ""
    if learner is None:
        return journey(steps, here, door=door)
    last = (learner.last_page.slug, learner.last_part) if learner.last_page else ("", "")
    return journey(steps, together(traces(learner), here), last, door or learner.door)


def journey_for(request: HttpRequest) -> Journey:
    """3 queries for a person who has begun, 2 for another, 1 for a visitor."""
    return journey_of(find_learner(request.user), request.session)
