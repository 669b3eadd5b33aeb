"""Who may open a programme: funders, and among them its own people. Another’s programme is a 404."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from apps.accounts.enums import PlatformRole
from apps.accounts.requests import SignedInRequest
from apps.accounts.selectors import platform_roles_of
from apps.dashboards.models import Programme
from apps.dashboards.programmes.selectors import programme_or_404

P = ParamSpec("P")
Gate = Callable[[Any], Any]


def funder(
    gate: Gate = login_required,
) -> Callable[
    [Callable[Concatenate[SignedInRequest, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """``view(request, …)``. ``gate``: what is asked of a visitor; ``login_required_keeping_draft`` for a form."""

    def decorate(
        view: Callable[Concatenate[SignedInRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @gate
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if PlatformRole.FUNDER not in platform_roles_of(request.user):
                raise PermissionDenied
            return view(cast(SignedInRequest, request), *args, **kwargs)

        return cast(Callable[Concatenate[HttpRequest, P], HttpResponse], guarded)

    return decorate


def of_hers(
    gate: Gate = login_required,
) -> Callable[
    [Callable[Concatenate[SignedInRequest, Programme, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, UUID, P], HttpResponse],
]:
    """``view(request, programme, …)`` at an address with ``<uuid:pk>``."""

    def decorate(
        view: Callable[Concatenate[SignedInRequest, Programme, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, UUID, P], HttpResponse]:
        @wraps(view)
        def guarded(request: SignedInRequest, pk: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            return view(request, programme_or_404(request.user, pk), *args, **kwargs)

        return cast(
            Callable[Concatenate[HttpRequest, UUID, P], HttpResponse], funder(gate)(cast(Any, guarded))
        )

    return decorate
