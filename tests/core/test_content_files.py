from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from apps.core.content import read_yaml
from apps.core.secrets import CODE_ALPHABET, hash_token, new_code, new_token


def test_a_malformed_file_is_named(tmp_path: Path, settings: Any) -> None:
    settings.CONTENT_DIR = tmp_path
    (tmp_path / "abîmé.yaml").write_text("titre: [ouvert")
    with pytest.raises(ValueError, match=r"abîmé\.yaml : contenu illisible"):
        read_yaml("abîmé.yaml")


def test_a_file_cannot_make_objects(tmp_path: Path, settings: Any) -> None:
    settings.CONTENT_DIR = tmp_path
    (tmp_path / "piège.yaml").write_text("!!python/object/apply:os.getcwd []")
    with pytest.raises(ValueError, match=r"piège\.yaml"):
        read_yaml("piège.yaml")


def test_a_code_can_be_read_aloud() -> None:
    codes = [new_code() for _ in range(200)]
    assert all(len(code) == 6 and set(code) <= set(CODE_ALPHABET) for code in codes)
    assert len(set(codes)) > 195
    assert not set("AEIOUYL") & set(CODE_ALPHABET)


def test_a_token_is_long_fits_an_address_and_only_its_hash_is_kept() -> None:
    tokens = [new_token() for _ in range(50)]
    assert len(set(tokens)) == 50
    assert all(len(token) >= 32 and token.replace("-", "").replace("_", "").isalnum() for token in tokens)
    assert hash_token(tokens[0]) == hash_token(tokens[0]) != hash_token(tokens[1])
    assert tokens[0] not in hash_token(tokens[0])
