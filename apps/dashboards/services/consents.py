"""What an association agrees to: to be counted in a programme, and, unless it objects, in the national release."""

from __future__ import annotations

from hashlib import sha256

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone

from apps.accounts.enums import InvitationState
from apps.accounts.models import Organisation, User
from apps.audit.events import Event
from apps.audit.services import record
from apps.dashboards.models import Consent, Objection, Programme, ProgrammeInvitation
from apps.dashboards.programmes.errors import Refused

# Version of the text that is agreed to: templates/dashboards/consents/accord/<ACCORD>.html. A change of the text is a
# new file and a new name here; those already agreed to are never edited.
ACCORD = "accord-1"
CLOSED = "Ce programme est clos\u00a0: il n’accueille plus d’association. Rien n’a été enregistré."


def seen(programme: Programme) -> str:
    """What the page of consent showed: the version of the text, and a digest of the words of the funder."""
    said = "\n".join((programme.name, programme.funder_name, programme.purpose))
    return f"{ACCORD}.{sha256(said.encode()).hexdigest()[:12]}"


@transaction.atomic
def give_consent(
    *,
    programme: Programme,
    organisation: Organisation,
    by: User,
    report_given: bool = False,
    invitation: ProgrammeInvitation | None = None,
) -> Consent:
    """The consent; the one that stands when there is one already, as it is. Raises Refused when the programme is closed.

    ``invitation``: whose link was followed. Those sent to a proven address of ``by`` are answered as well.
    """
    held = Programme.objects.select_for_update().get(pk=programme.pk)
    known = held.consents.filter(organisation=organisation, withdrawn_at=None).first()
    if known is None and not held.is_open:
        raise Refused(CLOSED)
    is_new = known is None
    if known is None:
        known = Consent.objects.create(
            programme=held, organisation=organisation, given_by=by, words=ACCORD, report_given=report_given
        )
    _answer_invitations(known, by, invitation)
    if is_new:
        details = {"programme": str(held.pk), "words": ACCORD}
        record(Event.CONSENT_GIVEN, actor=by, subject=organisation, details=details)
    return known


def _answer_invitations(consent: Consent, by: User, invitation: ProgrammeInvitation | None) -> None:
    """Also one that was declined, or whose link is too old: the association is in, and is followed under one name."""
    proven = EmailAddress.objects.filter(user=by, verified=True).annotate(low=Lower("email")).values("low")
    rows = ProgrammeInvitation.objects.filter(programme=consent.programme_id)
    rows = rows.filter(answer__in=["", InvitationState.DECLINED])
    mine = rows.alias(low=Lower("email")).filter(low__in=proven).values_list("pk", flat=True)
    followed = [invitation.pk] if invitation else []
    rows.filter(pk__in=[*mine, *followed]).update(
        answer=InvitationState.ACCEPTED, answered_at=timezone.now(), organisation=consent.organisation_id
    )


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: User) -> Consent:
    """Kept, with who withdrew it and when. The same again changes nothing."""
    fresh = Consent.objects.select_for_update().get(pk=consent.pk)
    if fresh.is_active:
        fresh.withdrawn_by, fresh.withdrawn_at = by, timezone.now()
        fresh.save(update_fields=["withdrawn_by", "withdrawn_at"])
        details = {"programme": str(fresh.programme_id), "words": fresh.words}
        record(Event.CONSENT_WITHDRAWN, actor=by, subject=fresh.organisation, details=details)
    return fresh


def say_report_given(*, consent: Consent, given: bool) -> bool:
    """Whether it could be said: a withdrawn consent keeps what it said."""
    return bool(Consent.objects.filter(pk=consent.pk, withdrawn_at=None).update(report_given=given))


@transaction.atomic
def object_to_national(*, organisation: Organisation, by: User) -> Objection:
    """The same again keeps the first one."""
    made, is_new = Objection.objects.get_or_create(organisation=organisation, defaults={"made_by": by})
    if is_new:
        record(Event.OBJECTION, actor=by, subject=organisation)
    return made


@transaction.atomic
def agree_to_national(*, organisation: Organisation, by: User | None = None) -> None:
    """Counted again from the next release on."""
    if Objection.objects.filter(organisation=organisation).delete()[0]:
        record(Event.OBJECTION_LIFTED, actor=by, subject=organisation)
