from __future__ import annotations

import pytest

from apps.methodology.bench import displays
from apps.methodology.levers import show


@pytest.fixture(autouse=True)
def _tools_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(displays.DISPLAYS, "leviers", show.levers)
    monkeypatch.setitem(displays.DISPLAYS, "ordre-du-jour", show.agenda)
