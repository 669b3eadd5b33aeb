"""Who may reach a campaign or a copy. A stranger gets 404, a member without the role 403."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from apps.accounts.roles import MANAGERS
from apps.diagnostic import selectors
from apps.diagnostic.enums import AnswerValue
from apps.diagnostic.models import Campaign, Respondent

# Copies this browser may open without an account.
COPIES = "diagnostic_copies"
# Answers sent after the session had expired: proposed again once the person is back.
PENDING = "diagnostic_pending"
# The personal link of a copy just joined, until its first answer.
NEW_LINKS = "diagnostic_links"
MOST_PENDING = 40


class SignedOut(Exception):  # noqa: N818 - a state, not a fault
    """Nobody is signed in and this browser holds no copy: it may be an expired session."""

    answer_kept = False


def campaign_or_404(request: HttpRequest, pk: UUID, *roles: str) -> Campaign:
    """A campaign of her organisations, with ``member_role``; PermissionDenied without one of ``roles``."""
    try:
        campaign = selectors.campaign_for(request.user, pk)
    except Campaign.DoesNotExist as error:
        raise Http404 from error
    if roles and campaign.member_role not in roles:  # type: ignore[attr-defined]
        raise PermissionDenied
    return campaign


def managed_campaign_or_404(request: HttpRequest, pk: UUID) -> Campaign:
    return campaign_or_404(request, pk, *MANAGERS)


def may_manage(campaign: Campaign) -> bool:
    """For a campaign read through ``campaign_or_404``."""
    return getattr(campaign, "member_role", "") in MANAGERS


def copy_or_404(request: HttpRequest, pk: UUID) -> Respondent:
    """Her own copy, nobody else's, not even for an admin; SignedOut for a visitor whom nothing identifies."""
    held = str(pk) in request.session.get(COPIES, [])
    if not held and not request.user.is_authenticated:
        raise SignedOut
    respondent = selectors.respondent_by_id(pk)
    if respondent is None or not (held or respondent.user_id == request.user.pk):
        raise Http404
    return respondent


def grant_copy(request: HttpRequest, respondent: Respondent) -> None:
    """This browser may open the copy until its session ends."""
    held = request.session.get(COPIES, [])
    if str(respondent.pk) not in held:
        request.session[COPIES] = [*held, str(respondent.pk)]


def release_copy(request: HttpRequest, respondent: Respondent) -> None:
    """This browser forgets the copy: the next person on a shared device must not open it."""
    request.session[COPIES] = [pk for pk in request.session.get(COPIES, []) if pk != str(respondent.pk)]
    forget_link(request, respondent)


def show_link(request: HttpRequest, respondent: Respondent, url: str) -> None:
    request.session[NEW_LINKS] = {**request.session.get(NEW_LINKS, {}), str(respondent.pk): url}


def new_link(request: HttpRequest, respondent: Respondent) -> str:
    url: str = request.session.get(NEW_LINKS, {}).get(str(respondent.pk), "")
    return url


def forget_link(request: HttpRequest, respondent: Respondent) -> None:
    links = request.session.get(NEW_LINKS, {})
    if str(respondent.pk) in links:
        request.session[NEW_LINKS] = {pk: url for pk, url in links.items() if pk != str(respondent.pk)}


def keep_pending(request: HttpRequest, pk: UUID, code: str, value: str) -> bool:
    """Keeps an answer that could not be recorded; False when there is nothing worth keeping."""
    pending = {**request.session.get(PENDING, {}), f"{pk}/{code}": value}
    known = selectors.current_questionnaire().codes
    if value not in AnswerValue.values or code not in known or len(pending) > MOST_PENDING:
        return False
    request.session[PENDING] = pending
    return True


def pending_value(request: HttpRequest, respondent: Respondent, code: str) -> str:
    value: str = request.session.get(PENDING, {}).get(f"{respondent.pk}/{code}", "")
    return value


def pending_code(request: HttpRequest, respondent: Respondent) -> str:
    """The first statement of her copy with an answer that waits, or ""."""
    own = [key for key in request.session.get(PENDING, {}) if key.startswith(f"{respondent.pk}/")]
    return own[0].partition("/")[2] if own else ""


def forget_pending(request: HttpRequest, respondent: Respondent, code: str) -> None:
    key = f"{respondent.pk}/{code}"
    pending = request.session.get(PENDING, {})
    if key in pending:
        request.session[PENDING] = {k: v for k, v in pending.items() if k != key}
