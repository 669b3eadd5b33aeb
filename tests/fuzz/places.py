"""The world of the permission table, and another association whose rows all carry a mark."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.methodology.models import Engagement, Item, SeatInvitation
from tests.ledger.support import around
from tests.methodology.world import demarche_of
from tests.support.client import StrictClient
from tests.support.world import World, world

MARK = "Zqx7Ailleurs"
# Sees every association, by its trade.
EVERYWHERE = ("operator",)
# Written by the act of asking, refused or not: who is signed in.
UNCOUNTED = ("django_session", "cache")


@dataclass
class Place:
    """``known``: what the addresses of the table name; ``strangers``: the keys of the other association's rows."""

    world: World
    known: dict[str, str]
    foreign: dict[str, str]
    clients: dict[str, StrictClient] = field(default_factory=dict)

    @property
    def strangers(self) -> list[str]:
        return list(self.foreign.values())

    def client(self, role: str) -> StrictClient:
        """A copy: an example that signs out does not sign out the next one."""
        if role not in self.clients:
            self.clients[role] = self.world.client(role)
        client = StrictClient(raise_request_exception=True)
        client.cookies = copy.deepcopy(self.clients[role].cookies)
        return client

    def url(self, name: str, arguments: dict[str, str], *, foreign: bool = False) -> str:
        known = self.known | (self.foreign if foreign else {})
        return reverse(name, kwargs={key: value.format(**known) for key, value in arguments.items()})


def place() -> Place:
    from tests.test_permissions import ROLES, values

    foreign = marked()
    here = world()
    made = Place(here, values(here), foreign)
    # Before anything is counted: signing in writes its day on the account.
    for role in ROLES:
        made.client(role)
    return made


def marked() -> dict[str, str]:
    """An association that no role of the other one may see."""
    other = world()
    Organisation.objects.filter(pk=other.organisation.pk).update(name=f"{MARK} association")
    members = [other.people[role].pk for role in Role.values]
    User.objects.filter(pk__in=members).update(full_name=f"{MARK} personne")
    other.organisation.refresh_from_db()
    names = {
        **demarche_of(other.organisation, other.people),
        **around(other.organisation, other.people["admin"]),
    }
    # Its code is the same as that of the association of the table, and opens for anybody who has it.
    del names["workshop_code"]
    SeatInvitation.objects.filter(pk=names["seat_invitation"]).update(token_hash="f" * 64)
    engagement = Engagement.objects.get(pk=names["engagement"])
    engagement.title = f"{MARK} démarche"
    engagement.save()
    engagement.workshops.update(code="FEDCBA")
    for item in Item.objects.filter(engagement=engagement):
        item.fields.filter(code="title").update(value=f"{MARK} titre")
    return {
        **names,
        "organisation": str(other.organisation.pk),
        "open": str(other.open.pk),
        "closed": str(other.closed.pk),
        "guest_copy": str(other.copies["guest"].pk),
        "staff": str(other.people["staff"].memberships.get().pk),
    }


def tables() -> dict[str, tuple[int, int]]:
    """Table → rows, and the youngest transaction that wrote one: any insert, update or delete changes it."""
    names = [name for name in connection.introspection.table_names() if name not in UNCOUNTED]
    asked = " UNION ALL ".join(
        f"SELECT '{name}', count(*), coalesce(max(xmin::text::bigint), 0) FROM \"{name}\"" for name in names
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {name: (rows, young) for name, rows, young in cursor.fetchall()}


def undone(act: Any) -> Any:
    """What ``act`` returns; nothing of it stays."""
    with transaction.atomic():
        found = act()
        transaction.set_rollback(True)
    return found
