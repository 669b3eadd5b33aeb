"""The numbers of the association chart, the corrections of an association, and what a doubtful file is told."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from apps.core.content import read_yaml
from apps.diagnostic.scoring.finances import RESOURCE_KEYS
from apps.ledger import chart
from apps.ledger.chart.content import parse
from apps.ledger.chart.natures import NATURES, refusal, side_of
from apps.ledger.years import COSTS, IN_KIND, RESOURCES

VERSION = "anc-2018-06-v1"
NUMBERS = [
    ("102400", "equity"), ("1068", "equity"), ("110", "equity"), ("129", "equity"), ("139", "equity"),
    ("145", "provisions"), ("1518", "provisions"), ("164", "borrowings"), ("1688", "borrowings"), ("17", "borrowings"),
    ("181", "third_parties"), ("194", "dedicated_funds"), ("1911", "dedicated_funds"),
    ("2183", "fixed_assets"), ("24", "fixed_assets"), ("2818", "fixed_assets"), ("2961", "fixed_assets"),
    ("37", "stocks"), ("397", "stocks"), ("411DUPONT", "third_parties"), ("4681", "third_parties"), ("487", "third_parties"),
    ("508", "treasury"), ("512001", "treasury"), ("519", "treasury"), ("531", "treasury"), ("58", "treasury"), ("59", "treasury"),
    ("6037", "purchases"), ("604", "purchases"), ("6061", "purchases"), ("6097", "purchases"),
    ("611", "services"), ("6132", "services"), ("619", "services"),
    ("6211", "outside_services"), ("6226", "outside_services"), ("6251", "outside_services"), ("629", "outside_services"),
    ("6311", "taxes"), ("6333", "taxes"), ("63512", "taxes"),
    ("6411", "payroll"), ("6451", "payroll"), ("6475", "payroll"), ("649", "payroll"), ("691", "payroll"),
    ("6516", "other_costs"), ("6541", "other_costs"), ("6571", "other_costs"), ("658", "other_costs"), ("6894", "other_costs"),
    ("6611", "financial_costs"), ("6712", "exceptional_costs"), ("675", "exceptional_costs"), ("6754", "exceptional_costs"),
    ("68112", "depreciation"), ("6815", "depreciation"), ("6865", "depreciation"), ("6875", "depreciation"),
    ("695", "income_tax"), ("699", "income_tax"),
    ("701", "ventes"), ("7061", "ventes"), ("7063", "ventes"), ("7073", "ventes"), ("7084", "ventes"), ("7096", "ventes"),
    ("7135", "autres_produits"), ("722", "autres_produits"), ("73", "commande_publique"),
    ("74", None), ("741", None), ("747", None),
    ("7511", "autres_produits"), ("752", "autres_produits"), ("7531", "autres_produits"), ("7532", "reprises"),
    ("754", "dons"), ("75411", "dons"), ("75412", "dons"), ("7542", "mecenat"), ("75432", "dons"),
    ("7551", "fondations"), ("7552", "fondations"), ("7555", "autres_produits"),
    ("7561", "cotisations"), ("7562", "cotisations"), ("757", "autres_produits"), ("7587", "autres_produits"),
    ("764", "financiers"), ("7671", "financiers"), ("7718", "exceptionnels"), ("775", "exceptionnels"), ("777", "reprises"),
    ("7815", "reprises"), ("7894", "reprises"), ("791", "autres_produits"),
    ("860", "in_kind_used"), ("864", "in_kind_used"), ("87", None), ("870", "in_kind_goods"), ("871", "in_kind_services"),
    ("875", "in_kind_volunteering"),
    ("80", None), ("88", None), ("890", None), ("9", None), ("0", None), ("", None), ("ABC", None), ("7", None), ("6", None),
]  # fmt: skip


@pytest.mark.parametrize(("number", "nature"), NUMBERS)
def test_a_number_alone_has_the_nature_of_the_chart(number: str, nature: str | None) -> None:
    placing = chart.current().classify(number, "")
    assert placing.nature == nature
    assert placing.how == ("none" if nature is None else "rule")
    assert number.startswith(placing.prefix)


def test_what_stays_outside_says_so() -> None:
    for number in ("801", "890", "92", "X"):
        assert "ni dans le bilan ni dans le résultat" in chart.current().classify(number).reason
    assert "aucun compte du plan" in chart.current().classify("7").reason


def test_every_reason_is_a_sentence_that_says_where_it_comes_from() -> None:
    current = chart.current()
    assert len(current.rules) > 70
    for rule in current.rules.values():
        assert rule.reason[0].isupper(), rule.prefix
        assert rule.reason.endswith("."), rule.prefix
        assert "'" not in rule.reason, rule.prefix
        assert " :" not in rule.reason.replace("\u00a0:", ""), rule.prefix
        assert current.sources[rule.source].url.startswith("http"), rule.prefix
    # « crc » is what the reasons of 870 and 875 speak of: the numbers exchanged in 2020.
    assert {rule.source for rule in current.rules.values()} | {"crc"} == set(current.sources)


def test_every_two_digits_of_the_result_have_a_rule() -> None:
    for first in range(60, 80):
        assert chart.current().rule_of(str(first)) is not None, first


def test_natures_feed_what_the_exercises_and_the_diagnostic_know() -> None:
    of = {
        side: {c: n.feeds for c, n in NATURES.items() if n.side == side}
        for side in ("resource", "cost", "in_kind")
    }
    assert of["resource"] == RESOURCES
    assert of["cost"] == COSTS
    assert tuple(of["in_kind"]) == IN_KIND
    assert set(RESOURCE_KEYS) == set(of["resource"].values()) - {""}
    assert all(nature.code == code and nature.label for code, nature in NATURES.items())


# What an association says of its own accounts.


def test_a_correction_wins_over_rule_and_label() -> None:
    placing = chart.current().classify("7411", "DRAC", {"7411": "subv_region"})
    assert (placing.nature, placing.how, placing.prefix) == ("subv_region", "correction", "7411")
    assert placing.reason == "Votre association range ce compte dans «\u00a0Subventions de la région\u00a0»."


def test_an_account_corrected_alone_does_not_drag_its_neighbours() -> None:
    corrections = {"706": "commande_publique"}
    assert chart.current().classify("706", "", corrections).nature == "commande_publique"
    assert chart.current().classify("7061", "", corrections).nature == "ventes"


def test_a_corrected_prefix_covers_its_accounts_and_the_longest_wins() -> None:
    corrections = {"74*": "subv_etat", "744*": "subv_bloc_communal", "7441": "subv_region"}
    found = [
        chart.current().classify(number, "CAF", corrections).nature
        for number in ("741", "7442", "7441", "75")
    ]
    assert found == ["subv_etat", "subv_bloc_communal", "subv_region", "autres_produits"]


@pytest.mark.parametrize(
    ("number", "nature", "why"),
    [
        ("641", "ventes", "Le compte 641 est une charge, et «\u00a0Ventes et participations des usagers\u00a0» désigne un produit."),
        ("706", "purchases", "Le compte 706 est un produit, et «\u00a0Achats\u00a0» désigne une charge."),
        ("512", "dons", "un compte de bilan"),
        ("870", "dons", "une contribution en nature reçue"),
        ("864", "in_kind_goods", "un emploi de contribution en nature"),
        ("890", "equity", "il reste à part"),
        ("706", "magie", "La nature «\u00a0magie\u00a0» n’existe pas."),
    ],
)  # fmt: skip
def test_a_correction_of_the_other_side_is_refused_and_never_applied(
    number: str, nature: str, why: str
) -> None:
    assert why in refusal(number, nature)
    rules = chart.current()
    assert rules.classify(number, "", {number: nature, f"{number}*": nature}) == rules.classify(number, "")


def test_a_correction_of_the_same_side_is_taken() -> None:
    assert [
        refusal(n, c)
        for n, c in (("706", "dons"), ("621", "payroll"), ("519", "borrowings"), ("87", "in_kind_goods"))
    ] == [""] * 4


TEXT = st.text(max_size=40)
ANY = st.one_of(TEXT, st.from_regex(r"[1-9][0-9]{0,9}", fullmatch=True))


@given(ANY, TEXT, st.dictionaries(ANY, st.one_of(st.sampled_from(sorted(NATURES)), TEXT), max_size=4))
def test_nothing_makes_the_chart_fail(number: str, label: str, corrections: dict[str, str]) -> None:
    placing = chart.current().classify(number, label, corrections)
    assert placing.how in ("correction", "label", "rule", "none")
    assert (placing.nature is None) == (placing.how == "none")
    assert placing.nature is None or NATURES[placing.nature].side == side_of(number)
    assert 0 < len(placing.reason) <= 300


@given(st.sampled_from(["74", "70", "73", "747", "75", "754", "758", "757", "657", "79", "87", "870"]), TEXT)
def test_no_label_moves_an_account_to_the_other_side(number: str, label: str) -> None:
    nature = chart.current().classify(number, label).nature
    assert nature is None or NATURES[nature].side == side_of(number)


# A doubtful file is told which rule, and why.


@pytest.fixture
def data() -> dict[str, Any]:
    content: dict[str, Any] = copy.deepcopy(read_yaml("ledger", f"{VERSION}.yaml"))
    return content


DOUBTFUL = [
    ("se dit « autre »", lambda d: d.update(version="autre")),
    ("Règle 10 : deux fois", lambda d: d["rules"].append(d["rules"][0])),
    ("Règle 10 : la source « rien » n’existe pas", lambda d: d["rules"][0].update(source="rien")),
    ("Règle 10 : le statut « Z » n’existe pas", lambda d: d["rules"][0].update(status="Z")),
    ("Règle 10 : la raison tient", lambda d: d["rules"][0].update(reason="")),
    ("Règle 10 : la raison tient", lambda d: d["rules"][0].update(reason="a" * 301)),
    ("Règle 10 : la nature « dons » n’est pas de ce côté", lambda d: d["rules"][0].update(nature="dons")),
    ("Règle 10 : la nature « magie »", lambda d: d["rules"][0].update(nature="magie")),
    ("Règle 10 : les mots « magie » n’existent pas", lambda d: d["rules"][0].update(labels=["magie"])),
    ("Règle 10 : la nature .* n’est pas de ce côté", lambda d: d["rules"][0].update(labels=["gifts"])),
    ("Mots « gifts » : la nature « magie »", lambda d: d["words"]["gifts"][0].update(nature="magie")),
]


@pytest.mark.parametrize(("why", "edit"), DOUBTFUL)
def test_a_doubtful_rule_is_refused(data: dict[str, Any], why: str, edit: Any) -> None:
    edit(data)
    with pytest.raises(ValueError, match=why):
        parse(data, VERSION)


def test_the_file_is_read_once() -> None:
    assert chart.current() is chart.load(VERSION)
    assert (settings.CONTENT_DIR / "ledger" / f"{VERSION}.yaml").exists()
