"""``make sbom``: what a deployment is made of, in CycloneDX 1.6: the locked libraries that run, and the Debian packages
of the image when ``make image`` has made it here. Tools of development and tests are left out.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterable, Iterator
from email.parser import HeaderParser
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parents[2]
IMAGE = ROOT / ".local" / "image" / "app"
# Whose files the Dockerfile takes without the package.
CLIENT, COPIED = ROOT / ".local" / "image" / "client", "/usr/lib/postgresql/17/bin/pg_dump"


def libraries(lock: str) -> Iterator[Component]:
    """One component a pinned library of ``lock`` (pip's format), with the hashes that pip accepts."""
    for block in re.split(r"^(?=[a-z0-9])", lock, flags=re.M):
        if found := re.match(r"([a-z0-9._-]+)(?:\[.*?\])?==([^\s;\\]+)", block):
            name, version = found.groups()
            url = PackageURL("pypi", name=name, version=version)
            hashes = [
                HashType(alg=HashAlgorithm.SHA_256, content=one)
                for one in re.findall(r"sha256:([0-9a-f]{64})", block)
            ]
            yield Component(
                type=ComponentType.LIBRARY,
                name=name,
                version=version,
                purl=url,
                bom_ref=str(url),
                hashes=hashes,
            )


def packages(status: str, *, suite: str = "trixie") -> Iterator[Component]:
    """One component an installed package of ``status`` (dpkg's)."""
    for paragraph in status.strip().split("\n\n"):
        told = HeaderParser().parsestr(paragraph)
        if told["Status"] == "install ok installed":
            more = {"arch": told["Architecture"], "distro": suite}
            url = PackageURL("deb", "debian", told["Package"], told["Version"], more)
            yield Component(
                type=ComponentType.LIBRARY,
                name=told["Package"],
                version=told["Version"],
                purl=url,
                bom_ref=str(url),
            )


def document(components: Iterable[Component], *, version: str) -> str:
    """The JSON text. Raises ValueError when it does not follow its own schema."""
    bom = Bom(components=components)
    bom.metadata.component = Component(
        type=ComponentType.APPLICATION, name="trajectoires", version=version, bom_ref="trajectoires"
    )
    bom.register_dependency(bom.metadata.component, bom.components)
    text = JsonV1Dot6(bom).output_as_string(indent=1)
    if fault := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise ValueError(str(fault))
    return text


def runtime_lock() -> str:
    """The part of requirements.lock that the image installs, by the image's own script."""
    spec = importlib.util.spec_from_file_location("runtime_lock", ROOT / "deploy" / "runtime_lock.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError("deploy/runtime_lock.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return str(script.runtime((ROOT / "requirements.lock").read_text(encoding="utf-8")))


def of_image() -> list[Component]:
    """Debian packages of the image that was made here, and the one whose programs it takes; none without an image."""
    status = IMAGE / "var/lib/dpkg/status"
    if not status.exists() or not CLIENT.is_dir():
        return []
    copied = packages((CLIENT / "var/lib/dpkg/status").read_text(encoding="utf-8"))
    owners = {path.stem for path in (CLIENT / "var/lib/dpkg/info").glob("*.list") if _owns(path)}
    own = [*packages(status.read_text(encoding="utf-8"))]
    return [*own, *(one for one in copied if one.name in owners)]


def _owns(listing: Path) -> bool:
    return COPIED in listing.read_text(encoding="utf-8").splitlines()


def main(target: Path) -> int:
    found, system = [*libraries(runtime_lock())], of_image()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(document([*found, *system], version="0.1.0"), encoding="utf-8")
    more = f"{len(system)} paquets Debian" if system else "aucun paquet Debian (« make image » d’abord)"
    sys.stdout.write(f"{target} : {len(found)} bibliothèques, {more}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
