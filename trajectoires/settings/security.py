"""Headers and cookies. No inline script, no third-party request."""

from csp.constants import NONE, SELF

from trajectoires.settings.env import env

SECRET_KEY = env("SECRET_KEY", default="")
# Former keys, while what they signed or sealed is still about (docs/exploitation.md, rotation).
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        # Text becomes markup or a script through one policy only, the first of static/js/site.js.
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["default"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "apps.pages.errors.csrf_failure"
# Cookies of one table or one meeting have a path, which « __Host- » forbids.
PATH_COOKIE_PREFIX = ""
# No script reads it: pages carry the token in their forms.
CSRF_COOKIE_HTTPONLY = True
# Addresses whose answers other sites may show (Cross-Origin-Resource-Policy).
OPEN_RESOURCES = frozenset(
    {
        "agenda:feed",
        "agenda:atom",
        "webinars:feed",
        "course:badge",
        "course:badge_issuer",
        "course:badge_achievement",
        "course:badge_key",
        "course:badge_keys",
        "course:badge_status",
        "dashboards:figure",
    }
)
