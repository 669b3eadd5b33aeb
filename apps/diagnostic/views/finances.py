"""Up to three years of accounts."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.requests import SignedInRequest
from apps.core.htmx import render_page
from apps.diagnostic import access, selectors, services
from apps.diagnostic.errors import CampaignClosed, Refused
from apps.diagnostic.finance_panel import FIRST_YEAR, add_choices, summary, year_refusal
from apps.diagnostic.forms.finances import FinanceYearForm
from apps.diagnostic.known_years import known_years
from apps.diagnostic.models import Campaign
from apps.diagnostic.views.guards import clear_refusals


@login_required
@require_safe
@clear_refusals
def finances(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The years given, and a choice of the next one (a plain GET form)."""
    campaign = access.managed_campaign_or_404(request, pk)
    if not campaign.is_open:
        return redirect("diagnostic:campaign", pk)
    years = selectors.years_of(campaign)
    asked = request.GET.get("annee", "").strip()
    refusal = year_refusal(asked, years) if asked else ""
    if asked and not refusal:
        return redirect("diagnostic:finance_year", pk, int(asked))
    context = {
        "door": "agir",
        "campaign": campaign,
        "years": [summary(y) for y in years],
        "choices": add_choices(years),
        "known": sorted(set(known_years(request.user, campaign.organisation)) - {y.year for y in years}),
        "full": len(years) >= services.MOST_YEARS,
        "asked": asked[:10],
        "refusal": refusal,
        "first_year": FIRST_YEAR,
        "this_year": timezone.localdate().year,
    }
    return render_page(request, "diagnostic/finances.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@clear_refusals
def finance_year(request: SignedInRequest, pk: UUID, year: int) -> HttpResponse:
    campaign = access.managed_campaign_or_404(request, pk)
    if not campaign.is_open and request.method == "GET":
        return redirect("diagnostic:campaign", pk)
    years = selectors.years_of(campaign)
    saved = next((y for y in years if y.year == year), None)
    refusal = "" if saved else year_refusal(str(year), years)
    if refusal and request.method == "GET":
        messages.warning(request, refusal)
        return redirect("diagnostic:finances", pk)
    known = {} if saved else known_years(request.user, campaign.organisation).get(year, {})
    form = FinanceYearForm(
        request.POST if request.method == "POST" else None,
        initial=FinanceYearForm.figures_of(saved) if saved else dict(known),
    )
    if form.is_bound and form.is_valid():
        refusal = refusal or save(campaign, year, form.cleaned_data)
        if not refusal:
            messages.success(request, f"Les chiffres de {year} sont enregistrés.")
            return redirect("diagnostic:finances", pk)
    context = {
        "door": "agir",
        "campaign": campaign,
        "year": year,
        "form": form,
        "saved": saved,
        "known": bool(known),
        "refusal": refusal,
        "field_errors": any(name != NON_FIELD_ERRORS for name in form.errors),
    }
    return render_page(request, "diagnostic/finance_year.html", context, status=422 if form.is_bound else 200)


def save(campaign: Campaign, year: int, figures: dict[str, Decimal | None]) -> str:
    """Why it was refused, or ""."""
    try:
        services.save_finance_year(campaign=campaign, year=year, figures=figures)
    except CampaignClosed:
        raise
    except Refused as error:
        return str(error)
    return ""


@login_required
@require_POST
@clear_refusals
def delete_year(request: SignedInRequest, pk: UUID, year: int) -> HttpResponse:
    campaign = access.managed_campaign_or_404(request, pk)
    if services.delete_finance_year(campaign=campaign, year=year):
        messages.success(request, f"L’exercice {year} est supprimé.")
    return redirect("diagnostic:finances", pk)
