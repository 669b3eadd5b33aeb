"""Whether a file still says what the démarche says: one text that changes with anything a file holds. 2 queries."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import CharField, Count, F, Max, Model, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject

from apps.catalogue.published import revision
from apps.methodology.models import (
    Comment,
    Decision,
    Engagement,
    ScenarioVote,
    Seat,
    SignedNote,
    StepState,
    Validation,
    Workshop,
)

Rows = QuerySet[Any, Any]


def stamp(engagement: Engagement) -> str:
    """SHA-256. Fields are numbered changes; the rest tells its number and its last moment, people their names."""
    rows = Engagement.objects.filter(pk=engagement.pk).values_list(
        "sequence", "title", "edition", "closed_at", "organisation__name", *summaries()
    )
    state = [revision(), list(rows.get())]
    return hashlib.sha256(json.dumps(state, default=str).encode()).hexdigest()


def summaries() -> list[Subquery]:
    moments = Max("at"), Max("edited_at"), Max("taken_back_at"), Max("settled_at"), Count("pk")
    return [
        about(StepState, Max("changed_at"), Count("pk")),
        about(Validation, Max("at"), Count("pk")),
        about(Decision, Max("written_at"), Count("pk")),
        about(Comment, *moments, Count("settled_at")),
        about(Workshop, Sum("version"), Sum("record_version"), Count("pk"), Count("over_at")),
        about(SignedNote, Max("number"), Max("signatures__at"), Count("signatures")),
        about(Seat, people()),
        about(ScenarioVote, Max("at"), Count("pk"), to="item__engagement"),
    ]


def people() -> StringAgg:
    """Who is there, as what, and under which name."""
    name = Coalesce(F("user__full_name"), Value("?"))
    left = Coalesce(Cast("left_at", CharField()), Value(""))
    seen = Concat(Cast("pk", CharField()), Value(" "), F("role"), Value(" "), left, Value(" "), name)
    return StringAgg(seen, delimiter=Value(";"), order_by="pk", output_field=CharField())


def about(model: type[Model], *aggregates: Any, to: str = "engagement") -> Subquery:
    """One JSON object of a table’s rows of this démarche."""
    named = {f"a{place}": aggregate for place, aggregate in enumerate(aggregates)}
    rows: Rows = model._default_manager.filter(**{to: OuterRef("pk")}).order_by().values(to)
    return Subquery(rows.annotate(**named).values(row=JSONObject(**{name: F(name) for name in named})))
