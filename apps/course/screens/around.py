"""The board's module to read, and what changed in the course."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.course.models import PageRevision
from apps.course.screens import bodies
from apps.editorial.enums import RevisionAction

A_PAGE = 40


@require_safe
def module(request: HttpRequest) -> HttpResponse:
    body = bodies.module()
    if not body.strip():
        raise Http404
    return render(request, "course/module.html", {"door": "se-former", "body": body})


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """The public changelog: each publication, what it changed, the latest first. 2 queries."""
    published = PageRevision.objects.filter(
        action__in=(RevisionAction.PUBLISHED, RevisionAction.IMPORTED),
        edition__gt=0,
        page__sheet__isnull=False,
    )
    rows = (
        published.select_related("page").defer("sheet", "page__sheet", "page__draft").order_by("-at", "-pk")
    )
    found = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "course/changes.html", {"door": "se-former", "rows": found})
