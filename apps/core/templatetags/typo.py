"""French typography in templates. An empty value gives nothing: `|default:"non calculé"` works."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from decimal import Decimal

from django import template
from django.utils import timezone

from apps.core import typography

register = template.Library()


def _empty(value: object) -> bool:
    return value is None or value == ""


def _numeric(write: Callable[..., str], value: object, *arguments: int) -> str:
    """Template literals and form values arrive as text: `"12.5"` counts as a number."""
    if _empty(value):
        return ""
    return write(Decimal(value) if isinstance(value, str) else value, *arguments)


@register.filter
def number(value: object, decimals: int | None = None) -> str:
    return _numeric(typography.number, value, *([] if decimals is None else [decimals]))


@register.filter
def percent(value: object, decimals: int = 0) -> str:
    return _numeric(typography.percent, value, decimals)


@register.filter
def euros(value: object, decimals: int = 0) -> str:
    return _numeric(typography.euros, value, decimals)


@register.filter
def months(value: object) -> str:
    return _numeric(typography.months, value)


@register.filter
def points(value: object) -> str:
    return _numeric(typography.points, value)


@register.filter(expects_localtime=True)
def date_long(value: date | None) -> str:
    return typography.date_long(value) if value else ""


@register.filter(expects_localtime=True)
def season(value: date | None) -> str:
    return typography.season(value) if value else ""


@register.filter(expects_localtime=True)
def time_short(value: datetime | time | None) -> str:
    return "" if value is None or value == "" else typography.time_short(value)


@register.filter(is_safe=True)
def nbsp(value: object) -> str:
    return "" if value is None else typography.nbsp(str(value))


@register.filter
def join_list(items: Iterable[object] | None) -> str:
    return typography.join_list(items or ())


@register.filter
def de(name: object) -> str:
    return "" if name is None else typography.de(str(name))


def _local(value: date) -> date:
    """`expects_localtime` does not reach tags: an evening in UTC may be the next day in Paris."""
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.simple_tag
def date_range(start: date | None, end: date | None) -> str:
    return typography.date_range(_local(start), _local(end)) if start and end else ""


@register.simple_tag
def plural(n: typography.Number | None, singular: str, plural_form: str) -> str:
    """The word alone: `{{ n|number }} {% plural n "personne" "personnes" %}`."""
    return typography.plural(n or 0, singular, plural_form)


@register.simple_tag
def count(n: typography.Number | None, singular: str, plural_form: str) -> str:
    """The number and its word, kept together: « 7 personnes »."""
    return typography.count(n or 0, singular, plural_form)
