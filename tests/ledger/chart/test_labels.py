"""Who pays is read in the words of a label, as treasurers write them; two payers or none, and nothing is guessed."""

from __future__ import annotations

import pytest

from apps.ledger import chart
from apps.ledger.chart.words import Entry, WordSet, composed, words_of
from tests.support.effort import effort

STATE, REGION, DEPARTMENT = "subv_etat", "subv_region", "subv_departement"
LOCAL, EUROPE, OTHERS = "subv_bloc_communal", "subv_europe", "subv_autres"

PAYERS = [
    ("Subvention État", STATE),
    ("SUBVENTION ETAT", STATE),
    ("Subv. DRAC Bretagne", STATE),
    ("DRAJES - FDVA 2 fonctionnement", STATE),
    ("F.D.V.A.", STATE),
    ("POSTE FONJEP", STATE),
    ("DDETS 35 insertion", STATE),
    ("Préfecture de région Occitanie", STATE),
    ("Préf. du Rhône - FIPD", STATE),
    ("Ministère de la Culture", STATE),
    ("Ministère de la Ville", STATE),
    ("Direction régionale des affaires culturelles", STATE),
    ("Direction départementale de la cohésion sociale", STATE),
    ("ASP emplois aidés", STATE),
    ("Aides à l’emploi CUI-CAE", STATE),
    ("Contrats aidés", STATE),
    ("ANCT conseillers numériques", STATE),
    ("Région académique de Lyon", STATE),
    ("BOP 104", STATE),
    ("Subvention Ville vie vacances", STATE),
    ("Conseil régional d’Île-de-France", REGION),
    ("SUBV CONSEIL REGIONAL", REGION),
    ("Subv. Région Occitanie", REGION),
    ("CR Bretagne", REGION),
    ("Cons. Rég. PACA", REGION),
    ("Subventions régionales", REGION),
    ("Conseil départemental du Nord", DEPARTMENT),
    ("Conseils départementaux", DEPARTMENT),
    ("SUBV. CONS. DEPT. 93", DEPARTMENT),
    ("CD 31", DEPARTMENT),
    ("CD93 fonctionnement", DEPARTMENT),
    ("Conseil général", DEPARTMENT),
    ("Subv. Dpt de l’Isère", DEPARTMENT),
    ("Collectivité européenne d’Alsace", DEPARTMENT),
    ("Mairie de Redon", LOCAL),
    ("VILLE DE SAINT-DENIS", LOCAL),
    ("Subvention municipale", LOCAL),
    ("Commune de Plouha", LOCAL),
    ("Subventions communales", LOCAL),
    ("Com. com. du Haut Pays", LOCAL),
    ("Communauté de communes du Val", LOCAL),
    ("Communauté d’agglomération", LOCAL),
    ("Cté d’agglo Grand Paris Sud", LOCAL),
    ("Nantes Métropole", LOCAL),
    ("EPCI et CCAS", LOCAL),
    ("C.C.A.S. de Lorient", LOCAL),
    ("Ville de Lyon (contrat de ville)", LOCAL),
    ("FSE+ insertion", EUROPE),
    ("Fonds social européen", EUROPE),
    ("FEDER mobilité", EUROPE),
    ("LEADER Pays de Redon", EUROPE),
    ("Erasmus+ jeunesse", EUROPE),
    ("Union européenne", EUROPE),
    ("CAF du Morbihan", OTHERS),
    ("C.A.F. prestation", OTHERS),
    ("Caisse d’allocations familiales", OTHERS),
    ("M.S.A.", OTHERS),
    ("CPAM prévention", OTHERS),
    ("ARS, délégation départementale 35", OTHERS),
    ("Agence de l’eau Loire-Bretagne", OTHERS),
    ("ADEME", OTHERS),
    ("Agence nationale du sport", OTHERS),
    ("Parc naturel régional d’Armorique", OTHERS),
    ("Fondation de France", "fondations"),
    ("Fondation d’entreprise", "fondations"),
    ("Fédération départementale des foyers ruraux", "fondations"),
    ("Mécènes du festival", "mecenat"),
    ("Quote-part de subventions d’investissement Région", "reprises"),
    ("QP subv. invest. virée au résultat", "reprises"),
]


@pytest.mark.parametrize(("label", "nature"), PAYERS, ids=[label for label, _ in PAYERS])
def test_the_payer_of_a_subsidy_is_read_in_its_label(label: str, nature: str) -> None:
    placing = chart.current().classify("7410000", label)
    assert (placing.nature, placing.how, placing.prefix) == (nature, "label", "74")
    assert placing.reason.startswith("Le libellé dit «\u00a0")


OPEN = [
    ("Subvention", "ne disent qui paie"),
    ("", "ne disent qui paie"),
    ("Subventions d’exploitation", "ne disent qui paie"),
    ("Subvention projet jardin, 10 ans", "ne disent qui paie"),
    ("Animation du centre-ville", "ne disent qui paie"),
    ("État et Région", "plusieurs origines\u00a0: l’État et la région"),
    ("FSE géré par la Région", "plusieurs origines\u00a0: l’Europe et la région"),
    ("CAF / Ville", "plusieurs origines"),
    ("Politique de la ville", "plusieurs collectivités"),
    ("Contrat de ville 2026", "plusieurs collectivités"),
    ("Collectivité de Corse", "parfois une seule pour deux"),
    ("Subventions des collectivités", "parfois une seule pour deux"),
    ("Cité éducative", "plusieurs collectivités"),
    ("Comité départemental olympique", "pas la collectivité du même nom"),
    ("Agence régionale du livre", "pas la collectivité du même nom"),
]


