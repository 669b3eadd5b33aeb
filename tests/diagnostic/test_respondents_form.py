"""Addresses pasted by hand, codes read aloud."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.codes import tidy_code
from apps.core.secrets import CODE_ALPHABET
from apps.diagnostic.forms.respondents import AddressesField, CodeForm, InviteeFormSet
from tests.diagnostic.pages import invitees

LINE = AddressesField(required=False, max_length=2000)
address = st.from_regex(r"[a-z]{1,8}@[a-z]{1,8}\.fr", fullmatch=True)


@pytest.mark.parametrize(
    "pasted",
    ["lea@exemple.fr, Max@Exemple.fr", "lea@exemple.fr;max@exemple.fr", "lea@exemple.fr\nmax@exemple.fr  ",
     "Léa Roux <lea@exemple.fr>; Max <max@exemple.fr>"],
)  # fmt: skip
def test_a_pasted_list_gives_its_addresses(pasted: str) -> None:
    assert LINE.clean(pasted) == ["lea@exemple.fr", "max@exemple.fr"]


def test_named_and_bare_addresses_may_be_mixed() -> None:
    assert set(LINE.clean("Léa <lea@exemple.fr>, max@exemple.fr")) == {"lea@exemple.fr", "max@exemple.fr"}


@pytest.mark.parametrize("alone", ["lea@", "lea", "@exemple.fr", "a@b", "é" * 250 + "@exemple.fr"])
def test_one_wrong_address_gets_an_example(alone: str) -> None:
    with pytest.raises(ValidationError, match=r"prenom@exemple\.fr"):
        LINE.clean(alone)


def test_the_wrong_addresses_of_a_list_are_named() -> None:
    with pytest.raises(ValidationError) as refusal:
        LINE.clean("lea@exemple.fr, max@, zoe")
    assert "« max@ » et « zoe »" in refusal.value.messages[0]
    assert "lea" not in refusal.value.messages[0]


@given(st.lists(address, max_size=6), st.sampled_from([",", ";", " ", " ; ", ",\n"]))
def test_every_address_of_a_list_is_found_in_order(addresses: list[str], mark: str) -> None:
    assert LINE.clean(mark.join(addresses)) == addresses


@given(st.text(max_size=60))
def test_any_text_gives_addresses_or_a_sentence(pasted: str) -> None:
    try:
        found = LINE.clean(pasted)
    except ValidationError:
        return
    assert all("@" in one for one in found)


def test_each_line_carries_its_role_and_empty_lines_are_ignored() -> None:
    lines = InviteeFormSet(
        invitees(
            ("a@exemple.fr, b@exemple.fr", "gouvernance"), ("", "equipe"), ("c@exemple.fr", "partenaire")
        )
    )
    assert lines.is_valid()
    assert [(i.email, i.role) for i in lines.invitees()] == [
        ("a@exemple.fr", "gouvernance"),
        ("b@exemple.fr", "gouvernance"),
        ("c@exemple.fr", "partenaire"),
    ]


def test_a_line_without_a_role_and_a_list_without_a_line_are_refused() -> None:
    lines = InviteeFormSet(invitees(("a@exemple.fr", "")))
    assert lines.errors[0] == {"role": ["Choisissez un rôle pour cette personne."]}
    assert "Aucune adresse" in InviteeFormSet(invitees()).non_form_errors()[0]
    forged = InviteeFormSet(invitees(("a@exemple.fr", "présidente")))
    assert list(forged.errors[0]) == ["role"]


@given(st.text(CODE_ALPHABET, min_size=6, max_size=6), st.sampled_from(["", " ", "-", "\u00a0", ".", "–"]))
def test_a_code_is_the_same_however_it_is_written(code: str, mark: str) -> None:
    assert tidy_code(mark.join(code.lower()) + "\n") == code
    form = CodeForm({"code": f" {code[:3]}{mark}{code[3:].lower()} "})
    assert form.is_valid()
    assert form.cleaned_data["code"] == code
