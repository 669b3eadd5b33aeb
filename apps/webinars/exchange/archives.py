"""Zip files that someone sends (pure): opened only when nothing in them is larger, deeper or stranger than expected."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from apps.core.zips import DAMAGED, METHODS
from apps.webinars.exchange.rows import FileError

MOST_FILES = 600
MOST_BYTES = 30_000_000
TOO_LARGE = "Cet envoi est trop gros une fois décompressé : envoyez moins de fiches à la fois."
OTHER_METHOD = (
    "Cet envoi est comprimé d’une façon que nous ne lisons pas : refaites-le en « .zip » ordinaire."
)
# Elements of a workbook: ours have some five hundred a case. Memory and time are theirs, not those of the bytes.
MOST_ELEMENTS = 600_000
LONG_TAG = re.compile(rb"<[^<>]{10000}")
DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)


def contents(content: bytes) -> dict[str, bytes]:
    """Name → bytes of every file. FileError for a bomb, an encrypted or a damaged archive."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if len(infos) > MOST_FILES or sum(info.file_size for info in infos) > MOST_BYTES:
                raise FileError(TOO_LARGE)
            if len({info.filename for info in infos}) < len(infos):
                raise FileError("Deux fichiers de cet envoi portent le même nom : refaites l’archive.")
            if any(is_astray(info.filename) for info in infos):
                raise FileError("Des chemins de cet envoi sortent de son dossier : refaites l’archive.")
            if any(info.compress_type not in METHODS for info in infos):
                raise FileError(OTHER_METHOD)
            return {info.filename: archive.read(info) for info in infos}
    except DAMAGED as error:
        if isinstance(error, FileError):
            raise
        told = "protégé par un mot de passe" if "password" in str(error) else "abîmé"
        raise FileError(f"Ce fichier est {told} : réenregistrez-le, puis renvoyez-le.") from error


def is_astray(name: str) -> bool:
    return name.startswith("/") or "\x00" in name or ".." in re.split(r"[/\\]", name)


def check_elements(parts: dict[str, bytes]) -> None:
    """Whatever the files are called: a workbook names its sheets as it likes."""
    if sum(content.count(b"<") for content in parts.values()) > MOST_ELEMENTS:
        raise FileError(TOO_LARGE)


def check_xml(name: str, content: bytes) -> None:
    """A spreadsheet never declares entities, and never writes its XML in another alphabet to hide one."""
    if (
        DOCTYPE.search(content)
        or LONG_TAG.search(content)
        or not content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
    ):
        raise FileError(
            f"Ce classeur contient du XML refusé ({name[:60]}) : réenregistrez-le avec LibreOffice."
        )
