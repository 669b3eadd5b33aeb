"""Error pages: in French, useful, and without the database: no test here may touch it unless it says so."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings as project
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.test import RequestFactory

from apps.accounts.enums import Role
from apps.pages import errors
from tests.factories import OrganisationFactory, UserFactory, member
from tests.pages.support import local_links, said
from tests.support.client import StrictClient, check_html

request = RequestFactory().get("/quelque/part/")
API = RequestFactory().get("/api/v1/goals/")
PAGES = {
    "400": lambda r: errors.bad_request(r, SuspiciousOperation()),
    "400 long": lambda r: errors.bad_request(r, RequestDataTooBig()),
    "403": lambda r: errors.forbidden(r, PermissionDenied()),
    "403 csrf": lambda r: errors.csrf_failure(r, "CSRF token missing"),
    "404": errors.not_found,
    "500": errors.server_error,
}


@pytest.fixture(name="broken")
def break_the_home_page(monkeypatch: pytest.MonkeyPatch) -> Any:
    """``broken(error)``: the home page raises it."""

    def use(error: Exception) -> None:
        def fail(*_: Any) -> None:
            raise error

        monkeypatch.setattr("apps.pages.views.rendered", fail)

    return use


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_happened_what_is_kept_and_what_to_do(name: str) -> None:
    page = PAGES[name](request)
    assert page.status_code == int(name[:3])
    html = page.content.decode()
    check_html(html, name)
    assert '<html lang="fr">' in html
    assert html.count("<h1>") == 1
    assert f"Erreur {name[:3]}" in said(page)
    assert "Ce qui est gardé." in said(page)
    assert "Quoi faire." in said(page)
    assert local_links(page)
    assert project.SITE_NAME in html[html.index("<title>") : html.index("</title>")]


def test_each_says_its_own_words() -> None:
    pages = {name: said(make(request)) for name, make in PAGES.items()}
    assert "Votre envoi est trop long." in pages["400 long"]
    assert "Nous n’avons pas compris cette demande." in pages["400"]
    assert "Votre rôle ne permet pas cela." in pages["403"]
    assert "Votre page avait expiré." in pages["403 csrf"]
    assert "Cette page n’est pas là." in pages["404"]
    assert f"écrivez à {project.CONTACT_EMAIL}" in pages["500"]


@pytest.mark.parametrize("name", [name for name in PAGES if name != "403 csrf"])
def test_a_program_gets_a_sentence_in_json(name: str) -> None:
    answer = PAGES[name](API)
    assert answer.status_code == int(name[:3])
    assert answer["Content-Type"] == "application/json"
    assert json.loads(answer.content) == {"detail": errors.API_DETAILS[answer.status_code]}


# On the real way, from the server's door


def test_an_unknown_address_asks_the_database_nothing(client: StrictClient) -> None:
    page = client.get("/nulle/part/")
    assert page.status_code == 404
    assert {"/", "/plan-du-site/"} <= local_links(page)


def test_a_fault_of_ours_shows_the_page_and_no_detail(client: StrictClient, broken: Any) -> None:
    broken(RuntimeError("mot secret"))
    client.raise_request_exception = False
    page = client.get("/")
    assert page.status_code == 500
    assert "Quelque chose a cassé chez nous." in said(page)
    assert "mot secret" not in page.content.decode()


def test_without_database_the_page_says_to_wait(client: StrictClient, broken: Any) -> None:
    broken(OperationalError("connection refused at 10.0.0.1"))
    page = client.get("/")
    assert page.status_code == 503
    assert page["Retry-After"] == "15"
    assert "Ce qui était déjà enregistré est gardé." in said(page)
    assert "10.0.0.1" not in page.content.decode()
    assert '<html lang="fr">' in page.content.decode()


def test_static_files_of_an_error_page_need_no_database(client: StrictClient) -> None:
    html = errors.server_error(request).content.decode()
    for name in ("css/tokens.css", "css/pages.css", "img/emblem.svg"):
        assert f"/static/{name}" in html
        assert client.get(f"/static/{name}").status_code == 200


@pytest.mark.django_db
def test_a_paste_of_ten_megabytes_is_refused_clearly(client_of: Any) -> None:
    client = client_of(UserFactory.create(full_name="Avant"))
    page = client.post(
        "/espace/compte/", "full_name=" + "a" * 10_000_000, content_type="application/x-www-form-urlencoded"
    )
    assert page.status_code == 400
    assert "Votre envoi est trop long." in said(page)
    assert "Raccourcissez, puis renvoyez." in said(page)


@pytest.mark.django_db
def test_too_many_fields_are_refused_clearly(client_of: Any, settings: Any) -> None:
    client = client_of(UserFactory.create())
    page = client.post(
        "/espace/compte/", {f"champ{n}": "x" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    )
    assert page.status_code == 400
    assert "Votre envoi est trop long." in said(page)


@pytest.mark.django_db
def test_an_expired_form_says_so_and_changes_nothing() -> None:
    user = UserFactory.create(full_name="Avant")
    client = StrictClient(enforce_csrf_checks=True)
    client.force_login(user)
    page = client.post("/espace/compte/", {"full_name": "Après"})
    assert page.status_code == 403
    assert "Votre page avait expiré." in said(page)
    user.refresh_from_db()
    assert user.full_name == "Avant"


@pytest.mark.django_db
def test_a_role_that_may_not_is_told_whom_to_ask(client_of: Any) -> None:
    organisation = OrganisationFactory.create()
    page = client_of(member(organisation, Role.STAFF)).get(f"/organisations/{organisation.pk}/modifier/")
    assert page.status_code == 403
    assert "Demandez à une administratrice ou un administrateur de votre association" in said(page)


def test_a_host_that_is_not_ours_is_a_bad_request(client: StrictClient, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["trajectoires.example"]
    page = client.get("/", headers={"host": "ailleurs.example"})
    assert page.status_code == 400
    assert "ailleurs.example" not in page.content.decode()
