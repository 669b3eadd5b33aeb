"""Published content rendered once a process: a page that changes twice a year is not drawn at each visit."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from apps.catalogue.models import ContentRevision

CACHE = "pages"
T = TypeVar("T")


def revision() -> str:
    """Another text whenever a row of the content was written, by whatever means; "" before the first. 1 query."""
    found = ContentRevision.objects.values_list("token", flat=True).first()
    return str(found or "")


def last_change() -> ContentRevision | None:
    """The token of ``revision`` and its moment; None before the first. 1 query."""
    return ContentRevision.objects.first()


def kept(build: Callable[[], T]) -> Callable[[], T]:
    """What ``build`` reads of the content, kept in this process for one revision of it: the caller must not change it.

    1 query, and those of ``build`` after a change.
    """

    @lru_cache(maxsize=1)
    def at(token: str) -> T:
        return build()

    @wraps(build)
    def read() -> T:
        token = revision()
        return at(token) if token else build()

    return read


def rendered(template: str, build: Callable[[], dict[str, Any]], about: str = "") -> SafeString:
    """``template`` with what ``build`` reads, kept for this revision of the content and this ``about``.

    It never sees the request, so nothing of the person who reads can be in it. 1 query when it is kept.
    """
    key = f"{template}:{about}:{revision()}"
    return cast(SafeString, caches[CACHE].get_or_set(key, lambda: render_to_string(template, build())))
