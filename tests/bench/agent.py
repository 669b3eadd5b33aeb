"""The side of the bench that knows Django: makes what is measured, and renders with WeasyPrint alone.

Reads an order a line, writes a line of JSON; it stays warm from one order to the next.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from weasyprint import HTML  # noqa: E402

from apps.course.models import Ballot  # noqa: E402
from apps.diagnostic import selectors, services  # noqa: E402
from apps.diagnostic.models import Answer, Campaign, Result  # noqa: E402
from apps.diagnostic.report import build_report  # noqa: E402
from apps.documents.models import Document, DocumentState  # noqa: E402
from apps.methodology.bench.looks import ticket  # noqa: E402
from apps.methodology.models import Change, Seat  # noqa: E402
from apps.methodology.services import items  # noqa: E402
from apps.webinars.models import Webinar  # noqa: E402
from tests.dashboards import samples  # noqa: E402
from tests.factories import OrganisationFactory, debates, member  # noqa: E402
from tests.factories.diagnostic import finance_year  # noqa: E402
from tests.methodology.support import engagement_of, seat_in  # noqa: E402
from tests.webinars.factories import index_all, many  # noqa: E402

ROLES = ("gouvernance", "gouvernance", "gouvernance", "equipe", "equipe", "equipe", "referent")
RESOURCES = {"cotisations": 7000, "ventes": 75000, "commande_publique": 21000, "subv_etat": 28000,
             "subv_region": 24000, "subv_departement": 38000, "subv_bloc_communal": 106000, "subv_europe": 0,
             "dons": 9000, "mecenat": 12000, "fondations": 5000, "financiers": 200}  # fmt: skip
ACCOUNTS = {"charges": 324000, "depreciation": 7800, "payroll": 226000, "treasury": 55000, "equity": 40000,
            "result": 2100, "top_funder": 106000, "multi_year": 96000, "in_kind": 28000, "volunteer_hours": 4700,
            "employees_fte": 6}  # fmt: skip


def level(code: str, seat: int, rank: int) -> str:
    """Board and team stand two levels apart on a third of the statements, as in an ordinary campaign."""
    number = int(code[1:])
    apart = (1 if seat < 3 else -1) if number % 3 == 0 else 0
    return str(min(3, max(0, (number + rank) % 3 + apart)))


def closed(organisation: Any, rank: int) -> Campaign:
    """Seven people, three years of accounts; the next one compares itself with it."""
    campaign = services.open_campaign(organisation=organisation, by=None)
    for year in (2023, 2024, 2025):
        finance_year(campaign, year, **ACCOUNTS, **RESOURCES)
    for seat, role in enumerate(ROLES):
        person = services.join_campaign(campaign=campaign, role=role).respondent
        codes = selectors.questionnaire(campaign.instrument).codes
        Answer.objects.bulk_create(
            Answer(respondent=person, statement=code, value=level(code, seat, rank)) for code in codes
        )
    services.close_campaign(campaign=campaign, by=None)
    return campaign


class Agent:
    def __init__(self) -> None:
        self.pages: list[str] = []

    def prepare(self, reports: int) -> dict[str, Any]:
        """An association whose campaigns are closed, and one open with a copy: what the pages show."""
        organisation = OrganisationFactory.create(name="Association mesurée")
        person = member(organisation)
        campaigns = [closed(organisation, rank) for rank in range(reports)]
        opened = services.open_campaign(organisation=organisation, by=person)
        copy = services.join_campaign(campaign=opened, role="equipe", user=person).respondent
        client = Client()
        client.force_login(person)
        method = self.demarche(organisation, person)
        releases = samples.five_quarters()
        self.pages = [self._page(campaign) for campaign in campaigns]
        return {
            "session": client.cookies["sessionid"].value,
            "open": str(opened.pk),
            "copy": str(copy.pk),
            "closed": [str(campaign.pk) for campaign in campaigns],
            "release": max(releases, key=lambda one: one.quarter).slug,
            **method,
        }

    def demarche(self, organisation: Any, person: Any) -> dict[str, Any]:
        """A démarche that this person leads, with sixty activities, sixty levers and forty actions."""
        engagement = engagement_of(organisation)
        seat = Seat.objects.create(engagement=engagement, user=person, role="lead")
        made = {}
        for kind, count in (("activity", 60), ("lever", 60), ("action", 40)):
            for number in range(count):
                said = {"title": f"Élément {number}", **({} if kind == "activity" else {"pillar": "human"})}
                made[kind] = items.add_item(seat=seat, kind=kind, key=uuid4(), fields=said)
        return {"engagement": str(engagement.pk), "activity": str(made["activity"].pk)}

    def debate(self) -> dict[str, Any]:
        """A meeting whose first question is open, and a member who projects it."""
        organisation = OrganisationFactory.create(name="Conseil mesuré")
        opened = debates.asking(organisation)
        client = Client()
        client.force_login(member(organisation))
        return {
            "session": client.cookies["sessionid"].value,
            "debate": str(opened.pk),
            "code": opened.code,
            "question": opened.question,
        }

    def ballots(self, debate: str) -> int:
        return Ballot.objects.filter(debate=debate).count()

    def table(self, people: int) -> dict[str, Any]:
        """A démarche with so many members, and activities whose fields they all write."""
        engagement = engagement_of(OrganisationFactory.create(name="Équipe mesurée"))
        seats = [seat_in(engagement, "lead" if number == 0 else "member") for number in range(people)]
        sessions = []
        for seat in seats:
            client = Client()
            client.force_login(seat.user)
            sessions.append(client.cookies["sessionid"].value)
        tickets = [quote(ticket(seat.pk, session)) for seat, session in zip(seats, sessions, strict=True)]
        made = [items.add_item(seat=seats[0], kind="activity", key=uuid4()) for _ in range(10)]
        fields = [f"{item.pk}:{code}" for item in made for code in ("what", "evidence")]
        return {"engagement": str(engagement.pk), "sessions": sessions, "tickets": tickets, "fields": fields}

    def written(self, engagement: str) -> dict[str, Any]:
        """Every text of every field in order: [name, version, text]; and the numbers that are missing."""
        rows = Change.objects.filter(engagement=engagement).order_by("number")
        numbers = [row.number for row in rows]
        return {
            "changes": [
                [f"{row.item_id}:{row.code}", row.version, row.after] for row in rows if row.act == "set"
            ],
            "holes": sorted(set(range(1, len(numbers) + 1)) - set(numbers)),
        }

    def library(self, count: int) -> int:
        """So many cases more, with their search; how many are public."""
        many(count)
        index_all()
        return Webinar.objects.filter(sheet__isnull=False).count()

    def _page(self, campaign: Campaign) -> str:
        """Its style sheets read from the folder, as anyone would without our closed fetcher."""
        return build_report(campaign.pk).html.replace(f'href="{settings.STATIC_URL}', 'href="')

    def bare(self, count: int) -> float:
        """Seconds that WeasyPrint takes alone for so many reports, one after the other."""
        start = time.perf_counter()
        for rank in range(count):
            page = self.pages[rank % len(self.pages)]
            HTML(string=page, base_url=f"{Path(settings.STATIC_ROOT).as_uri()}/").write_pdf(
                pdf_variant="pdf/ua-1"
            )
        return time.perf_counter() - start

    def forget(self) -> int:
        """No report was ever asked for."""
        return Document.objects.all().delete()[0]

    def waiting(self) -> int:
        return Document.objects.exclude(state=DocumentState.READY).count()

    def results(self) -> int:
        return Result.objects.count()


def main() -> None:
    agent = Agent()
    for line in sys.stdin:
        order, *arguments = json.loads(line)
        sys.stdout.write(json.dumps(getattr(agent, order)(*arguments)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
