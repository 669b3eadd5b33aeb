from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.audit.models import AuditEntry
from apps.audit.presenters import line_of

PER_PAGE = 50


@login_required
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """What she did, and what was done to her account. Two queries, whatever is in it."""
    mine = Q(actor=request.user.pk) | Q(subject=f"user:{request.user.pk}")
    page = Paginator(AuditEntry.objects.filter(mine).order_by("-number"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "audit/journal.html", {"page": page, "lines": [line_of(entry) for entry in page]})
