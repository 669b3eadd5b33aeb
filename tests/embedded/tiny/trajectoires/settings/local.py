"""The least that ``make run`` needs: what is under test is the run, not the platform."""

from pathlib import Path

import environ

env = environ.Env()
BASE = Path(__file__).resolve().parents[2]
SECRET_KEY = "tiny"
DEBUG = False
DEV_PAGES = True
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "trajectoires.urls"
INSTALLED_APPS = ["django.contrib.staticfiles", "tiny"]
DATABASES = {"default": env.db("DATABASE_URL")}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
STATIC_URL = "/static/"
STATIC_ROOT = BASE / ".local" / "static"
STATICFILES_DIRS = [BASE / "static"]
CELERY_BROKER_URL = env("REDIS_URL")
