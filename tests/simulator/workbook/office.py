"""LibreOffice as another reader: it recomputes every formula of a workbook, whatever figures the file carries."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

from trajectoires.embedded.system import find_office

MISSING = "LibreOffice est introuvable : « make test » l’installe (ou « python trajectoires/embedded/system.py spreadsheet »)."
# What each formula of the file says before it is recomputed: it can be right only if it was counted anew.
POISON = "-987654.25"
# 0: always recompute when a file is read.
ALWAYS = "".join(
    f'<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="{name}" oor:op="fuse"><value>0</value></prop></item>'
    for name in ("OOXMLRecalcMode", "ODFRecalcMode")
)
PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
    f'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{ALWAYS}</oor:items>'
)


def recomputed(files: dict[str, bytes], folder: Path) -> dict[str, Workbook]:
    """``files``: name, with its extension → content. The same names, read as they are after one recalculation."""
    office = find_office()
    assert office, MISSING
    sources, results = folder / "sources", folder / "results"
    user = folder / "profile" / "user"
    for place in (sources, results, user):
        place.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(PROFILE)
    paths = {}
    for number, (name, data) in enumerate(files.items()):
        # Two formats of one workbook have the same name: their results must not.
        paths[name] = sources / f"{number}-{name}"
        paths[name].write_bytes(poisoned(data, name))
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    run = subprocess.run(
        [*command, "--convert-to", "xlsx", "--outdir", str(results), *map(str, paths.values())],
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    made = {name: results / path.with_suffix(".xlsx").name for name, path in paths.items()}
    lacking = [name for name, path in made.items() if not path.exists()]
    assert not lacking, f"LibreOffice n’a pas rendu {lacking} : {run.stdout}{run.stderr}"
    return {name: openpyxl.load_workbook(path, data_only=True) for name, path in made.items()}


def poisoned(data: bytes, name: str) -> bytes:
    return rewritten(data, poison_xlsx) if name.endswith(".xlsx") else rewritten(data, poison_ods)


def poison_xlsx(name: str, text: str) -> str:
    if not name.startswith("xl/worksheets/sheet"):
        return text
    return re.sub(r"(</f><v)(?:/>|>[^<]*</v>)", rf"\1>{POISON}</v>", text)


def poison_ods(name: str, text: str) -> str:
    if name != "content.xml":
        return text
    return re.sub(r'(table:formula="[^"]*"[^>]*office:value=")[^"]*"', rf'\g<1>{POISON}"', text)


def rewritten(data: bytes, change: Callable[[str, str], str]) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for item in source.infolist():
            content = source.read(item)
            if item.filename.endswith(".xml"):
                content = change(item.filename, content.decode()).encode()
            target.writestr(item.filename, content, item.compress_type)
    return out.getvalue()
