"""One person's answers: recorded at once, confirmed, finished."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from apps.diagnostic import selectors
from apps.diagnostic.enums import AnswerValue
from apps.diagnostic.errors import NeedsConfirmation, NotOnTheScale, UnknownStatement
from apps.diagnostic.models import Answer, Respondent
from apps.diagnostic.services.locks import lock_copy


@transaction.atomic
def record_answer(*, respondent: Respondent, statement: str, value: str) -> Answer:
    """Her answer, replacing the former one; CampaignClosed, NotOnTheScale or UnknownStatement."""
    if statement not in selectors.questionnaire(respondent.campaign.instrument).codes:
        raise UnknownStatement(statement)
    if value not in AnswerValue.values:
        raise NotOnTheScale
    lock_copy(respondent)
    return write_answers(respondent, {statement: value})[0]


def write_answers(respondent: Respondent, values: Mapping[str, str]) -> list[Answer]:
    """One query whatever the number of statements."""
    return Answer.objects.bulk_create(
        [Answer(respondent=respondent, statement=code, value=value) for code, value in values.items()],
        update_conflicts=True,
        unique_fields=["respondent", "statement"],
        update_fields=["value", "is_suggestion", "updated_at"],
    )


@transaction.atomic
def confirm_suggestion(*, respondent: Respondent, statement: str) -> Answer | None:
    """Last year's answer becomes this year's; None when there is nothing to confirm."""
    suggestion = respondent.answers.filter(statement=statement).first()
    if suggestion is None:
        return None
    return record_answer(respondent=respondent, statement=statement, value=suggestion.value)


@transaction.atomic
def import_answers(*, respondent: Respondent, answers: Mapping[str, str]) -> int:
    """Answers of the express mode become hers where she has none confirmed; how many."""
    lock_copy(respondent)
    known = selectors.questionnaire(respondent.campaign.instrument).codes
    confirmed = set(respondent.answers.filter(is_suggestion=False).values_list("statement", flat=True))
    kept = {
        code: value
        for code, value in answers.items()
        if code in known and code not in confirmed and value in AnswerValue.values
    }
    return len(write_answers(respondent, kept))


def missing_statements(respondent: Respondent) -> list[str]:
    """Codes without a confirmed answer, in the instrument's order."""
    done = set(respondent.answers.filter(is_suggestion=False).values_list("statement", flat=True))
    codes = selectors.questionnaire(respondent.campaign.instrument).codes
    return [code for code in codes if code not in done]


@transaction.atomic
def finish_copy(*, respondent: Respondent, confirmed: bool = False) -> Respondent:
    """She says she is done. NeedsConfirmation when statements are missing and ``confirmed`` is false."""
    lock_copy(respondent)
    if missing_statements(respondent) and not confirmed:
        raise NeedsConfirmation("Il reste des énoncés sans réponse.")
    respondent.finished_at = respondent.finished_at or timezone.now()
    respondent.save(update_fields=["finished_at"])
    return respondent


@transaction.atomic
def suggest_from_last_year(*, respondent: Respondent) -> int:
    """Proposes the answers of the same person's copy of the previous campaign; how many."""
    campaign = respondent.campaign
    if respondent.user_id is None or campaign.previous_id is None:
        return 0
    earlier = Answer.objects.filter(
        respondent__campaign=campaign.previous_id,
        respondent__campaign__instrument=campaign.instrument_id,
        respondent__user=respondent.user_id,
        is_suggestion=False,
    )
    suggestions = [
        Answer(respondent=respondent, statement=a.statement, value=a.value, is_suggestion=True)
        for a in earlier
    ]
    # What she has already answered this year stays.
    return len(Answer.objects.bulk_create(suggestions, ignore_conflicts=True))
