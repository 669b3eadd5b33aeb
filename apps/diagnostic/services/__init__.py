"""Writes of the diagnostic: keyword-only, one transaction each; a refusal is an ``errors.Refused``."""

from apps.diagnostic.services.answers import confirm_suggestion, finish_copy, import_answers, record_answer
from apps.diagnostic.services.campaigns import Context, open_campaign, update_context
from apps.diagnostic.services.closing import close_campaign
from apps.diagnostic.services.finances import MOST_YEARS, delete_finance_year, save_finance_year
from apps.diagnostic.services.respondents import (
    Guest,
    Invitee,
    accept_link,
    invite_respondents,
    join_as_guest,
    join_campaign,
    remove_respondent,
    resend_link,
)

__all__ = [
    "MOST_YEARS",
    "Context",
    "Guest",
    "Invitee",
    "accept_link",
    "close_campaign",
    "confirm_suggestion",
    "delete_finance_year",
    "finish_copy",
    "import_answers",
    "invite_respondents",
    "join_as_guest",
    "join_campaign",
    "open_campaign",
    "record_answer",
    "remove_respondent",
    "resend_link",
    "save_finance_year",
    "update_context",
]
