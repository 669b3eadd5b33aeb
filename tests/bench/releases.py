"""A release of a thousand, then a hundred thousand, then a million results: built beside its bare aggregates, then read.

``python -m tests.bench.releases`` measures this alone, on servers of its own; the million takes minutes.
"""

from __future__ import annotations

import gzip
import http.client
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.client import Times, timed
from tests.support.stack import ROOT, Stack
from trajectoires.embedded.servers import throwaway

SIZES, BUILDS, ROUNDS = (1_000, 100_000, 1_000_000), 3, 40
SLOWEST, SLOWER_PAGE, MOST_MEMORY, MOST_QUERIES, MOST_BYTES = 3.0, 1.2, 100, 10, 100_000
MADE = "tests.bench.releases_made"
PARTS = re.compile(r'<(?:link rel="stylesheet" href|script[^>]* src|img[^>]* src)="(/[^"]+)"')


@dataclass(frozen=True)
class Built:
    """Seconds of each round, one after the other; ``memory``: MB that the building process took, at most."""

    results: int
    bare: tuple[float, ...]
    whole: tuple[float, ...]
    memory: float
    slug: str

    @property
    def ratio(self) -> float:
        return median(self.whole) / median(self.bare)


@dataclass(frozen=True)
class Releases:
    """``small`` and ``large``: the page of the first size and of the last one; ``weight``: bytes on the wire."""

    built: Sequence[Built]
    small: Times
    large: Times
    queries: int
    weight: int
    plotly: int

    @property
    def slower(self) -> float:
        return self.large.median / self.small.median


@contextmanager
def quiet() -> Iterator[Stack]:
    """A platform without its worker, which would build what is measured."""
    with throwaway() as servers, tempfile.TemporaryDirectory(prefix="trajectoires-pile-") as folder:
        stack = Stack(servers, Path(folder))
        try:
            stack.prepare(demo=False)
            stack.start("web")
            yield stack
        finally:
            stack.stop()


def call(stack: Stack, act: str) -> Any:
    """In a process of its own; what it prints, or None."""
    said = (
        stack.manage("shell", "--verbosity", "0", "-c", f"from {MADE} import *; {act}").strip().splitlines()
    )
    return json.loads(said[-1]) if said else None


def measure(sizes: Sequence[int] = SIZES, builds: int = BUILDS, rounds: int = ROUNDS) -> Releases:
    with quiet() as stack:
        made, done = [], 0
        for size in sizes:
            count = call(stack, f"make({done}, {size})")
            made.append(build(stack, count, builds, len(made)))
            done = size
        call(stack, f"publish({made[0].slug!r}, {made[-1].slug!r})")
        small, large = read(stack, made[0].slug, made[-1].slug, rounds)
        return Releases(
            built=made,
            small=small,
            large=large,
            queries=call(stack, f"queries({made[-1].slug!r})"),
            weight=weight(stack, made[-1].slug),
            plotly=plotly(),
        )


def build(stack: Stack, count: int, builds: int, rank: int) -> Built:
    """Bare and whole in turn, each compared with one release, of the quarter before; every round is another version."""
    call(stack, f"first({rank + 1})")
    pairs = []
    for turn in range(builds):
        version = rank * builds + turn + 1
        pairs.append((call(stack, f"bare({version})"), call(stack, f"built({version})")))
    return Built(
        results=count,
        bare=tuple(bare for bare, _ in pairs),
        whole=tuple(whole["seconds"] for _, whole in pairs),
        memory=max(whole["memory"] for _, whole in pairs),
        slug=pairs[-1][1]["slug"],
    )


def read(stack: Stack, small: str, large: str, rounds: int) -> tuple[Times, Times]:
    """The two pages in turn, so that a slow moment of the machine falls on both."""
    ask = [partial(get, stack, f"/publications/{slug}/") for slug in (small, large)]
    for _ in range(3):
        for one in ask:
            one()
    pairs = [(timed(ask[0]), timed(ask[1])) for _ in range(rounds)]
    return Times(tuple(one for one, _ in pairs)), Times(tuple(other for _, other in pairs))


def get(stack: Stack, path: str) -> tuple[int, str]:
    """Bytes on the wire, and the text."""
    connection = http.client.HTTPConnection("127.0.0.1", stack.port, timeout=60)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    assert response.status == 200, f"{path}: {response.status} {stack.log('web')[-2000:]}"
    packed = response.headers.get("Content-Encoding") == "gzip"
    return len(body), (gzip.decompress(body) if packed else body).decode(errors="replace")


def weight(stack: Stack, slug: str) -> int:
    """A first visit: the page, its styles, scripts and pictures; Plotly comes later, when somebody asks."""
    whole, page = get(stack, f"/publications/{slug}/")
    parts = {path for path in PARTS.findall(page) if "plotly" not in path}
    return whole + sum(get(stack, path)[0] for path in sorted(parts))


def plotly() -> int:
    """Bytes of the bundle, compressed; 0 when there is none."""
    found = sorted((ROOT / "static" / "vendor").glob("**/plotly*.min.js"))
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in found)


def told(found: Releases) -> list[str]:
    last = found.built[-1]
    return [
        "Publications : agrégats nus, puis la construction entière (protection, évolution, contrôle, écriture)",
        *(
            f"  {one.results:>9} résultats   nus {median(one.bare):.2f} s   construction {median(one.whole):.2f} s"
            f"   rapport {one.ratio:.2f}   mémoire + {one.memory:.0f} Mo".replace(".", ",")
            for one in found.built
        ),
        f"  à {last.results} : rapport visé 3 au plus{over(last.ratio, SLOWEST)} ; mémoire visée"
        f" {MOST_MEMORY} Mo au plus{over(last.memory, MOST_MEMORY)}",
        f"  page à {found.built[0].results} {found.small}   à {last.results} {found.large}".replace(".", ","),
        f"  page, rapport {found.slower:.2f}, visé : 1,20 au plus{over(found.slower, SLOWER_PAGE)}".replace(
            ".", ","
        ),
        f"  {found.queries} requêtes, visé : {MOST_QUERIES} au plus{over(found.queries, MOST_QUERIES)} ;"
        f" {found.weight // 1000} ko sans Plotly, visé : {MOST_BYTES // 1000} au plus{over(found.weight, MOST_BYTES)} ;"
        f" Plotly {found.plotly // 1000} ko",
    ]


def over(value: float, most: float) -> str:
    return "" if value <= most else f"   > {most:g}".replace(".", ",")


if __name__ == "__main__":
    print("\n".join(told(measure())))  # noqa: T201
