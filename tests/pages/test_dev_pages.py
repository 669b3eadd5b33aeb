"""Development pages: the mail box, the codes of demonstration accounts, the gallery; absent in production."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from django.conf import settings as project
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.urls import clear_url_caches
from post_office.models import Email

import trajectoires.urls
from apps.pages import gallery
from tests.factories import UserFactory
from tests.pages.support import said
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
BOX = "/dev/courrier/"


@pytest.fixture(autouse=True)
def _mails_are_rows(settings: Any) -> None:
    settings.EMAIL_BACKEND = "apps.core.mail_backend.EmailBackend"


def post(to: str = "nadia@exemple.fr", subject: str = "Bonjour", html: str = "") -> Email:
    mail = EmailMultiAlternatives(subject, "Un mot.\n\nhttps://exemple.fr/page", to=[to])
    if html:
        mail.attach_alternative(html, "text/html")
    mail.send()
    return Email.objects.latest("pk")


# The mail box


def test_an_empty_box_says_what_to_do(client: StrictClient) -> None:
    page = client.get(BOX)
    assert "Aucun courriel ici" in said(page)
    assert "Créez un compte ou invitez une personne" in said(page)


def test_the_latest_comes_first_and_an_address_is_found(client: StrictClient) -> None:
    post("nadia@exemple.fr", "Premier")
    post("camille@exemple.fr", "Second")
    html = client.get(BOX).content.decode()
    assert html.index("Second") < html.index("Premier")
    found = client.get(BOX, {"a": " NADIA@exemple.fr "})
    assert "Premier" in said(found)
    assert "Second" not in said(found)
    assert 'value="NADIA@exemple.fr"' in found.content.decode()
    assert "Tout voir" in said(found)


def test_a_hundred_mails_at_most_and_two_queries(
    client: StrictClient, django_assert_num_queries: Any
) -> None:
    post()
    with django_assert_num_queries(2):
        client.get(BOX)
    for n in range(101):
        EmailMessage(f"Courriel {n}", "", to=["a@exemple.fr"]).send()
    with django_assert_num_queries(2):
        assert client.get(BOX).content.decode().count('<th scope="row">') == 100


def test_a_mail_without_subject_can_be_opened(client: StrictClient) -> None:
    mail = post(subject="")
    assert "(sans objet)" in said(client.get(BOX))
    assert client.get(f"{BOX}{mail.pk}/").status_code == 200


def test_a_mail_is_read_with_its_links(client: StrictClient) -> None:
    mail = post(html="")
    page = client.get(f"{BOX}{mail.pk}/")
    assert "nadia@exemple.fr" in said(page)
    assert '<a href="https://exemple.fr/page"' in page.content.decode()
    assert "version mise en forme" not in said(page)
    assert client.get(f"{BOX}{mail.pk}/html/").status_code == 404
    assert client.get(f"{BOX}{mail.pk + 1}/").status_code == 404


def test_the_dressed_version_is_shown_as_it_was_sent_and_runs_nothing(client: StrictClient) -> None:
    mail = post(html="<p>Bonjour</p>")
    assert "Voir la version mise en forme" in said(client.get(f"{BOX}{mail.pk}/"))
    page = client.get(f"{BOX}{mail.pk}/html/")
    assert page.content == b"<p>Bonjour</p>"
    policy = page["Content-Security-Policy"].split("; ")
    assert "script-src 'self'" in policy
    assert "style-src 'self' 'unsafe-inline'" in policy


def test_what_a_mail_contains_is_never_markup_of_the_page(client: StrictClient) -> None:
    mail = post(subject="<script>alert(1)</script>")
    for path in (BOX, f"{BOX}{mail.pk}/"):
        assert "&lt;script&gt;" in client.get(path).content.decode()


# The codes of the demonstration


def test_codes_of_demonstration_accounts_open_them_and_no_other(client: StrictClient) -> None:
    demo, real = UserFactory.create(is_demo=True), UserFactory.create()
    secrets = {demo: "JBSWY3DPEHPK3PXP", real: "KRSXG5CTMVRXEZLU"}
    for user, secret in secrets.items():
        TOTP.activate(user, secret)
    page = said(client.get(BOX))
    assert demo.email in page
    assert real.email not in page
    code = re.search(rf"{re.escape(demo.email)} (\d{{6}})", page)
    assert code
    assert validate_totp_code(secrets[demo], code[1])
    assert 1 <= int(re.findall(r"Encore (\d+) secondes", page)[0]) <= 30
    Authenticator.objects.filter(user=demo).delete()
    assert "Codes du moment" not in said(client.get(BOX))


# The gallery


def test_the_gallery_shows_every_component_with_its_properties(client: StrictClient) -> None:
    page = said(client.get("/ui/"))
    names = [path.name for path in (Path(project.BASE_DIR) / "templates" / "ui").glob("*.html")]
    assert len(names) > 15
    for name in names:
        assert f"ui/{name}" in page


def test_every_component_declares_its_properties() -> None:
    folder = Path(project.BASE_DIR) / "templates" / "ui"
    assert [c.name for c in gallery.components(folder) if not c.props] == []


def test_a_component_that_forgot_to_declare_is_listed_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "b.html").write_text("<p>{# Props: none. #}</p>")
    (tmp_path / "a.html").write_text("{# Props: title (text)\n· level. #}\n<p></p>")
    found = gallery.components(tmp_path)
    assert found == [gallery.Component("a", "title (text)\n· level"), gallery.Component("b", "")]


def test_the_gallery_shows_each_figure_and_a_form_in_error(client: StrictClient) -> None:
    page = client.get("/ui/")
    html = page.content.decode()
    for example in gallery.figures():
        assert f'<figcaption class="kicker">{example.name}</figcaption>' in html
    assert "Il manque un chiffre." in said(page)
    assert 'aria-invalid="true"' in html


def test_the_gallery_asks_the_database_nothing(client: StrictClient, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        client.get("/ui/")


# Elsewhere


@pytest.fixture(name="production")
def addresses_of_production(settings: Any) -> Iterator[None]:
    settings.DEV_PAGES = False
    importlib.reload(trajectoires.urls)
    clear_url_caches()
    yield
    settings.DEV_PAGES = True
    importlib.reload(trajectoires.urls)
    clear_url_caches()


@pytest.mark.usefixtures("production")
def test_nothing_of_this_exists_in_production(client: StrictClient) -> None:
    mail = post()
    for path in (BOX, f"{BOX}{mail.pk}/", f"{BOX}{mail.pk}/html/", "/ui/"):
        assert client.get(path).status_code == 404
    home = client.get("/")
    assert home.status_code == 200
    assert "Boîte aux lettres" not in said(home)


def test_in_development_the_footer_leads_to_the_mail_box(client: StrictClient) -> None:
    assert f'href="{BOX}"' in client.get("/").content.decode()
