"""Known flaws of the lock: told, accepted for a time, or honestly not looked at."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from trajectoires.trust import flaws

TODAY = date(2026, 11, 28)


def written(*rows: dict[str, Any]) -> str:
    return json.dumps({"dependencies": list(rows), "fixes": []})


SOUND = {"name": "django", "version": "5.2.19", "vulns": []}
HURT = {
    "name": "pillow",
    "version": "13.0.0",
    "vulns": [{"id": "PYSEC-2026-7", "fix_versions": ["13.0.1"], "aliases": []}],
}
UNREAD = {"name": "celery", "skip_reason": "Dependency not found on PyPI"}


def said(text: str, accepted: str = "") -> tuple[str, int]:
    told, code = flaws.verdict(flaws.parse(text), flaws.accepted(accepted), TODAY)
    return "\n".join(told), code


@pytest.mark.parametrize("text", ["", "Traceback", written(UNREAD), written()])
def test_without_a_source_it_says_that_nothing_was_looked_at(text: str) -> None:
    assert said(text) == ("Source des failles injoignable\u00a0: rien n’a été vérifié.", 0)


def test_a_known_flaw_is_named_with_the_version_that_mends_it() -> None:
    told, code = said(written(SOUND, HURT, UNREAD))
    assert code == 1
    assert "pillow 13.0.0\u00a0: PYSEC-2026-7, corrigée dans 13.0.1" in told
    assert "2 bibliothèques lues, 1 faille(s) à corriger" in told


def test_nothing_known_ends_well() -> None:
    assert said(written(SOUND))[1] == 0


@pytest.mark.parametrize(("until", "code"), [("2026-12-31", 0), ("2026-11-28", 0), ("2026-11-27", 1)])
def test_an_acceptance_holds_until_its_day(until: str, code: int) -> None:
    accepted = f'[[faille]]\ncode = "PYSEC-2026-7"\nraison = "hors de portée"\njusqu_au = {until}\n'
    assert said(written(HURT), accepted)[1] == code


def test_an_acceptance_gives_its_reason() -> None:
    with pytest.raises(KeyError):
        flaws.accepted('[[faille]]\ncode = "PYSEC-2026-7"\njusqu_au = 2026-12-31\n')


def test_the_file_of_acceptances_is_read() -> None:
    known = flaws.accepted(flaws.ACCEPTED.read_text())
    assert [one.code for one in known if len(one.reason) < 20] == []


def test_the_command_ends_as_it_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program = tmp_path / "audit.py"
    program.write_text(f"print({written(SOUND, HURT)!r})")
    assert flaws.main(command=[sys.executable, str(program)]) == 1
    assert "PYSEC-2026-7" in capsys.readouterr().out
    program.write_text("raise SystemExit(1)")
    assert flaws.main(command=[sys.executable, str(program)]) == 0
