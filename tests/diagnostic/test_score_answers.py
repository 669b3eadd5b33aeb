"""``manage.py score_answers``: what methodologists type."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

EXAMPLE = Path(__file__).parents[1] / "data" / "example-diagnostic.json"
CASE = json.loads(EXAMPLE.read_text())["case"]


def run(file: Path) -> tuple[str, str, int]:
    """(stdout, stderr, exit code)."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("score_answers", str(file), stdout=out, stderr=err)
    except SystemExit as stop:
        return out.getvalue(), err.getvalue(), int(stop.code or 0)
    return out.getvalue(), err.getvalue(), 0


@pytest.fixture
def of(tmp_path: Path) -> Any:
    def write(content: Any) -> Path:
        file = tmp_path / "cas.json"
        file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return file

    return write


def test_the_example_gives_its_expected_result_without_a_database() -> None:
    out, err, code = run(EXAMPLE)
    expected = json.loads(EXAMPLE.read_text())["expected"]
    assert (code, err) == (0, "")
    assert json.loads(out) == expected
    assert list(json.loads(out)) == list(expected)


def test_an_empty_case_gives_missing_values(of: Any) -> None:
    out, _, code = run(of({"case": {"instrument": "mse-1"}}))
    result = json.loads(out)
    assert code == 0
    assert result["axes"]["A"] == {"score": None, "coverage": 0.0}
    assert result["barycentre"] is None
    assert set(result["indicators"].values()) == {None}


def answers(**given: Any) -> dict[str, Any]:
    return {"case": {"instrument": "mse-1", "respondents": [{"role": "equipe", "answers": given}]}}


def finances(**given: Any) -> dict[str, Any]:
    return {"case": {"instrument": "mse-1", "finances": [{"year": 2025, **given}]}}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "mal formé, ligne 1"),
        (b"\xff\xfe", "UTF-8"),
        ([], "il manque l’objet"),
        ({"case": []}, "il manque l’objet"),
        ({"case": {}}, "instrument"),
        ({"case": {"instrument": "mse-9"}}, "mse-9"),
        ({"case": {"instrument": "../levers"}}, "instrument"),
        ({"case": {"instrument": 1}}, "instrument"),
        (answers(Z1=1), "Z1"),
        (answers(A1=4), "A1"),
        (answers(A1="2"), "A1"),
        (answers(A1=True), "A1"),
        (
            {"case": {"instrument": "mse-1", "respondents": {}}}
            | {"case": {"instrument": "mse-1", "respondents": "x"}},
            "liste",
        ),
        ({"case": {"instrument": "mse-1", "respondents": [1]}}, "liste"),
        ({"case": {"instrument": "mse-1", "respondents": [{"answers": [1]}]}}, "answers"),
        ({"case": {"instrument": "mse-1", "finances": [{}]}}, "year"),
        ({"case": {"instrument": "mse-1", "finances": [{"year": "2025"}]}}, "year"),
        (finances(resources=[1]), "resources"),
        (finances(charges="12"), "charges"),
        (finances(charges=float("nan")), "charges"),
        (finances(charges=float("inf")), "charges"),
        (finances(charges=True), "charges"),
        ({"case": {"instrument": "mse-1", "finances": [{"year": 2025}, {"year": 2025}]}}, "deux fois"),
        ({"case": {"instrument": "mse-1", "context": [1]}}, "context"),
        (
            {"case": {"instrument": "mse-1", "context": {"years_since_board_renewal": "4"}}},
            "years_since_board_renewal",
        ),
        (
            {"case": {"instrument": "mse-1", "context": {"years_since_board_renewal": -1}}},
            "years_since_board_renewal",
        ),
    ],
)
def test_what_cannot_be_read_is_told_in_french_and_exits_1(of: Any, content: Any, said: str) -> None:
    out, err, code = run(of(content))
    assert (code, out) == (1, "")
    assert said in err
    assert "Traceback" not in err


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    _, err, code = run(tmp_path / "rien.json")
    assert code == 1
    assert "introuvable" in err
