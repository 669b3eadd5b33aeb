"""What no Python package brings: the text libraries of the PDF, and a browser and a spreadsheet for the tests.

A script for a bare ``python3``: it runs before the environment exists. What is missing is installed with
apt-get when this account may, and named in a command to copy when it may not.
"""

from __future__ import annotations

import argparse
import ctypes
import glob
import os
import shutil
import subprocess
import sys

# Debian's package: names under which WeasyPrint asks for the library.
LIBRARIES = {
    "libpango-1.0-0": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0"),
    "libharfbuzz-subset0": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0"),
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PLAYWRIGHT = "~/.cache/ms-playwright/chromium-*/chrome-linux*/chrome"
OFFICES = ("soffice", "libreoffice")
# Where the installers of macOS and of the foundation put it: neither is on the PATH.
OFFICE_PLACES = ("/Applications/LibreOffice.app/Contents/MacOS/soffice", "/opt/libreoffice*/program/soffice")
APT = ["apt-get", "-o", "DPkg::Lock::Timeout=180"]


def missing_libraries() -> list[str]:
    """Debian packages whose library cannot be loaded by this Python."""
    return [package for package, names in LIBRARIES.items() if not any(_loads(name) for name in names)]


def find_chromium() -> str | None:
    """A Chromium that really starts: CHROMIUM of the environment, the system's, Playwright's."""
    candidates = [os.environ.get("CHROMIUM"), *map(shutil.which, BROWSERS)]
    candidates += sorted(glob.glob(os.path.expanduser(PLAYWRIGHT)), reverse=True)
    return next((path for path in candidates if path and _starts(path)), None)


def find_office() -> str | None:
    """A LibreOffice that really starts: SOFFICE of the environment, the system's, that of its own installer."""
    candidates = [os.environ.get("SOFFICE"), *map(shutil.which, OFFICES)]
    candidates += [path for place in OFFICE_PLACES for path in sorted(glob.glob(place), reverse=True)]
    return next((path for path in candidates if path and _starts(path)), None)


def missing(purpose: str) -> list[str]:
    """Debian packages that ``purpose`` (``pdf``, ``browser`` or ``spreadsheet``) still needs."""
    if purpose == "pdf":
        return missing_libraries()
    if purpose == "spreadsheet":
        return [] if find_office() else ["libreoffice-calc-nogui"]
    return [] if find_chromium() else ["chromium"]


def install(packages: list[str]) -> bool:
    """Install with apt-get, as root or through a sudo that asks nothing. False when that is not possible."""
    prefix = _privileged()
    if prefix is None:
        return False
    print("Installation des paquets système :", " ".join(packages), flush=True)
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive", LC_ALL="C.UTF-8")
    commands = ([*APT, "update", "-qq"], [*APT, "install", "-y", "-qq", "--no-install-recommends", *packages])
    for command in commands:
        result = subprocess.run(
            [*prefix, *command],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if result.returncode:
        print(result.stdout.decode(errors="replace")[-2000:], file=sys.stderr)
    return result.returncode == 0


def main(arguments: list[str]) -> int:
    """Exit code 0 when everything is there at the end, or with ``--continue``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("purpose", choices=["pdf", "browser", "spreadsheet", "packages"])
    parser.add_argument("packages", nargs="*")
    parser.add_argument("--continue", dest="go_on", action="store_true")
    options = parser.parse_args(arguments)
    if options.purpose == "packages":
        return 0 if install(options.packages) else 1
    lacking = missing(options.purpose)
    if lacking and install(lacking):
        # Another process: this one's loader may have remembered that the library was not there.
        return subprocess.call([sys.executable, __file__, options.purpose, *["--continue"] * options.go_on])
    if not lacking:
        return 0
    print(_explanation(options.purpose, lacking), file=sys.stderr, flush=True)
    if options.go_on:
        print("  La plateforme démarre quand même, sans PDF.", file=sys.stderr, flush=True)
    return 0 if options.go_on else 1


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _starts(path: str) -> bool:
    try:
        command = [path, "--version"]
        return subprocess.run(command, capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def _privileged() -> list[str] | None:
    """What to write before apt-get; None when this account may not use it."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None


def _explanation(purpose: str, packages: list[str]) -> str:
    what = {
        "pdf": "Les PDF ont besoin de bibliothèques système absentes ici.",
        "browser": "Les tests de bout en bout ont besoin de Chromium, absent ici.",
        "spreadsheet": "Les tests du classeur le font recalculer par LibreOffice, absent ici.",
    }[purpose]
    others = {
        "pdf": "Fedora : dnf install pango. macOS : brew install pango.",
        "browser": "Ou : CHROMIUM=/chemin/vers/chrome make test",
        "spreadsheet": "Fedora : dnf install libreoffice-calc. Ou : SOFFICE=/chemin/vers/soffice make test",
    }
    return (
        f"✗ {what}\n"
        f"  Debian, Ubuntu : sudo apt-get install --no-install-recommends {' '.join(packages)}\n"
        f"  {others[purpose]}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
