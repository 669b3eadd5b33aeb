"""The documents that people read say what the code does: names, addresses and links in them are real."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from apps.api import schema
from tests.methodology.workshops.helpers import at_table, opened

ROOT = Path(__file__).resolve().parents[1]
DOCS = [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]
DECISIONS = sorted(ROOT.glob("docs/decisions/*.md"))
PYTHON = {path.relative_to(ROOT).as_posix(): path.read_text() for path in ROOT.glob("apps/**/*.py")}
APPS = {path.parent.name for path in ROOT.glob("apps/*/__init__.py")}


def text(name: str) -> str:
    return (ROOT / name).read_text()


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    prose = re.sub(r"`[^`]*`", "", path.read_text())
    links = re.findall(r"\]\((?!https?:)([^)#]+)", prose)
    assert not [link for link in links if not (path.parent / link).exists()]


def test_decisions_are_numbered_without_a_hole() -> None:
    assert [path.name[:4] for path in DECISIONS] == [f"{n:04d}" for n in range(1, len(DECISIONS) + 1)]
    for path in DECISIONS:
        assert path.read_text().startswith(f"# {path.name[:4]}. "), path.name


def test_every_app_is_on_both_maps() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", text("README.md"), re.M)) == APPS
    rooms = text("docs/architecture.md").partition("## Les pièces")[2].partition("## ")[0]
    assert set(re.findall(r"`apps/(\w+)`", rooms)) == APPS


def test_packages_of_the_method_are_all_named() -> None:
    named = text("docs/architecture.md").partition("| Paquet |")[2].partition("\n\n")[0]
    folders = {path.parent.name for path in (ROOT / "apps/methodology").glob("*/__init__.py")}
    common = {"migrations", "models", "services", "templatetags"}
    assert set(re.findall(r"`(\w+)`", named.replace("`displays.py`", ""))) == folders - common


def test_classes_of_the_glossary_exist() -> None:
    column = "\n".join(
        row.split("|")[2] for row in text("docs/glossaire.md").splitlines() if row.startswith("| ")
    )
    said = set(re.findall(r"`([A-Z]\w+)`", column))
    known = set(re.findall(r"^class (\w+)", "\n".join(PYTHON.values()), re.M))
    assert len(said) > 60
    assert said - known == set()


def test_files_named_in_the_documents_exist() -> None:
    """« AAAA-MM-JJ.yaml » stands for all of them."""
    for path in DOCS:
        for name in re.findall(r"`((?:apps|tests|fixtures)/[\w/.-]+)`", path.read_text()):
            assert "AAAA" in name or (ROOT / name).exists(), f"{path.name} : {name}"


def test_every_address_of_the_api_is_told() -> None:
    """An example, « goals/4 », stands for what varies."""
    told = re.findall(r"`(/api/v1/\S*)`", text("docs/api.md"))
    for path in schema.document()["paths"]:
        pattern = re.sub(r"\\\{\w+\\\}", r"[^/]+", re.escape(path))
        assert any(re.fullmatch(pattern, one) for one in told), path


def test_accounts_of_the_readme_are_those_of_the_demonstration() -> None:
    people = yaml.safe_load(text("fixtures/demo/demo.yaml"))
    known = {account["email"].partition("@")[0] for account in people["accounts"]}
    said = set(re.findall(r"`(\w+)@`", text("README.md")))
    assert said
    assert said <= known


@pytest.mark.django_db
def test_a_guest_has_the_cookies_that_the_privacy_page_counts() -> None:
    guest = at_table(opened())
    cookies = guest.client.cookies
    assert set(cookies) == {"csrftoken", "atelier"}
    assert 0 < int(cookies["atelier"]["max-age"]) <= 24 * 3600
    assert cookies["atelier"]["path"] == guest.url
