"""What was merged, corrected or removed here does not come back with an old file."""

from __future__ import annotations

import pytest

from apps.accounts.models import User
from apps.webinars.exchange import export
from apps.webinars.models import Import, Person, Webinar
from apps.webinars.services import people
from tests.factories import UserFactory
from tests.webinars.imports import all_files, outcomes, read, receive, write
from tests.webinars.registers import correct, everything, pair, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture(name="curator")
def make_curator() -> User:
    return UserFactory.create()


def old_files() -> list[tuple[str, bytes]]:
    pair(teaser="Léa Garde et Léa Guarde ouvrent.")
    return all_files()


@pytest.mark.parametrize("rank", [0, 1, 2], ids=["xlsx", "zip", "yaml"])
def test_an_old_file_does_not_undo_a_merge(curator: User, rank: int) -> None:
    name, sent = old_files()[rank]
    kept, other = (Person.objects.get(slug=slug) for slug in ("lea-garde", "lea-guarde"))
    people.merge(kept=kept, other=other, by=None)
    before = read("webinaire-2024-05-16").draft
    received = receive(sent, curator, name)
    assert outcomes(received, "person")[other.slug] == "kept"
    write(received, everything=False)
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.spellings, other.merged_into) == (["Léa Guarde"], kept)
    assert read("webinaire-2024-05-16").draft == before


@pytest.mark.parametrize("rank", [0, 1, 2], ids=["xlsx", "zip", "yaml"])
def test_an_old_file_does_not_undo_a_correction(curator: User, rank: int) -> None:
    name, sent = old_files()[rank]
    hers = correct(Person.objects.get(slug="lea-garde"), "Léa", "Gardienne")
    before = read("webinaire-2024-05-16").draft
    assert before["teaser"] == "Léa Gardienne et Léa Guarde ouvrent."
    received = receive(sent, curator, name)
    assert outcomes(received, "person")[hers.slug] == "kept"
    write(received, everything=False)
    hers.refresh_from_db()
    assert str(hers) == "Léa Gardienne"
    assert read("webinaire-2024-05-16").draft == before


@pytest.mark.parametrize("rank", [0, 1, 2], ids=["xlsx", "zip", "yaml"])
def test_an_old_file_does_not_bring_back_someone_who_left(curator: User, rank: int) -> None:
    name, sent = old_files()[rank]
    waiting = receive(sent, curator, name)
    hers = Person.objects.get(slug="lea-garde")
    withdraw(hers)
    assert not Import.objects.filter(pk=waiting.pk).exists()
    before = read("webinaire-2024-05-16").draft
    assert before["teaser"] == "[nom retiré] et Léa Guarde ouvrent."
    received = receive(sent, curator, name)
    assert "lea garde" not in everything()
    told = [line for line in received.lines if "demandé son retrait" in " ".join(line["details"])]
    assert [(line["slug"], line["name"], line["outcome"]) for line in told] == [
        ("", "Nom retiré à sa demande", "kept")
    ]
    write(received, everything=False)
    assert read("webinaire-2024-05-16").draft == before
    assert "lea garde" not in everything()
    assert Person.objects.filter(last_name="Garde").count() == 0
    again = receive(dict(all_files())[name], curator, name)
    assert set(outcomes(again).values()) | set(outcomes(again, "person").values()) == {"same"}


def test_an_export_taken_after_a_removal_loads_elsewhere(curator: User) -> None:
    hers, _, webinar = pair()
    withdraw(hers)
    sent = export.archive()
    Webinar.objects.filter(pk=webinar.pk).delete()
    hers.requests.all().delete()
    slug = Person.objects.get(pk=hers.pk).slug
    Person.objects.filter(pk=hers.pk).delete()
    received = receive(sent, curator, "x.zip")
    assert outcomes(received, "person")[slug] == "created"
    write(received)
    assert Person.objects.get(slug=slug).is_withdrawn
    assert read(webinar.slug).draft["speakers"][0]["person"] == slug
