"""Groups of the course and their members, without a mail."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from apps.accounts.models import Organisation
from apps.core.secrets import new_code
from apps.course.models import Group, GroupMember, Learner
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.course import learner


def group(organisation: Organisation | None = None, **fields: Any) -> Group:
    """Open, without a date."""
    values = {
        "organisation": organisation or OrganisationFactory.create(),
        "name": "Le relais 2027",
        "code": new_code(),
        **fields,
    }
    return Group.objects.create(**values)


def place(into: Group, who: Learner | None = None, *, name: str = "", **fields: Any) -> GroupMember:
    """A member; her name shows when ``name`` is given."""
    who = who or learner(UserFactory.create(full_name=name or "Nadia Cachée"))
    number = 10 + GroupMember.objects.filter(group=into).count()
    values = {
        "number": number,
        "shows_name": bool(name),
        "consented_at": timezone.now() if name else None,
        **fields,
    }
    return GroupMember.objects.create(group=into, learner=who, **values)
