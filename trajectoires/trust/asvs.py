"""``python -m trajectoires.trust.asvs``: every requirement of ASVS 5.0, levels 1 and 2, has its answer in docs/asvs.md."""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "asvs.md"
# Section → the level of each of its requirements, in order; 3 is out of our aim. From OWASP's published list, v5.0.0.
LEVELS = {
    "1.1": "22",
    "1.2": "1111122223",
    "1.3": "112222222223",
    "1.4": "222",
    "1.5": "123",
    "2.1": "122",
    "2.2": "112",
    "2.3": "12223",
    "2.4": "23",
    "3.1": "3",
    "3.2": "113",
    "3.3": "12223",
    "3.4": "11222233",
    "3.5": "11122333",
    "3.6": "3",
    "3.7": "22333",
    "4.1": "12233",
    "4.2": "23333",
    "4.3": "22",
    "4.4": "1222",
    "5.1": "2",
    "5.2": "112333",
    "5.3": "113",
    "5.4": "222",
    "6.1": "122",
    "6.2": "111111112222",
    "6.3": "11223333",
    "6.4": "112233",
    "6.5": "22222333",
    "6.6": "2223",
    "6.7": "33",
    "6.8": "2222",
    "7.1": "222",
    "7.2": "1111",
    "7.3": "22",
    "7.4": "11222",
    "7.5": "223",
    "7.6": "22",
    "8.1": "1233",
    "8.2": "1123",
    "8.3": "133",
    "8.4": "23",
    "9.1": "111",
    "9.2": "1222",
    "10.1": "22",
    "10.2": "223",
    "10.3": "22223",
    "10.4": "1111122222233333",
    "10.5": "22222",
    "10.6": "22",
    "10.7": "222",
    "11.1": "2233",
    "11.2": "22233",
    "11.3": "11233",
    "11.4": "1222",
    "11.5": "23",
    "11.6": "23",
    "11.7": "33",
    "12.1": "12233",
    "12.2": "11",
    "12.3": "22223",
    "13.1": "2333",
    "13.2": "222223",
    "13.3": "2233",
    "13.4": "1222233",
    "14.1": "22",
    "14.2": "12223333",
    "14.3": "122",
    "15.1": "12233",
    "15.2": "12233",
    "15.3": "1222222",
    "15.4": "3333",
    "16.1": "2",
    "16.2": "22222",
    "16.3": "2222",
    "16.4": "222",
    "16.5": "2223",
    "17.1": "23",
    "17.2": "22223333",
    "17.3": "22",
}
SAID = ("Par construction", "Sans objet", "Écart")
# A word such as « Écart » alone is no reason.
LEAST_WORDS = 4
_ROW = re.compile(r"^\| (V[\d.]+) \| (\d) \| (.+?) \| (.+?) \|$", re.M)
_PROOF = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Answer:
    """One row: what the requirement is about, and what shows that it holds."""

    code: str
    level: int
    subject: str
    text: str

    @property
    def kind(self) -> str:
        return next((word for word in SAID if self.text.startswith(word)), "Preuve")

    @property
    def proofs(self) -> list[str]:
        """Files, folders and tests of the repository that it names."""
        return [
            name
            for name in _PROOF.findall(self.text)
            if ("/" in name and "://" not in name and name[0] != "/") or name.endswith(".lock")
        ]


def wanted() -> dict[str, int]:
    """Code → level, for levels 1 and 2."""
    return {
        f"V{section}.{place}": int(level)
        for section, levels in LEVELS.items()
        for place, level in enumerate(levels, start=1)
        if level != "3"
    }


def answers(text: str) -> list[Answer]:
    return [Answer(code, int(level), subject, said) for code, level, subject, said in _ROW.findall(text)]


def faults(text: str) -> Iterator[str]:
    """French sentences: what is missing, given twice, at another level, without an answer, or dangling."""
    found, known = answers(text), wanted()
    for code, times in Counter(answer.code for answer in found).items():
        if times > 1:
            yield f"{code} : {times} lignes"
    for code in sorted(known.keys() - {answer.code for answer in found}):
        yield f"{code} : aucune ligne"
    for answer in found:
        yield from _of(answer, known)


def _of(answer: Answer, known: dict[str, int]) -> Iterator[str]:
    if answer.code not in known:
        yield f"{answer.code} : pas une exigence des niveaux 1 et 2"
    elif known[answer.code] != answer.level:
        yield f"{answer.code} : niveau {known[answer.code]}, pas {answer.level}"
    if answer.kind == "Preuve" and not answer.proofs:
        yield f"{answer.code} : ni test, ni document, ni raison"
    if answer.kind != "Preuve" and len(answer.text.split()) < LEAST_WORDS:
        yield f"{answer.code} : « {answer.kind} » sans raison"
    for proof in answer.proofs:
        if not exists(proof):
            yield f"{answer.code} : {proof} n’existe pas"


def exists(proof: str) -> bool:
    """A file or folder, or ``file::function`` in it."""
    path, _, function = proof.partition("::")
    if not (ROOT / path).exists():
        return False
    return not function or function in functions(ROOT / path)


@lru_cache
def functions(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def main() -> int:
    text = TABLE.read_text(encoding="utf-8")
    wrong = list(faults(text))
    for fault in wrong:
        sys.stdout.write(f"✗ {fault}\n")
    kinds = Counter(answer.kind for answer in answers(text))
    counted = ", ".join(f"{kind} {kinds[kind]}" for kind in ("Preuve", *SAID))
    sys.stdout.write(f"ASVS 5.0, niveaux 1 et 2 : {len(answers(text))} exigences ({counted}).\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
