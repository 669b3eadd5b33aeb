"""The yardstick's settings: the same database, sessions and people, and of the middleware only what these need."""

from pathlib import Path

from trajectoires.settings.local import *  # noqa: F403

ROOT_URLCONF = "tests.bench.bare_page"
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # allauth refuses to start without it; costs microseconds
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {"context_processors": []},
    }
]
