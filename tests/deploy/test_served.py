"""The files and commands of the image serve the site, with the settings of production, behind a proxy."""

from __future__ import annotations

import json
import re

import pytest

from tests.deploy.rehearsal import HOST, HTTPS, Deployment
from tests.support.stack import wait_for


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_answer_inside_the_container_without_detour(deployment: Deployment, path: str) -> None:
    answer = deployment.get(path)
    assert answer.status == 200, answer.text
    assert json.loads(answer.text)["status"] == "ok"


def test_what_comes_in_clear_is_sent_to_https_once(deployment: Deployment) -> None:
    clear = deployment.get("/accessibilite", {"Host": HOST, "X-Forwarded-Proto": "http"})
    assert (clear.status, clear.headers["location"]) == (301, f"https://{HOST}/accessibilite")
    assert deployment.get("/accessibilite", HTTPS).status in {200, 301}
    assert deployment.get("/", HTTPS).status == 200


def test_pages_carry_the_headers_of_tls_and_closed_cookies(deployment: Deployment) -> None:
    answer = deployment.get("/compte/login/", HTTPS)
    assert answer.status == 200
    assert int(re.findall(r"max-age=(\d+)", answer.headers["strict-transport-security"])[0]) > 15_000_000
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "Secure" in answer.headers["set-cookie"]
    assert "SameSite=Lax" in answer.headers["set-cookie"]


def test_another_host_name_is_refused(deployment: Deployment) -> None:
    assert deployment.get("/", HTTPS | {"Host": "ailleurs.example"}).status == 400


def test_static_files_of_the_image_are_served_for_long(deployment: Deployment) -> None:
    home = deployment.get("/", HTTPS).text
    sheets = re.findall(r"/static/[^\"]+\.css", home)
    assert sheets
    for sheet in sheets:
        answer = deployment.get(sheet, HTTPS)
        assert answer.status == 200
        assert "immutable" in answer.headers["cache-control"]


def test_produced_files_have_no_address_of_their_own(deployment: Deployment) -> None:
    (deployment.folder / "media" / "rapport.pdf").write_bytes(b"%PDF-1.7")
    for path in ("/media/rapport.pdf", "/data/media/rapport.pdf", "/static/../media/rapport.pdf"):
        assert deployment.get(path, HTTPS).status == 404


def test_pages_of_development_do_not_exist(deployment: Deployment) -> None:
    for path in ("/dev/courrier/", "/ui/"):
        assert deployment.get(path, HTTPS).status == 404


def test_health_checks_of_the_containers_pass(deployment: Deployment) -> None:
    for name in ("web", "worker", "beat"):
        wait_for(lambda name=name: deployment.healthy(name).returncode == 0, 60, f"{name} is healthy")


def test_the_health_check_of_a_worker_that_is_not_there_fails(deployment: Deployment) -> None:
    assert deployment.healthy("worker", HOSTNAME="absent").returncode != 0


def test_the_logs_name_the_visitor_whatever_she_writes(deployment: Deployment) -> None:
    forged = {"X-Forwarded-For": "81.2.69.161", "X-Real-Ip": "6.6.6.6", "Client-Ip": "6.6.6.6"}
    deployment.get("/adresse-inconnue-1/", HTTPS | forged)
    deployment.get("/adresse-inconnue-2/", HTTPS | {"X-Forwarded-For": "6.6.6.6, 81.2.69.161"})
    lines = [
        json.loads(line) for line in deployment.log("web").read_text().splitlines() if "inconnue" in line
    ]
    assert {line["request"][-2] for line in lines if "request" in line} == {"1", "2"}
    assert "6.6.6.6" not in {line.get("ip") for line in lines}
    assert "81.2.69.161" in {line.get("ip") for line in lines if line.get("request", "").endswith("1/")}


def test_limits_count_by_the_address_that_the_proxy_wrote(deployment: Deployment) -> None:
    """What precedes it in X-Forwarded-For is the visitor's own writing."""
    statuses = [
        deployment.get(
            "/api/v1/goals/",
            HTTPS | {"X-Forwarded-For": f"10.1.{number // 200}.{number % 200}, 81.2.69.162"},
        ).status
        for number in range(125)
    ]
    assert statuses[0] == 200
    assert statuses[-1] == 429
    other = deployment.get("/api/v1/goals/", HTTPS | {"X-Forwarded-For": "81.2.69.163"})
    assert other.status == 200
