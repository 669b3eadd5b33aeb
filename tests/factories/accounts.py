from typing import Any

import factory
from allauth.account.models import EmailAddress
from factory.django import DjangoModelFactory

from apps.accounts.enums import Role
from apps.accounts.models import Membership, Organisation, User


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")
    full_name = factory.Sequence(lambda n: f"Personne {n}")

    @factory.post_generation
    def verified(self: Any, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if create and extracted is not False:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Association d’essai {n}")
    department_id = "58"


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.ADMIN


def member(organisation: Organisation, role: str = Role.ADMIN, **fields: Any) -> User:
    """A person with this role in this organisation, which is her current one."""
    user = UserFactory.create(current_organisation=organisation, **fields)
    MembershipFactory.create(user=user, organisation=organisation, role=role)
    return user
