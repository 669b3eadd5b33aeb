"""What a learner takes away: her own statements, one a line."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import StreamingHttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts.requests import SignedInRequest
from apps.course.groups import dumps
from apps.course.models import Statement


@never_cache
@login_required
@require_safe
def statements_file(request: SignedInRequest) -> StreamingHttpResponse:
    """xAPI statements as JSON lines; an empty file for a person who has not begun."""
    rows = Statement.objects.filter(learner__user=request.user)
    response = StreamingHttpResponse(dumps.lines(rows), content_type="application/jsonl; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mon-parcours.jsonl"'
    return response
