"""Answers are recorded at once, confirmed one by one, and refused when the campaign no longer takes them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from apps.diagnostic.enums import AnswerValue
from apps.diagnostic.errors import CampaignClosed, NeedsConfirmation, NotOnTheScale, UnknownStatement
from apps.diagnostic.models import Answer, Campaign, Respondent
from apps.diagnostic.services import (
    close_campaign,
    confirm_suggestion,
    finish_copy,
    import_answers,
    record_answer,
)
from apps.diagnostic.services.answers import missing_statements, suggest_from_last_year
from tests.diagnostic.conftest import Place
from tests.factories import UserFactory
from tests.factories.diagnostic import answer, answer_all, campaign, closed_campaign, respondent

pytestmark = pytest.mark.django_db


def values(copy: Respondent) -> dict[str, tuple[str, bool]]:
    return {a.statement: (a.value, a.is_suggestion) for a in copy.answers.all()}


@pytest.mark.parametrize("value", AnswerValue.values)
def test_each_value_of_the_scale_is_recorded(place: Place, value: str) -> None:
    record_answer(respondent=place.guest, statement="E4", value=value)
    assert values(place.guest) == {"E4": (value, False)}


def test_a_new_answer_replaces_the_former_one_and_says_when(place: Place) -> None:
    answer(place.guest, "A1", "0", suggestion=True)
    before = timezone.now() - timedelta(days=3)
    Answer.objects.update(updated_at=before)
    record_answer(respondent=place.guest, statement="A1", value="3")
    assert values(place.guest) == {"A1": ("3", False)}
    assert place.guest.answers.get().updated_at > before + timedelta(days=2)


@pytest.mark.parametrize("value", ["", "4", "-1", "NSP", "2 ", "１"])
def test_a_forged_value_changes_nothing(place: Place, value: str) -> None:
    answer(place.guest, "A1", "1")
    with pytest.raises(NotOnTheScale, match="précédente est gardée"):
        record_answer(respondent=place.guest, statement="A1", value=value)
    assert values(place.guest) == {"A1": ("1", False)}


@pytest.mark.parametrize("code", ["A10", "F1", "a1", "", "A1\x00"])
def test_a_statement_of_no_instrument_is_not_found(place: Place, code: str) -> None:
    with pytest.raises(UnknownStatement):
        record_answer(respondent=place.guest, statement=code, value="1")
    assert not place.guest.answers.exists()


def test_nothing_is_written_in_a_closed_campaign(place: Place) -> None:
    answer(place.guest, "A1", "1")
    answer(place.guest, "A2", "1", suggestion=True)
    close_campaign(campaign=place.campaign, by=None)
    for write in (
        lambda: record_answer(respondent=place.guest, statement="A1", value="3"),
        lambda: confirm_suggestion(respondent=place.guest, statement="A2"),
        lambda: import_answers(respondent=place.guest, answers={"A3": "2"}),
        lambda: finish_copy(respondent=place.guest, confirmed=True),
    ):
        with pytest.raises(CampaignClosed, match="ne reçoit plus de réponse"):
            write()
    assert values(place.guest) == {"A1": ("1", False), "A2": ("1", True)}
    place.guest.refresh_from_db()
    assert place.guest.finished_at is None


def test_a_person_taken_out_a_moment_ago_writes_nothing(place: Place) -> None:
    stale = Respondent.objects.get(pk=place.guest.pk)
    place.guest.delete()
    for write in (
        lambda: record_answer(respondent=stale, statement="A1", value="3"),
        lambda: import_answers(respondent=stale, answers={"A1": "3"}),
        lambda: finish_copy(respondent=stale, confirmed=True),
    ):
        with pytest.raises(Http404):
            write()
    assert not Answer.objects.filter(respondent_id=stale.pk).exists()


def test_a_suggestion_counts_only_once_confirmed(place: Place) -> None:
    answer(place.guest, "A1", "2", suggestion=True)
    assert "A1" in missing_statements(place.guest)
    confirmed = confirm_suggestion(respondent=place.guest, statement="A1")
    assert confirmed is not None
    assert values(place.guest) == {"A1": ("2", False)}
    assert "A1" not in missing_statements(place.guest)


def test_there_is_nothing_to_confirm_without_a_suggestion(place: Place) -> None:
    assert confirm_suggestion(respondent=place.guest, statement="A1") is None
    assert not place.guest.answers.exists()


def test_express_answers_fill_the_holes_and_confirm_suggestions(place: Place) -> None:
    answer(place.guest, "A1", "0")
    answer(place.guest, "A2", "0", suggestion=True)
    taken = import_answers(
        respondent=place.guest, answers={"A1": "3", "A2": "3", "B1": "nsp", "Z9": "1", "B2": "9"}
    )
    assert taken == 2
    assert values(place.guest) == {"A1": ("0", False), "A2": ("3", False), "B1": ("nsp", False)}
    assert import_answers(respondent=place.guest, answers={}) == 0


def test_finishing_with_holes_asks_first_and_keeps_its_first_date(place: Place) -> None:
    answer_all(place.guest, {"A1": "2"}, finished=False)
    with pytest.raises(NeedsConfirmation):
        finish_copy(respondent=place.guest)
    first = finish_copy(respondent=place.guest, confirmed=True).finished_at
    assert first is not None
    assert finish_copy(respondent=place.guest, confirmed=True).finished_at == first


def test_a_whole_copy_finishes_without_asking(place: Place) -> None:
    answer_all(place.guest, "nc", finished=False)
    assert missing_statements(place.guest) == []
    assert finish_copy(respondent=place.guest).finished_at is not None


def last_year(place: Place) -> tuple[Respondent, Respondent]:
    """Her copies of last year, closed, and of this year."""
    user = UserFactory.create()
    earlier = respondent(place.campaign, user=user)
    answer(earlier, "A1", "1")
    answer(earlier, "A2", "nc")
    answer(earlier, "A3", "3", suggestion=True)
    close_campaign(campaign=place.campaign, by=None)
    return earlier, respondent(campaign(place.organisation), user=user)


def test_the_answers_of_last_year_are_proposed_but_never_her_suggestions(place: Place) -> None:
    _, now = last_year(place)
    answer(now, "A2", "2")
    suggest_from_last_year(respondent=now)
    assert values(now) == {"A1": ("1", True), "A2": ("2", False)}


def test_nothing_is_proposed_without_an_account_or_a_former_campaign(place: Place) -> None:
    _, now = last_year(place)
    assert suggest_from_last_year(respondent=respondent(now.campaign)) == 0
    assert suggest_from_last_year(respondent=respondent(campaign(), user=UserFactory.create())) == 0


def test_the_answers_of_somebody_else_or_of_another_instrument_are_not_proposed(place: Place) -> None:
    earlier, now = last_year(place)
    assert suggest_from_last_year(respondent=respondent(now.campaign, user=UserFactory.create())) == 0
    instrument = now.campaign.instrument
    instrument.pk, instrument.sha256 = "mse-9", "0" * 64
    instrument.save(force_insert=True)
    Campaign.objects.filter(pk=earlier.campaign_id).update(instrument=instrument)
    assert suggest_from_last_year(respondent=now) == 0


def test_unconfirmed_suggestions_leave_no_trace_in_the_result(place: Place) -> None:
    _, now = last_year(place)
    suggest_from_last_year(respondent=now)
    answer_all(respondent(now.campaign), "3")
    result = close_campaign(campaign=now.campaign, by=None)
    assert result.respondent_count == 1
    alone = closed_campaign(people=1, value="3")
    assert result.payload == alone.payload
