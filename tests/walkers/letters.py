"""Every mail that carries a link: how it comes to leave, and what the person does with the page behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Invitation, Membership
from apps.accounts.services import tokens
from apps.accounts.services.invitations import invite_member
from apps.agenda import rules
from apps.agenda.models import Registration
from apps.agenda.services import registrations, reminders
from apps.agenda.services import sessions as agenda
from apps.agenda.services.notices import write_to
from apps.course.groups import digest
from apps.course.models import Digest
from apps.dashboards.models import ProgrammeInvitation
from apps.dashboards.services import programmes
from apps.diagnostic.models import Respondent
from apps.diagnostic.services import Invitee, invite_respondents
from apps.methodology.board.round import tell_boards
from apps.methodology.enums import SeatRole
from apps.methodology.models import Seat
from apps.methodology.reminders import remind_actions
from apps.methodology.services import invitations as seats
from apps.methodology.services.seats import seat_member
from apps.methodology.talk.round import tell_mentions
from apps.privacy import closure, erasure, retention
from apps.privacy.models import Cause, ClosureRequest
from tests.accounts.helpers import PASSWORD
from tests.dashboards.world import programme
from tests.factories import OrganisationFactory, UserFactory, course, member
from tests.factories import agenda as made_sessions
from tests.factories import groups as made_groups
from tests.factories.diagnostic import campaign
from tests.helping.helpers import looking
from tests.helping.violations import grant as consent
from tests.methodology.board.test_mails import ready
from tests.methodology.roadmap.support import item
from tests.methodology.support import engagement_of, seat_in
from tests.methodology.talk.test_mentions import call
from tests.support.client import StrictClient
from tests.support.world import platform_person

WHO = "amie@exemple.fr"
Clock = Callable[[datetime], None]


@dataclass
class Human:
    """``post``: what her button sends; ``done``: whether it then counts. Nothing to press: a page to read."""

    signs_in: bool = False
    post: dict[str, str] | None = None
    done: Callable[[], bool] = lambda: True


def invitation(clock: Clock) -> Human:
    organisation = OrganisationFactory.create()
    UserFactory.create(email=WHO)
    invite_member(organisation=organisation, email=WHO, role=Role.STAFF, by=member(organisation))
    joined = Membership.objects.filter(organisation=organisation, user__email=WHO).exists
    assert Invitation.objects.filter(email=WHO).exists()
    return Human(True, {"answer": "accept"}, joined)


def token_ends(clock: Clock) -> Human:
    tokens.create_token(user=UserFactory.create(email=WHO), label="tableur", days=5)
    tokens.warn_of_ends()
    return Human(True)


def comes() -> Any:
    session = made_sessions.session()
    registrations.register(session=session, email=WHO)
    return session


def leaves(session: Any) -> Human:
    here = Registration.objects.filter(session=session, email=WHO)
    return Human(post={}, done=lambda: not here.exists())


def confirmation(clock: Clock) -> Human:
    clock(datetime(2027, 1, 10, 9, tzinfo=UTC))
    return leaves(comes())


def agenda_reminder(clock: Clock) -> Human:
    clock(datetime(2027, 1, 10, 9, tzinfo=UTC))
    session = comes()
    clock(session.starts_at - timedelta(hours=20))
    assert rules.reminder_is_due(session.starts_at, timezone.now())
    reminders.remind_due()
    return leaves(session)


def change(clock: Clock) -> Human:
    clock(datetime(2027, 1, 10, 9, tzinfo=UTC))
    session = comes()
    write_to("change", session, list(session.registrations.all()), news=["L’heure change."])
    return leaves(session)


def cancellation(clock: Clock) -> Human:
    clock(datetime(2027, 1, 10, 9, tzinfo=UTC))
    agenda.cancel_session(session=comes(), reason="L’intervenante est souffrante.")
    return Human()


def weekly(clock: Clock) -> Human:
    monday = datetime(2027, 1, 4, 6, 30, tzinfo=UTC)
    clock(monday - timedelta(days=10))
    made_groups.place(made_groups.group(), course.learner(UserFactory.create(email=WHO)))
    clock(monday)
    digest.send_round()
    stopped = Digest.objects.filter(user__email=WHO, stopped_at__isnull=False).exists
    return Human(post={"act": "stop"}, done=stopped)


def programme_invitation(clock: Clock) -> Human:
    funder = platform_person("funder")
    programmes.invite(programme=programme(funder), association="Le Relais", email=WHO, by=funder)
    declined = ProgrammeInvitation.objects.filter(email=WHO, answer="declined").exists
    return Human(post={"answer": "decline"}, done=declined)


def personal_link(clock: Clock) -> Human:
    invite_respondents(campaign=campaign(), invitees=[Invitee(WHO, "partenaire")])
    opened = Respondent.objects.filter(email=WHO, joined_at__isnull=False).exists
    return Human(post={}, done=opened)


def seat_invitation(clock: Clock) -> Human:
    lead, _ = seat_in(engagement_of(), full_name="Nadia Morel"), UserFactory.create(email=WHO)
    assert lead.user
    seats.invite(engagement=lead.engagement, email=WHO, role=SeatRole.MEMBER, by=lead.user)
    return Human(True, {"answer": "accept"}, Seat.objects.filter(user__email=WHO).exists)


def seat(clock: Clock) -> Human:
    lead = seat_in(engagement_of(), full_name="Nadia Morel")
    seat_member(by=lead, user=member(lead.engagement.organisation, email=WHO), role=SeatRole.MEMBER)
    return Human(True)


def mention(clock: Clock) -> Human:
    lead = seat_in(engagement_of(), full_name="Nadia Morel")
    call(lead, seat_in(lead.engagement, SeatRole.MEMBER, email=WHO))
    tell_mentions()
    return Human(True)


def to_validate(clock: Clock) -> Human:
    engagement = engagement_of()
    seat_in(engagement)
    seat_in(engagement, SeatRole.BOARD, email=WHO)
    ready(engagement, 2)
    tell_boards()
    return Human(True)


def action_reminder(clock: Clock) -> Human:
    owner, due = seat_in(engagement_of(), full_name="Chloé Chêne", email=WHO), date(2027, 3, 15)
    item(owner, "action", title="Signer le bail", due=due.isoformat(), owner=str(owner.pk))
    clock(datetime(2027, 3, 8, 7, tzinfo=UTC))
    remind_actions()
    return Human(post={"act": "stop"}, done=Seat.objects.filter(pk=owner.pk, wants_reminders=False).exists)


def erased(clock: Clock) -> Human:
    erasure.erase_person(user=UserFactory.create(email=WHO), cause=Cause.ASKED)
    return Human()


def soon_erased(clock: Clock) -> Human:
    long_ago = timezone.now() - timedelta(days=715)
    UserFactory.create(email=WHO, date_joined=long_ago, last_login=long_ago)
    retention.apply(timezone.now())
    return Human()


def closing(clock: Clock) -> Human:
    admin = member(OrganisationFactory.create(), email=WHO)
    closure.ask(organisation=admin.memberships.get().organisation, by=admin)
    return Human(True)


def closing_soon(clock: Clock) -> Human:
    admin = member(OrganisationFactory.create(), email=WHO)
    closure.ask(organisation=admin.memberships.get().organisation, by=admin)
    assert closure.remind(timezone.now() + timedelta(days=13)) == 1
    return Human(True)


def closed(clock: Clock) -> Human:
    admin = member(OrganisationFactory.create(), email=WHO)
    closure.ask(organisation=admin.memberships.get().organisation, by=admin)
    ClosureRequest.objects.update(nights=closure.NIGHTS, due_at=timezone.now())
    assert closure.close_due(timezone.now()) == (1, 0)
    return Human()


def help_starts(clock: Clock) -> Human:
    looking(consent(user=UserFactory.create(email=WHO)))
    return Human(True)


def help_ends(clock: Clock) -> Human:
    looking(consent(user=UserFactory.create(email=WHO))).post("/aide/terminer/")
    return Human(True)


def known_address(clock: Clock) -> Human:
    user = UserFactory.create(email=WHO)
    user.emailaddress_set.update_or_create(email=WHO, defaults={"verified": True, "primary": True})
    StrictClient().post("/compte/signup/", {"email": WHO, "password1": PASSWORD, "full_name": "Amie"})
    return Human()


def unknown_address(clock: Clock) -> Human:
    StrictClient().post("/compte/login/code/", {"email": WHO})
    return Human()


# Template → how its mail leaves. A mail whose button needs no account is pressed by a visitor.
LETTERS: dict[str, Callable[[Clock], Human]] = {
    "account/email/account_already_exists_message.txt": known_address,
    "account/email/unknown_account_message.txt": unknown_address,
    "emails/accounts/invitation.txt": invitation,
    "emails/accounts/token_ends.txt": token_ends,
    "emails/agenda/cancellation.txt": cancellation,
    "emails/agenda/change.txt": change,
    "emails/agenda/confirmation.txt": confirmation,
    "emails/agenda/reminder.txt": agenda_reminder,
    "emails/course/digest.txt": weekly,
    "emails/dashboards/programme_invitation.txt": programme_invitation,
    "emails/diagnostic/link.txt": personal_link,
    "emails/methodology/mentions.txt": mention,
    "emails/methodology/reminder.txt": action_reminder,
    "emails/methodology/seat.txt": seat,
    "emails/methodology/seat_invitation.txt": seat_invitation,
    "emails/methodology/to_validate.txt": to_validate,
    "emails/privacy/closed.txt": closed,
    "emails/privacy/closing.txt": closing,
    "emails/privacy/closing_soon.txt": closing_soon,
    "emails/privacy/erased.txt": erased,
    "emails/privacy/soon_erased.txt": soon_erased,
    "emails/support/ended.txt": help_ends,
    "emails/support/started.txt": help_starts,
}
# The same mail, for readers that show HTML.
TWINS = {"emails/diagnostic/link.html": "emails/diagnostic/link.txt"}
