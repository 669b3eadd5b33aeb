"""Two connections at once, with real commits."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from apps.accounts.models import User
from apps.editorial.workflow import ConflictError
from apps.webinars import sheet
from apps.webinars.models import CitedOrganisation, Person, Revision, Webinar
from apps.webinars.services import drafting, identities
from apps.webinars.services.workflow import CASES
from tests.accounts.test_concurrency import together
from tests.factories import UserFactory
from tests.webinars.factories import organisation, person, whole

pytestmark = pytest.mark.usefixtures("committed")


def draft(by: User | None = None) -> Webinar:
    return CASES.create(by=by, draft=whole())


def typed(title: str, first: str = "", last: str = "") -> drafting.Typed:
    said = whole(title=title).model_copy(
        update={"speakers": [sheet.Speaker(person="n1" if last else "", organisation="Les Essais")]}
    )
    clean = said.model_copy(update={"points_of_view": [], "figures": []})
    people = {"n1": identities.TypedPerson(first, last, "Les Essais")} if last else {}
    return drafting.Typed(clean, people)


def test_two_saves_of_one_version_make_one() -> None:
    webinar = draft()

    def save(title: str) -> object:
        return CASES.save_draft(row=webinar, draft=whole(title=title), version=1, by=None)

    given = together(lambda: save("Un"), lambda: save("Deux"))
    assert sorted(type(g).__name__ for g in given) == ["ConflictError", "Webinar"]
    held = Webinar.objects.get(pk=webinar.pk)
    assert held.version == 2
    assert list(held.revisions.values_list("action", flat=True)) == ["saved", "created"]
    (error,) = (g for g in given if isinstance(g, ConflictError))
    assert error.row.draft == held.draft


def test_the_second_save_waits_and_sees_the_first() -> None:
    """The lock, shown: the second transaction stands still until the first one commits."""
    webinar, by = draft(), UserFactory.create()
    given: list[drafting.Outcome] = []

    def second() -> None:
        try:
            given.append(drafting.save(webinar=webinar, typed=typed("Deux"), version=1, by=by))
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        drafting.save(webinar=webinar, typed=typed("Un"), version=1, by=by)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive(), "the second one must wait"
    thread.join(20)
    assert given[0].clash
    assert given[0].mine.title == "Deux"
    assert Webinar.objects.get(pk=webinar.pk).draft["title"] == "Un"


def test_two_publications_make_one() -> None:
    webinar, people = draft(), [UserFactory.create() for _ in range(2)]
    given = together(*[lambda by=by: CASES.publish_read(row=webinar, version=1, by=by) for by in people])
    assert all(isinstance(g, Webinar) for g in given), given
    assert Revision.objects.filter(webinar=webinar, action="published").count() == 1
    assert Revision.objects.filter(webinar=webinar, action="submitted").count() == 1
    assert Webinar.objects.get(pk=webinar.pk).is_public


def test_beat_twice_at_once_publishes_once() -> None:
    webinar = draft()
    CASES.submit(row=webinar, by=None)
    Webinar.objects.filter(pk=webinar.pk).update(state="scheduled", publish_at="2020-01-01T00:00Z")
    assert sorted(map(str, together(CASES.publish_due, CASES.publish_due))) == ["0", "1"]
    assert webinar.revisions.filter(action="published").count() == 1


def test_one_new_form_sent_twice_at_once_makes_one_case_and_one_person() -> None:
    organisation()
    by = UserFactory.create()
    given = together(*[lambda: drafting.create(typed=typed("Un seul", "Zoé", "Zwyx"), by=by)] * 2)
    assert all(isinstance(g, drafting.Outcome) for g in given), given
    assert Webinar.objects.filter(author=by).count() == 1
    assert Person.objects.filter(last_name="Zwyx").count() == 1


def test_two_curators_add_the_same_person_once() -> None:
    organisation()
    cases, people = [draft(), draft()], [UserFactory.create() for _ in range(2)]
    given = together(
        *[
            lambda case=case, by=by: drafting.save(
                webinar=case, typed=typed("Chacune la sienne", "Zoé", "Zwyx"), version=1, by=by
            )
            for case, by in zip(cases, people, strict=True)
        ]
    )
    # The second one is asked whether it is the same person, or takes her.
    assert {type(g).__name__ for g in given} <= {"Outcome", "UnsettledError"}
    assert Person.objects.filter(last_name="Zwyx").count() == 1
    assert person().slug == "ada-essai"
    assert CitedOrganisation.objects.filter(name="Les Essais").count() == 1
