from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from post_office.models import Email

from apps.accounts.models import Organisation, User


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Real commits, for tests with several connections; only what they made is removed."""
    with django_db_blocker.unblock():
        rows = (Organisation, User, Email)
        before = [set(model.objects.values_list("pk", flat=True)) for model in rows]
        yield
        for model, known in zip(rows, before, strict=True):
            model.objects.exclude(pk__in=known).delete()
