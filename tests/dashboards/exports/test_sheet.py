"""The sheet of confidentiality: its rules, its counts, and what it must not say."""

from __future__ import annotations

from typing import Any

import pytest

from apps.dashboards.audit.words import TITLES
from apps.dashboards.enums import Suppressed
from apps.dashboards.models import AuditRun, Release
from apps.dashboards.releases import numbers, sheet
from tests.dashboards.exports.filled import filled
from tests.dashboards.world import programme, release
from tests.pages.support import said
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
FINDING = "Tableau « Les cinq axes », ligne Corse : 7 associations se retrouvent."


def attacks(**findings: list[str]) -> list[dict[str, Any]]:
    return [
        {"code": code, "title": title, "tries": 1234, "findings": findings.get(code, [])}
        for code, title in TITLES.items()
    ]


def audited(made: Release, **findings: list[str]) -> Release:
    AuditRun.objects.create(release=made, attacks=attacks(**findings), is_clean=not findings)
    return made


def page(client: StrictClient, made: Release) -> str:
    return said(client.get(f"/publications/{made.slug}/fiche/"))


def test_it_says_rules_thresholds_date_version_and_attacks(client: StrictClient) -> None:
    made = audited(filled())
    text = page(client, made)
    for told in (
        "au moins 11 associations",
        "12 au moins",
        "aucun ne s’écrit sous 11",
        "plus de 85 %",
        "Ce second seuil existe",
        "version 1",
        "publiée le",
        "1 234",
    ):
        assert told in text, told
    for title in TITLES.values():
        assert title in text
    assert text.count("rien trouvé") == len(TITLES)


def test_thresholds_are_those_it_was_built_with(client: StrictClient, settings: Any) -> None:
    made = filled()
    Release.objects.filter(pk=made.pk).update(rules={"k": 20, "rounding": 10, "dominance": 70})
    settings.RELEASE_K = 5
    text = page(client, made)
    assert "au moins 20 associations" in text
    assert "arrondis à 10 près" in text
    assert "plus de 70 %" in text


def test_the_secret_threshold_is_not_said(client: StrictClient, settings: Any) -> None:
    settings.RELEASE_P_PERCENT = 9173
    made = filled()
    Release.objects.filter(pk=made.pk).update(rules={"k": 11, "rounding": 5, "dominance": 85, "p": 9173})
    assert "9173" not in page(client, made)


def test_hidden_cells_are_counted_as_anybody_counts_them_on_the_page() -> None:
    made = filled()
    counts = sheet.read(made).tables
    for one, table in zip(counts, numbers.protected(made), strict=True):
        cells = [cell for row in table["rows"] for cell in row["cells"].values()]
        assert (one.cells, one.hidden) == (len(cells), sum(cell["state"] == "hidden" for cell in cells))
        assert one.repeated == sum("since" in cell for cell in cells)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (1, "moins de 10 cases"),
        (9, "moins de 10 cases"),
        (10, "environ 10\u00a0cases"),
        (12, "environ 10\u00a0cases"),
        (13, "environ 15\u00a0cases"),
    ],
)
def test_a_reason_is_counted_over_all_tables_and_not_to_the_cell(cells: int, words: str) -> None:
    made = filled()
    for rank in range(cells):
        made.suppressions.create(table="axes-region", row=str(rank), column="A", reason=Suppressed.COMPLEMENT)
    (reason,) = sheet.read(made).reasons
    assert reason.cells == words


def test_a_whole_row_counts_for_all_its_cells() -> None:
    made = filled()
    for rank in range(3):
        made.suppressions.create(table="axes-region", row=str(rank), column="", reason=Suppressed.SMALL)
    assert sheet.read(made).reasons[0].cells == "environ 15\u00a0cases"


def test_reasons_come_in_the_order_of_the_rules() -> None:
    made = filled()
    for reason in reversed(Suppressed.values):
        made.suppressions.create(table="axes", row=reason, column="A", reason=reason)
    assert [one.said for one in sheet.read(made).reasons] == list(Suppressed.labels)


def test_what_an_attack_found_is_never_told(client: StrictClient) -> None:
    made = audited(filled(), A3=[FINDING])
    text = page(client, made)
    assert "à revoir" in text
    assert "Corse : 7" not in text
    assert text.count("rien trouvé") == len(TITLES) - 1


def test_without_any_attack_it_says_so(client: StrictClient) -> None:
    made = filled()
    made.audits.all().delete()
    assert "Aucune attaque n’a été consignée" in page(client, made)


def test_a_programme_says_that_its_associations_agreed() -> None:
    assert any("accord à ce programme" in rule for rule in sheet.rules(release(programme())))
    assert any("refuser d’être comptée" in rule for rule in sheet.rules(release()))


def test_an_attack_that_had_nothing_to_try_does_not_boast(client: StrictClient) -> None:
    made = filled()
    one = {
        "code": "A9",
        "title": "Mettre en commun",
        "tries": 0,
        "findings": [],
        "note": "Essayé aussi par les tests.",
    }
    made.audits.create(attacks=[one], is_clean=True)
    text = page(client, made)
    assert "rien à essayer" in text
    assert "rien trouvé" not in text
    assert "Essayé aussi par les tests." in text
