"""What the tools of a démarche hold, counted by the database for ``methodology.missing``."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, F, JSONField, OuterRef, Q, Value, When
from django.db.models.functions import JSONObject

from apps.methodology.missing import ASKED, CELL, VALUED, Facts, Row
from apps.methodology.models import CrossedDiagnostic, Engagement, Field, Item


def facts(engagement: Engagement, kinds: tuple[str, ...] = tuple(ASKED), campaign: str = "") -> Facts:
    """What the items of these kinds say, with the state of the ``campaign``. 1 query."""
    asked = [(kind, ASKED.get(kind, ())) for kind in kinds]
    empty = Q(value="") | Q(value=[]) | Q(value=Value(None, JSONField()))
    fields = (
        Field.objects.filter(_any(asked), ~empty, item=OuterRef("pk"))
        .annotate(
            mark=Case(When(item__kind="photograph", then=Value(CELL)), default=F("code")),
            says=Case(
                When(_any(list(VALUED.items())), then=F("value")),
                default=Value(True, JSONField()),
                output_field=JSONField(),
            ),
        )
        .values(pair=JSONObject(code="mark", value="says"))
        .order_by("pair")
        .distinct()
    )
    rows = (
        Item.objects.filter(engagement=engagement, gone_at=None, kind__in=kinds)
        .annotate(said=ArraySubquery(fields))
        .order_by()
        .values_list("kind", "said")
        .annotate(number=Count("pk"))
    )
    told = [Row(kind, {pair["code"]: pair["value"] for pair in said}, number) for kind, said, number in rows]
    return Facts(told, campaign)


def _any(asked: list[tuple[str, tuple[str, ...]]]) -> Q:
    """One of these fields of these kinds."""
    found = Q(pk=None)
    for kind, codes in asked:
        found |= Q(item__kind=kind, code__in=codes)
    return found


def campaign(engagement: Engagement) -> str:
    """The state of the campaign that feeds step 4, "" when none was chosen. 1 query."""
    rows = CrossedDiagnostic.objects.filter(engagement=engagement)
    return rows.values_list("campaign__state", flat=True).first() or ""
