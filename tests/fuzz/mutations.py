"""From a file that is right to one that is not: bytes flipped, cut, moved, repeated, written in another way (pure)."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable
from random import Random

Mutation = Callable[[Random, bytes], bytes]
# What each language has a meaning for, and its parsers are known to stumble on.
TOKENS = {
    "fec": ["\t", "|", ";", "\n", "\r", "\x1a", "\x00", '"', "=1+1", "@x", "-", "1e9", "1 234,50", "20241332", "45291",
            "9" * 40, "D", "+1", "\ufeff", "\u202f", "²", "٣", "6" * 300, "CompteNum", "\x85", "\u2028"],
    "yaml": ["!!timestamp x", '!!int ""', "!!bool x", '!!float ""', "!!binary AA==", "!!set {a, b}", "!!omap [a: 1]",
             "!!python/object/apply:os.system [ls]", "!a b", "&a ", "*a", "<<: ", "? [a]\n: b", "1" + ":1" * 3000,
             "0x" + "f" * 5000, ".nan", "-.inf", "1e999", "2024-99-99", "9999-12-31 23:59:59 -23:59", '"\\0"',
             '"\\ud800"', '"\\uffff"', "[" * 40, "{a: " * 40, "- " * 40, "%YAML 9.9\n---\n", "\n---\n", "|\n", ">9\n", "=",
             "~", "null", "yes", "\t", '"', "'", "#", "\x00", "\x85", "é" * 5000, "slug: ", "cases: ", '"\\0": '],
    "json": ['"\\ud800"', '"\\u0000"', "1" * 5000, "1e999", "-0", "NaN", "-Infinity", "[" * 3000, '{"a":' * 3000, "null",
             "true", '""', "{}", "[]", '"é"', '"' + "x" * 70_000 + '"', '"\\ud800": 1, ', "1.5", "-1", "9" * 30,
             '"0001-01-01T00:00:00Z"', '"9999-12-31T23:59:59+00:00"', '"2026-02-30"', '"decision-1"', '"action-1"', "\x00"],
    "xml": ["<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "&#0;", "&#xD800;", "&amp;", "<![CDATA[", "]]>", "<a>" * 300, "</row>",
            '<c r="XFD1048576" t="s"><v>999999999</v></c>', '<c r="A0"><v>1</v></c>', '<c t="d"><v>x</v></c>', 't="e"',
            't="b"', 't="inlineStr"', "<f>1+1</f>", '<row r="-1">', 'r="9999999999"', '<row r="1048576"/>', "<v>1e999</v>",
            "<v>NaN</v>", "<v>99999999999999</v>", 's="999"', "_x0000_", "_x005F_", "\ufffe", 'encoding="utf-16"', "<is><t/></is>"],
    "token": [".", "..", "=", "e30", "bnVsbA", "W10", "eyJhbGciOiJub25lIn0", "\x00", "é", "+", "/", "W1tb" * 900, "eyJhIjo" * 900],
}  # fmt: skip
ENCODINGS = ("utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "utf-7", "cp037", "utf-8-sig")


def flip(drawn: Random, data: bytes) -> bytes:
    made = bytearray(data)
    for _ in range(drawn.choice((1, 1, 2, 8, 40))):
        if made:
            made[drawn.randrange(len(made))] ^= 1 << drawn.randrange(8)
    return bytes(made)


def overwrite(drawn: Random, data: bytes) -> bytes:
    if not data:
        return b"\x00"
    start = drawn.randrange(len(data))
    size = drawn.choice((1, 2, 4, 8))
    value = drawn.choice((b"\x00", b"\xff", b"\x7f", b"\x80")) * size
    return data[:start] + value + data[start + size :]


def cut(drawn: Random, data: bytes) -> bytes:
    where = drawn.randrange(len(data) + 1)
    return data[:where] if drawn.random() < 0.7 else data[where:]


def block(drawn: Random, data: bytes, largest: int = 2000) -> tuple[int, int]:
    start = drawn.randrange(len(data) + 1)
    return start, min(len(data), start + drawn.randrange(1, largest))


def remove(drawn: Random, data: bytes) -> bytes:
    start, end = block(drawn, data)
    return data[:start] + data[end:]


def repeat(drawn: Random, data: bytes) -> bytes:
    start, end = block(drawn, data)
    return data[:end] + data[start:end] * drawn.choice((1, 2, 50)) + data[end:]


def swap(drawn: Random, data: bytes) -> bytes:
    a, b, c, d = sorted(drawn.randrange(len(data) + 1) for _ in range(4))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def swell(drawn: Random, data: bytes) -> bytes:
    """One place becomes very long."""
    start = drawn.randrange(len(data) + 1)
    unit = drawn.choice((b"a", b" ", b"9", b"\xc3\xa9", b"\n", b"\t", b"(", b"[", b"\x00"))
    return data[:start] + unit * drawn.choice((500, 5_000, 70_000)) + data[start:]


def reencode(drawn: Random, data: bytes) -> bytes:
    encoding = drawn.choice(ENCODINGS)
    made = data.decode("utf-8", "replace").encode(encoding, "replace")
    return made if drawn.random() < 0.7 else b"\xef\xbb\xbf" + made


def insert(tokens: list[str]) -> Mutation:
    """A word of the language, in the place of another or between two."""

    def mutation(drawn: Random, data: bytes) -> bytes:
        token = drawn.choice(tokens).encode("utf-8", "surrogatepass")
        start, end = block(drawn, data, 40)
        if drawn.random() < 0.6:  # where a value begins
            start = max(data.rfind(mark, 0, start) for mark in (b": ", b'"', b"\t", b">", b"|")) + 1
            end = min((place for mark in b'\n,"\t<' if (place := data.find(mark, start)) >= 0), default=end)
        return data[:start] + token + data[end if drawn.random() < 0.7 else start :]

    return mutation


BLIND: tuple[Mutation, ...] = (flip, overwrite, cut, remove, repeat, swap, swell, reencode)


def mutated(drawn: Random, data: bytes, language: str) -> bytes:
    """One to four mutations; half of them know the language."""
    word = insert(TOKENS[language])
    for _ in range(drawn.choice((1, 1, 2, 4))):
        data = (word if drawn.random() < 0.5 else drawn.choice(BLIND))(drawn, data)[:9_000_000]
    return data


def mutated_zip(drawn: Random, data: bytes, language: str) -> bytes:
    """A file of the archive, its list of files, or the bytes of the archive itself."""
    if drawn.random() < 0.25:
        return drawn.choice(BLIND[:6])(drawn, data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    for _ in range(drawn.choice((1, 1, 3))):
        place = drawn.randrange(len(parts))
        name, content = parts[place]
        if drawn.random() < 0.8:
            parts[place] = (name, mutated(drawn, content, language))
        else:
            parts[place : place + 1] = renamed(drawn, name, content)
        parts = parts or [("a", b"")]
    return zipped(drawn, parts)


def renamed(drawn: Random, name: str, content: bytes) -> list[tuple[str, bytes]]:
    other = drawn.choice(
        (f"../{name}", f"/{name}", name.upper(), "a" * 300, "é\u202e.yaml", "mimetype", "[Content_Types].xml")
    )
    return drawn.choice(([], [(other, content)], [(name, content), (other, content)], [(name, content)] * 2))


def zipped(drawn: Random, parts: list[tuple[str, bytes]]) -> bytes:
    method = drawn.choice(
        (zipfile.ZIP_DEFLATED,) * 6 + (zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
    )
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", method) as archive:
        warnings.simplefilter("ignore")  # twice the same name is what we want
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()
