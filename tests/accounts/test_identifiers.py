from __future__ import annotations

import pytest

from apps.accounts.identifiers import NumberError, Numbers, looks_like_rna, read_rna, read_siren_or_siret


@pytest.mark.parametrize(
    "typed", ["732829320", "732 829 320", "732.829.320", "732\u202f829\u00a0320", " 732-829-320 "]
)
def test_a_siren_is_read_however_it_is_spaced(typed: str) -> None:
    assert read_siren_or_siret(typed) == Numbers(siren="732829320")


def test_a_siret_gives_its_siren() -> None:
    assert read_siren_or_siret("732 829 320 00074") == Numbers(siren="732829320", siret="73282932000074")


@pytest.mark.parametrize("siret", ["35600000000048", "35600000049837"])
def test_la_poste_has_its_own_check(siret: str) -> None:
    """The head office follows the general rule; the other post offices follow the sum of digits."""
    assert read_siren_or_siret(siret).siret == siret


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("73282932", "Vous en avez saisi 8"),
        ("7328293200007", "Vous en avez saisi 13"),
        ("1" * 5000, "Vous en avez saisi 5000"),
        ("732829321", "Ce SIREN n’existe pas"),
        ("73282932000075", "Ce SIRET n’existe pas"),
        ("35600000049838", "Ce SIRET n’existe pas"),
        ("73282932O", "que des chiffres"),
        ("٧٣٢٨٢٩٣٢٠", "que des chiffres"),
        ("²³²829320", "que des chiffres"),
    ],
)
def test_what_is_wrong_with_a_siren_is_said(typed: str, words: str) -> None:
    with pytest.raises(NumberError, match=words):
        read_siren_or_siret(typed)


@pytest.mark.parametrize("typed", ["W583004126", "w583 004 126", "W2A1001234", "W2B1001234", "W9R1001234"])
def test_an_rna_is_read(typed: str) -> None:
    assert read_rna(typed) == typed.replace(" ", "").upper()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("583004126", "commence par la lettre W"),
        ("W58300412", "Vous en avez saisi 8"),
        ("W5830041260", "Vous en avez saisi 10"),
        ("W58300412X", "caractère inattendu"),
        ("WA83004126", "caractère inattendu"),
    ],
)
def test_what_is_wrong_with_an_rna_is_said(typed: str, words: str) -> None:
    with pytest.raises(NumberError, match=words):
        read_rna(typed)


def test_nothing_typed_is_no_number() -> None:
    assert read_siren_or_siret("  ") == Numbers()
    assert read_rna("") == ""
    assert looks_like_rna(" w58")
    assert not looks_like_rna("732829320")
