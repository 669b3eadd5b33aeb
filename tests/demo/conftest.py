"""The crowd takes seconds to write: tests of the rest of the demonstration do without it."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def without_the_crowd(monkeypatch: pytest.MonkeyPatch) -> None:
    """``test_crowd.py`` has a fixture of this name that leaves it."""
    monkeypatch.setattr("apps.demo.seed.crowd", list)
    monkeypatch.setattr("apps.demo.seed.support", lambda *args: None)
