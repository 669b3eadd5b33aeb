"""The result of a closed campaign, for the members of its organisation, and its report."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.accounts import notebook
from apps.core.htmx import render_page
from apps.diagnostic import report as reports
from apps.diagnostic.access import campaign_or_404
from apps.diagnostic.result_page import result_page
from apps.documents import registry
from apps.documents import views as document_views

STILL_OPEN = "Cette campagne est encore ouverte : son résultat sera calculé quand elle sera close."


@login_required
@require_safe
@never_cache
def result(request: HttpRequest, pk: UUID) -> HttpResponse:
    campaign = campaign_or_404(request, pk)
    if campaign.is_open:
        messages.info(request, STILL_OPEN)
        return redirect("diagnostic:campaign", pk=pk)
    page = result_page(campaign)
    context = {
        "page": page,
        "campaign": campaign,
        "document": reports.existing_report(page.key),
        "words": registry.words(reports.KIND),
        "notes": notebook.notes(request.user, campaign.organisation),
        "announce": False,
        "door": "agir",
    }
    return render_page(request, "diagnostic/result.html", context)


@login_required
@require_POST
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    campaign = campaign_or_404(request, pk)
    if campaign.is_open:
        messages.info(request, STILL_OPEN)
        return redirect("diagnostic:campaign", pk=pk)
    document = reports.request_report(result=reports.result_of(pk), by=request.user)  # type: ignore[arg-type]
    if request.headers.get("HX-Request"):
        return document_views.show(request, document)
    return redirect("documents:status", pk=document.pk)
