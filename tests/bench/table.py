"""Twenty people write in one démarche, each also watching what the others do; beside a bare Django write.

``python -m tests.bench.table 600`` measures this alone for ten minutes (in ``trajectoires.embedded exec``).
"""

from __future__ import annotations

import http.client
import json
import random
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from tests.bench.client import TOKEN, AgentProcess
from tests.bench.votes import each, p95, wait_until
from tests.support.stack import Stack, running

PEOPLE, SECONDS = 20, 60
WRITES, LOOKS, PRESENCE = 3.0, 1.2, 10.0  # seconds between two, as fields.js does
DOUBLED = 0.1  # of the writes leave twice at once, as after a lost answer
MOST = 1200  # characters: a field that is nearly full is started again


class Writer:
    """Keeps its own copy of the fields, as a page does; adds a word of its own to one of them every three seconds."""

    def __init__(self, stack: Stack, bare: Stack, made: dict[str, Any], number: int) -> None:
        self.port, self.bare, self.number = stack.port, bare.port, number
        self.headers = {
            "Cookie": f"sessionid={made['sessions'][number]}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.ticket = made["tickets"][number]
        self.place = f"/agir/demarches/{made['engagement']}/"
        self.fields: dict[str, tuple[str, int]] = dict.fromkeys(made["fields"], ("", 0))
        self.seen, self.mark = 0, ""
        self.drawn = random.Random(number)
        self.kept: dict[str, str] = {}  # key of each accepted write → its word
        self.saves: list[float] = []
        self.bare_writes: list[float] = []
        self.looks: list[float] = []
        self.clashes = 0
        self.heard: list[tuple[str, float]] = []  # word, when it was first read here
        self.known: set[str] = set()

    def ask(self, port: int, path: str, fields: Any = None) -> tuple[int, bytes, float]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        begin = time.perf_counter()
        body = None if fields is None else urlencode(fields)
        connection.request("GET" if fields is None else "POST", path, body, self.headers)
        response = connection.getresponse()
        content = response.read()
        spent = time.perf_counter() - begin
        connection.close()
        return response.status, content, spent

    def live(self, start: float, end: float) -> None:
        """Acts at their moments, one after the other: a person has one pair of hands."""
        acts: list[list[Any]] = [
            [start + self.drawn.random() * WRITES, WRITES, self.write],
            [start + self.drawn.random() * LOOKS, LOOKS, self.look],
            [start + self.drawn.random() * PRESENCE, PRESENCE, self.be_here],
        ]
        while True:
            act = min(acts, key=lambda one: one[0])
            if act[0] > end:
                break
            wait_until(act[0])
            act[2]()
            act[0] = max(act[0] + act[1], time.perf_counter())
        self.look()

    def warm(self) -> None:
        """A first visit, not counted: servers that have just started read their templates and open their connections."""
        for _ in range(3):
            self.look()
            self.write()
            self.be_here()
        self.saves.clear()
        self.bare_writes.clear()
        self.looks.clear()

    def write(self) -> None:
        name, word, key = (
            self.drawn.choice(list(self.fields)),
            f"{self.number}-{len(self.kept)}",
            str(uuid4()),
        )
        status, spent = 409, 0.0
        while status == 409:  # two texts: both are kept, as the person would
            text, version = self.fields[name]
            text = f"{text} {word}".strip() if len(text) < MOST else word
            status, spent = self.save(name, text, version, key)
            self.saves.append(spent)
        assert status == 200, status
        self.kept[key] = word
        self.bare_writes.append(self.ask(self.bare, "/write", {"name": word})[2])

    def save(self, name: str, text: str, version: int, key: str) -> tuple[int, float]:
        item, _, code = name.partition(":")
        fields = {"item": item, "code": code, "value": text, "base": version, "key": key}
        twice: list[Any] = []
        if self.drawn.random() < DOUBLED:
            double = threading.Thread(
                target=lambda: twice.append(self.ask(self.port, f"{self.place}champ/", fields))
            )
            double.start()
        status, body, spent = self.ask(self.port, f"{self.place}champ/", fields)
        while twice == [] and "double" in locals():
            double.join(60)
        told = json.loads(body)
        if status == 409:
            self.clashes += 1
            self.look()  # the other's text comes with the news
            if self.fields[name][1] < told["version"]:
                time.sleep(0.05)
        elif status == 200:
            self.fields[name] = (text, told["version"])
            self.known |= set(text.split())
        return status, spent

    def look(self) -> None:
        path = f"{self.place}nouveau/?apres={self.seen}&vu={self.mark}&outil=activites&billet={self.ticket}"
        status, body, spent = self.ask(self.port, path)
        self.looks.append(spent)
        if status == 204:
            return
        assert status == 200, status
        told = json.loads(body)
        assert "reload" not in told
        self.seen, self.mark = told["number"], told["mark"]
        for one in told["fields"]:
            if one["name"] in self.fields and self.fields[one["name"]][1] < one["version"]:
                text = one["values"][0] if one["values"] else ""
                self.fields[one["name"]] = (text, one["version"])
                fresh = set(text.split()) - self.known
                self.known |= fresh
                self.heard += [(word, time.perf_counter()) for word in fresh]

    def be_here(self) -> None:
        self.ask(
            self.port,
            f"{self.place}ici/",
            {"outil": "activites", "champ": self.drawn.choice(list(self.fields))},
        )


@dataclass(frozen=True)
class Table:
    """Seconds of each save, of a bare write just after it, of each look; what became of the words."""

    people: int
    seconds: float
    writes: int
    lost: int
    doubled: int
    clashes: int
    saves: tuple[float, ...]
    bare: tuple[float, ...]
    looks: tuple[float, ...]

    @property
    def ratio(self) -> float:
        return p95(self.saves) / p95(self.bare)


def measure(
    stack: Stack, bare: Stack, agent: AgentProcess, people: int = PEOPLE, seconds: float = SECONDS
) -> Table:
    made = agent("table", people)
    room = [Writer(stack, bare, made, number) for number in range(people)]
    each(writer.warm for writer in room)
    start = time.perf_counter() + 0.5
    each(lambda writer=writer: writer.live(start, start + seconds) for writer in room)
    found = agent("written", made["engagement"])
    kept = {key: word for writer in room for key, word in writer.kept.items()}
    return Table(
        people=people,
        seconds=seconds,
        writes=len(kept),
        lost=lost(kept, found),
        doubled=doubled(found["changes"]),
        clashes=sum(writer.clashes for writer in room),
        saves=tuple(one for writer in room for one in writer.saves),
        bare=tuple(one for writer in room for one in writer.bare_writes),
        looks=tuple(one for writer in room for one in writer.looks),
    )


def lost(kept: dict[str, str], found: dict[str, Any]) -> int:
    """Accepted words that are in no change, words that a later text of their field dropped without starting again, and
    numbers that no change has.
    """
    texts: dict[str, set[str]] = {}
    everything: set[str] = set()
    dropped = 0
    for name, _, after in found["changes"]:
        words = set(str(after).split())
        if len(words) > 1:  # one word alone: the field was full and is started again
            dropped += len(texts.get(name, set()) - words)
        texts[name] = words
        everything |= words
    missing = sum(word not in everything for word in kept.values())
    return missing + dropped + len(found["holes"])


def doubled(changes: list[list[Any]]) -> int:
    """Versions of one field that were given twice, and words written twice in one text."""
    versions = Counter((name, version) for name, version, _ in changes)
    twice = sum(count - 1 for count in versions.values())
    return twice + sum(len(str(text).split()) != len(set(str(text).split())) for _, _, text in changes)


def told(found: Table) -> list[str]:
    def line(name: str, values: tuple[float, ...], more: str = "") -> str:
        spread = f"médiane {1000 * median(values):.0f} ms, p95 {1000 * p95(values):.0f} ms, pire {1000 * max(values):.0f} ms"
        return f"  {name:<22} {spread}{more}"

    return [
        f"Démarche : {found.people} personnes écrivent pendant {found.seconds:.0f} s, une fois toutes les {WRITES:.0f} s",
        f"  écritures              {found.writes}, perdues {found.lost}, doublées {found.doubled}, "
        f"{found.clashes} conflits montrés",
        line("un enregistrement", found.saves),
        line("écriture Django nue", found.bare),
        f"  p95, rapport           {found.ratio:.2f}   visé : 3 au plus",
        line("un regard", found.looks),
    ]


if __name__ == "__main__":
    from tests.bench.__main__ import yardstick

    spans = [float(text) for text in sys.argv[1:]] or [SECONDS]
    with running() as stack, yardstick(stack) as bare:
        agent = AgentProcess(stack.env)
        try:
            for span in spans:
                sys.stdout.write("\n".join(told(measure(stack, bare, agent, seconds=span))) + "\n")
                sys.stdout.flush()
        finally:
            agent.stop()
