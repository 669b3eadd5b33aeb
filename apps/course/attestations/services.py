"""Giving an attestation, once, and taking it back."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.course import statements
from apps.course.attestations import codes, credential, pdf, status_list
from apps.course.enums import Verb
from apps.course.errors import Refused
from apps.course.models import Attestation, Learner, Progress
from apps.course.reading import journey_of
from apps.course.selectors import public_steps
from apps.documents import services as documents
from apps.documents.models import Document

ACTIVITY, NAME = "attestation", "L’attestation du parcours"
AT_HER_WISH = "à la demande de la personne"
NOT_YET = "Il reste des étapes à faire\u00a0: l’attestation se donne quand toutes sont terminées."


def living(learner: Learner | None) -> Attestation | None:
    """The attestation that stands, if any. 1 query."""
    if learner is None:
        return None
    return Attestation.objects.filter(learner=learner, revoked_at__isnull=True).first()


@transaction.atomic
def issue(*, learner: Learner, full_name: str) -> Attestation:
    """The one attestation of this learner: asked again, from another tab or by a double click, it is the same.

    Refused while a public step is not done.
    """
    held = Learner.objects.select_for_update(of=("self",)).select_related("user").get(pk=learner.pk)
    if found := living(held):
        return found
    if not journey_of(held).is_over:
        raise Refused(NOT_YET)
    made = _signed(held, full_name)
    statements.record(
        learner=held, verb=Verb.EARNED, activity=ACTIVITY, name=NAME, result={"completion": True}
    )
    request_pdf(attestation=made, owner=held.user)
    return made


def _signed(learner: Learner, full_name: str) -> Attestation:
    about = credential.Subject(
        id=uuid.uuid4(),
        code=_free_code(),
        rank=_free_rank(),
        full_name=full_name,
        email=learner.user.email,
        steps=frozen_steps(learner),
        issued_at=timezone.now().replace(microsecond=0),  # its claim counts whole seconds
    )
    token = credential.signed(credential.credential(about))
    return Attestation.objects.create(
        id=about.id,
        learner=learner,
        code=about.code,
        rank=about.rank,
        full_name=full_name,
        steps=list(about.steps),
        issued_at=about.issued_at,
        credential=token,
    )


def frozen_steps(learner: Learner) -> list[dict[str, Any]]:
    """What she did, as it stands today: it does not move when the course changes. 2 queries."""
    done = {row.page_id: row for row in Progress.objects.filter(learner=learner, done_at__isnull=False)}
    return [
        {
            "slug": page.slug,
            "number": page.number,
            "title": page.title,
            "edition": done[page.pk].edition,
            "done_on": timezone.localdate(done[page.pk].done_at).isoformat(),
        }
        for page in public_steps()
    ]


def _free_code() -> str:
    while Attestation.objects.filter(code=(code := codes.draw())).exists():
        pass
    return code


def _free_rank() -> int:
    issued = Attestation.objects.count()
    return status_list.draw(lambda rank: Attestation.objects.filter(rank=rank).exists(), issued)


def request_pdf(*, attestation: Attestation, owner: User) -> Document:
    """The file of this attestation; asked again, the same one."""
    return documents.request_document(
        kind=pdf.KIND,
        key=pdf.key(attestation),
        subject_id=attestation.pk,
        requested_by=owner,
        owner=owner,
        title="Attestation de suivi du parcours",
        filename=f"attestation-{attestation.code.lower()}.pdf",
    )


@transaction.atomic
def revoke(*, attestation: Attestation, reason: str, erase: bool) -> Attestation:
    """From now on it is void for whoever verifies it, and may be given again. Done twice, the first one counts.

    ``erase``: her name, what she did and the signed badge leave the row as well.
    """
    held = Attestation.objects.select_for_update(of=("self",)).get(pk=attestation.pk)
    if held.is_valid:
        held.revoked_at, held.revoked_reason = timezone.now(), reason
    if erase:
        held.full_name, held.credential, held.steps = "", "", []
    held.save()
    for document in Document.objects.filter(kind=pdf.KIND, subject_id=held.pk):
        documents.remove(document=document)
    return held
