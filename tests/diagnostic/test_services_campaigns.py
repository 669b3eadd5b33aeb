"""Opening a campaign and its context."""

from __future__ import annotations

import pytest

from apps.catalogue.models import Fragility, LegalForm, Level
from apps.diagnostic.errors import CampaignClosed
from apps.diagnostic.models import Campaign
from apps.diagnostic.services import Context, close_campaign, open_campaign, update_context
from apps.diagnostic.services import campaigns as module
from tests.factories import OrganisationFactory
from tests.factories.diagnostic import answer, closed_campaign, respondent

pytestmark = pytest.mark.django_db


def test_a_campaign_starts_with_what_the_sheet_says() -> None:
    organisation = OrganisationFactory.create(legal_form=LegalForm.objects.first(), is_demo=True)
    organisation.fragilities.set(Fragility.objects.all()[:2])
    made = open_campaign(organisation=organisation, by=None)
    assert (made.legal_form, made.department_id, made.is_demo) == (organisation.legal_form, "58", True)
    assert set(made.fragilities.all()) == set(organisation.fragilities.all())
    assert (made.instrument_id, made.previous, made.is_open) == ("mse-1", None, True)


def test_opening_twice_gives_one_campaign_with_its_first_context() -> None:
    organisation = OrganisationFactory.create()
    first = open_campaign(organisation=organisation, by=None, context=Context(effort=(50, 30, 20)))
    second = open_campaign(organisation=organisation, by=None, context=Context(years_since_board_renewal=4))
    assert second == first
    assert (second.years_since_board_renewal, second.effort_18_months, second.department_id) == (
        None,
        50,
        None,
    )


def test_the_new_campaign_follows_the_last_closed_one() -> None:
    first = closed_campaign().campaign
    second = open_campaign(organisation=first.organisation, by=None)
    assert second.previous == first
    answer(respondent(second))
    close_campaign(campaign=second, by=None)
    assert open_campaign(organisation=first.organisation, by=None).previous == second


def test_a_code_already_given_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    old = closed_campaign().campaign
    drawn = iter([old.code, old.code, "QQQQQQ"])
    monkeypatch.setattr(module, "new_code", lambda: next(drawn))
    assert open_campaign(organisation=OrganisationFactory.create(), by=None).code == "QQQQQQ"


def test_the_context_is_replaced_while_open_and_frozen_after() -> None:
    made = open_campaign(organisation=OrganisationFactory.create(), by=None)
    levels = list(Level.objects.all()[:2])
    update_context(campaign=made, context=Context(levels=levels, effort=(60, 25, 15)))
    update_context(campaign=made, context=Context(levels=levels[:1]))
    made.refresh_from_db()
    assert (list(made.levels.all()), made.effort_7_years) == (levels[:1], None)
    answer(respondent(made))
    close_campaign(campaign=made, by=None)
    with pytest.raises(CampaignClosed):
        update_context(campaign=made, context=Context(levels=levels))
    assert list(Campaign.objects.get(pk=made.pk).levels.all()) == levels[:1]
