"""The register: no model that leads to a person is left out, and what it says is what the database does."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import CASCADE, Field, Model
from django.test import Client

from apps.accounts.models import User
from apps.core.processings import Fate, Processing
from apps.privacy.registers import model_of, processings

DECLARED = {one.model: one for one in processings()}
# Rows that stand for one person: whatever leads to them leads to her.
STAND_FOR = {
    "accounts.User",
    "diagnostic.Respondent",
    "methodology.Seat",
    "methodology.Participant",
    "course.Learner",
    "webinars.Person",
}
WORDS = re.compile(
    r"(^|_)(e?mail|to|full_name|first_name|last_name|user_agent|ip|decided_by|recorded_by|put_by_name)$"
)
# Looks like it, and is not.
NOT_PERSONAL = {
    "post_office.Log": "goes with its mail",
    "post_office.Attachment": "no mail of ours has one",
    "post_office.Attachment_emails": "no mail of ours has one",
    "dashboards.Programme": "its people are declared: Programme_people",
    "course.Ballot": "a number drawn for one meeting, erased at its end",
    "course.View": "a number drawn for one meeting, erased at its end",
}


def leads(field: Field[object, object]) -> bool:
    related = getattr(field, "related_model", None)
    to_person = related is not None and related is not str and related._meta.label in STAND_FOR  # type: ignore[union-attr]
    return to_person or bool(WORDS.search(field.name))


def personal(models: list[type[Model]]) -> Iterator[str]:
    for model in models:
        if any(leads(field) for field in (*model._meta.fields, *model._meta.many_to_many)):
            yield model._meta.label


def test_every_model_that_leads_to_a_person_is_declared() -> None:
    found = set(personal(list(apps.get_models(include_auto_created=True))))
    assert found - DECLARED.keys() - NOT_PERSONAL.keys() == set()
    assert len(found) > 60


def test_a_new_model_would_be_seen() -> None:
    from apps.accounts.models import ApiToken

    assert list(personal([ApiToken])) == ["accounts.ApiToken"]


@pytest.mark.parametrize("one", processings(), ids=lambda one: one.model)
def test_what_is_declared_exists_and_is_whole(one: Processing) -> None:
    model = model_of(one)
    names = {field.name for field in model._meta.get_fields()}
    assert set(one.export) | set(one.cleared) | set(one.addresses) <= names
    assert bool(one.export) != bool(one.not_exported)
    assert one.fate is Fate.ERASED or one.reason
    assert one.name
    assert one.purpose
    assert one.legal_basis
    assert one.retention


@pytest.mark.parametrize("one", processings(), ids=lambda one: one.model)
def test_its_fate_is_that_of_the_database(one: Processing) -> None:
    """A column that cascades from the account erases; one that is kept or anonymised must not."""
    for path in one.paths:
        if path == "pk" or "__" in path:
            continue
        field = model_of(one)._meta.get_field(path)
        if field.many_to_many or field.related_model is not User:
            continue
        cascades = field.remote_field.on_delete is CASCADE  # type: ignore[union-attr]
        assert cascades == (one.fate is Fate.ERASED), path


@pytest.mark.parametrize("one", [one for one in processings() if one.export], ids=lambda one: one.model)
def test_each_field_of_a_copied_row_is_given_or_said_not_to_be(one: Processing) -> None:
    """A new field fails here: give it (``export``), or say why not (``withheld``)."""
    meta = model_of(one)._meta
    leading = {path.partition("__")[0] for path in one.paths} | set(one.addresses) | {meta.pk.name}
    withheld = [name for names in one.withheld.values() for name in names]
    fields = {field.name for field in (*meta.concrete_fields, *meta.many_to_many)}
    assert fields - leading - set(one.export) == set(withheld)
    assert len(withheld) == len(set(withheld))
    assert all(reason.strip() for reason in one.withheld)


def test_the_table_is_that_of_the_authority_and_nothing_in_it_is_a_formula(client: Client) -> None:
    answer = client.get("/confidentialite/registre.csv")
    assert answer["Content-Type"].startswith("text/csv")
    text = answer.content.decode("utf-8-sig")
    header, *lines = csv.reader(io.StringIO(text), delimiter=";")
    assert header[:7] == [
        "Activité", "Finalité", "Base légale", "Personnes concernées", "Données", "Durée", "Destinataires"
    ]  # fmt: skip
    assert len(lines) == len(processings())
    assert all(cell and cell[0] not in "=+-@\t" for line in lines for cell in line)


@pytest.mark.django_db
def test_it_is_read_by_everybody(client: Client) -> None:
    page = client.get("/confidentialite/registre/").content.decode()
    for one in processings():
        assert one.name.split(":")[0].strip()[:20] in page.replace("&#x27;", "’")
