"""Files that are not what they say, for every page that takes a file."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

PNG = (
    b"\x89PNG\r\n\x1a\n"
    + struct.pack(">I", 13)
    + b"IHDR"
    + b"\x00\x00\x00\x01" * 2
    + b"\x08\x02\x00\x00\x00"
    + b"\x00" * 600
)
HTML = b"<!doctype html><html><script>alert(document.cookie)</script></html>\n"
BILLION = (
    b'<?xml version="1.0"?><!DOCTYPE t [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    b'<c r="A1" t="inlineStr"><is><t>&x;&b;</t></is></c></row></sheetData></worksheet>'
)


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


@cache
def bomb() -> bytes:
    """300 MB of zeros, each part under every limit: 300 kB to send."""
    return zipped({f"donnees/{rank}.yaml": b"\x00" * 30_000_000 for rank in range(10)})


@cache
def lying() -> bytes:
    """It announces ten bytes and holds sixty million."""
    made = bytearray(
        zipped({"demarche/donnees/demarche.json": b" " * 60_000_000, "a.yaml": b" " * 31_000_000})
    )
    for size in (60_000_000, 31_000_000):
        while (at := made.find(struct.pack("<I", size))) >= 0:
            made[at : at + 4] = struct.pack("<I", 10)
    return bytes(made)


def broken() -> bytes:
    """A good directory, and a deflate stream that is none."""
    made = bytearray(
        zipped({"a.yaml": zlib.compress(bytes(range(256)) * 20), "donnees/demarche.json": b"{}" * 500})
    )
    for mark in (b"a.yaml", b"donnees/demarche.json"):
        at = made.find(mark) + len(mark)
        made[at : at + 6] = b"\xff" * 6
    return bytes(made)


def entities() -> bytes:
    """A workbook whose sheet asks for a file of the server."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>'.encode(),
            "xl/worksheets/sheet1.xml": BILLION,
        }
    )


def astray() -> bytes:
    return zipped({"../../etc/cron.d/cas.yaml": b"slug: x\n", "../demarche/donnees/demarche.json": b"{}"})


# What is sent → its content, the name it takes.
SENT: dict[str, tuple[Callable[[], bytes], str]] = {
    "an image called a workbook": (lambda: PNG, "fiches.xlsx"),
    "an image called a text": (lambda: PNG, "ecritures.txt"),
    "a page called a sheet": (lambda: HTML, "fiches.yaml"),
    "a page called a text": (lambda: HTML, "ecritures.txt"),
    "a bomb": (bomb, "archive.zip"),
    "a lying archive": (lying, "archive.zip"),
    "a broken archive": (broken, "archive.zip"),
    "a workbook with outside entities": (entities, "fiches.xlsx"),
    "an archive that climbs": (astray, "archive.zip"),
    "nothing": (lambda: b"", "vide.txt"),
    "a name with a NUL": (lambda: PNG, "a\x00.txt"),
    "a name of 300 signs": (lambda: PNG, f"{'é' * 300}.txt"),
    "a name that climbs": (lambda: PNG, "../../../etc/passwd"),
    "no name": (lambda: PNG, ""),
}
