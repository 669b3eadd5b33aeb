"""``docker-compose.yml`` as Docker Compose understands it: which services, how closed, how watched."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.deploy.support import compose, docker_compose_config, instructions, written_env
from trajectoires.embedded.account import myself, unprivileged
from trajectoires.embedded.binaries import find_postgres, find_valkey
from trajectoires.embedded.postgres import LOCALES

SERVICES = {"proxy", "web", "worker", "beat", "prepare", "postgres", "redis"}
OURS = {"web", "worker", "beat", "prepare"}


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = compose()["services"]
    return found


def test_every_part_of_the_platform_is_a_service(services: dict[str, Any]) -> None:
    assert set(services) == SERVICES


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_is_closed(services: dict[str, Any], name: str) -> None:
    service = services[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["user"].split(":")[0] not in {"", "0", "root"}
    assert "privileged" not in service
    assert int(service["mem_limit"]) > 0
    assert service["pids_limit"] > 0
    assert service["logging"]["options"]["max-size"]


def test_only_the_proxy_is_published(services: dict[str, Any]) -> None:
    published = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert list(published) == ["proxy"]
    assert {(port["published"], port["protocol"]) for port in published["proxy"]} == {
        ("80", "tcp"),
        ("443", "tcp"),
        ("443", "udp"),
    }
    assert not [name for name, service in services.items() if service.get("network_mode")]


def test_the_proxy_reaches_only_the_web_server(services: dict[str, Any]) -> None:
    def neighbours(name: str) -> set[str]:
        mine = set(services[name]["networks"])
        return {other for other in services if other != name and mine & set(services[other]["networks"])}

    assert neighbours("proxy") == {"web"}
    assert "proxy" not in neighbours("postgres") | neighbours("redis") | neighbours("worker")
    assert compose()["networks"]["data"]["internal"] is True
    assert {tuple(services[name]["networks"]) for name in ("postgres", "redis", "prepare")} == {("data",)}


def test_every_lasting_service_is_watched_and_restarted(services: dict[str, Any]) -> None:
    for name in SERVICES - {"prepare"}:
        assert services[name]["healthcheck"]["test"], name
        assert services[name]["restart"] == "unless-stopped", name
    assert services["prepare"]["restart"] == "no"


def test_processes_wait_for_the_prepared_database(services: dict[str, Any]) -> None:
    for name in OURS - {"prepare"}:
        assert services[name]["depends_on"]["prepare"]["condition"] == "service_completed_successfully"
    assert services["prepare"]["depends_on"]["postgres"]["condition"] == "service_healthy"
    assert services["proxy"]["depends_on"]["web"]["condition"] == "service_healthy"
    # Decision 0006: without broker, everything but the PDF works.
    assert "redis" not in services["web"]["depends_on"]


def test_produced_files_are_seen_by_web_and_worker_only(services: dict[str, Any]) -> None:
    def users(volume: str) -> set[str]:
        return {
            name
            for name, service in services.items()
            if volume in {mount.get("source") for mount in service.get("volumes", [])}
        }

    assert users("media") == {"web", "worker"}
    assert users("certificates") == {"proxy"}
    assert users("database") == {"postgres"}
    mounts = [mount for service in services.values() for mount in service.get("volumes", [])]
    assert {mount["type"] for mount in mounts} == {"volume"}
    assert {mount["source"] for mount in mounts} == set(compose()["volumes"])


def test_secrets_go_only_where_they_serve(services: dict[str, Any]) -> None:
    assert set(services["proxy"]["environment"]) == {"SITE_URL", "CONTACT_EMAIL"}
    assert not {"SECRET_KEY", "EMAIL_URL"} & set(services["postgres"]["environment"])
    assert not services["redis"].get("environment")
    assert "abcdef0123456789" in services["web"]["environment"]["DATABASE_URL"]


@pytest.mark.parametrize("name", ["SITE_URL", "CONTACT_EMAIL", "POSTGRES_PASSWORD"])
def test_an_empty_variable_stops_before_anything_starts(tmp_path: Path, name: str) -> None:
    env = re.sub(rf"^{name}=.*$", f"{name}=", written_env(), flags=re.M)
    result = docker_compose_config(tmp_path, env)
    assert result.returncode != 0
    assert name in result.stderr


def test_our_images_are_the_stages_of_the_dockerfile(services: dict[str, Any]) -> None:
    for name in OURS | {"proxy"}:
        target = services[name]["build"]["target"]
        stage = instructions(target)
        assert services[name]["image"] == f"trajectoires-{target}"
        assert [rest for keyword, rest in stage if keyword == "USER"] == [services[name]["user"]]


def test_servers_are_known_and_no_newer_than_the_embedded_ones(services: dict[str, Any]) -> None:
    """Decision 0029: PostgreSQL is that of Debian 13, which ``make image`` and ``make machine`` live with."""
    account = unprivileged() if os.geteuid() == 0 else myself()
    known = {"postgres": (find_postgres(account), 17), "redis": (find_valkey(account), 9)}
    for name, (program, least) in known.items():
        _, _, tag = services[name]["image"].rpartition(":")
        major = re.match(r"\d+", tag)
        assert major
        assert int(major[0]) == least <= program.major
    # Where the image of that version keeps its cluster: beside it, the cluster would go with the container.
    [mount] = services["postgres"]["volumes"]
    assert mount["target"] == "/var/lib/postgresql/data"


def test_letters_are_ordered_as_in_the_embedded_database(services: dict[str, Any]) -> None:
    given = services["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    assert set(LOCALES[0]) <= set(given)


def test_the_worker_is_bounded(services: dict[str, Any]) -> None:
    options = dict(word.split("=") for word in services["worker"]["command"] if "=" in word)
    assert options["--concurrency"] == "2"
    assert int(options["--max-tasks-per-child"]) == settings.CELERY_WORKER_MAX_TASKS_PER_CHILD
    assert int(options["--time-limit"]) == settings.CELERY_TASK_TIME_LIMIT
    assert int(options["--soft-time-limit"]) == settings.CELERY_TASK_SOFT_TIME_LIMIT
