"""The directory of enterprises is slow, down, or has had enough of us: the form stays usable."""

from __future__ import annotations

import time
from uuid import uuid4

import pytest

from tests.accounts.helpers import sheet
from tests.faults.directory import Directory
from tests.faults.platform import PATIENCE, Platform

pytestmark = pytest.mark.fault


@pytest.mark.parametrize("mode", ["silent", "dripping", "refusing", "hanging_up"])
def test_the_form_stays_usable(platform: Platform, directory: Directory, mode: str) -> None:
    platform.sql("delete from cache")
    directory.mode, before = mode, directory.asked
    start = time.monotonic()
    page = platform.person.get("/organisations/annuaire/", params={"q": f"canal {mode}"})
    assert time.monotonic() - start < PATIENCE / 4  # the drip lasts longer
    assert directory.asked == before + 1
    assert page.status_code == 200
    assert "L’annuaire ne répond pas, continuez à la main." in page.text

    # Whoever searches next does not wait for it again.
    platform.person.get("/organisations/annuaire/", params={"q": "une autre"})
    assert directory.asked == before + 1
    name = f"Sans annuaire ({mode})"
    made = platform.person.post("/organisations/nouvelle/", data=sheet(name=name, creation_key=str(uuid4())))
    assert made.url.path == "/espace/"
    assert platform.sql("select 1 from accounts_organisation where name = %s", name) == [(1,)]
