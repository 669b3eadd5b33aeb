"""Every secret can be changed, in the order that docs/exploitation.md gives, and what it says survives does survive.

Seeds of second factors: tests/core/test_sealing.py. The badges of a former key: tests/course/attestations/test_badge.py;
here, that the documented command writes what the settings read.
"""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path
from typing import Any

import psycopg
import pyrage
import pytest
from django.core import signing
from django.core.management import call_command
from django.test import Client

from apps.course.attestations.keys import ring
from apps.operations.backup import streams
from tests.deploy.support import ROOT
from tests.factories import UserFactory
from trajectoires.embedded.servers import throwaway
from trajectoires.settings.badges import new_key

GUIDE = (ROOT / "docs/exploitation.md").read_text()
NEW = "une-autre-cle-tiree-au-hasard-" * 3
SIGNED_IN = "/compte/sessions/"


@pytest.mark.django_db
def test_a_new_secret_key_closes_no_session_and_no_link(settings: Any) -> None:
    browser = Client()
    browser.force_login(UserFactory.create())
    link = signing.dumps({"a": 1})
    assert browser.get(SIGNED_IN).status_code == 200
    old, settings.SECRET_KEY = settings.SECRET_KEY, NEW
    settings.SECRET_KEY_FALLBACKS = [old]
    assert browser.get(SIGNED_IN).status_code == 200
    assert signing.loads(link) == {"a": 1}


@pytest.mark.django_db
def test_a_session_seen_during_the_rotation_outlives_the_old_key_another_does_not(settings: Any) -> None:
    seen, absent = Client(), Client()
    for browser in (seen, absent):
        browser.force_login(UserFactory.create())
    old, settings.SECRET_KEY = settings.SECRET_KEY, NEW
    settings.SECRET_KEY_FALLBACKS = [old]
    seen.get(SIGNED_IN)
    settings.SECRET_KEY_FALLBACKS = []
    assert seen.get(SIGNED_IN).status_code == 200
    assert absent.get(SIGNED_IN).status_code == 302


def test_the_password_of_the_database_is_changed_by_the_documented_line() -> None:
    found = re.search(r"--command \"(ALTER ROLE .+?)\"", GUIDE)
    assert found
    with throwaway() as servers:
        server = servers.postgres
        assert server
        where = {
            "host": str(server.sockets),
            "port": server.port,
            "dbname": server.database,
            "user": server.user,
        }
        with server.connect() as connection:
            connection.execute(f"ALTER ROLE {server.user} PASSWORD 'ancien'")
            rules = server.data / "pg_hba.conf"
            rules.write_text(f"local all {server.user} scram-sha-256\n")
            connection.execute("SELECT pg_reload_conf()")
            with psycopg.connect(**where, password="ancien", autocommit=True) as standing:
                standing.execute(found[1])  # type: ignore[call-overload]
                # Processes that are connected go on until they are restarted.
                assert standing.execute("SELECT 1").fetchone() == (1,)
            with pytest.raises(psycopg.OperationalError, match="authentication failed"):
                psycopg.connect(**where, password="ancien")
            psycopg.connect(**where, password="nouveau").close()


def test_a_new_word_for_the_measures_refuses_the_old_one(settings: Any, client: Client, db: None) -> None:
    settings.METRICS_TOKEN = "ancien-mot"
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer ancien-mot").status_code == 200
    settings.METRICS_TOKEN = "nouveau-mot"
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer ancien-mot").status_code == 404
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer nouveau-mot").status_code == 200


def test_the_public_half_of_a_former_key_is_written_by_the_documented_line(settings: Any) -> None:
    [line] = [line for line in GUIDE.splitlines() if "openssl rsa -pubout" in line]
    old = new_key()
    environment = {"PATH": "/usr/bin:/bin", "ANCIENNE_CLE": old.replace("\n", "\\n")}
    done = subprocess.run(
        ["sh", "-c", line.split("    #")[0]], env=environment, capture_output=True, text=True, check=True
    )
    former = len(ring().all)
    settings.BADGE_SIGNING_KEY = new_key()
    settings.BADGE_OLD_PUBLIC_KEYS = done.stdout.replace("\\n", "\n")
    assert (former, len(ring().all)) == (1, 2)
    assert done.stdout.count("\n") == 0


def test_each_backup_opens_with_the_key_of_its_day_and_no_other(tmp_path: Path) -> None:
    keys = []
    for name in ("ancienne", "nouvelle"):
        told = io.StringIO()
        call_command("backup_key", stdout=told)
        identity, recipient = re.findall(
            r"^(?:BACKUP_RECIPIENT=)?(AGE-SECRET-KEY-\S+|age1\S+)$", told.getvalue(), re.M
        )
        streams.encrypt(io.BytesIO(name.encode()), tmp_path / name, recipient)
        keys.append(identity)
    for name, own, other in (("ancienne", *keys), ("nouvelle", *reversed(keys))):
        opened = io.BytesIO()
        streams.decrypt(tmp_path / name, opened, own)
        assert opened.getvalue() == name.encode()
        with pytest.raises(pyrage.DecryptError):
            streams.decrypt(tmp_path / name, io.BytesIO(), other)
