"""Print the part of ``requirements.lock`` that serves the platform: without what only tests and checks need.

The lock says below each package who asks for it (« via »); those that no runtime package asks for are left out.
A script for a bare ``python3``: it runs before anything is installed.
"""

import re
import sys
from pathlib import Path

ROOT = "trajectoires (pyproject.toml)"
# Asked for by an extra of a runtime package that only the tests' libraries want: the lock's comments do not tell extras.
OF_THE_TESTS = {"email-validator"}


def blocks(lock: str) -> dict[str, str]:
    """Lines of each pinned package, hashes and comments included, under name and marker."""
    found = re.split(r"^(?=[a-z0-9])", lock, flags=re.M)
    return {block.partition("\n")[0]: block for block in found if "==" in block}


def askers(block: str) -> set[str]:
    """Who asks for this package, by the comment below it."""
    comment = re.findall(r"^ +#(.*)$", block, re.M)
    return {line.removeprefix(" via").strip() for line in comment} - {""}


def runtime(lock: str) -> str:
    """The same lock with the packages that the project's own dependencies lead to."""
    packages = blocks(lock)
    kept, size = {ROOT}, 0
    while size < len(kept):
        size = len(kept)
        kept |= {
            name(line)
            for line, block in packages.items()
            if askers(block) & kept and name(line) not in OF_THE_TESTS
        }
    return "".join(block for line, block in packages.items() if name(line) in kept)


def name(line: str) -> str:
    return re.split(r"[\[=]", line)[0]


if __name__ == "__main__":
    sys.stdout.write(runtime(Path(sys.argv[1]).read_text(encoding="utf-8")))
