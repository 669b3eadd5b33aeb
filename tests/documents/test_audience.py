"""Whose a document is: an association's, a person's, everybody's; never two at once, never nobody's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from apps.accounts.models import User
from apps.documents import files as stored
from apps.documents import registry, services
from apps.documents.enums import DocumentState
from apps.documents.models import Document
from apps.documents.selectors import visible_to
from tests.documents.test_screens import url, words
from tests.factories import OrganisationFactory, UserFactory, member
from tests.factories.documents import KIND, document, ready_document
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], StrictClient]


def made(state: str = "ready", **audience: Any) -> Document:
    build = ready_document if state == "ready" else document
    found = build(OrganisationFactory.create())
    fields = {"organisation": None, "owner": None, "is_public": False, "state": state, **audience}
    Document.objects.filter(pk=found.pk).update(**fields)
    found.refresh_from_db()
    return found


def statuses(client: StrictClient, of: Document) -> list[int]:
    return [
        client.get(url(of)).status_code,
        client.get(url(of, "telecharger/")).status_code,
        client.post(url(of, "reessayer/")).status_code,
    ]


def test_a_personal_file_is_its_owner_s_alone(client: StrictClient, client_of: ClientOf) -> None:
    owner = UserFactory.create()
    hers = made(owner=owner)
    assert statuses(client_of(owner), hers) == [200, 200, 302]
    assert statuses(client, hers) == [302, 302, 302]
    for stranger in (UserFactory.create(), member(OrganisationFactory.create())):
        assert statuses(client_of(stranger), hers) == [404, 404, 404]


def test_a_public_file_is_everybody_s(client: StrictClient, client_of: ClientOf) -> None:
    public = made(is_public=True)
    for reader in (client, client_of(UserFactory.create())):
        assert statuses(reader, public) == [200, 200, 302]


def test_lists_show_what_one_may_see_and_nothing_more() -> None:
    owner = UserFactory.create()
    hers, public = made(owner=owner), made(is_public=True)
    ours = ready_document(OrganisationFactory.create())
    insider = member(ours.organisation)
    assert {row.pk for row in visible_to(owner)} >= {hers.pk, public.pk}
    assert ours.pk not in {row.pk for row in visible_to(owner)}
    assert hers.pk not in {row.pk for row in visible_to(insider)}
    assert {ours.pk, public.pk} <= {row.pk for row in visible_to(insider)}


@pytest.mark.parametrize(
    "both",
    [
        {},
        {"owner": True, "is_public": True},
        {"organisation": True, "is_public": True},
        {"organisation": True, "owner": True},
    ],
    ids=["nobody", "person and public", "association and public", "association and person"],
)
def test_the_database_wants_exactly_one_audience(both: dict[str, Any]) -> None:
    real = {
        "organisation": OrganisationFactory.create() if both.get("organisation") else None,
        "owner": UserFactory.create() if both.get("owner") else None,
        "is_public": both.get("is_public", False),
    }
    with pytest.raises(IntegrityError, match="document_has_one_audience"), transaction.atomic():
        made(**real)


def test_a_request_says_whose_it_is() -> None:
    owner, organisation = UserFactory.create(), OrganisationFactory.create()
    common: dict[str, Any] = {
        "kind": KIND,
        "subject_id": organisation.pk,
        "requested_by": None,
        "title": "Essai",
        "filename": "essai.pdf",
    }
    audiences = [
        services.request_document(key="a", owner=owner, **common),
        services.request_document(key="b", organisation=organisation, **common),
        services.request_document(key="c", **common),
    ]
    said = [(row.owner, row.organisation, row.is_public) for row in audiences]
    assert said == [(owner, None, False), (None, organisation, False), (None, None, True)]


def test_a_person_s_file_goes_with_her_account() -> None:
    owner = UserFactory.create()
    hers = made(owner=owner)
    owner.delete()
    assert not Document.objects.filter(pk=hers.pk).exists()


def test_what_is_removed_leaves_no_file(django_capture_on_commit_callbacks: Any) -> None:
    gone = made(is_public=True)
    with django_capture_on_commit_callbacks(execute=True):
        services.remove(document=gone)
    assert not Document.objects.filter(pk=gone.pk).exists()
    assert not stored.exists(gone)


FEMININE = registry.Words(
    name="la fiche", yours="la fiche", e="e", says="À imprimer en A4.", kept="Rien n’est perdu",
    kicker="Parcours", door="se-former", back=("pages:door", "se-former"), back_label="Revenir au parcours",
)  # fmt: skip


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("requested", "La fiche attend son tour"),
        ("rendering", "La fiche se prépare"),
        ("ready", "Télécharger la fiche"),
        ("failed", "La fiche n’a pas pu être préparée"),
    ],
)
def test_pages_speak_of_a_kind_in_its_own_words(
    client: StrictClient, monkeypatch: pytest.MonkeyPatch, state: str, told: str
) -> None:
    monkeypatch.setitem(registry._words, KIND, FEMININE)
    public = made(
        state,
        is_public=True,
        progress=40 if state == "rendering" else 0,
        attempts=1 if state == "rendering" else 0,
    )
    page = client.get(url(public))
    assert told in words(page.content.decode())
    assert "rapport" not in words(page.content.decode().split("<main")[1].split("</main>")[0]).replace(
        "Rapport d’auto", ""
    )
    assert "Revenir au parcours" in words(page.content.decode())


def test_a_lost_file_is_told_in_its_own_words(client: StrictClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry._words, KIND, FEMININE)
    lost = made(is_public=True)
    stored.delete(lost.file.name)
    page = client.get(url(lost, "telecharger/"))
    assert page.status_code == 410
    assert "Rien n’est perdu : la fiche peut être préparée de nouveau" in words(page.content.decode())


def test_a_silent_queue_is_told_in_its_own_words(
    client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(registry._words, KIND, FEMININE)
    waiting = made(DocumentState.REQUESTED, is_public=True)
    assert "la fiche sera préparée dès qu’elle répondra" in words(client.get(url(waiting)).content.decode())
