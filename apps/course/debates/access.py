"""Who may reach a debate: the members of its organisation. Anybody else gets a 404."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404

from apps.accounts.selectors import Person
from apps.course.debates.selectors import debates_for
from apps.course.models import Debate


def debate_or_404(user: Person, pk: UUID) -> Debate:
    """With its organisation. 1 query."""
    return get_object_or_404(debates_for(user), pk=pk)
