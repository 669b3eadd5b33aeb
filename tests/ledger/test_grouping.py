"""What is kept of a file: totals by account, and no name of a person."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from apps.ledger.grouping import Kept, group

CENTS = st.integers(-(10**12), 10**12)
NUMBERS = st.from_regex(r"[1-8][0-9]{2}[0-9A-Z]{0,8}", fullmatch=True)
ACCOUNTS = st.lists(
    st.builds(Kept, NUMBERS, st.text(max_size=20), CENTS, st.integers(0, 10**12), st.integers(0, 10**12))
)


def test_third_parties_are_grouped_without_label() -> None:
    found = group(
        [
            Kept("411DUPONT", "Dupont Jeanne", 100, 50, 30),
            Kept("411MARTIN", "Martin", -500, 0, 0),
            Kept("401000", "Fournisseurs", -80, 0, 0),
            Kept("706000", "Ateliers", 0, 0, 900),
        ],
        {},
    )
    assert found.accounts == [
        Kept("401", "", -80, 0, 0),
        Kept("411", "", -400, 50, 30),
        Kept("706000", "Ateliers", 0, 0, 900),
    ]
    # Account by account: what one person owes does not pay the debt to another.
    assert (found.receivables, found.payables) == (120, 580)


def test_without_third_parties_nothing_is_known_of_what_is_owed() -> None:
    found = group([Kept("706000", "Ateliers", 0, 0, 900)], {})
    assert (found.receivables, found.payables) == (None, None)


def test_hidden_characters_and_long_labels_do_not_reach_the_database() -> None:
    (one,) = group([Kept("706\x00000", "A\x00te\nliers  " + "x" * 300, 0, 0, 1)], {}).accounts
    assert one.number == "706 000"
    assert one.label.startswith("A te liers xx")
    assert len(one.label) == 200


def test_two_numbers_that_meet_once_cut_are_added() -> None:
    long = "6" * 40
    (one,) = group([Kept(long + "1", "Un", 0, 10, 0), Kept(long + "2", "Deux", 0, 5, 0)], {}).accounts
    assert (one.number, one.label, one.debit) == (long, "Un", 15)


def test_sections_keep_only_what_is_in_the_result_or_in_kind() -> None:
    found = group(
        [],
        {
            ("706000", "VELO"): (0, 10),
            ("512000", "VELO"): (10, 0),
            ("641", " "): (4, 0),
            ("641", "VE\x00LO"): (3, 1),
        },
    )
    assert found.sections == {("706000", "VELO"): (0, 10), ("641", "VE LO"): (3, 1)}


@given(ACCOUNTS)
def test_money_is_conserved(accounts: list[Kept]) -> None:
    found = group(accounts, {})
    for name in ("opening", "debit", "credit"):
        assert sum(getattr(one, name) for one in found.accounts) == sum(
            getattr(one, name) for one in accounts
        )
    owed = sum(
        one.opening + one.debit - one.credit
        for one in accounts
        if one.number.startswith("4") and not one.number.startswith(("481", "486", "487"))
    )
    assert (found.receivables or 0) - (found.payables or 0) == owed
    assert not [
        one for one in found.accounts if one.number.startswith("4") and (one.label or len(one.number) > 3)
    ]
