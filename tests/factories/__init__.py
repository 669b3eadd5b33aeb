"""Small builders of valid rows; each app's helpers in its own module."""

from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory, member

__all__ = ["MembershipFactory", "OrganisationFactory", "UserFactory", "member"]
