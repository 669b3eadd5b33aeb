"""What the fault tests start from; run by ``manage.py shell`` inside the platform under test."""

from __future__ import annotations

import json

from django.conf import settings
from django.test import Client

from apps.documents.models import Document
from tests.factories import OrganisationFactory, member
from tests.factories.diagnostic import closed_campaign

REPORTS = 6


def seed() -> str:
    """A signed-in administrator and closed campaigns whose report nobody asked for yet, as JSON."""
    # The practical sheets of the course: their renderings would come between those that the tests wait for.
    Document.objects.all().delete()
    organisation = OrganisationFactory.create(name="Les Pannes du Canal")
    user = member(organisation)
    campaigns = [str(closed_campaign(organisation, people=1).campaign_id) for _ in range(REPORTS)]
    client = Client()
    client.force_login(user)
    return json.dumps(
        {
            "organisation": str(organisation.pk),
            "campaigns": campaigns,
            "session": client.cookies[settings.SESSION_COOKIE_NAME].value,
        }
    )
