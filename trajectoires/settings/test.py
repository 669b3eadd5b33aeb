"""Tests: the same code path, on throwaway embedded servers."""

import os
import re
import tempfile

from trajectoires.settings.env import env

env.ENVIRON.setdefault("DATABASE_URL", "postgres://trajectoires@localhost/trajectoires")
env.ENVIRON.setdefault("REDIS_URL", "redis://localhost:6379/0")
# Two workers of pytest-xdist must not read each other's messages: gw1 takes the broker's base 1.
if number := os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw"):
    env.ENVIRON["REDIS_URL"] = re.sub(r"(virtual_host=|/)\d+$", rf"\g<1>{number}", env("REDIS_URL"))

from trajectoires.settings.badges import new_key  # noqa: E402
from trajectoires.settings.base import *  # noqa: E402, F403
from trajectoires.settings.base import INSTALLED_APPS, STORAGES  # noqa: E402

INSTALLED_APPS += ["django_migration_linter"]
SECRET_KEY = "tests-only-" + "x" * 50
BADGE_SIGNING_KEY = new_key()
DEV_PAGES = True
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
MEDIA_ROOT = env("MEDIA_ROOT", default=tempfile.mkdtemp(prefix="trajectoires-media-"))
STORAGES["default"]["OPTIONS"]["location"] = str(MEDIA_ROOT)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True  # no walk through every static file for each new client
LOGGING = {"version": 1, "disable_existing_loggers": False}
