"""A draft shown to someone without account: for seven days, by a secret that nobody else learns."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.core.log_secrets import mask
from apps.core.secrets import hash_token
from apps.webinars import sheet
from apps.webinars.models import PreviewLink, Webinar
from apps.webinars.services import previews
from apps.webinars.services.workflow import CASES
from tests.support.client import StrictClient
from tests.webinars.curation_cases.browser import Form, words
from tests.webinars.factories import whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def webinar(author: User, known: None) -> Webinar:
    return CASES.create(by=author, draft=whole())


def address(token: str) -> str:
    return reverse("webinars:preview", args=[token])


def test_a_link_is_shown_once_and_opens_the_draft(
    pen: StrictClient, client: StrictClient, webinar: Webinar
) -> None:
    page = reverse("curation:case", args=[webinar.slug])
    create = reverse("curation:link_create", args=[webinar.slug])
    assert Form(pen.get(page), create).send(pen, create, "")["Location"] == f"{page}#apercu"
    html = pen.get(page).content.decode()
    link = html.split('id="lien" value="')[1].split('"')[0]
    assert link.startswith("http://testserver/bibliotheque/apercu/")
    assert 'id="lien"' not in pen.get(page).content.decode()
    token = link.rstrip("/").rpartition("/")[2]
    row = PreviewLink.objects.get()
    assert row.token_hash == hash_token(token)
    assert token not in str(vars(row))
    assert timedelta(days=6, hours=23) < row.expires_at - timezone.now() <= timedelta(days=7)
    seen = client.get(address(token))
    assert seen.status_code == 200
    assert "Aperçu d’un brouillon" in words(seen)
    assert "Un essai pour voir" in words(seen)
    assert seen["Cache-Control"] == "private, no-store"
    assert seen["X-Robots-Tag"] == "noindex, nofollow"
    assert seen["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex' in seen.content.decode()
    assert not seen.cookies


def test_unknown_expired_revoked_and_archived_look_the_same(
    client: StrictClient, webinar: Webinar, author: User
) -> None:
    links = [previews.create_link(webinar=webinar, by=author) for _ in range(4)]
    assert all(client.get(address(token)).status_code == 200 for _, token in links)
    previews.revoke_link(link=links[0][0])
    PreviewLink.objects.filter(pk=links[1][0].pk).update(expires_at=timezone.now())
    unknown = client.get(address("x" * 32))
    answers = [client.get(address(token)) for _, token in links[:2]]
    answers += [client.get(address("court")), client.get(address("é" * 32))]
    CASES.archive(row=webinar, by=None, reason="x")
    answers.append(client.get(address(links[2][1])))
    for answer in answers:
        assert answer.status_code == 404
        assert answer.content == unknown.content


def test_a_revoked_link_keeps_its_first_moment(webinar: Webinar, author: User) -> None:
    link, _ = previews.create_link(webinar=webinar, by=author)
    previews.revoke_link(link=link)
    first = PreviewLink.objects.get().revoked_at
    previews.revoke_link(link=link)
    assert PreviewLink.objects.get().revoked_at == first


def test_links_are_listed_and_revoked_by_whoever_may_open_the_case(
    pen: StrictClient, desk: StrictClient, webinar: Webinar, author: User, curator: User
) -> None:
    other = CASES.create(by=curator, draft=whole())
    foreign, _ = previews.create_link(webinar=other, by=curator)
    link, token = previews.create_link(webinar=webinar, by=author)
    page = desk.get(reverse("curation:case", args=[webinar.slug]))
    assert f"par {author.full_name} Valable jusqu’au" in words(page)
    assert pen.post(reverse("curation:link_revoke", args=[webinar.slug, foreign.pk])).status_code == 404
    assert pen.post(reverse("curation:link_revoke", args=[other.slug, foreign.pk])).status_code == 404
    assert desk.post(reverse("curation:link_revoke", args=[webinar.slug, link.pk])).status_code == 302
    assert pen.get(address(token)).status_code == 404


def test_an_expired_link_is_said_so(desk: StrictClient, webinar: Webinar, author: User) -> None:
    link, _ = previews.create_link(webinar=webinar, by=author)
    PreviewLink.objects.filter(pk=link.pk).update(expires_at=timezone.now() - timedelta(days=1))
    assert "Expiré depuis" in words(desk.get(reverse("curation:case", args=[webinar.slug])))


def test_the_draft_is_shown_not_the_public_version(
    client: StrictClient, desk: StrictClient, webinar: Webinar, author: User
) -> None:
    CASES.submit(row=webinar, by=author)
    CASES.publish(row=webinar, by=author)
    said = sheet.read(webinar.draft).model_copy(update={"short_title": "Le titre de demain"})
    CASES.save_draft(row=webinar, draft=said, version=1, by=author)
    _, token = previews.create_link(webinar=webinar, by=author)
    assert "Le titre de demain" in words(client.get(address(token)))
    assert "Le titre de demain" in words(desk.get(reverse("curation:case_preview", args=[webinar.slug])))
    assert "Le titre de demain" not in words(client.get(webinar.get_absolute_url()))


def test_an_almost_empty_draft_may_be_shown(desk: StrictClient, client: StrictClient, author: User) -> None:
    webinar = CASES.create(by=author, draft=sheet.Sheet())
    _, token = previews.create_link(webinar=webinar, by=author)
    assert client.get(address(token)).status_code == 200
    assert desk.get(reverse("curation:case_preview", args=[webinar.slug])).status_code == 200


def test_the_secret_stays_out_of_logs(webinar: Webinar, author: User) -> None:
    _, token = previews.create_link(webinar=webinar, by=author)
    assert token not in mask(f"GET {address(token)}")
