"""Two curators at once, with real commits: nobody waits for ever, nothing is half done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import Q

from apps.catalogue.models import Resource
from apps.editorial.workflow import ConflictError
from apps.webinars import sheet
from apps.webinars.models import Person, PersonRequest, Webinar
from apps.webinars.services import people
from apps.webinars.services.workflow import CASES
from tests.accounts.test_concurrency import together
from tests.webinars.registers import correct, pair, withdraw

Pair = tuple[Person, Person, Webinar]


@pytest.fixture(name="rows")
def committed_rows(django_db_setup: None, django_db_blocker: Any) -> Iterator[Pair]:
    with django_db_blocker.unblock():
        before = set(Person.objects.values_list("pk", flat=True))
        made = pair()
        yield made
        Webinar.objects.filter(pk=made[2].pk).delete()
        Resource.objects.filter(pk=made[2].slug).delete()
        mine = Person.objects.exclude(pk__in=before)
        PersonRequest.objects.filter(person__in=mine).delete()
        mine.filter(~Q(merged_into=None)).delete()
        mine.delete()


def draft(webinar: Webinar, **changes: Any) -> sheet.Sheet:
    return sheet.read({**webinar.draft, **changes})


def test_two_merges_in_opposite_directions_make_one(rows: Pair) -> None:
    kept, other, webinar = rows
    given = together(
        lambda: people.merge(kept=kept, other=other, by=None),
        lambda: people.merge(kept=other, other=kept, by=None),
    )
    assert sum(isinstance(result, people.RefusedError) for result in given) == 1, given
    merged = Person.objects.filter(pk__in=[kept.pk, other.pk]).exclude(merged_into=None)
    assert merged.count() == 1
    webinar.refresh_from_db()
    assert merged.get().slug not in str(webinar.draft)


def test_a_merge_and_a_publication_do_not_wait_for_each_other(rows: Pair) -> None:
    kept, other, webinar = rows
    changed = CASES.save_draft(
        row=webinar, draft=draft(webinar, takeaway="Autre."), version=webinar.version, by=None
    )
    CASES.submit(row=changed, by=None)
    given = together(
        lambda: people.merge(kept=kept, other=other, by=None),
        lambda: CASES.publish(row=webinar, by=None),
    )
    assert not [result for result in given if isinstance(result, Exception)]
    webinar.refresh_from_db()
    assert webinar.sheet
    assert other.slug not in str(webinar.sheet)
    assert {row.person_id for row in webinar.appearances.all()} >= {kept.pk}
    assert other.pk not in {row.person_id for row in webinar.appearances.all()}


def test_a_draft_saved_while_she_leaves_does_not_bring_her_back(rows: Pair) -> None:
    hers, _, webinar = rows
    given = together(
        lambda: withdraw(hers),
        lambda: CASES.save_draft(
            row=webinar,
            draft=draft(webinar, takeaway="Léa Garde tient bon."),
            version=webinar.version,
            by=None,
        ),
    )
    assert not [r for r in given if isinstance(r, Exception) and not isinstance(r, ConflictError)]
    webinar.refresh_from_db()
    assert "Léa Garde" not in str(webinar.draft)
    assert "lea-garde" not in str(webinar.draft)
    assert not webinar.revisions.filter(sheet__icontains="lea-garde").exists()


def test_a_correction_and_a_removal_at_once_leave_no_name(rows: Pair) -> None:
    hers = rows[0]
    given = together(lambda: withdraw(hers), lambda: correct(hers, "Léa", "Gardienne"))
    assert not [r for r in given if isinstance(r, Exception) and not isinstance(r, people.RefusedError)]
    hers.refresh_from_db()
    assert hers.is_withdrawn
    assert str(hers) == "Nom retiré à sa demande"


def test_two_people_added_at_once_have_two_addresses(rows: Pair) -> None:
    given = together(*[lambda: people.add_person(first_name="Zoé", last_name="Zed")] * 3)
    assert sorted(row.slug for row in given if isinstance(row, Person)) == [
        "zoe-zed",
        "zoe-zed-2",
        "zoe-zed-3",
    ]
