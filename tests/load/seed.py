"""What the crowd starts from: ``python -m tests.load.seed PEOPLE`` beside the platform, prints JSON.

Three people an association; each has her questionnaire to answer, and sits in a démarche of her association.
"""

from __future__ import annotations

import json
import sys
from typing import Any
from uuid import uuid4

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from apps.accounts.models import User  # noqa: E402
from apps.diagnostic import selectors, services  # noqa: E402
from apps.methodology.models import Seat  # noqa: E402
from apps.methodology.services import items  # noqa: E402
from apps.webinars.models import Webinar  # noqa: E402
from tests.dashboards import samples  # noqa: E402
from tests.factories import OrganisationFactory, member  # noqa: E402
from tests.methodology.support import engagement_of  # noqa: E402

TOGETHER = 3


def session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def association(number: int) -> list[dict[str, Any]]:
    organisation = OrganisationFactory.create(name=f"Association de charge {number}")
    people = [member(organisation, "admin") for _ in range(TOGETHER)]
    opened = services.open_campaign(organisation=organisation, by=people[0])
    engagement = engagement_of(organisation)
    seats = [Seat.objects.create(engagement=engagement, user=user, role="lead") for user in people]
    return [
        {
            "session": session_of(user),
            "copy": str(services.join_campaign(campaign=opened, role="equipe", user=user).respondent.pk),
            "campaign": str(opened.pk),
            "engagement": str(engagement.pk),
            "item": str(items.add_item(seat=seat, kind="activity", key=uuid4()).pk),
        }
        for user, seat in zip(people, seats, strict=True)
    ]


def seed(people: int) -> dict[str, Any]:
    made = [one for number in range(-(-people // TOGETHER)) for one in association(number)]
    opened = selectors.current_instrument()
    return {
        "people": made[:people],
        "statements": list(selectors.questionnaire(opened).codes),
        "cases": list(Webinar.objects.filter(sheet__isnull=False).values_list("slug", flat=True)[:20]),
        "release": samples.five_quarters()[-1].slug,
        "cookies": [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME],
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(seed(int(sys.argv[1]))) + "\n")
