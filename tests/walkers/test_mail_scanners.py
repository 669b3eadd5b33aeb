"""A scanner opens every link of a mail, several times, before the person does: nothing happens, and her click still counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as project
from django.core.cache import cache
from django.db import connection
from django.urls import resolve
from post_office.models import Email

from apps.accounts.models import User
from tests.support.client import StrictClient
from tests.walkers.letters import LETTERS, TWINS, WHO

pytestmark = pytest.mark.django_db
TEMPLATES = Path(project.BASE_DIR) / "templates"
BOT = "Mozilla/5.0 (compatible; MailScanner; BingPreview/1.0b)"
LINK = re.compile(r"\{\{[^}]*url[^}]*\}\}|https?://", re.I)
# Sessions are opened by visits; the counters of the rate limits are in the cache.
FREE = {"django_session", "cache"}


def test_every_mail_that_carries_a_link_is_tried() -> None:
    folders = [TEMPLATES / "emails", *TEMPLATES.glob("*/email"), *TEMPLATES.glob("*/mails")]
    files = {path for folder in folders for path in folder.rglob("*") if path.is_file()}
    carrying = {str(path.relative_to(TEMPLATES)) for path in files if LINK.search(path.read_text())}
    assert carrying == {*LETTERS, *TWINS}


def fingerprint() -> dict[str, str]:
    """Table → digest of all its rows."""
    with connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.table_names(cursor)) - FREE)
        parts = (
            f"SELECT '{one}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM \"{one}\" t"
            for one in tables
        )
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


def links(mail: Email) -> list[str]:
    """Paths of our own addresses, in the text and in the headers."""
    message = mail.email_message().message()
    text = f"{mail.email_message().body} {message.get('List-Unsubscribe', '')}"
    # allauth writes the host of the request.
    found = [urlsplit(one) for one in re.findall(r"https?://[^\s<>\"]*", text)]
    hosts = (urlsplit(project.SITE_URL).netloc, "testserver")
    return list(dict.fromkeys(one.path for one in found if one.netloc in hosts and one.path not in ("", "/")))


@pytest.fixture(autouse=True)
def _really(settings: Any, empty_counters: None) -> None:
    settings.EMAIL_BACKEND = "apps.core.mail_backend.EmailBackend"


@pytest.mark.parametrize("template", LETTERS)
def test_a_scanner_does_nothing_and_the_person_does(template: str, clock: Callable[[datetime], None]) -> None:
    human = LETTERS[template](clock)
    mail = Email.objects.filter(to__icontains=WHO).latest("pk")
    paths = links(mail)
    assert paths, "no link in this mail"
    assert not human.done() or human.post is None
    cache.clear()
    before = fingerprint()
    for path in paths:
        for method in ("get", "head") * 3:
            answer = getattr(StrictClient(headers={"User-Agent": BOT}), method)(path)
            assert answer.status_code in (200, 302), (path, answer.status_code)
            assert "sessionid" not in answer.cookies or not answer.cookies["sessionid"].value
    assert fingerprint() == before
    presses(human, paths)


def presses(human: Any, paths: list[str]) -> None:
    client = StrictClient()
    if human.signs_in:
        client.force_login(User.objects.get(email=WHO))
    for path in paths:
        assert client.get(path).status_code in (200, 302), path
    if human.post is not None:
        (path,) = [one for one in paths if "token" in resolve(one).kwargs]
        assert client.post(path, human.post).status_code == 302
        assert human.done()
