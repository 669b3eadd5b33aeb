"""Each scenario through the real building, and every attack on what a funder's session reaches over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from apps.dashboards.audit.attacks import attack
from apps.dashboards.audit.services import audit
from apps.dashboards.models import Release
from tests.dashboards.attacks.reached import case_of_session
from tests.dashboards.attacks.scenarios import SCENARIOS
from tests.dashboards.attacks.stored import Stored
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_session_of_a_funder_derives_no_small_group(
    client_of: Callable[..., StrictClient], name: str
) -> None:
    stored = Stored()
    built = [stored.publish(people, scope) for people, scope in SCENARIOS[name][1]()]
    assert stored.releases
    assert all(release.refusal for release in built if release not in stored.releases)
    for release in stored.releases:
        case = case_of_session(client_of(stored.funder), release)
        assert {f.code: f.findings for f in attack(case) if f.findings} == {}


def test_what_a_naive_table_would_say_is_found_in_the_same_stored_release() -> None:
    """The attacks read the stored release: with the exact numbers in its tables, they win."""
    stored = Stored()
    release = stored.publish(SCENARIOS["one small region"][1]()[0][0])
    assert audit(release).is_clean
    table = release.tables.get(key="participation-region")
    exact = release.exact_tables.get(key="participation-region").exact["cells"]
    for row in table.protected["rows"]:
        n = exact[f"{row['key']}/n"]["n"]
        row["cells"]["n"] = {"state": "shown", "n": n} if n >= 11 else {"state": "hidden"}
    table.protected["total"] = {"n": sum(cell["n"] for cell in exact.values())}
    table.save()
    Release.objects.filter(pk=release.pk).update(rules={"k": 11, "rounding": 1})
    run = audit(Release.objects.get(pk=release.pk))
    assert not run.is_clean
    found = {a["code"]: a["findings"] for a in run.attacks if a["findings"]}
    assert found.keys() >= {"A2", "A14"}
    assert any("Corse" in sentence for sentence in found["A2"])
