"""Reads of debates, bounded to the person's organisations or to a code; each says how many queries it costs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from apps.accounts.models import Organisation
from apps.accounts.selectors import Person, person_id
from apps.core.pulse import mark
from apps.course import sheet
from apps.course.debates.asks import Ask, asks_of, counted
from apps.course.enums import DebateStage, PageKind
from apps.course.models import Ballot, Debate, Page, View

NOBODY = UUID(int=0)


def public_module() -> Page | None:
    """1 query."""
    return Page.objects.filter(kind=PageKind.MODULE, sheet__isnull=False).order_by("slug").first()


def debates_of(organisation: Organisation) -> QuerySet[Debate]:
    """The latest meeting first, without the sheets, which are long. 1 query."""
    return Debate.objects.filter(organisation=organisation).defer("sheet")


def debates_for(user: Person) -> QuerySet[Debate]:
    """Those of her organisations. 1 query."""
    hers = Debate.objects.filter(organisation__memberships__user_id=person_id(user))
    return hers.select_related("organisation")


def by_code(code: str, voter: UUID | None) -> Debate | None:
    """The debate that this code opens now, without its sheet, with what this phone sent to the question open or shown:
    ``own_choice`` (its place, None) and ``own_text`` (None). 1 query.
    """
    about = Coalesce(NullIf(OuterRef("question"), Value("")), OuterRef("shown"))
    who = voter or NOBODY
    ballots = Ballot.objects.filter(debate=OuterRef("pk"), question=about, voter=who)
    views = View.objects.filter(debate=OuterRef("pk"), question=about, voter=who)
    rows = Debate.objects.exclude(stage=DebateStage.OVER).defer("sheet")
    own = {
        "own_choice": Subquery(ballots.values("choice")[:1]),
        "own_text": Subquery(views.values("text")[:1]),
    }
    return rows.annotate(**own).filter(code=code).first()


def version_by_code(code: str) -> str:
    """What phones compare with what they show; "" when this code opens nothing. 1 query."""
    found = Debate.objects.filter(code=code).values_list("pk", "version").first()
    return mark(*found) if found else ""


def over_debate(pk: UUID) -> Debate | None:
    """For a phone that was there: the debate, once over. 1 query."""
    return Debate.objects.filter(pk=pk, stage=DebateStage.OVER).defer("sheet").first()


def module_of(debate: Debate) -> sheet.Module:
    """The module as it was when the debate opened."""
    module = sheet.read(debate.sheet)
    assert isinstance(module, sheet.Module)
    return module


@lru_cache(maxsize=64)
def questions_of(debate: Debate) -> Mapping[str, Ask]:
    """By code. Read once a process: the sheet of a debate never changes."""
    return asks_of(module_of(debate))


def counts_of(debate: Debate, ask: Ask) -> list[int]:
    """Ballots of each choice: counted now while the question is open, as they were when it closed otherwise.
    1 query, or none.
    """
    if debate.question != ask.code:
        return list(debate.results.get(ask.code, []))
    rows = Ballot.objects.filter(debate=debate, question=ask.code).values_list("choice")
    return counted(ask, rows.annotate(number=Count("pk")))


def views_of(debate: Debate) -> QuerySet[View]:
    """As they came. 1 query."""
    return View.objects.filter(debate=debate)
