"""The crowd, for locust: each person reads, answers, learns, writes, at the rhythm of someone who reads what she opens.

``LOAD_SEED`` is the file of ``tests.load.seed``, ``LOAD_KEPT`` the file where what was acknowledged is written in the end;
``LOAD_BARE=1`` makes the same people open the bare page instead, at the same rhythm.
"""

from __future__ import annotations

import itertools
import json
import os
import random
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from locust import FastHttpUser, between, events, task

HOST = "trajectoires.example"
SEED: dict[str, Any] = json.loads(Path(os.environ["LOAD_SEED"]).read_text())
BARE = bool(os.environ.get("LOAD_BARE"))
TOKEN = "charge" + "0" * 26  # a CSRF secret is 32 letters
# Those of the warm-up are others: what they wrote would be news to the ones who are measured.
NUMBERS = itertools.count(int(os.environ.get("LOAD_FIRST", "0")))
WORDS = ("mobilite", "energie", "alimentation", "numerique", "emploi", "sante", "culture", "territoire")
STEPS = tuple(f"etape-{number}" for number in range(1, 8))
# copy → statement → the last value that the page said it kept
ANSWERS: dict[str, dict[str, str]] = {}
# item → the last text that the page said it kept
FIELDS: dict[str, str] = {}


class Person(FastHttpUser):
    """Three to seven seconds between two acts."""

    wait_time = between(3, 7)
    network_timeout = 60.0
    connection_timeout = 60.0

    def on_start(self) -> None:
        number = next(NUMBERS)
        self.me = SEED["people"][number % len(SEED["people"])]
        session, csrf = SEED["cookies"]
        self.told = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": f"10.9.{number // 250}.{number % 250 + 1}",
            "Origin": f"https://{HOST}",
            "X-CSRFToken": TOKEN,
            "Accept-Encoding": "gzip",
            "Cookie": f"{session}={self.me['session']}; {csrf}={TOKEN}",
        }
        self.version = 0
        self.turn = 0

    def read(self, name: str, path: str) -> None:
        self.client.get("/" if BARE else path, name="page nue" if BARE else name, headers=self.told)

    def send(self, name: str, path: str, fields: dict[str, str], **more: str) -> Any:
        if BARE:
            return self.client.post(
                "/write", urlencode({"name": "x"}), name="écriture nue", headers=self._form({})
            )
        return self.client.post(path, urlencode(fields), name=name, headers=self._form(more))

    def _form(self, more: dict[str, str]) -> dict[str, str]:
        return {**self.told, "Content-Type": "application/x-www-form-urlencoded", **more}

    @task(20)
    def library(self) -> None:
        self.read("bibliothèque : liste", "/bibliotheque/")

    @task(15)
    def search(self) -> None:
        self.read("bibliothèque : chercher", f"/bibliotheque/?q={random.choice(WORDS)}")

    @task(15)
    def case(self) -> None:
        self.read("bibliothèque : un cas", f"/bibliotheque/{random.choice(SEED['cases'])}/")

    @task(7)
    def statement(self) -> None:
        self.read(
            "diagnostic : un énoncé",
            f"/diagnostic/reponses/{self.me['copy']}/{random.choice(SEED['statements'])}/",
        )

    @task(18)
    def answer(self) -> None:
        code, value = SEED["statements"][self.turn % len(SEED["statements"])], str(random.randint(1, 3))
        self.turn += 1
        path = f"/diagnostic/reponses/{self.me['copy']}/{code}/"
        if self.send(
            "diagnostic : répondre", path, {"value": value}, **{"HX-Request": "true"}
        ).status_code == 200 and (not BARE):
            ANSWERS.setdefault(self.me["copy"], {})[code] = value

    @task(5)
    def path(self) -> None:
        self.read("parcours : mon parcours", "/se-former/mon-parcours/")

    @task(7)
    def step(self) -> None:
        self.read("parcours : une étape", f"/se-former/etapes/{random.choice(STEPS)}/")

    @task(3)
    def done(self) -> None:
        self.send("parcours : étape faite", f"/se-former/etapes/{random.choice(STEPS)}/terminer/", {})

    @task(4)
    def demarche(self) -> None:
        self.read("méthode : la démarche", f"/agir/demarches/{self.me['engagement']}/")

    @task(4)
    def write(self) -> None:
        text = f"Texte {self.turn} {random.random()}"
        fields = {"item": self.me["item"], "code": "what", "value": text, "base": str(self.version)}
        answer = self.send(
            "méthode : écrire",
            f"/agir/demarches/{self.me['engagement']}/champ/",
            fields,
            **{"HX-Request": "true"},
        )
        if answer.status_code == 200 and not BARE:
            self.version += 1
            FIELDS[self.me["item"]] = text

    @task(1)
    def releases(self) -> None:
        self.read("publications : liste", "/publications/")

    @task(1)
    def release(self) -> None:
        self.read("publications : une", f"/publications/{SEED['release']}/")


@events.test_stop.add_listener
def keep(**_: Any) -> None:
    if "LOAD_KEPT" in os.environ:
        Path(os.environ["LOAD_KEPT"]).write_text(json.dumps({"answers": ANSWERS, "fields": FIELDS}))
