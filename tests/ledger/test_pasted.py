"""What comes from a spreadsheet: columns recognised, amounts as people write them, each line that cannot be read said."""

from __future__ import annotations

import pytest

from apps.ledger import pasted
from apps.ledger.grouping import Kept


def read(text: str) -> list[Kept]:
    found = pasted.read(text)
    assert not found.faults, [str(fault) for fault in found.faults]
    return found.accounts


@pytest.mark.parametrize(
    "text",
    [
        "706000\tAteliers\t1 000,50\n641100\tSalaires\t600",
        "706000;Ateliers;1000,50\n641100;Salaires;600",
        '706000,Ateliers,1000.50\n641100,"Salaires",600',
        "Compte\tLibellé\tSolde\n706000\tAteliers\t1000,50 €\n\n641100\tSalaires\t600,00\n",
        "Montant;N° de compte;Intitulé\n1 000,50;706000;Ateliers\n600;641100;Salaires",
        "Compte;Libellé;Débit;Crédit\n706 000;Ateliers;;1 000,50\n641100;Salaires;600;0,00",
        "Numéro de compte;Libellé du compte;Solde débiteur;Solde créditeur\n706000;Ateliers;-;1000,50\n641100;Salaires;600;-",
        "706000\tAteliers\t\t1\u202f000,50\r\n641100\tSalaires\t600\t\r\n",
    ],
)
def test_the_same_balance_in_many_hands(text: str) -> None:
    assert read(text) == [Kept("641100", "Salaires", 0, 60_000, 0), Kept("706000", "Ateliers", 0, 0, 100_050)]


def test_two_columns_are_a_number_and_an_amount() -> None:
    assert read("706000;1000\n512000;−250") == [
        Kept("512000", "", 0, -25_000, 0),
        Kept("706000", "", 0, 0, 100_000),
    ]


def test_an_amount_alone_is_positive_in_its_normal_sense() -> None:
    found = {
        one.number: one.debit - one.credit
        for one in read("606000;A;10\n706000;B;10\n512000;C;10\n102000;D;10\n871000;E;10\n861000;F;10")
    }
    assert found == {
        "606000": 1000,
        "706000": -1000,
        "512000": 1000,
        "102000": -1000,
        "871000": -1000,
        "861000": 1000,
    }


def test_a_column_of_debit_minus_credit_is_understood_and_said() -> None:
    found = pasted.read("Compte;Solde\n102000;-20\n512000;45\n606000;10\n706000;-30\n709000;-5")
    assert {one.number: one.debit - one.credit for one in found.accounts} == {
        "102000": -2000,
        "512000": 4500,
        "606000": 1000,
        "706000": -3000,
        "709000": -500,
    }
    assert found.remarks == [pasted.BALANCED]


def test_one_product_below_zero_is_no_column_of_debit_minus_credit() -> None:
    found = pasted.read("606000;10\n706000;30\n709000;-5")
    assert [one.debit - one.credit for one in found.accounts] == [1000, -3000, 500]
    assert found.remarks == []


def test_a_loss_is_written_with_a_minus_or_between_brackets() -> None:
    assert read("706000;A;-12,50\n606000;B;(30)") == [
        Kept("606000", "B", 0, -3000, 0),
        Kept("706000", "A", 0, 0, -1250),
    ]


def test_the_same_account_twice_is_added() -> None:
    assert read("706000;A;10\n706000;A;5") == [Kept("706000", "A", 0, 0, 1500)]


def test_a_line_of_total_is_left_out_and_said() -> None:
    found = pasted.read("706000;Ateliers;10\nTotal classe 7;;10")
    assert not found.faults
    assert len(found.accounts) == 1
    assert found.remarks == [
        "Ligne\u00a02, «\u00a0total classe 7\u00a0»\u00a0: elle n’a pas de numéro de compte du plan, elle n’est pas lue."
    ]


def test_an_analytic_account_is_left_out_and_said() -> None:
    found = pasted.read("706000;Ateliers;10\n921000;Vélo;10")
    assert len(found.accounts) == 1
    assert "921000 velo" in found.remarks[0]


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("", 0, "rien à lire"),
        ("706000;A;10\nCompte bidon;B;5", 2, "n’est pas un numéro de compte"),
        ("706000;A;dix", 1, "n’est pas un nombre"),
        ("706000;A;10\n\n641000;B;12.500", 3, "deux façons"),
        ("706000;A;1234,567", 1, "deux chiffres après la virgule"),
        ("706000;A;99999999999", 1, "dépasse dix milliards"),
        ("706000;A;1;2;3;4", 1, "Les colonnes ne se reconnaissent pas"),
        ("Compte;Libellé\n706000;A", 1, "Les colonnes ne se reconnaissent pas"),
        ("Compte;Libellé;Montant", 0, "Aucun compte"),
    ],
)
def test_each_line_that_cannot_be_read_is_said(text: str, line: int, word: str) -> None:
    (fault,) = pasted.read(text).faults
    assert fault.line == line
    assert word in str(fault)


def test_every_wrong_line_is_said_at_once() -> None:
    assert [fault.line for fault in pasted.read("706000;A;x\n606000;B;1\n607000;C;y").faults] == [1, 3]


def test_entries_are_no_balance() -> None:
    found = pasted.read("706000;A;1\n" * 5_001)
    assert "5\u202f000 lignes" in str(found.faults[0])
