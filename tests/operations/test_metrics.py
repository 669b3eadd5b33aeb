"""Metrics: for who holds the word, without identifiers, and enough for each rule of alert."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from tests.factories import UserFactory
from tests.support.stack import ROOT

pytestmark = pytest.mark.django_db
RULES = [
    rule
    for group in yaml.safe_load((ROOT / "deploy/prometheus/alerts.yml").read_text())["groups"]
    for rule in group["rules"]
]


@pytest.fixture
def scraped(settings: Any, client: Client, tmp_path: Path) -> str:
    settings.MEDIA_ROOT = tmp_path
    settings.METRICS_TOKEN = "mot-de-passe-des-mesures"
    client.get("/")
    page = client.get("/metrics", HTTP_AUTHORIZATION="Bearer mot-de-passe-des-mesures")
    assert page.status_code == 200
    return page.content.decode()


def samples(text: str) -> set[str]:
    return {sample.name for family in text_string_to_metric_families(text) for sample in family.samples}


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer faux"])
@pytest.mark.parametrize("token", ["", "mot-de-passe-des-mesures"])
def test_without_the_word_there_is_nothing_here(
    given: str, token: str, settings: Any, client: Client
) -> None:
    settings.METRICS_TOKEN = token
    assert client.get("/metrics", HTTP_AUTHORIZATION=given).status_code == 404


def test_every_rule_of_alert_speaks_of_what_is_measured(scraped: str) -> None:
    known = samples(scraped) | {"up"}
    assert len(RULES) >= 10
    for rule in RULES:
        named = set(re.findall(r"\b(up|trajectoires_\w+)\b", rule["expr"]))
        assert named, rule
        assert named <= known, rule["alert"]
        assert rule["annotations"]["resume"]
        assert rule["annotations"]["faire"]


def test_requests_are_counted_by_the_name_of_their_address(settings: Any, client: Client) -> None:
    settings.METRICS_TOKEN = "mot"

    def home() -> float:
        text = client.get("/metrics", HTTP_AUTHORIZATION="Bearer mot").content.decode()
        found = re.search(
            r'trajectoires_requests_total\{method="GET",route="pages:home",status="200"\} ([\d.]+)', text
        )
        return float(found[1]) if found else 0.0

    before = home()
    client.get("/")
    client.get("/")
    assert home() == before + 2


def test_no_visitor_invents_series(settings: Any, client: Client) -> None:
    settings.METRICS_TOKEN = "mot"
    for number in range(5):
        client.get(f"/nulle-part-{number}/")
        client.generic(f"X{number}", "/")
    text = client.get("/metrics", HTTP_AUTHORIZATION="Bearer mot").content.decode()
    assert "nulle-part" not in text
    assert 'method="X1"' not in text


def test_nobody_is_named(scraped: str) -> None:
    UserFactory.create(email="claire@exemple.fr", full_name="Claire Moreau")
    assert "exemple.fr" not in scraped
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", scraped)
