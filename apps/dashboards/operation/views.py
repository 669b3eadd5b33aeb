"""What operators read. Everybody else gets a 403, visitors the sign-in page; nothing here is kept by a browser."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts.enums import PlatformRole
from apps.accounts.permissions import platform_role_required
from apps.accounts.requests import SignedInRequest
from apps.core.htmx import render_page
from apps.dashboards.models import Release
from apps.dashboards.operation import reading, selectors
from apps.dashboards.operation.comparison import compare_page
from apps.dashboards.operation.forms import BuildForm, PublishForm
from apps.dashboards.operation.listing import list_page

PAGE = "dashboards/operation/release.html"


@platform_role_required(PlatformRole.OPERATOR)
@require_safe
@never_cache
def operation(request: SignedInRequest) -> HttpResponse:
    return show_list(request)


def show_list(request: SignedInRequest, form: BuildForm | None = None) -> HttpResponse:
    """``form``: one that was refused, with what was chosen."""
    context = list_page(form, request.GET.get("portee", ""), request.GET.get("page", ""))
    return render(request, "dashboards/operation/releases.html", context, status=422 if form else 200)


@platform_role_required(PlatformRole.OPERATOR)
@require_safe
@never_cache
def release(request: SignedInRequest, pk: UUID) -> HttpResponse:
    return show_release(request, selectors.release_or_404(pk))


def show_release(
    request: SignedInRequest, found: Release, form: PublishForm | None = None, status: int = 200
) -> HttpResponse:
    return render(request, PAGE, reading.release_page(found, form), status=status)


@platform_role_required(PlatformRole.OPERATOR)
@require_safe
@never_cache
def status(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The fragment that asks again every second while it is built, then says so and stops."""
    found = selectors.release_or_404(pk)
    if not request.headers.get("HX-Request"):
        return redirect("dashboards:operation_release", pk)
    return render_page(request, PAGE, reading.status_context(found, announce=True), partial="state")


@platform_role_required(PlatformRole.OPERATOR)
@require_safe
@never_cache
def compare(request: SignedInRequest, pk: UUID, table: str) -> HttpResponse:
    """The only page that shows exact numbers."""
    context = compare_page(selectors.release_or_404(pk), table)
    return render(request, "dashboards/operation/compare.html", context)
