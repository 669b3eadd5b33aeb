"""A workshop, its guests, its cards, for tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from apps.core.secrets import new_token
from apps.methodology.enums import SeatRole, WorkshopStage
from apps.methodology.models import Card, Engagement, Participant, Pile, Seat, Workshop
from apps.methodology.workshops import services
from apps.methodology.workshops.services import Plan
from tests.methodology.support import engagement_of, seat_in
from tests.support.client import StrictClient

HTMX = {"HX-Request": "true"}
JSON = {"Accept": "application/json"}
PLAN: dict[str, Any] = {
    "step": 6,
    "title": "Atelier des leviers",
    "question": "Que pourrions-nous faire autrement ?",
    "dots": 5,
    "shows_names": False,
    "everybody_groups": True,
}


def plan(**said: Any) -> Plan:
    return Plan(**{**PLAN, "held_on": timezone.localdate(), **said})


def opened(stage: WorkshopStage = WorkshopStage.READY, *, lead: Seat | None = None, **said: Any) -> Workshop:
    """A workshop at this stage; its démarche and its lead are made with it."""
    lead = lead or seat_in(engagement_of(), SeatRole.LEAD, full_name="Awa Lead")
    made = services.open_workshop(seat=lead, plan=plan(**said), key=uuid4())
    return to(made, stage) if stage != WorkshopStage.READY else made


def to(workshop: Workshop, stage: WorkshopStage) -> Workshop:
    return services.move(workshop=workshop, to=stage)


def invited(workshop: Workshop, name: str = "Zoé", role: str = "voisine") -> Participant:
    return services.join(workshop=workshop, token=new_token(), name=name, role=role)


def wrote(participant: Participant, text: str, pillar: str = "") -> Card:
    return services.write_card(participant=participant, text=text, pillar=pillar, key=uuid4())


def pile(workshop: Workshop, title: str, *cards: Card) -> Pile:
    services.place_cards(workshop=workshop, cards=[card.pk for card in cards], title=title, key=uuid4())
    return Pile.objects.get(workshop=workshop, title=title)


def again(workshop: Workshop) -> Workshop:
    return Workshop.objects.select_related("engagement__organisation").get(pk=workshop.pk)


def console(workshop: Workshop, tail: str = "") -> str:
    return f"/agir/demarches/{workshop.engagement_id}/ateliers/{workshop.pk}/{tail}"


def signed_in(seat: Seat) -> StrictClient:
    client = StrictClient()
    assert seat.user
    client.force_login(seat.user)
    return client


def lead_of(workshop: Workshop) -> StrictClient:
    assert workshop.opened_by
    return signed_in(workshop.opened_by)


def act(client: StrictClient, workshop: Workshop, what: str, **sent: Any) -> Any:
    """At the console; ``headers`` of htmx with ``htmx=True``."""
    headers = HTMX if sent.pop("htmx", False) else {}
    return client.post(console(workshop, "geste/"), {"act": what, **sent}, headers=headers)


@dataclass
class Guest:
    """A browser at the table of a workshop, by its code."""

    workshop: Workshop
    name: str = "Zoé Passante"
    role: str = "voisine"
    client: StrictClient = field(default_factory=StrictClient)

    @property
    def url(self) -> str:
        return f"/atelier/{self.workshop.code}/"

    def come_in(self) -> Guest:
        self.client.get(self.url)
        answer = self.client.post(self.url, {"act": "join:", "name": self.name, "role": self.role})
        assert answer.status_code == 302
        return self

    def does(self, what: str, **sent: Any) -> Any:
        headers = sent.pop("headers", {})
        return self.client.post(self.url, {"act": what, **sent}, headers=headers)

    def sees(self) -> Any:
        return self.client.get(self.url)

    @property
    def chair(self) -> Participant:
        return Participant.objects.get(workshop=self.workshop, name=self.name)


def at_table(workshop: Workshop, name: str = "Zoé Passante", role: str = "voisine") -> Guest:
    return Guest(workshop, name, role).come_in()


def member_of(engagement: Engagement, role: str = SeatRole.MEMBER, **person: Any) -> Seat:
    return seat_in(engagement, role, **person)


def key() -> UUID:
    return uuid4()
