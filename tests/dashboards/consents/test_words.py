"""The words that associations agree to: one file a version, never edited once somebody agreed to it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import override_settings

from apps.dashboards.models import Programme
from apps.dashboards.services.consents import ACCORD
from tests.accounts.helpers import text

FOLDER = Path(__file__).resolve().parents[3] / "templates/dashboards/consents/accord"
# A change of the text: a new file, a new ACCORD, a new line here. No line is ever changed.
VERSIONS = {"accord-1": "5a3a470076100008ae61fd1cec52167ff2426aec7aaddab71b16d947ad7bd328"}


def test_the_version_in_force_is_known() -> None:
    assert ACCORD in VERSIONS
    assert {path.stem for path in FOLDER.glob("*.html")} == set(VERSIONS)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_text_that_was_agreed_to_does_not_change(version: str) -> None:
    assert hashlib.sha256((FOLDER / f"{version}.html").read_bytes()).hexdigest() == VERSIONS[version]


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_can_still_be_read(version: str) -> None:
    made = Programme(name="Appuis", funder_name="Fondation des Essais")
    html = render_to_string(f"dashboards/consents/accord/{version}.html", {"programme": made, "k": 11})
    for words in ("chez Fondation des Essais", "au moins 11 associations", "À tout moment", "Jamais"):
        assert words in html.replace("\u00a0", " ")


@override_settings(RELEASE_K=15)
@pytest.mark.django_db
def test_the_threshold_is_that_of_the_platform(client: object) -> None:
    from tests.dashboards.programmes.support import funder_person, programme
    from tests.support.client import StrictClient

    programme(funder_person())
    page = text(StrictClient().get("/programmes/rejoindre/PROGRA/"))
    assert "au moins 15 associations" in page
    assert "moins de 15 associations" in page
