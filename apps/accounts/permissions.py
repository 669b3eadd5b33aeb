"""Who may reach an organisation: strangers get a 404, members without the role a 403."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from apps.accounts.models import Membership, Organisation
from apps.accounts.selectors import Person, person_id, platform_roles_of

View = Callable[..., HttpResponse]


def get_membership_or_404(user: Person, pk: UUID | str, *roles: str) -> Membership:
    """The person's membership with its organisation. One query."""
    membership = (
        Membership.objects.filter(user_id=person_id(user), organisation_id=pk)
        .select_related("organisation")
        .first()
    )
    if membership is None:
        raise Http404
    if roles and membership.role not in roles:
        raise PermissionDenied
    return membership


def get_organisation_or_404(user: Person, pk: UUID | str, *roles: str) -> Organisation:
    return get_membership_or_404(user, pk, *roles).organisation


def platform_role_required(*roles: str) -> Callable[[View], View]:
    """The view for holders of one of these platform roles: sign-in for visitors, 403 for anyone else."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not platform_roles_of(request.user) & set(roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
