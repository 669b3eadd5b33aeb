"""Documents a person may see: those of her organisations, her own, and those of everybody."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from apps.accounts.models import Membership, User
from apps.documents.models import Document


def visible_to(user: User | AnonymousUser) -> QuerySet[Document]:
    """Documents of everybody, of this person, and of the organisations of which she is a member now."""
    if not user.is_authenticated:
        return Document.objects.filter(is_public=True)
    hers = Exists(Membership.objects.filter(user=user, organisation=OuterRef("organisation")))
    return Document.objects.filter(Q(hers) | Q(owner=user) | Q(is_public=True))


def get_document_or_404(user: User | AnonymousUser, pk: UUID) -> Document:
    return get_object_or_404(visible_to(user), pk=pk)


def find_document(*, kind: str, key: str) -> Document | None:
    """The document of one state of a subject, whatever its progress; permission is the caller's matter."""
    return Document.objects.filter(kind=kind, key=key).first()
