"""Bytes → batches of lines, in bounded memory, with the encoding guessed on the way."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from apps.ledger.fec.signatures import HEAD, refuse_binary
from apps.ledger.fec.words import fault

CHUNK = 1 << 18
LINE_LIMIT = 16_384  # characters
LINES_LIMIT = 3_000_000
FORMULAS = ("\t=", "\t@", "|=", "|@")
ASCII = bytes(range(128))
UTF8_BOM = b"\xef\xbb\xbf"
C1 = frozenset(range(0x80, 0xA0))  # printable in windows-1252 (€ œ ’), controls in ISO 8859-15
MOVED = frozenset(
    b"\xa4\xa6\xa8\xb4\xb8\xbc\xbd\xbe"
)  # € Š š Ž ž Œ œ Ÿ there, ¤ ¦ ¨ ´ ¸ ¼ ½ ¾ in windows-1252


@dataclass(slots=True)
class Batch:
    """Whole lines, decoded as latin-1, without ``\\n``; ``before``: how many lines came earlier."""

    lines: list[str]
    before: int
    last: bool = False
    formulas: bool = False  # some value begins like a spreadsheet’s formula
    cut: bool = False  # the last line has no end: the file may be truncated


@dataclass(slots=True)
class Charset:
    """What the bytes seen so far allow. UTF-8 until proven otherwise: other texts are almost never valid UTF-8."""

    utf8: codecs.IncrementalDecoder | None = field(default_factory=codecs.getincrementaldecoder("utf-8"))
    bom: str = ""
    accents: bool = False
    mixed: bool = False
    high: set[int] = field(default_factory=set)

    def feed(self, chunk: bytes) -> None:
        if chunk.isascii() and (self.utf8 is None or not self.utf8.getstate()[0]):
            return
        if self.utf8 is not None:
            try:
                self.utf8.decode(chunk)
                self.accents = True
                return
            except UnicodeDecodeError as error:
                self.utf8, self.mixed = None, self.accents or not chunk[: error.start].isascii()
        self.high.update(chunk.translate(None, ASCII))

    def end(self) -> None:
        if self.utf8 is not None and self.utf8.getstate()[0]:
            self.utf8, self.mixed = None, True

    @property
    def single(self) -> str:
        """The single-byte encoding of what is not UTF-8."""
        return "iso8859-15" if self.high & MOVED and not self.high & C1 else "cp1252"

    @property
    def name(self) -> str:
        """As told to people."""
        if self.bom:
            return self.bom
        if self.utf8 is not None:
            return "utf-8" if self.accents else "ascii"
        return "windows-1252" if self.high & C1 else "iso-8859-15"


def chunks(source: BinaryIO, charset: Charset, seen: Callable[[int], None]) -> Iterator[bytes]:
    """The file by pieces, without its mark; UTF-16 becomes UTF-8. ``seen`` gets the bytes of each piece."""
    head = source.read(HEAD)
    while 0 < len(head) < HEAD and (more := source.read(HEAD - len(head))):
        head += more
    wide = utf16(head)
    if wide is None:
        refuse_binary(head)
        if head.startswith(UTF8_BOM):
            charset.bom, head = "utf-8", head[len(UTF8_BOM) :]
    else:
        charset.bom = wide
    decoder = codecs.getincrementaldecoder(wide)() if wide else None
    if decoder is not None and head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        head = head[2:]
    piece = head
    while piece:
        if decoder is None:
            yield piece
        else:
            yield transcoded(decoder, piece)
        seen(len(piece))
        piece = source.read(CHUNK)
    if decoder is not None:
        yield transcoded(decoder, b"", final=True)


def transcoded(decoder: codecs.IncrementalDecoder, piece: bytes, *, final: bool = False) -> bytes:
    try:
        return decoder.decode(piece, final).encode("utf-8")
    except UnicodeError:
        raise fault("encoding") from None


def utf16(head: bytes) -> str | None:
    """With its mark, or without it when the first title is plainly one character out of two."""
    if head.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return None
    first, second = head[:8:2], head[1:8:2]
    if head.startswith(codecs.BOM_UTF16_LE) or (second == bytes(4) and is_ascii(first)):
        return "utf-16-le"
    if head.startswith(codecs.BOM_UTF16_BE) or (first == bytes(4) and is_ascii(second)):
        return "utf-16-be"
    return None


def is_ascii(data: bytes) -> bool:
    return data.isascii() and 0 not in data


def batches(source: BinaryIO, charset: Charset, seen: Callable[[int], None]) -> Iterator[Batch]:
    """At least one batch, the last one marked. FecFault on what no text has, and on what is beyond the limits.

    Old Macintosh files end their lines with a lone ``\\r``: when the first line does, all do.
    """
    carry, before, mac, ending = "", 0, None, ""
    for chunk in chunks(source, charset, seen):
        if b"\0" in chunk:
            raise fault("nul", before + 1 + chunk[: chunk.index(b"\0")].count(b"\n"))
        charset.feed(chunk)
        text = carry + chunk.decode("latin-1")
        if mac is None and ("\r" in text[:-1] or "\n" in text):
            start = text.find("\r")
            mac = start >= 0 and text[start + 1 : start + 2] != "\n" and "\n" not in text[:start]
        if mac:
            text = text.replace("\r", "\n")
        lines = text.split("\n")
        carry = lines.pop()
        check_lengths(lines, carry, before)
        if lines:
            ending = "\r" if lines[-1].endswith("\r") else ""
            yield Batch(lines, before, formulas=has_formula(text))
            before += len(lines)
            if before > LINES_LIMIT:
                raise fault("too_many_lines", before, limit=LINES_LIMIT)
    charset.end()
    carry = carry.rstrip("\x1a")  # the end mark of DOS
    cut = bool(carry.strip())
    carry = carry.removesuffix("\r") + ending  # as the others: it matters when EcritureNum is the last column
    yield Batch([carry] if cut else [], before, last=True, cut=cut, formulas=has_formula(carry))


def has_formula(text: str) -> bool:
    """One character first: it is rare in a FEC, and looking for it is far faster than for two."""
    return ("=" in text or "@" in text) and any(mark in text for mark in FORMULAS)


def check_lengths(lines: list[str], carry: str, before: int) -> None:
    if len(carry) > LINE_LIMIT:
        raise fault("long_line", before + len(lines) + 1, limit=LINE_LIMIT)
    if lines and max(map(len, lines)) > LINE_LIMIT:
        place = next(place for place, line in enumerate(lines) if len(line) > LINE_LIMIT)
        raise fault("long_line", before + place + 1, limit=LINE_LIMIT)
