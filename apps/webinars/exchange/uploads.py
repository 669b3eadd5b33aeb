"""From the bytes of a file to what it holds (pure): its kind is read in its content, never in its name."""

from __future__ import annotations

from typing import Any

from apps.webinars.exchange import tables, xlsx_read, yaml_read
from apps.webinars.exchange.archives import contents
from apps.webinars.exchange.rows import Bundle, Entry, FileError

LARGEST = 8_000_000
MOST_CASES, MOST_ROWS = 300, 3_000
KINDS = "Envoyez un classeur « .xlsx », un fichier « .yaml » ou une archive « .zip » de fichiers « .yaml »."
OLD = "Ce classeur est dans un ancien format, ou protégé par un mot de passe : enregistrez-le en « .xlsx » sans mot de passe."
REGISTERS = {"persons": "people", "organisations": "organisations", "cases": "cases"}


def read(content: bytes, name: str) -> Bundle:
    """FileError when the whole file is refused."""
    if not content.strip():
        raise FileError(f"Ce fichier est vide. {KINDS}")
    if len(content) > LARGEST:
        raise FileError(f"Ce fichier dépasse {LARGEST // 1_000_000} Mo : envoyez moins de fiches à la fois.")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileError(OLD)
    found = from_zip(content) if content.startswith(b"PK\x03\x04") else from_text(content, name)
    if not len(found) and not found.strays:
        raise FileError(f"Ce fichier ne contient ni cas, ni personne, ni organisation. {KINDS}")
    if len(found.cases) > MOST_CASES or len(found) > MOST_ROWS:
        raise FileError(
            f"Ce fichier contient {len(found.cases)} cas : envoyez-en {MOST_CASES} au plus à la fois."
        )
    return found


def from_zip(content: bytes) -> Bundle:
    parts = contents(content)
    if "[Content_Types].xml" in parts:
        lines, remarks = xlsx_read.lines(content, parts)
        found = tables.bundle(lines)
        found.remarks += remarks
        return found
    if "mimetype" in parts:
        raise FileError("Ce classeur est au format « .ods » : enregistrez-le en « .xlsx », puis renvoyez-le.")
    return from_files(parts)


def from_files(parts: dict[str, bytes]) -> Bundle:
    found, room = Bundle(), yaml_read.Room()
    for path, content in sorted(parts.items()):
        name = path.rsplit("/", 1)[-1]
        if path.startswith("__MACOSX/") or name.startswith("."):
            continue
        if not name.lower().endswith((".yaml", ".yml")):
            found.remarks.append(f"« {name[:60]} » n’est pas un fichier « .yaml » : il n’est pas lu.")
            continue
        place(found, yaml_read.read(content, name, room), name)
    return found


def from_text(content: bytes, name: str) -> Bundle:
    if b"\x00" in content[:1000] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileError(f"Ce fichier n’est ni un classeur ni un texte. {KINDS}")
    found = Bundle()
    place(found, yaml_read.read(content, name), name)
    return found


def place(found: Bundle, data: Any, name: str) -> None:
    """One case, or lists of people, organisations and cases."""
    if not isinstance(data, dict):
        raise FileError(f"{name} : une fiche est attendue, avec ses champs. {KINDS}")
    if not set(data) & set(REGISTERS):
        found.cases.append(Entry(name, data))
        return
    for title, rows in data.items():
        if title not in REGISTERS or not isinstance(rows, list):
            raise FileError(f"{name} : « {str(title)[:40]} » n’est pas une liste attendue ici.")
        entries = [Entry(f"{name}, {title} {rank}", row) for rank, row in enumerate(rows, 1)]
        getattr(found, REGISTERS[title]).extend(entries)
