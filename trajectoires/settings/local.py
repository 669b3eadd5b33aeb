"""``make run``: embedded servers, development pages, demonstration data."""

from trajectoires.settings.badges import BADGE_SIGNING_KEY as _KEY
from trajectoires.settings.badges import kept_key
from trajectoires.settings.base import *  # noqa: F403
from trajectoires.settings.env import BASE_DIR, env

DEBUG = env.bool("DEBUG", default=False)
DEV_PAGES = True
RELEASES_COUNT_DEMO = True
SECRET_KEY = env("SECRET_KEY", default="local-only-" + "x" * 50)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# Badges of this folder stay verifiable from one run to the next.
BADGE_SIGNING_KEY = _KEY or kept_key(BASE_DIR / ".local" / "badge-key.pem")
