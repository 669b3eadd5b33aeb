"""Three hundred phones on one question, while the projector asks again every second; what each waits.

``python -m tests.bench.votes`` measures this alone (in ``trajectoires.embedded exec``, as ``make bench``).
"""

from __future__ import annotations

import http.client
import random
import re
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

from tests.bench.client import TOKEN, AgentProcess, Browser
from tests.support.stack import Stack, running

PHONES, SECONDS = 300, 60
PHONE_ASKS, SCREEN_ASKS = 4.0, 1.0  # seconds between two looks, as the templates say
TOTAL = re.compile(rb"<b>(\d+)</b> r")


class Phone:
    """Opens the page, looks again every four seconds, votes once at its moment."""

    def __init__(self, port: int, code: str, at: float) -> None:
        self.port, self.path, self.at = port, f"/vote/{code}/", at
        self.cookie = f"csrftoken={TOKEN}"
        self.looks: list[float] = []
        self.voted: tuple[float, float] | None = None  # sent, answered
        self.marker = ""

    def ask(self, path: str, fields: dict[str, str] | None = None, *, htmx: bool = True) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": self.cookie} | ({"HX-Request": "true"} if htmx else {})
        if fields is None:
            connection.request("GET", path, headers=headers)
        else:
            form = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN}
            connection.request("POST", path, urlencode(fields), headers | form)
        response = connection.getresponse()
        body = response.read()
        if found := re.search(r"vote=([^;]+)", response.headers.get("Set-Cookie", "")):
            self.cookie += f"; vote={found[1]}"
        connection.close()
        if found_marker := re.search(rb"\?vu=([^\"]*)", body):
            self.marker = found_marker[1].decode()
        return response.status, body

    def open(self) -> None:
        status, _ = self.ask(self.path, htmx=False)
        assert status == 200, status

    def live(self, start: float, end: float, question: str, choice: int) -> None:
        look = start + (self.at * 7) % PHONE_ASKS
        while look < end:
            if self.voted is None and start + self.at <= look:
                wait_until(start + self.at)
                self.vote(question, choice)
            wait_until(look)
            begin = time.perf_counter()
            status, _ = self.ask(f"{self.path}?vu={self.marker}")
            assert status in (200, 204), status
            self.looks.append(time.perf_counter() - begin)
            look += PHONE_ASKS
        if self.voted is None:
            self.vote(question, choice)

    def vote(self, question: str, choice: int) -> None:
        begin = time.perf_counter()
        status, body = self.ask(self.path, {"question": question, "choice": str(choice), "text": ""})
        assert status == 200, (status, body[:300])
        self.voted = (begin, time.perf_counter())


def wait_until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.perf_counter()))


@dataclass
class Screen:
    """What the projector saw: (moment, answers shown)."""

    browser: Browser
    path: str
    seen: list[tuple[float, int]] = field(default_factory=list)
    looks: list[float] = field(default_factory=list)

    def live(self, over: threading.Event) -> None:
        marker, look = "", time.perf_counter()
        while not over.is_set():
            wait_until(look)
            begin = time.perf_counter()
            marker = self.look(marker)
            self.looks.append(time.perf_counter() - begin)
            look = max(look + SCREEN_ASKS, time.perf_counter())

    def look(self, marker: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.browser.port, timeout=30)
        headers = {"Cookie": self.browser.headers["Cookie"], "HX-Request": "true"}
        connection.request("GET", f"{self.path}?vu={marker}", headers=headers)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        assert response.status in (200, 204), response.status
        if response.status == 200 and (total := TOTAL.search(body)):
            self.seen.append((time.perf_counter(), int(total[1])))
            found = re.search(rb"\?vu=([^\"]*)", body)
            assert found
            return found[1].decode()
        return marker


@dataclass(frozen=True)
class Votes:
    """Seconds: of each vote, of each look of a phone and of the screen, and between a vote and the screen that counts it."""

    phones: int
    seconds: float
    counted: int
    votes: tuple[float, ...]
    looks: tuple[float, ...]
    screen: tuple[float, ...]
    follows: tuple[float, ...]


def measure(stack: Stack, agent: AgentProcess, phones: int = PHONES, seconds: float = SECONDS) -> Votes:
    made = agent("debate")
    drawn = random.Random(4)
    room = [Phone(stack.port, made["code"], drawn.random() * seconds) for _ in range(phones)]
    each(phone.open for phone in room)
    screen = Screen(Browser(stack.port, made["session"]), f"/se-former/debats/{made['debate']}/ecran/")
    over, start = threading.Event(), time.perf_counter() + 0.5
    watching = threading.Thread(target=screen.live, args=(over,))
    watching.start()
    try:
        each(
            lambda phone=phone: phone.live(start, start + seconds, made["question"], drawn.randrange(5))
            for phone in room
        )
        time.sleep(2 * SCREEN_ASKS)
    finally:
        over.set()
        watching.join()
    sent = [phone.voted for phone in room if phone.voted]
    return Votes(
        phones=phones,
        seconds=seconds,
        counted=agent("ballots", made["debate"]),
        votes=tuple(end - begin for begin, end in sent),
        looks=tuple(look for phone in room for look in phone.looks),
        screen=tuple(screen.looks),
        follows=tuple(follows(sorted(end for _, end in sent), screen.seen)),
    )


def each(acts: Any) -> None:
    """All at once, each in its thread; the first fault of any."""
    faults: list[BaseException] = []

    def run(act: Callable[[], None]) -> None:
        try:
            act()
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
        time.sleep(0.005)  # people do not open a page in the same millisecond
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


def follows(answered: list[float], seen: list[tuple[float, int]]) -> list[float]:
    """From the answer of the n-th vote to the first screen that shows n answers; 0 when it was already there."""
    found = []
    for rank, moment in enumerate(answered, 1):
        shown = next((at for at, total in seen if total >= rank), None)
        assert shown is not None, f"the screen never showed {rank} answers"
        found.append(max(0.0, shown - moment))
    return found


def p95(values: tuple[float, ...]) -> float:
    return quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def told(found: Votes) -> list[str]:
    def line(name: str, values: tuple[float, ...], more: str = "") -> str:
        spread = f"médiane {1000 * median(values):.0f} ms, p95 {1000 * p95(values):.0f} ms, pire {1000 * max(values):.0f} ms"
        return f"  {name:<22} {spread}{more}"

    return [
        f"Débat : {found.phones} téléphones votent en {found.seconds:.0f} s et regardent toutes les {PHONE_ASKS:.0f} s",
        f"  comptés                {found.counted} sur {found.phones}",
        line("un vote", found.votes),
        line("un regard", found.looks or (0.0,)),
        line("écran, une question", found.screen),
        line("l’écran suit un vote", found.follows, "   visé : 2 000 ms au plus"),
    ]


if __name__ == "__main__":
    spans = [float(text) for text in sys.argv[1:]] or [SECONDS]
    with running() as stack:
        agent = AgentProcess(stack.env)
        try:
            for span in spans:
                sys.stdout.write("\n".join(told(measure(stack, agent, seconds=span))) + "\n")
                sys.stdout.flush()
        finally:
            agent.stop()
