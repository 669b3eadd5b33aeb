"""The yardstick on the production settings: the same secrets and cookies, the bare page, no redirection to TLS."""

from tests.bench.bare_settings import *  # noqa: F403
from trajectoires.settings.production import (  # noqa: F401
    ALLOWED_HOSTS,
    CSRF_COOKIE_NAME,
    SECRET_KEY,
    SESSION_COOKIE_NAME,
)
