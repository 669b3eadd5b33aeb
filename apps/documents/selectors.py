"""Documents a person may see: those of her organisations, her own, those of everybody, and what a kind's own rule gives."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from apps.accounts.models import Membership, User
from apps.documents import registry
from apps.documents.models import Document


def visible_to(user: User | AnonymousUser) -> QuerySet[Document]:
    """Documents of everybody, of this person, and of the organisations of which she is a member now; of the kinds
    that have a rule of their own, what this rule gives. 1 query.
    """
    if not user.is_authenticated:
        return Document.objects.filter(is_public=True)
    ruled = registry.ruled()
    hers = Exists(Membership.objects.filter(user=user, organisation=OuterRef("organisation")))
    found = (Q(hers) | Q(owner=user) | Q(is_public=True)) & ~Q(kind__in=ruled)
    for rule in set(ruled.values()):
        kinds = [kind for kind, one in ruled.items() if one is rule]
        found |= Q(kind__in=kinds, subject_id__in=rule(user))
    return Document.objects.filter(found)


def get_document_or_404(user: User | AnonymousUser, pk: UUID) -> Document:
    return get_object_or_404(visible_to(user), pk=pk)


def find_document(*, kind: str, key: str) -> Document | None:
    """The document of one state of a subject, whatever its progress; permission is the caller's matter."""
    return Document.objects.filter(kind=kind, key=key).first()
