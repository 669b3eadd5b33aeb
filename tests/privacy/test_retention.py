"""Two years, travelled day by day: nobody is erased untold, whoever comes back stays, whatever the worker or the clock did."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from post_office.models import STATUS, Email

from apps.accounts import retention as accounts
from apps.accounts.models import Invitation, User
from apps.audit.events import Event
from apps.audit.models import AuditEntry
from apps.privacy import retention, tasks
from apps.privacy.models import ClosureRequest, ErasureReceipt, LastSeen, RetentionNotice
from apps.privacy.retention import Act
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, member
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
JOINED = datetime(2024, 1, 10, 9, tzinfo=UTC)
YEARS = timedelta(days=730)
WARNED = JOINED + YEARS - timedelta(days=29)


@pytest.fixture(autouse=True)
def _nobody_else(db: None) -> None:
    User.objects.all().delete()


def joined(**fields: Any) -> User:
    return UserFactory.create(date_joined=JOINED, last_login=JOINED, **fields)


def night(moment: datetime, *, mails: int = STATUS.sent) -> dict[Act, int]:
    """The round of that night, with the clock there; what became of the mails written before."""
    Email.objects.update(status=mails)
    with time_machine.travel(moment, tick=False):
        return retention.apply(moment)[0]


def nights(begin: datetime, count: int, *, mails: int = STATUS.sent) -> int:
    """That many rounds, a day apart; how many people were erased."""
    return sum(night(begin + timedelta(days=day), mails=mails)[Act.ERASE] for day in range(1, count + 1))


def exists(user: User) -> bool:
    return User.objects.filter(pk=user.pk).exists()


def test_nothing_before_two_years_less_thirty_days() -> None:
    user = joined()
    for days in (1, 365, 699):
        assert sum(night(JOINED + timedelta(days=days)).values()) == 0
    assert exists(user)
    assert not Email.objects.exists()


def test_told_once_then_erased_thirty_days_later_with_a_receipt() -> None:
    user = joined(email="claire@exemple.fr")
    assert night(WARNED)[Act.TELL] == 1
    assert nights(WARNED, 30) == 0
    assert Email.objects.count() == 1
    assert "sera effacé le" in Email.objects.get().email_message().subject
    assert exists(user)
    assert night(WARNED + timedelta(days=31))[Act.ERASE] == 1
    assert not exists(user)
    assert ErasureReceipt.objects.get().cause == "inactive"
    events = list(
        AuditEntry.objects.filter(event__in=[Event.RETENTION_WARNED, Event.RETENTION_ERASED]).values_list(
            "event", flat=True
        )
    )
    assert events == [Event.RETENTION_WARNED, Event.RETENTION_ERASED]


def test_who_comes_back_stays_and_is_told_again_two_years_later() -> None:
    user = joined()
    night(WARNED)
    back = WARNED + timedelta(days=12)
    User.objects.update(last_login=back)
    nights(WARNED + timedelta(days=12), 50)
    assert exists(user)
    assert not RetentionNotice.objects.exists()
    assert night(back + YEARS - timedelta(days=29))[Act.TELL] == 1
    assert Email.objects.count() == 2


def test_a_worker_that_was_down_tells_first_whatever_the_delay() -> None:
    user = joined()
    late = JOINED + YEARS + timedelta(days=400)
    assert night(late)[Act.TELL] == 1
    assert nights(late, 30) == 0
    assert exists(user)
    assert night(late + timedelta(days=31))[Act.ERASE] == 1


def test_a_clock_that_jumps_erases_nobody_untold() -> None:
    user = joined()
    ahead = JOINED + timedelta(days=3 * 365)
    night(ahead)  # the clock is wrong: told, no more
    assert exists(user)
    night(JOINED + timedelta(days=100))  # it is right again: she is active, the notice goes
    assert not RetentionNotice.objects.exists()
    night(WARNED)
    assert nights(WARNED, 31) == 1


def test_a_clock_that_jumps_after_the_mail_makes_one_night() -> None:
    user = joined()
    night(WARNED)
    for years in (3, 4, 5):
        night(WARNED + timedelta(days=365 * years))
    assert exists(user)


@pytest.mark.parametrize("mails", [STATUS.queued, STATUS.requeued])
def test_a_mail_that_has_not_left_counts_for_nothing(mails: int) -> None:
    user = joined()
    night(WARNED)
    assert nights(WARNED, 60, mails=mails) == 0
    assert exists(user)
    # It leaves at last: thirty days from there.
    assert nights(WARNED + timedelta(days=60), 30) == 0
    assert nights(WARNED + timedelta(days=90), 2) == 1


def test_an_address_that_is_dead_does_not_keep_the_account_for_ever() -> None:
    user = joined()
    night(WARNED)
    assert nights(WARNED, 32, mails=STATUS.failed) == 1
    assert not exists(user)


def test_who_never_signs_out_is_seen() -> None:
    """A session that is written in each week lasts for ever, and her last sign-in is years old."""
    user = joined()
    for week in range(1, 130, 3):
        moment = JOINED + timedelta(weeks=week)
        with time_machine.travel(moment, tick=False):
            Session.objects.all().delete()
            StrictClient().force_login(user)
        User.objects.update(last_login=JOINED)
        assert sum(night(moment + timedelta(hours=3)).values()) == 0
    assert exists(user)
    assert LastSeen.objects.get(user=user).on == (JOINED + timedelta(weeks=127)).date()
    # She stops: two years from her last sign, no less.
    last = JOINED + timedelta(weeks=127)
    assert sum(night(last + YEARS - timedelta(days=31)).values()) == 0
    assert night(last + YEARS - timedelta(days=29))[Act.TELL] == 1


def test_a_round_twice_the_same_night_is_once() -> None:
    joined()
    night(WARNED)
    night(WARNED)
    assert Email.objects.count() == 1


def test_demonstration_stays_and_platform_roles_do_not() -> None:
    demo, operator = joined(is_demo=True), joined(is_staff=True)
    night(WARNED)
    nights(WARNED, 31)
    assert (exists(demo), exists(operator)) == (True, False)


def test_the_last_admin_of_others_is_kept_and_it_is_said_why() -> None:
    user, organisation = joined(), OrganisationFactory.create(name="La Marmite")
    MembershipFactory.create(user=user, organisation=organisation, role="admin")
    active = MembershipFactory.create(organisation=organisation, role="staff").user
    User.objects.filter(pk=active.pk).update(last_login=WARNED)
    night(WARNED)
    nights(WARNED, 30)
    moment = WARNED + timedelta(days=31)
    assert night(moment)[Act.KEEP] == 1
    assert exists(user)
    [case] = [case for case in retention.cases(moment) if case.person == user.pk]
    assert "La Marmite" in case.why


@pytest.mark.parametrize(
    ("roles", "told"), [(("lead", "staff"), {"lead"}), (("board", "staff"), {"board", "staff"})]
)
def test_the_others_are_told_once_that_nobody_administers(roles: tuple[str, ...], told: set[str]) -> None:
    user, organisation = joined(), OrganisationFactory.create(name="La Marmite")
    MembershipFactory.create(user=user, organisation=organisation, role="admin")
    others = {role: member(organisation, role, last_login=WARNED).email for role in roles}
    night(WARNED)
    nights(WARNED, 30)
    Email.objects.all().delete()
    for day in (31, 32, 33):
        assert night(WARNED + timedelta(days=day))[Act.KEEP] == 1
    assert sorted(mail.to[0] for mail in Email.objects.all()) == sorted(others[role] for role in told)
    assert "La Marmite" in Email.objects.all()[0].email_message().subject


def test_associations_without_a_member_are_said_then_announced() -> None:
    orphan = OrganisationFactory.create()
    out = StringIO()
    call_command("retention", stdout=out)
    assert str(orphan.pk) in out.getvalue()
    assert not ClosureRequest.objects.exists()
    call_command("retention", "--apply", stdout=out)
    assert ClosureRequest.objects.get().organisation == orphan


def test_sessions_of_accounts_that_are_no_more_leave_at_night() -> None:
    gone, stays = UserFactory.create(), UserFactory.create()
    for user in (gone, stays):
        StrictClient().force_login(user)
    gone.delete()
    retention.note_presence(timezone.now())
    assert [one.get_decoded()["_auth_user_id"] for one in Session.objects.all()] == [str(stays.pk)]


def test_an_association_whose_only_member_is_forgotten_goes_with_her() -> None:
    user, organisation = joined(), OrganisationFactory.create()
    MembershipFactory.create(user=user, organisation=organisation, role="admin")
    night(WARNED)
    nights(WARNED, 31)
    assert not exists(user)
    assert not type(organisation).objects.filter(pk=organisation.pk).exists()


def test_one_that_fails_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = joined(), joined()
    night(WARNED)
    nights(WARNED, 30)
    real = retention.erasure.erase_person

    def breaks(**fields: Any) -> Any:
        if fields["user"].pk == first.pk:
            raise RuntimeError
        return real(**fields)

    monkeypatch.setattr(retention.erasure, "erase_person", breaks)
    there = time_machine.travel(WARNED + timedelta(days=31), tick=False)
    with there, pytest.raises(CommandError, match="en échec"):
        call_command("retention", "--apply", stdout=StringIO())
    assert (exists(first), exists(second)) == (True, False)


def everything() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM accounts_user t UNION ALL SELECT t::text FROM post_office_email t"
                       " UNION ALL SELECT t::text FROM privacy_retentionnotice t UNION ALL SELECT t::text FROM audit_auditentry t")  # fmt: skip
        return cursor.fetchall()


def test_without_apply_the_command_only_says() -> None:
    user = joined()
    before = everything()
    with time_machine.travel(WARNED, tick=False):
        out = StringIO()
        call_command("retention", stdout=out)
    assert f"compte\u00a0{user.pk}" in out.getvalue() or f"compte {user.pk}" in out.getvalue()
    assert "à prévenir" in out.getvalue()
    assert "Rien n’a été changé" in out.getvalue()
    assert everything() == before
    with time_machine.travel(WARNED, tick=False):
        call_command("retention", "--apply", stdout=out)
    assert RetentionNotice.objects.exists()


@pytest.mark.parametrize(("applies", "told"), [(True, 1), (False, 0)])
def test_the_worker_acts_when_it_is_told_to(settings: Any, applies: bool, told: int) -> None:
    settings.RETENTION_APPLY = applies
    joined()
    with time_machine.travel(WARNED, tick=False):
        tasks.apply_retention()
    assert RetentionNotice.objects.count() == told


def test_invitations_of_an_association_go_thirty_days_after() -> None:
    now = datetime(2026, 5, 1, 12, tzinfo=UTC)
    organisation = OrganisationFactory.create()

    def invited(number: int, **fields: Any) -> Invitation:
        values = {
            "expires_at": now + timedelta(days=9),
            "email": f"n{number}@exemple.fr",
            "token_hash": f"{number:064}",
            "role": "staff",
        }
        return Invitation.objects.create(organisation=organisation, **values | fields)

    long_ago, lately = now - timedelta(days=31), now - timedelta(days=29)
    kept = [invited(1), invited(2, accepted_at=lately), invited(3, expires_at=lately)]
    for number, field in enumerate(("accepted_at", "declined_at", "revoked_at", "expires_at"), start=10):
        invited(number, **{field: long_ago})
    with time_machine.travel(now, tick=False):
        accounts.erase_past()
    assert set(Invitation.objects.all()) == set(kept)
