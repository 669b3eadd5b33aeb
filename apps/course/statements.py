"""xAPI-shaped statements, built from what happened: who (a pseudonym), did what, to what, with which result.

Specification: xAPI 1.0.3. Verbs are ADL's; the actor is an account on our site whose name is the learner's identifier.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from apps.course.enums import Verb
from apps.course.models import Learner, Statement

VERBS = {
    Verb.REGISTERED: "http://adlnet.gov/expapi/verbs/registered",
    Verb.EXPERIENCED: "http://adlnet.gov/expapi/verbs/experienced",
    Verb.ANSWERED: "http://adlnet.gov/expapi/verbs/answered",
    Verb.COMPLETED: "http://adlnet.gov/expapi/verbs/completed",
    Verb.EARNED: "http://id.tincanapi.com/verb/earned",
}
TYPES = {
    Verb.REGISTERED: "http://adlnet.gov/expapi/activities/course",
    Verb.EXPERIENCED: "http://adlnet.gov/expapi/activities/module",
    Verb.ANSWERED: "http://adlnet.gov/expapi/activities/assessment",
    Verb.COMPLETED: "http://adlnet.gov/expapi/activities/lesson",
    Verb.EARNED: "http://id.tincanapi.com/activitytype/certification",
}


def record(
    *, learner: Learner, verb: Verb, activity: str, name: str, result: dict[str, Any] | None = None
) -> Statement:
    """Writes one statement. ``activity`` ends the activity's address (« etape-1/questions »); ``result``: xAPI's."""
    at = timezone.now()
    key = uuid.uuid4()
    return Statement.objects.create(
        id=key,
        learner=learner,
        verb=verb,
        activity=activity,
        at=at,
        body=body(key, learner.pk, verb, activity, name, at, result),
    )


def body(
    key: uuid.UUID,
    actor: uuid.UUID,
    verb: Verb,
    activity: str,
    name: str,
    at: datetime,
    result: dict[str, Any] | None,
) -> dict[str, Any]:
    statement: dict[str, Any] = {
        "id": str(key),
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": settings.SITE_URL, "name": str(actor)},
        },
        "verb": {"id": VERBS[verb], "display": {"fr": verb.label}},
        "object": {
            "objectType": "Activity",
            "id": f"{settings.SITE_URL}/se-former/{activity}",
            "definition": {"name": {"fr": name}, "type": TYPES[verb]},
        },
        "timestamp": at.isoformat(),
        "context": {"language": "fr", "platform": settings.SITE_NAME},
        "version": "1.0.3",
    }
    if result:
        statement["result"] = result
    return statement


def scored(right: int, total: int) -> dict[str, Any]:
    """The result of a quiz."""
    return {
        "score": {"scaled": right / total if total else 0, "raw": right, "min": 0, "max": total},
        "completion": True,
    }
