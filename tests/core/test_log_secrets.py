"""Personal links never reach a log line or an error report."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
import structlog

from apps.core.log_secrets import mask_report
from apps.core.secrets import TOKEN_LENGTH, new_token
from tests.support.client import StrictClient
from trajectoires.settings.logs import LOGGING

TOKEN = new_token()
PLAIN = "89d056ca-0522-4546-8d1d-2e1897d345ca"


@pytest.fixture
def written() -> io.StringIO:
    """What the production's formatter writes, JSON included."""
    return io.StringIO()


@pytest.fixture(autouse=True)
def _handler(written: io.StringIO) -> Iterator[None]:
    described = LOGGING["formatters"]["structured"]
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=described["processors"], foreign_pre_chain=described["foreign_pre_chain"]
    )
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    before, root.level = root.level, logging.INFO
    root.addHandler(handler)
    yield
    root.removeHandler(handler)
    root.setLevel(before)


def test_tokens_have_the_length_that_is_looked_for() -> None:
    assert len(TOKEN) == TOKEN_LENGTH


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/diagnostic/reprendre/{}/", "/invitations/{}/", "/nulle-part/{}"])
def test_a_personal_link_is_not_written(path: str, written: io.StringIO) -> None:
    StrictClient().get(path.format(TOKEN))
    told = written.getvalue()
    assert path.split("{")[0] in told
    assert TOKEN not in told


@pytest.mark.django_db
def test_an_identifier_that_opens_nothing_stays(written: io.StringIO) -> None:
    StrictClient().get(f"/diagnostic/{PLAIN}/resultat/")
    assert PLAIN in written.getvalue()


def test_an_error_report_is_masked_at_any_depth() -> None:
    event = {
        "request": {"url": f"https://x.fr/invitations/{TOKEN}/"},
        "breadcrumbs": [{"message": TOKEN}],
        "n": 3,
    }
    masked = mask_report(event, {})
    assert TOKEN not in str(masked)
    assert masked["n"] == 3
