"""A1, A5, A6, A14, A15, A16: what a careless publication adds to its tables, which no number of others hides."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from apps.dashboards.audit.attacks import ATTACKS, attack
from apps.dashboards.audit.findings import MOST, Findings
from apps.dashboards.audit.report import lines
from apps.dashboards.audit.seen import Case, Place, Precision, Seen
from tests.dashboards.attacks.scenarios import (
    around_the_threshold,
    one_small_band,
    one_small_region,
    plain,
    twice_the_same,
)
from tests.dashboards.attacks.test_pure import published

Tables = dict[str, dict[str, Any]]
Spoil = Callable[[Tables], None]


def spoiled(case: Case, spoil: Spoil) -> Case:
    tables = copy.deepcopy(dict(case.subject.tables))
    spoil(tables)
    return replace(case, subject=replace_tables(case.subject, tables))


def replace_tables(seen: Seen, tables: Tables) -> Seen:
    return Seen(seen.key, seen.scope, seen.quarter, tables, seen.since, seen.precision)


def row_of(tables: Tables, key: str, row: str) -> dict[str, Any]:
    return next(found for found in tables[key]["rows"] if found["key"] == row)


def first_shown(tables: Tables, key: str) -> dict[str, Any]:
    cells = [cell for row in tables[key]["rows"] for cell in row["cells"].values()]
    return next(cell for cell in cells if cell["state"] == "shown")


def excludes(tables: Tables) -> None:
    row = copy.deepcopy(row_of(tables, "axes-region", "11"))
    tables["axes-region"]["rows"].append({**row, "key": "sauf-53", "label": "Toutes sauf la Bretagne"})


def gathers(tables: Tables) -> None:
    row = copy.deepcopy(row_of(tables, "axes-taille", tables["axes-taille"]["rows"][0]["key"]))
    tables["axes-taille"]["rows"].append({**row, "key": "autres", "label": "Autres"})


def crosses(tables: Tables) -> None:
    tables["axes-region-taille"] = {**copy.deepcopy(tables["axes-region"]), "key": "axes-region-taille"}


def another_column(tables: Tables) -> None:
    tables["profils"]["columns"].append({"key": "sans", "label": "Toutes les autres"})


def departments(tables: Tables) -> None:
    row_of(tables, "axes-region", "53")["label"] = "Mayenne"


def one_territory_less(tables: Tables) -> None:
    del tables["axes-region"]["rows"][-1]


def territory_elsewhere(tables: Tables) -> None:
    tables["alertes"]["rows"][0]["label"] = "Bretagne"


def sorts_by_truth(tables: Tables) -> None:
    tables["participation-region"]["rows"].reverse()


def keeps_exact(tables: Tables) -> None:
    first_shown(tables, "axes")["exact"] = 80


def keeps_a_field(tables: Tables) -> None:
    tables["axes"]["population"] = 80


def keeps_a_row_field(tables: Tables) -> None:
    tables["axes"]["rows"][0]["n"] = 80


def says_hidden_number(tables: Tables) -> None:
    cells = [c for r in tables["participation-region"]["rows"] for c in r["cells"].values()]
    next(cell for cell in cells if cell["state"] == "hidden")["n"] = 1


def does_not_round(tables: Tables) -> None:
    first_shown(tables, "axes")["n"] = 81


def tenths(tables: Tables) -> None:
    first_shown(tables, "axes")["mean"] = 51.4


def fine_quartiles(tables: Tables) -> None:
    first_shown(tables, "reperes")["q1"] = 27


def dates_from_nowhere(tables: Tables) -> None:
    first_shown(tables, "axes")["since"] = "2011-t1"


def exact_total(tables: Tables) -> None:
    tables["participation-region"]["total"] = {"n": 81}


def wrong_hidden(tables: Tables) -> None:
    tables["participation-region"]["hidden"] += 3


def exact_share(tables: Tables) -> None:
    cell = first_shown(tables, "alertes")
    cell["share"] = (cell["share"] + 7) % 100


def unlisted(tables: Tables) -> None:
    row = copy.deepcopy(row_of(tables, "axes-profil", tables["axes-profil"]["rows"][0]["key"]))
    tables["axes-profil"]["rows"].append({**row, "key": "inconnu", "label": "Inconnu"})


def shows_small(tables: Tables) -> None:
    for row in tables["participation-region"]["rows"]:
        if row["cells"]["n"]["state"] == "hidden":
            row["cells"]["n"] = {"state": "shown", "n": 5}


def zero_answer(tables: Tables) -> None:
    tables["alertes"]["rows"][0]["cells"]["n"] = {"state": "zero", "n": 0}


def missing_people(tables: Tables) -> None:
    for row in tables["participation-region"]["rows"]:
        row["cells"]["n"] = {"state": "missing"}


SPOILS: list[tuple[str, Spoil]] = [
    ("A1", shows_small),
    ("A1", zero_answer),
    ("A1", missing_people),
    ("A5", excludes),
    ("A5", gathers),
    ("A5", crosses),
    ("A5", another_column),
    ("A6", one_territory_less),
    ("A6", territory_elsewhere),
    ("A14", sorts_by_truth),
    ("A14", keeps_exact),
    ("A14", keeps_a_field),
    ("A14", keeps_a_row_field),
    ("A14", says_hidden_number),
    ("A14", does_not_round),
    ("A14", tenths),
    ("A14", fine_quartiles),
    ("A14", dates_from_nowhere),
    ("A14", exact_total),
    ("A14", wrong_hidden),
    ("A14", exact_share),
    ("A16", unlisted),
]


def protected_case() -> Case:
    steps = [(people + plain()[0][0], scope) for people, scope in around_the_threshold()]
    return published(steps, naive=False).case()


@pytest.mark.parametrize(("code", "spoil"), SPOILS, ids=lambda value: getattr(value, "__name__", value))
def test_what_a_careless_publication_adds_is_found(code: str, spoil: Spoil) -> None:
    case = published([(plain()[0][0] + around_the_threshold()[0][0][-1:], "")], naive=False).case()
    assert ATTACKS[code](case).findings == []
    assert ATTACKS[code](spoiled(case, spoil)).findings


def test_one_code_for_two_territories_is_found() -> None:
    case = published(twice_the_same(), naive=False).case()
    assert ATTACKS["A6"](case).is_clean
    assert ATTACKS["A6"](spoiled(case, departments)).findings


def test_bands_that_change_between_releases_are_found() -> None:
    case = published(twice_the_same(), naive=False).case()
    assert ATTACKS["A7"](case).is_clean

    def cut_again(tables: Tables) -> None:
        tables["distribution-axes"]["columns"][0]["label"] = "de 0 à 18"

    def named_again(tables: Tables) -> None:
        tables["distribution-axes"]["rows"][0]["labels"] = {"b0": "de 0 à 18"}

    for spoil in (cut_again, named_again):
        assert ATTACKS["A7"](spoiled(case, spoil)).findings


def test_noise_drawn_again_at_each_release_is_found() -> None:
    """Averaged over releases, it would give the truth."""
    world = published(twice_the_same(), naive=True)
    assert ATTACKS["A15"](world.case()).is_clean

    def noisy(tables: Tables) -> None:
        for row in tables["axes"]["rows"]:
            for cell in row["cells"].values():
                cell["n"] += 5

    found = ATTACKS["A15"](spoiled(world.case(), noisy)).findings
    assert any("rien n’a changé" in sentence for sentence in found)


def test_a_group_counted_in_two_tables_has_one_number() -> None:
    case = published(plain(), naive=False).case()
    assert ATTACKS["A15"](case).is_clean

    def differs(tables: Tables) -> None:
        first_shown(tables, "participation-taille")["n"] += 5

    assert ATTACKS["A15"](spoiled(case, differs)).findings


def test_a_group_hidden_in_a_table_and_shown_in_another_is_found() -> None:
    steps = around_the_threshold()
    case = published(steps, naive=False).case()
    assert ATTACKS["A3"](case).is_clean

    def shows(tables: Tables) -> None:
        for cell in row_of(tables, "axes-region", "53")["cells"].values():
            cell.update({"state": "shown", "n": 10, "mean": 50})

    assert any("montrée dans un autre tableau" in s for s in ATTACKS["A3"](spoiled(case, shows)).findings)


def test_shares_beside_a_hidden_cell_tell_its_number() -> None:
    case = published(one_small_band(), naive=True).case()
    loose = replace(
        case,
        subject=Seen(
            case.subject.key, "", case.subject.quarter, case.subject.tables, {}, Precision(1, Fraction(1, 2))
        ),
    )

    def shares(tables: Tables) -> None:
        for cell in row_of(tables, "distribution-axes", "A")["cells"].values():
            if cell["state"] == "shown":
                cell["share"] = round(100 * cell["n"] / 44)

    def in_shares(case: Case) -> set[str]:
        return {s for s in ATTACKS["A2"](case).findings if "se répartissent" in s}

    assert not in_shares(loose)
    assert in_shares(spoiled(loose, shares))


def test_findings_name_cells_and_never_an_association_nor_an_exact_number() -> None:
    case = published(one_small_region(), naive=True).case()
    said = [sentence for found in attack(case) for sentence in found.findings]
    assert any("Corse" in sentence for sentence in said)
    names = {"p0", "b0", "c0"}
    assert not [s for s in said if names & set(s.split())]


def test_a_long_list_of_findings_is_cut_and_says_so() -> None:
    found = Findings("A1", "Titre")
    for number in range(MOST + 3):
        found.found(f"Ligne {number}.")
        found.found(f"Ligne {number}.")
    written = found.as_json()["findings"]
    assert len(written) == MOST + 1
    assert written[-1] == "Et 3 autres du même genre."


def test_the_report_says_each_attack_and_the_verdict() -> None:
    naive = [f.as_json() for f in attack(published(around_the_threshold(), naive=True).case())]
    clean = [f.as_json() for f in attack(protected_case())]
    assert "ne doit pas paraître" in list(lines("2025-t1-v1", naive))[-1]
    assert "Aucune attaque ne réussit" in list(lines("2025-t1-v1", clean))[-1]
    assert sum("sans résultat" in line for line in lines("2025-t1-v1", clean)) == 16


def test_places_of_a_table_are_those_of_its_json() -> None:
    seen = protected_case().subject
    assert Place("axes", "tout", "A") in seen.places("axes")
    assert seen.shown(Place("axes", "tout", "Z")) is None
