"""The settings of production, read by a process that has them: cookies, transport, no development page, no demonstration."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings as project

from trajectoires.settings.badges import new_key

ASK = """
import json, django
django.setup()
from django.conf import settings
from django.urls import NoReverseMatch, reverse
def exists(name):
    try:
        return bool(reverse(name))
    except NoReverseMatch:
        return False
names = json.loads(input())
print(json.dumps({
    "settings": {name: getattr(settings, name) for name in names},
    "pages": {name: exists(name) for name in ("dev_mailbox", "ui_gallery", "pages:home")},
}))
"""
NAMES = [
    "DEBUG",
    "DEV_PAGES",
    "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_NAME",
    "CSRF_COOKIE_HTTPONLY",
    "PATH_COOKIE_PREFIX",
    "CONTENT_SECURITY_POLICY",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
    "CSRF_COOKIE_SECURE",
    "CSRF_COOKIE_SAMESITE",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "CSRF_TRUSTED_ORIGINS",
    "PASSWORD_HASHERS",
    "ACCOUNT_PREVENT_ENUMERATION",
    "ACCOUNT_LOGOUT_ON_GET",
    "EMAIL_BACKEND",
]
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "trajectoires.settings.production",
    "SECRET_KEY": "essai-" + "x" * 60,
    "ALLOWED_HOSTS": "trajectoires.example",
    "SITE_URL": "https://trajectoires.example",
    "EMAIL_URL": "smtp://localhost:25",
    "BADGE_SIGNING_KEY": new_key(),
    "LOG_LEVEL": "ERROR",
}


def run(*command: str, given: str = "", **changes: str | None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **ENVIRONMENT, **changes}
    environment = {key: value for key, value in environment.items() if value is not None}
    return subprocess.run(
        [sys.executable, *command],
        cwd=project.BASE_DIR,
        env=environment,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(name="production", scope="module")
def ask_production() -> Any:
    done = run("-c", ASK, given=json.dumps(NAMES) + "\n")
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_cookies_travel_under_tls_only_and_no_script_reads_the_session(production: Any) -> None:
    told = production["settings"]
    assert (told["SESSION_COOKIE_NAME"], told["CSRF_COOKIE_NAME"]) == ("__Host-sessionid", "__Host-csrftoken")
    assert told["PATH_COOKIE_PREFIX"] == "__Secure-"
    assert told["CSRF_COOKIE_HTTPONLY"] is True
    assert told["SESSION_COOKIE_SECURE"] is True
    assert told["SESSION_COOKIE_HTTPONLY"] is True
    assert told["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert told["CSRF_COOKIE_SECURE"] is True
    assert told["CSRF_COOKIE_SAMESITE"] == "Lax"


def test_pages_ask_for_nothing_in_clear(production: Any) -> None:
    assert (
        production["settings"]["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["upgrade-insecure-requests"] is True
    )


def test_browsers_are_kept_on_tls_for_a_year(production: Any) -> None:
    told = production["settings"]
    assert told["SECURE_SSL_REDIRECT"] is True
    assert told["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert told["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert told["CSRF_TRUSTED_ORIGINS"] == ["https://trajectoires.example"]


def test_nothing_of_development_is_left(production: Any) -> None:
    assert production["settings"]["DEBUG"] is False
    assert production["settings"]["DEV_PAGES"] is False
    assert production["pages"] == {"dev_mailbox": False, "ui_gallery": False, "pages:home": True}


def test_accounts_keep_their_promises(production: Any) -> None:
    told = production["settings"]
    assert told["ACCOUNT_PREVENT_ENUMERATION"] is True
    assert told["ACCOUNT_LOGOUT_ON_GET"] is False
    assert told["EMAIL_BACKEND"] == "apps.core.mail_backend.EmailBackend"
    assert told["PASSWORD_HASHERS"][0].endswith("ScryptPasswordHasher")


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL"])
def test_a_missing_setting_stops_the_start_and_is_named(name: str) -> None:
    done = run("-c", "import django; django.setup()", **{name: None})
    assert done.returncode != 0
    assert name in done.stderr


def test_demonstration_data_are_refused() -> None:
    done = run("manage.py", "seed_demo")
    assert done.returncode == 1
    assert "ne se chargent pas en production" in done.stderr
