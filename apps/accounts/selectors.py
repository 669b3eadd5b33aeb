"""Reads of people and organisations, scoped by person or by organisation first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.utils import timezone

from apps.accounts.models import ApiToken, Invitation, Membership, Organisation, PlatformGrant, User
from apps.catalogue.models import Fragility
from apps.core.secrets import hash_token

Person: TypeAlias = User | AnonymousUser
# Recovery codes alone are no second factor.
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def person_id(user: Person) -> int:
    """Zero for a visitor without account: it matches nobody."""
    return user.pk or 0


def people_with_second_factor_state() -> QuerySet[User]:
    """People with ``second_factor_missing``: a platform role or access to the admin, and no second factor."""
    trusted = Q(is_staff=True) | Q(Exists(PlatformGrant.objects.filter(user=OuterRef("pk"))))
    protected = Q(Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)))
    return User.objects.annotate(
        second_factor_missing=ExpressionWrapper(trusted & ~protected, output_field=BooleanField())
    )


@dataclass(frozen=True)
class Place:
    """Where a person works now, and as what."""

    organisation: Organisation
    role: str


SHEET = ("department", "legal_form", "size_class")


def people_in_session() -> QuerySet[User]:
    """People with all that each page asks: ``second_factor_missing``, ``platform_roles`` (a list) and
    ``current_role`` (None: not a member).
    """
    role = Membership.objects.filter(user=OuterRef("pk"), organisation=OuterRef("current_organisation"))
    grants = PlatformGrant.objects.filter(user=OuterRef("pk")).values("role")
    related = (
        "current_organisation",
        *(f"current_organisation__{name}" for name in (*SHEET, *settings.PLACE_RELATED)),
    )
    return (
        people_with_second_factor_state()
        .annotate(current_role=Subquery(role.values("role")[:1]), platform_roles=ArraySubquery(grants))
        .select_related(*related)
    )


def organisations_of(user: Person) -> QuerySet[Organisation]:
    return Organisation.objects.filter(memberships__user_id=person_id(user))


def memberships_of(user: Person) -> QuerySet[Membership]:
    """The person's memberships with their organisations, by name."""
    return (
        Membership.objects.filter(user_id=person_id(user))
        .select_related("organisation")
        .order_by("organisation__name")
    )


def memberships_in_space(user: Person) -> QuerySet[Membership]:
    """The same with ``fragility_names``, of each organisation, in the order of the list."""
    names = Fragility.objects.filter(organisations=OuterRef("organisation_id")).order_by("position")
    return memberships_of(user).annotate(fragility_names=ArraySubquery(names.values("name")))


def membership_of(user: Person, organisation: Organisation | None) -> Membership | None:
    if organisation is None:
        return None
    return Membership.objects.filter(user_id=person_id(user), organisation=organisation).first()


def has_role(user: Person, organisation: Organisation | None, *roles: str) -> bool:
    """Whether the person holds one of the roles, or any role when none is given."""
    membership = membership_of(user, organisation)
    return membership is not None and (not roles or membership.role in roles)


def current_place(user: Person) -> Place | None:
    """The organisation chosen last when the person is still a member of it, or the first one joined.

    No query for a person of ``people_in_session`` whose choice still holds; one otherwise.
    """
    if not isinstance(user, User):
        return None
    role = getattr(user, "current_role", None)
    if role and user.current_organisation:
        return Place(user.current_organisation, role)
    chosen_first = Case(
        When(organisation_id=user.current_organisation_id, then=0), default=1, output_field=IntegerField()
    )
    membership = (
        Membership.objects.filter(user=user)
        .select_related(*(f"organisation__{name}" for name in SHEET))
        .order_by(chosen_first, "joined_at")
        .first()
    )
    return Place(membership.organisation, membership.role) if membership else None


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    return (
        Membership.objects.filter(organisation=organisation)
        .select_related("user")
        .order_by("joined_at", "pk")
    )


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Neither accepted, declined nor revoked; the expired ones can be sent again."""
    return Invitation.objects.filter(
        organisation=organisation, accepted_at=None, declined_at=None, revoked_at=None
    ).select_related("invited_by")


def invitation_by_token(token: str) -> Invitation | None:
    return (
        Invitation.objects.filter(token_hash=hash_token(token))
        .select_related("organisation", "invited_by")
        .first()
    )


def verified_emails(user: Person) -> list[str]:
    return list(
        EmailAddress.objects.filter(user_id=person_id(user), verified=True).values_list("email", flat=True)
    )


def owns_email(user: Person, email: str) -> bool:
    return email.lower() in (owned.lower() for owned in verified_emails(user))


def invitations_for(user: Person) -> QuerySet[Invitation]:
    """Pending invitations sent to an address that the person has verified."""
    owned = EmailAddress.objects.filter(
        user_id=person_id(user), verified=True, email__iexact=OuterRef("email")
    )
    return (
        Invitation.objects.filter(
            Exists(owned), accepted_at=None, declined_at=None, revoked_at=None, expires_at__gt=timezone.now()
        )
        .select_related("organisation", "invited_by")
        .order_by("-created_at")
    )


def organisation_with_number(
    *, siren: str, rna: str, other_than: Organisation | None = None
) -> Organisation | None:
    """The organisation that already holds one of the numbers; empty numbers match nothing."""
    same = Q()
    if siren:
        same |= Q(siren=siren)
    if rna:
        same |= Q(rna=rna)
    if not same:
        return None
    known = Organisation.objects.filter(same)
    return (known.exclude(pk=other_than.pk) if other_than else known).first()


def platform_roles_of(user: Person) -> frozenset[str]:
    """Roles on the whole platform; no query for a person of ``people_in_session``."""
    if not isinstance(user, User):
        return frozenset()
    known = getattr(user, "platform_roles", None)
    if known is None:
        known = user.platform_grants.values_list("role", flat=True)
    return frozenset(known)


def second_factors_of(user: Person) -> frozenset[str]:
    """Kinds of second factor in place: « totp », « webauthn »."""
    factors = Authenticator.objects.filter(user_id=person_id(user), type__in=SECOND_FACTORS)
    return frozenset(factors.values_list("type", flat=True))


def addresses_of(user: User) -> set[str]:
    """The one she signs in with, and those she proved besides."""
    proven = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return {user.email, *proven}


def tokens_of(user: Person) -> QuerySet[ApiToken]:
    tokens: QuerySet[ApiToken] = ApiToken.objects.filter(user_id=person_id(user), expiry__gt=timezone.now())
    return tokens
