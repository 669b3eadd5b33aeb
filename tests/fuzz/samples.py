"""Files that are right, as our own exporters and the builders of the other tests make them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from random import Random

from apps.course.attestations import keys
from apps.webinars.exchange import export, yaml_write
from apps.webinars.sheet import stored
from tests.fuzz.mutations import zipped as packed
from tests.methodology.dossier import cases
from tests.methodology.dossier.journeys import files_of, zipped
from tests.support.fec import Dialect, build
from tests.webinars.books import book, saved
from tests.webinars.factories import whole

CASES = Path(__file__).resolve().parents[2] / "fixtures" / "content" / "webinars"
FEC = (
    Dialect(),
    Dialect(separator="|", encoding="cp1252", newline="\n", day="%d/%m/%Y"),
    Dialect(variant="montant_sens", bom=True, section="Section"),
    Dialect(encoding="utf-16", decimal=".", quotes=True, trailing_separator=True),
    Dialect(newline="\r", thousands=" ", zero="", trailing_minus=True, final_newline=False),
)


@lru_cache(maxsize=1)
def samples() -> dict[str, list[bytes]]:
    """Importer → files that it reads. Made once, in the transaction of the first test that asks."""
    said = [whole(slug="webinaire-2024-05-16"), whole(slug="webinaire-2024-06-20")]
    texts = [yaml_write.case(stored(one), source=True) for one in said]
    registers = yaml_write.whole(texts, export.people()[:4], export.organisations()[:4])
    real = [path.read_bytes() for path in sorted(CASES.glob("20*.yaml"))[:3]]
    parts = [
        ("a/1.yaml", texts[0].encode()),
        ("a/2.yml", texts[1].encode()),
        ("tous.yaml", registers.encode()),
    ]
    return {
        "fec": [build(60, seed=place, dialect=one, closing=place == 1) for place, one in enumerate(FEC)],
        "yaml": [*real, texts[0].encode(), registers.encode()],
        "files": [packed(Random(0), parts)],
        "book": [saved(book(*said)), saved(book(said[0], registers=False))],
        "dossier": [zipped(files_of(cases.full()[0]))],
        "badge": [keys.sign(b'{"id": "urn:x"}').encode(), b"ABCD-EFGH-JKLM-NPQR"],
    }
