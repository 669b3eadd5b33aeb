"""Documents a person may see: those of her organisations."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from apps.accounts.models import User
from apps.documents.models import Document


def visible_to(user: User | AnonymousUser) -> QuerySet[Document]:
    """Documents of the organisations of which this person is a member now."""
    if not user.is_authenticated:
        return Document.objects.none()
    return Document.objects.filter(organisation__memberships__user=user)


def get_document_or_404(user: User | AnonymousUser, pk: UUID) -> Document:
    return get_object_or_404(visible_to(user), pk=pk)


def find_document(*, kind: str, key: str) -> Document | None:
    """The document of one state of a subject, whatever its progress; permission is the caller's matter."""
    return Document.objects.filter(kind=kind, key=key).first()
