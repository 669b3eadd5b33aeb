from __future__ import annotations

import pytest

from apps.accounts.models import Organisation, User
from tests.factories import OrganisationFactory, member
from tests.methodology.dossier import cases
from tests.methodology.dossier.journeys import Files, files_of


@pytest.fixture
def sent(db: None) -> Files:
    return files_of(cases.full()[0])


@pytest.fixture
def there(db: None) -> tuple[Organisation, User]:
    organisation = OrganisationFactory.create(name="Ailleurs")
    return organisation, member(organisation, "lead")
