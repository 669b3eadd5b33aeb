"""Deployment behind a TLS proxy. A missing setting stops the start, loudly."""

import os.path

from django.core.exceptions import ImproperlyConfigured

from trajectoires.settings.env import env

# Without EMAIL_URL every sign-up code would vanish unsaid; « dummymail:// » says that one wants so.
# Without a key of its own, an attestation could not be signed, or would be by a key that everybody knows.
REQUIRED = (
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "DATABASE_URL",
    "REDIS_URL",
    "EMAIL_URL",
    "BADGE_SIGNING_KEY",
)
if _missing := [name for name in REQUIRED if not env(name, default="").strip()]:
    raise ImproperlyConfigured(f"Variables absentes ou vides, voir .env.example : {', '.join(_missing)}")

from trajectoires.settings.api import REST_FRAMEWORK as _API  # noqa: E402
from trajectoires.settings.base import *  # noqa: E402, F403
from trajectoires.settings.security import CONTENT_SECURITY_POLICY as _CSP  # noqa: E402

SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
# A browser's Origin never ends with a slash.
SITE_URL = env("SITE_URL").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# A browser takes such names from this host alone, over TLS alone.
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
REPLICA_COOKIE_NAME = "__Host-ecrit"
PATH_COOKIE_PREFIX = "__Secure-"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**_CSP["DIRECTIVES"], "upgrade-insecure-requests": True}}  # type: ignore[dict-item]
# One proxy, which writes X-Forwarded-For anew: for rate limits, for the API's, and for the logs. What a visitor
# writes there before it must not count.
ALLAUTH_TRUSTED_PROXY_COUNT = 1
REST_FRAMEWORK = {**_API, "NUM_PROXIES": 1}
IPWARE_META_PRECEDENCE_ORDER = ["HTTP_X_FORWARDED_FOR", "REMOTE_ADDR"]
IPWARE_META_PROXY_COUNT = 0

# A file of accounts (200 MB) waits where files are kept: /tmp is memory in the containers, and saving is then a rename.
if os.path.isdir(str(MEDIA_ROOT)):  # noqa: F405
    FILE_UPLOAD_TEMP_DIR = str(MEDIA_ROOT)  # noqa: F405