@pytest.mark.parametrize(("label", "why"), OPEN, ids=[label or "rien" for label, _ in OPEN])
def test_a_label_that_names_nobody_or_two_payers_waits_for_a_person(label: str, why: str) -> None:
    placing = chart.current().classify("740", label)
    assert (placing.nature, placing.how) == (None, "none")
    assert why in placing.reason


OTHER_ACCOUNTS = [
    ("7061", "Marché public insertion", "commande_publique"),
    ("7062", "Délégation de service public", "commande_publique"),
    ("70623", "Prestation de service CAF", OTHERS),
    ("7063", "Parrainage Mairie", "ventes"),
    ("706", "Prestations Mairie de Redon", "commande_publique"),
    ("706", "Tournoi régional, sortie en ville", "ventes"),
    ("7068", "Vente au marché de Noël", "ventes"),
    ("734", "Produits à la charge de l’usager", "ventes"),
    ("731", "Dotation globale", "commande_publique"),
    ("747", "Subventions d’investissement", "reprises"),
    ("747", "Subvention Département", DEPARTMENT),
    ("747", "Divers", None),
    ("754", "Mécénat", "mecenat"),
    ("754", "Dons et mécénat", None),
    ("7581", "Dons manuels non affectés", "dons"),
    ("7585", "Legs et donations", "dons"),
    ("7588", "Remboursement cotisations URSSAF", "autres_produits"),
    ("7588", "Régularisations diverses", "autres_produits"),
    ("757", "Quote-part d’éléments du fonds associatif", "reprises"),
    ("757", "Produits des cessions d’immobilisations", "exceptionnels"),
    ("757", "Gains de change", "autres_produits"),
    ("657", "VNC des immobilisations cédées", "exceptional_costs"),
    ("6571", "Bourses versées", "other_costs"),
    ("791", "Aides ASP contrats aidés", STATE),
    ("791", "Remboursement de formation", "autres_produits"),
    ("870", "Bénévolat", "in_kind_volunteering"),
    ("870", "Dons en nature", "in_kind_goods"),
    ("870", "", "in_kind_goods"),
    ("875", "Dons en nature", "in_kind_goods"),
    ("875", "Contributions", "in_kind_volunteering"),
    ("87", "Mise à disposition de locaux", "in_kind_services"),
    ("87", "Personnel mis à disposition", "in_kind_services"),
    ("87", "Contributions volontaires", None),
]


@pytest.mark.parametrize(
    ("number", "label", "nature"), OTHER_ACCOUNTS, ids=[f"{n} {label}" for n, label, _ in OTHER_ACCOUNTS]
)
def test_labels_settle_what_a_number_leaves_open(number: str, label: str, nature: str | None) -> None:
    assert chart.current().classify(number, label).nature == nature


def test_words_are_quoted_as_the_association_wrote_them() -> None:
    reason = chart.current().classify("7414", "Subv. Cté de Communes du Val").reason
    assert reason.startswith("Le libellé dit «\u00a0Cté de Communes\u00a0»\u00a0: une commune")
    accents_apart = "Subv. Re\u0301gion"
    assert "«\u00a0Région\u00a0»" in chart.current().classify("7414", accents_apart).reason


def test_accents_capitals_plurals_and_points_do_not_count() -> None:
    read = [
        word
        for word, _, _ in words_of(composed("Les CONSEILS Départementaux d’Île-de-France, F.D.V.A. et CD93"))
    ]
    assert read == ["conseil", "departementau", "ile", "france", "fdva", "cd", "93"]
    assert [word for word, _, _ in words_of("les ARS")] == ["ars"]


def test_the_longest_expression_wins_and_its_words_are_read_once() -> None:
    words = WordSet(
        (
            Entry("subv_region", "", "x", ("région*",)),
            Entry("subv_etat", "", "x", ("préfet région", "an #")),
            Entry(None, "", "", ("# ans",)),
        )
    )
    for label, natures in (
        ("Préfet de la région", ["subv_etat"]),
        ("Préfet et régions", ["subv_etat"]),
        ("préfet, puis région", ["subv_region"]),
        ("an 2026", ["subv_etat"]),
        ("an deux", []),
        ("20 ans de région", ["subv_region"]),
        ("ré", []),
    ):
        assert [found.entry.nature for found in words.find(label, words_of(label))] == natures, label


@pytest.mark.parametrize("phrase", ["", "de la", "ab*", "'"])
def test_an_expression_that_nothing_could_match_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="trop courte"):
        WordSet((Entry(None, "", "", (phrase,)),))


def test_two_thousand_accounts_cost_four_times_five_hundred() -> None:
    rules = chart.current()
    accounts = [
        (f"{101 + at * 7 % 780}{at:04d}", f"{PAYERS[at % len(PAYERS)][0]} {at}") for at in range(2000)
    ]
    corrections = {accounts[at][0]: "subv_etat" for at in range(0, 2000, 40)}

    def place(count: int) -> None:
        for number, label in accounts[:count]:
            rules.classify(number, label, corrections)

    assert effort(lambda: place(2000), 5) < 8 * effort(lambda: place(500), 5)
