"""What the campaign starts from; run by ``manage.py shell`` inside the platform under test."""

from __future__ import annotations

import json
from datetime import timedelta

from django.conf import settings
from django.test import Client
from django.utils import timezone

from apps.diagnostic import selectors
from apps.documents.models import Document
from tests.factories import OrganisationFactory, UserFactory, member
from tests.factories import agenda as agenda
from tests.factories.diagnostic import campaign, closed_campaign, respondent

SESSION_SOON = timedelta(days=20)


def seed(people: int, reports: int) -> str:
    """Signed-in people each with a copy to answer, one administrator, campaigns without report, an open session: JSON."""
    Document.objects.all().delete()
    organisation = OrganisationFactory.create(name="Les Pannes du Canal")
    admin = member(organisation)
    closed = [str(closed_campaign(organisation, people=1).campaign_id) for _ in range(reports)]
    opened = campaign(organisation)
    copies = []
    for _ in range(people):
        user = UserFactory.create()
        copies.append((session_of(user), str(respondent(opened, user=user).pk)))
    day = timezone.localdate() + SESSION_SOON
    made = agenda.session(day + timedelta(days=(3 - day.weekday()) % 7))
    codes = list(selectors.questionnaire(opened.instrument).codes)
    return json.dumps(
        {
            "admin": session_of(admin),
            "copies": copies,
            "campaigns": closed,
            "slug": made.slug,
            "statements": codes,
        }
    )


def session_of(user: object) -> str:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client.cookies[settings.SESSION_COOKIE_NAME].value
