"""A published chart never changes: exercises were read with it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from apps.core.content import read_yaml
from apps.diagnostic.instrument import digest
from apps.ledger import chart

HELP = (
    "Une version publiée a changé : des exercices ont été lus avec elle. Remettez-la comme elle était et publiez vos "
    "changements sous un nouveau nom (docs/plan-comptable.md)."
)
# A second record, away from the content: changing a rule and its print in one go is seen here.
PUBLISHED = {
    "anc-2018-06-v1": "0cd32cda964e9e0506fcc0e775df5ab986461b32841331934f1a891ce0472ffb",
}


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the charts of one's own, read anew."""
    shutil.copytree(Path(settings.CONTENT_DIR, "ledger"), tmp_path / "ledger")
    monkeypatch.setattr(settings, "CONTENT_DIR", tmp_path)
    forget()
    yield tmp_path / "ledger"
    forget()


def forget() -> None:
    chart.load.cache_clear()
    chart.current.cache_clear()


def rewrite(file: Path, change: Any) -> None:
    data = yaml.safe_load(file.read_text())
    change(data)
    file.write_text(yaml.safe_dump(data, allow_unicode=True))


@pytest.mark.parametrize("version", PUBLISHED)
def test_a_published_version_is_what_was_published(version: str) -> None:
    assert digest(read_yaml("ledger", f"{version}.yaml")) == PUBLISHED[version], HELP


def test_every_published_version_is_recorded_and_can_be_read() -> None:
    index = read_yaml("ledger", "published.yaml")
    assert index["published"] == PUBLISHED, HELP
    assert index["current"] in PUBLISHED, "la version du jour est une version publiée"
    for version in PUBLISHED:
        assert chart.load(version).version == version
    assert chart.current().version == index["current"]


def test_a_changed_rule_is_refused_and_told_to_become_the_next_version(files: Path) -> None:
    rewrite(files / "anc-2018-06-v1.yaml", lambda data: data["rules"][0].update(reason="Autre chose."))
    with pytest.raises(ValueError, match="publiez vos changements sous un nouveau nom"):
        chart.current()


def test_another_layout_of_the_same_rules_is_not_a_change(files: Path) -> None:
    rewrite(files / "anc-2018-06-v1.yaml", lambda data: None)
    assert chart.current().version == "anc-2018-06-v1"


def test_a_next_version_is_tried_before_it_is_published_and_the_first_one_stays(files: Path) -> None:
    shutil.copy(files / "anc-2018-06-v1.yaml", files / "anc-2018-06-v2.yaml")

    def change(data: Any) -> None:
        data["version"] = "anc-2018-06-v2"
        next(rule for rule in data["rules"] if rule["prefix"] == "621")["nature"] = "payroll"

    rewrite(files / "anc-2018-06-v2.yaml", change)
    assert chart.load("anc-2018-06-v2").classify("621").nature == "payroll"
    assert chart.current().classify("621").nature == "outside_services"
    rewrite(files / "published.yaml", lambda data: data.update(current="anc-2018-06-v2"))
    forget()
    assert chart.current().version == "anc-2018-06-v2"
    assert chart.load("anc-2018-06-v1").classify("621").nature == "outside_services"
