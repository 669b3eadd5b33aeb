"""Small files that would be large, or slow, once opened."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
ENTITIES = b"<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'>%s]>" % b"".join(
    b"<!ENTITY %c '%s'>" % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(98, 110)
)
NAMES = ("demarche", "etapes", "elements", "decisions", "commentaires", "ateliers", "notes")


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def inside(archive: bytes, **others: bytes) -> bytes:
    """The same archive, some files of which hold something else; by their short names."""
    with zipfile.ZipFile(io.BytesIO(archive)) as read:
        parts = [(info.filename, read.read(info)) for info in read.infolist()]
    return packed(
        (name, others.get(name.rsplit("/", 1)[-1].split(".")[0], content)) for name, content in parts
    )


def bombs(files: dict[str, list[bytes]], *, slow: bool) -> dict[str, list[bytes]]:
    """Importer → inputs. ``files``: what each reads; ``slow``: also what comes just under our limits."""
    book, dossier = files["book"][0], files["dossier"][0]
    over = {
        "fec": [
            fec(files["fec"][0]),
            b"JournalCode\t" * 500_000,
            b"\n" * 8_000_000,
            b"\xff\xfe" + b"\t\0" * 4_000_000,
        ],
        "yaml": [*texts(), b"slug: x\nhistory: 1" + b":1" * 1_000_000, b"- " * 1_000_000, b"? " * 1_000_000],
        "files": [
            packed((f"{place}.yaml", b"a: [" + b"~," * 140_000 + b"]") for place in range(100)),
            packed((f"{place}.yaml", b"a: b") for place in range(2_000)),
            packed([("a.yaml", b" " * 60_000_000)]),
            packed([("a.zip", packed([("b.yaml", b" " * 20_000_000)]))]),
        ],
        "book": [
            *(inside(book, sheet1=sheet) for sheet in sheets()),
            inside(book, styles=ENTITIES + b"<a>&m;</a>"),
        ],
        "dossier": [inside(dossier, elements=content) for content in data()],
        "badge": [
            b"." * 1_000_000,
            b"A" * 1_000_000 + b".." + b"A" * 1_000_000,
            b"W1tb" * 300_000 + b".e30.e30",
        ],
    }
    under = {
        "yaml": [b"{" + b",".join(b"a%d: 1" % place for place in range(140_000)) + b"}"],
        "book": [
            inside(book, sheet1=SHEET % (b"<row>" + b"<c/>" * 590_000 + b"</row>")),
            inside(book, sheet1=SHEET % (b"<row><c><v>1</v></c></row>" * 95_000)),
        ],
        "dossier": [inside(dossier, elements=b'{"items":[' + b'{"a":[]},' * 490_000 + b"{}]}")],
    }
    return {name: many + (under.get(name, []) if slow else []) for name, many in over.items()}


def fec(right: bytes) -> bytes:
    """Each line another account, another journal."""
    head, line = right.split(b"\r\n")[:2]
    cells = line.split(b"\t")
    made = [head]
    for place in range(60_000):
        cells[0], cells[2], cells[4] = b"J%d" % place, b"%d" % place, b"6%06d" % place
        made.append(b"\t".join(cells))
    return b"\r\n".join(made)


def texts() -> list[bytes]:
    lol = b"a: &a [x]\n" + b"".join(
        b"%c: &%c [%s]\n" % (letter, letter, b",".join([b"*%c" % (letter - 1)] * 9))
        for letter in range(98, 108)
    )
    return [
        lol,
        b"cases:\n" + b"- slug: a\n" * 290_000,
        b"slug: " + b"[" * 2_000_000,
        b'slug: "' + b"a" * 7_900_000 + b'"',
        b"slug: |\n" + b" a\n" * 2_000_000,
    ]


def sheets() -> list[bytes]:
    row = b"<row>" + b"<c/>" * 80 + b"</row>"
    return [
        SHEET % (row * 80_000),
        SHEET % (b"<row>" + b"<c/>" * 7_000_000 + b"</row>"),
        SHEET % (b"<row/>" * 4_500_000),
        SHEET % (b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"a" * 25_000_000 + b"</t></is></c></row>"),
        SHEET % (b"<a>" * 4_000_000),
        b"<a " + b" ".join(b'a%d="1"' % place for place in range(1_000_000)) + b"/>",
    ]


def data() -> list[bytes]:
    return [
        b'{"items":[' + b"[]," * 19_000_000 + b"[]]}",
        b'{"items":[' + b"{}," * 700_000 + b"{}]}",
        b'{"items":[],' + b",".join(b'"%d":1' % place for place in range(300_000)) + b"}",
        b'{"items":['
        + b",".join([b"{" + b",".join(b'"%d":1' % key for key in range(250)) + b"}"] * 5_000)
        + b"]}",
        b'{"items":' + b"[" * 30_000_000,
        b'{"items":"' + b"\\u00e9" * 9_000_000 + b'"}',
    ]
