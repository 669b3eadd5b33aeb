"""Two people, or two clicks, at the same moment, with real commits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from apps.accounts.models import Organisation, User
from apps.ledger import selectors, services
from apps.ledger.models import AccountLine, Exercise, Import
from tests.accounts.test_concurrency import together
from tests.ledger.support import Place, accepted, fec, place, requested, to_check, waiting_files


@pytest.fixture(name="here")
def committed_place(django_db_setup: None, django_db_blocker: Any) -> Iterator[Place]:
    with django_db_blocker.unblock():
        before = set(Organisation.objects.values_list("pk", flat=True))
        made = place()
        yield made
        Organisation.objects.exclude(pk__in=before).delete()
        User.objects.filter(pk__in=[person.pk for person in made.people.values()]).delete()


def test_two_clicks_make_one_import_and_one_file(here: Place, files: Path) -> None:
    key = uuid4()
    given = together(lambda: requested(here, key=key).pk, lambda: requested(here, key=key).pk)
    assert set(given) == {Import.objects.get().pk}
    assert len(waiting_files(files)) == 1


def test_two_workers_read_once(here: Place) -> None:
    made = requested(here)
    given = together(lambda: services.read_import(made.pk), lambda: services.read_import(made.pk))
    assert sorted(map(str, given)) == ["False", "True"]
    assert AccountLine.objects.filter(accounts=made).count() == 6


def test_two_people_accept_once(here: Place) -> None:
    row, people = to_check(here), here.people
    given = together(
        lambda: services.accept(accounts=row, by=people["admin"]).pk,
        lambda: services.accept(accounts=row, by=people["lead"]).pk,
    )
    assert set(given) == {Exercise.objects.get().pk}


def test_two_imports_of_one_year_do_not_both_stand(here: Place) -> None:
    rows = [to_check(here), to_check(here, content=fec(separator="|"))]
    given = together(
        *(lambda row=row: services.accept(accounts=row, by=here.people["admin"]) for row in rows)
    )
    assert sorted(type(one).__name__ for one in given) == ["Exercise", "YearTaken"]


def test_the_fifth_place_is_taken_once(here: Place) -> None:
    for year in range(2020, 2024):
        accepted(here, year)
    rows = [to_check(here, 2024), to_check(here, 2025)]
    given = together(
        *(lambda row=row: services.accept(accounts=row, by=here.people["admin"]) for row in rows)
    )
    assert sorted(type(one).__name__ for one in given) == ["Exercise", "Refused"]
    assert len(selectors.years_of(here.organisation)) == 5


def test_accepting_and_setting_aside_end_in_one_of_the_two(here: Place) -> None:
    row = to_check(here)
    together(
        lambda: services.accept(accounts=row, by=here.people["admin"]), lambda: services.drop(accounts=row)
    )
    row.refresh_from_db()
    assert (row.state, Exercise.objects.count(), AccountLine.objects.count()) in (
        ("accepted", 1, 6),
        ("dropped", 0, 0),
    )


def test_two_people_correct_two_accounts(here: Place) -> None:
    row = to_check(here)

    def say(number: str, nature: str) -> int:
        return services.correct(accounts=row, by=here.people["admin"], chosen={number: nature})

    given = together(lambda: say("706000", "commande_publique"), lambda: say("641100", "outside_services"))
    assert given == [1, 1]
    natures = dict(AccountLine.objects.filter(how="correction").values_list("number", "nature"))
    assert natures == {"706000": "commande_publique", "641100": "outside_services"}
