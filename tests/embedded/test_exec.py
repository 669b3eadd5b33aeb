"""``exec -- CMD``: the command's own exit code, and nothing left whatever way it ends."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

import psutil
import pytest

from tests.embedded.support import ROOT, alive, embedded, processes_in, wait_until

# Writes where its servers are, then waits to be ended.
REPORT = """
import json, os, sys, time
home = os.environ["DATABASE_URL"].split("//")[2].rpartition("/s/")[0]
open(sys.argv[1], "w").write(json.dumps({"home": "/" + home, "pid": os.getpid(), "media": os.environ["MEDIA_ROOT"]}))
time.sleep(120)
"""


def reported(path: Path) -> dict[str, str]:
    wait_until(lambda: path.exists() and path.read_text(), 30, "the command runs on its servers")
    found: dict[str, str] = json.loads(path.read_text())
    return found


@pytest.mark.parametrize(("script", "code"), [("exit 7", 7), ("kill -9 $$", 137)])
def test_the_exit_code_is_the_commands(script: str, code: int) -> None:
    process = embedded("exec", "--", "sh", "-c", script, cwd=ROOT)
    assert process.wait(60) == code


def test_a_command_that_does_not_exist_is_a_sentence() -> None:
    process = embedded("exec", "--", "no-such-command", cwd=ROOT)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "✗ La commande « no-such-command » ne se lance pas" in output
    assert "Traceback" not in output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=["SIGTERM", "SIGKILL"])
def test_nothing_is_left_however_it_ends(tmp_path: Path, number: signal.Signals) -> None:
    report = tmp_path / "report.json"
    process = embedded("exec", "--", sys.executable, "-c", REPORT, str(report), cwd=ROOT, stdin=-3)
    found = reported(report)
    home = Path(found["home"])
    assert home.is_dir()
    assert found["media"].startswith(str(home))
    assert psutil.Process(int(found["pid"])).is_running()
    process.send_signal(number)
    process.wait(30)
    wait_until(lambda: not home.exists(), 30, "the folder is erased")
    wait_until(lambda: not processes_in(home), 10, "the servers ended")
    assert not alive(int(found["pid"]))
