"""An archive that somebody sends (pure): opened only when nothing in it is larger, deeper or stranger than expected."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from typing import Any

from apps.core.zips import DAMAGED, METHODS
from apps.methodology.dossier.data import FOLDER
from apps.methodology.dossier.schema import plain
from apps.methodology.errors import Refused

LARGEST = 20_000_000
MOST_FILES = 200
MOST_BYTES = 60_000_000  # of the data, once opened
# Values of the data, all together, counted by their marks: an empty list takes three bytes, and eighty once it is read.
MOST_MARKS = 1_500_000
MOST_NAMES = 500  # of one object
NAMES = ("demarche", "etapes", "elements", "decisions", "commentaires", "ateliers")
SINCE_2 = "notes"  # the archives of before have none
WHICH = "Envoyez l’archive .zip telle que la page « Le dossier » d’une démarche la donne."
TOO_LARGE = "Cette archive est trop grosse une fois ouverte\u00a0: ce n’est pas celle d’une démarche."


def opened(content: bytes) -> dict[str, bytes]:
    """The data files, by their short names; ``SINCE_2`` may be missing. Refused, in French, for anything else than such an archive."""
    if not content:
        raise Refused(f"Ce fichier est vide. {WHICH}")
    if len(content) > LARGEST:
        raise Refused(
            f"Ce fichier dépasse {LARGEST // 1_000_000} Mo\u00a0: ce n’est pas une archive de démarche."
        )
    if not content.startswith(b"PK\x03\x04"):
        raise Refused(f"Ce fichier n’est pas une archive .zip. {WHICH}")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return read(archive)
    except DAMAGED as error:
        raise Refused(
            f"Cette archive est abîmée ou incomplète\u00a0: téléchargez-la de nouveau. {WHICH}"
        ) from error


def read(archive: zipfile.ZipFile) -> dict[str, bytes]:
    infos = archive.infolist()
    check(infos)
    start = root({info.filename for info in infos})
    found = {}
    for info in infos:
        name = info.filename.removeprefix(start).removeprefix(FOLDER).removesuffix(".json")
        if info.filename == f"{start}{FOLDER}{name}.json" and name in (*NAMES, SINCE_2):
            found[name] = bounded(archive, info)
    for name in NAMES:
        require(found, name)
    if sum(content.count(mark) for content in found.values() for mark in (b",", b"[", b"{")) > MOST_MARKS:
        raise Refused(TOO_LARGE)
    return found


def require(found: dict[str, bytes], name: str) -> None:
    if name not in found:
        raise Refused(f"Il manque à cette archive le fichier {FOLDER}{name}.json. {WHICH}")


def check(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_FILES or sum(info.file_size for info in infos) > 3 * MOST_BYTES:
        raise Refused(TOO_LARGE)
    names = [info.filename for info in infos]
    if len(set(names)) < len(names):
        raise Refused(
            "Deux fichiers de cette archive portent le même nom\u00a0: elle a été modifiée. Reprenez l’originale."
        )
    if any(is_astray(name) for name in names):
        raise Refused(
            "Cette archive contient des chemins qui sortent de son dossier\u00a0: elle n’est pas ouverte."
        )
    if any(info.flag_bits & 0x1 for info in infos):
        raise Refused("Cette archive est protégée par un mot de passe\u00a0: envoyez-la sans mot de passe.")
    if any(info.compress_type not in METHODS for info in infos):
        raise Refused(f"Cette archive est comprimée d’une façon que nous ne lisons pas. {WHICH}")


def is_astray(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or "\x00" in name or ".." in name.split("/")


def root(names: set[str]) -> str:
    """The folder that holds the data folder: programs that zip anew put one around."""
    ending = f"{FOLDER}demarche.json"
    found = [name.removesuffix(ending) for name in names if name == ending or name.endswith(f"/{ending}")]
    if len(found) != 1:
        raise Refused(
            f"Cette archive n’est pas celle d’une démarche\u00a0: le fichier {ending} n’y est pas. {WHICH}"
        )
    return found[0]


def bounded(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """What the archive announces is not believed."""
    with archive.open(info) as source:
        content = source.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Refused(TOO_LARGE)
    return content


class TwiceError(ValueError):
    """A name comes twice in one object: two programs would not read the same thing."""


def parsed(name: str, content: bytes) -> dict[str, Any]:
    """The object of one file. Refused when it is no JSON that everybody reads the same."""
    try:
        data = json.loads(content.decode("utf-8-sig"), object_pairs_hook=once, parse_constant=no_constant)
    except TwiceError as error:
        raise Refused(
            f"{FOLDER}{name}.json\u00a0: le nom «\u00a0{str(error)[:60]}\u00a0» y figure deux fois au même endroit."
        ) from error
    except (ValueError, RecursionError) as error:
        raise Refused(f"{FOLDER}{name}.json ne se lit pas\u00a0: reprenez l’archive d’origine.") from error
    if not isinstance(data, dict):
        raise Refused(f"{FOLDER}{name}.json n’a pas la forme attendue\u00a0: reprenez l’archive d’origine.")
    return data


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if len(pairs) > MOST_NAMES:
        raise ValueError
    for name, value in pairs:
        if name in found:
            raise TwiceError(plain(name))
        found[name] = value
    return found


def no_constant(name: str) -> Any:
    raise ValueError(name)
