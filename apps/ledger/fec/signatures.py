"""Files that are no text, told by their first bytes and named. Nothing is ever decompressed."""

from __future__ import annotations

import re

from apps.ledger.fec.words import fault

HEAD = 4096  # bytes looked at

ARCHIVES: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "un fichier compressé (gzip)"),
    (b"BZh", "un fichier compressé (bzip2)"),
    (b"7z\xbc\xaf\x27\x1c", "une archive 7-Zip"),
    (b"Rar!", "une archive RAR"),
    (b"\xfd7zXZ\x00", "un fichier compressé (xz)"),
    (b"\x28\xb5\x2f\xfd", "un fichier compressé (zstd)"),
)
BINARIES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "un document PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "un classeur Excel d’ancien format (.xls) ou un document Office"),
    (b"\x09\x08\x10\x00", "un classeur Excel d’ancien format (.xls)"),
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une image"),
    (b"GIF8", "une image"),
    (b"{\\rtf", "un document de traitement de texte (RTF)"),
    (b"SQLite format 3", "une base de données"),
    (b"\x7fELF", "un programme"),
    (b"MZ\x90", "un programme"),
)
WORKBOOKS: tuple[tuple[bytes, str], ...] = (
    (b"opendocument.spreadsheet", "un classeur LibreOffice (.ods)"),
    (b"opendocument.text", "un document LibreOffice (.odt)"),
    (b"xl/", "un classeur Excel (.xlsx)"),
    (b"[Content_Types].xml", "un classeur Excel (.xlsx)"),
    (b"word/", "un document Word (.docx)"),
)
EBCDIC_TITLES = (b"\xd1\xd6\xe4\xd9\xd5\xc1\xd3\xc3\xd6\xc4\xc5", "JournalCode".encode("cp500"))
ACCENTED = re.compile(rb"[\x81-\x89\x91-\x99\xa2-\xa9\xc1-\xc9\xd1-\xd9\xe2-\xe9\xf0-\xf9\x40]")


def refuse_binary(head: bytes) -> None:
    """FecFault when the first bytes are those of something else than a text."""
    if not head:
        raise fault("empty")
    for mark, kind in ARCHIVES:
        if head.startswith(mark):
            raise fault("archive", kind=kind)
    for mark, kind in BINARIES:
        if head.startswith(mark):
            raise fault("binary", kind=kind)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        for mark, kind in WORKBOOKS:
            if mark in head:
                raise fault("binary", kind=kind)
        raise fault("archive", kind="une archive ZIP")
    refuse_markup(head)
    refuse_ebcdic(head)


def refuse_markup(head: bytes) -> None:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if start.startswith((b"<?xml", b"<comptabilite", b"<exercice")):
        raise fault("binary", kind="un document XML")
    if start.startswith((b"<!doctype html", b"<html", b"<table")):
        raise fault("binary", kind="une page web")


def refuse_ebcdic(head: bytes) -> None:
    """The title of the first column, or a text made nearly only of EBCDIC letters, digits and spaces."""
    if any(title in head for title in EBCDIC_TITLES):
        raise fault("ebcdic")
    if len(head) >= 64 and b"\n" not in head and len(ACCENTED.findall(head)) > 0.8 * len(head):
        if sum(byte >= 0x80 for byte in head) > 0.5 * len(head):
            raise fault("ebcdic")
