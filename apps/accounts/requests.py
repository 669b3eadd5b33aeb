from __future__ import annotations

from django.core.handlers.wsgi import WSGIRequest
from django.utils.functional import cached_property

from apps.accounts.models import Organisation, User
from apps.accounts.selectors import Place, current_place


class Request(WSGIRequest):
    """A request that knows the current organisation of the signed-in person: None, or at most one query."""

    @cached_property
    def place(self) -> Place | None:
        return current_place(self.user)

    @property
    def organisation(self) -> Organisation | None:
        return self.place.organisation if self.place else None


class SignedInRequest(Request):
    """For annotations only: what a view behind ``login_required`` receives."""

    user: User
