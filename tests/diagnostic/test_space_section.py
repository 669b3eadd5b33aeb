"""What « mon espace » says of the campaigns."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.diagnostic import selectors
from apps.diagnostic.models import Campaign
from apps.diagnostic.services import close_campaign
from tests.factories import UserFactory
from tests.factories.diagnostic import answer, campaign, respondent

pytestmark = pytest.mark.django_db


def test_the_newest_campaign_comes_first() -> None:
    made = [campaign()]
    organisation = made[0].organisation
    for _ in range(2):
        answer(respondent(made[-1]))
        close_campaign(campaign=made[-1], by=None)
        made.append(campaign(organisation))
    for years, one in enumerate(made):
        Campaign.objects.filter(pk=one.pk).update(opened_at=timezone.now() - timedelta(days=400 * years))
    found = selectors.campaigns_summary(organisation, UserFactory.create())
    assert [one.pk for one in found] == [one.pk for one in made]
