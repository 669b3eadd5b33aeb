"""``.env.example``: every variable read somewhere is explained there, and none is there for nothing."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.support import ROOT, environment, written_env

SETTINGS = sorted((ROOT / "trajectoires/settings").glob("*.py"))
LINE = re.compile(r"^([A-Z0-9_]+)=(.*)$", re.M)
REQUIRED = {
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "DATABASE_URL",
    "REDIS_URL",
    "EMAIL_URL",
    "BADGE_SIGNING_KEY",
}
EXAMPLE = (ROOT / ".env.example").read_text()


def calls(path: Path) -> list[ast.Call]:
    """``env("NAME", …)`` and ``env.kind("NAME", …)`` of one file."""
    found = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    ours = [call for call in found if re.fullmatch(r"env(\.\w+)?", ast.unparse(call.func))]
    return [call for call in ours if call.args and isinstance(call.args[0], ast.Constant)]


def name_of(call: ast.Call) -> str:
    return str(ast.literal_eval(call.args[0]))


READ = {name_of(call) for path in SETTINGS for call in calls(path)}


def read_elsewhere() -> set[str]:
    compose = re.findall(r"\$\{([A-Z0-9_]+)", (ROOT / "docker-compose.yml").read_text())
    proxy = re.findall(r"\{\$([A-Z0-9_]+)", (ROOT / "deploy/proxy/Caddyfile").read_text())
    web = re.findall(r"environ\.get\(\"([A-Z0-9_]+)\"", (ROOT / "deploy/gunicorn.conf.py").read_text())
    return {*compose, *proxy, *web}


def test_every_variable_is_in_the_example_once_and_none_is_idle() -> None:
    written = [name for name, _ in LINE.findall(EXAMPLE)]
    assert len(READ) > 30
    assert sorted(written) == sorted(READ | read_elsewhere())


def test_every_variable_stands_under_an_explanation() -> None:
    for paragraph in EXAMPLE.split("\n\n"):
        lines = paragraph.strip().splitlines()
        assert lines[0].startswith("#"), paragraph
        # Docker takes what follows the value on its line for a part of it, or not, by its version.
        assert not [line for line in lines if not line.startswith("#") and " #" in line]


def test_the_example_gives_the_defaults_of_the_settings() -> None:
    example = dict(LINE.findall(EXAMPLE))
    differing = {}
    for path in SETTINGS:
        if path.stem in {"test", "local"}:
            continue
        for call in calls(path):
            default = next((word.value for word in call.keywords if word.arg == "default"), None)
            if not isinstance(default, ast.Constant) or default.value in {None, ""}:
                continue
            written, value = example[name_of(call)].strip("'"), default.value
            same = (
                float(written) == value
                if type(value) in {int, float}
                else written.lower() == str(value).lower()
            )
            if written and not same:
                differing[name_of(call)] = (written, value)
    # Only what makes no sense outside of a deployment differs.
    assert differing.keys() <= {"SITE_URL"}, differing


def production(*command: str, **changes: str) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if key not in READ}
    env |= environment() | {"DJANGO_SETTINGS_MODULE": "trajectoires.settings.production"} | changes
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True)


def test_production_starts_with_the_example_once_its_secrets_are_written() -> None:
    result = production("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stdout + result.stderr


def test_an_smtp_server_and_a_bucket_are_understood() -> None:
    show = (
        "import django; django.setup(); from django.conf import settings as s;"
        "from django.core.files.storage import default_storage as d;"
        "print(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_HOST_PASSWORD, s.EMAIL_USE_TLS, s.POST_OFFICE['BACKENDS']);"
        "print(type(d._wrapped).__name__, d.bucket_name, d.endpoint_url, d.region_name, d.url('a.pdf')[:5])"
    )
    result = production(
        "-c",
        show,
        S3_BUCKET="rapports",
        S3_ACCESS_KEY="cle",
        S3_SECRET_KEY="secret",
    )
    assert result.returncode == 0, result.stderr
    mail, files = result.stdout.splitlines()
    assert mail.startswith("smtp.example 587 a#b True")
    assert "smtp.EmailBackend" in mail
    assert files == "S3Storage rapports None None https"


@pytest.mark.parametrize("value", ["", None])
def test_production_refuses_to_start_and_names_all_that_is_missing(value: str | None) -> None:
    env = {key: text for key, text in (os.environ | environment()).items() if key not in REQUIRED}
    env |= {"DJANGO_SETTINGS_MODULE": "trajectoires.settings.production"}
    env |= {} if value is None else dict.fromkeys(REQUIRED, value)
    result = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=env, capture_output=True, text=True
    )
    assert result.returncode != 0
    assert not [name for name in REQUIRED if name not in result.stderr.splitlines()[-1]]


def test_a_slash_after_the_address_of_the_site_is_forgiven() -> None:
    show = "from django.conf import settings as s; print(s.SITE_URL, s.CSRF_TRUSTED_ORIGINS)"
    result = production("-c", show, SITE_URL="https://trajectoires.example/")
    assert result.stdout.split() == ["https://trajectoires.example", "['https://trajectoires.example']"]


def test_the_password_of_the_database_is_written_once() -> None:
    assert written_env().count("abcdef0123456789") == 1
    assert (
        environment()["DATABASE_URL"] == "postgres://trajectoires:abcdef0123456789@postgres:5432/trajectoires"
    )
