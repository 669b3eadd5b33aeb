"""``make run``: embedded servers, development pages, demonstration data."""

from trajectoires.settings.base import *  # noqa: F403
from trajectoires.settings.env import env

DEBUG = env.bool("DEBUG", default=False)
DEV_PAGES = True
SECRET_KEY = env("SECRET_KEY", default="local-only-" + "x" * 50)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
