"""What every environment shares. One file a concern beside this one."""

from trajectoires.settings.accounts import *  # noqa: F403
from trajectoires.settings.api import *  # noqa: F403
from trajectoires.settings.badges import *  # noqa: F403
from trajectoires.settings.celery import *  # noqa: F403
from trajectoires.settings.dashboards import *  # noqa: F403
from trajectoires.settings.database import *  # noqa: F403
from trajectoires.settings.database import REPLICA_URL
from trajectoires.settings.env import BASE_DIR as BASE_DIR
from trajectoires.settings.env import env
from trajectoires.settings.legal import *  # noqa: F403
from trajectoires.settings.logs import *  # noqa: F403
from trajectoires.settings.mail import *  # noqa: F403
from trajectoires.settings.operations import *  # noqa: F403
from trajectoires.settings.security import *  # noqa: F403
from trajectoires.settings.storage import *  # noqa: F403

DEBUG = False
SITE_NAME = "Trajectoires socio-économiques"
# Scheme and host used in mails and PDF, where no request tells it.
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000")
CONTACT_EMAIL = env("CONTACT_EMAIL", default="contact@trajectoires.example")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
ROOT_URLCONF = "trajectoires.urls"
WSGI_APPLICATION = "trajectoires.wsgi.application"
# Development pages (mail box, component gallery) and demonstration accounts; never in production.
DEV_PAGES = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "apps.core.static_files.TrajectoiresStaticFilesConfig",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.forms",
    "apps.core.admin_site.TrajectoiresAdminConfig",
    "apps.core",
    "apps.audit",
    "apps.catalogue",
    "apps.accounts",
    "apps.documents",
    "apps.privacy",
    "apps.support",
    "apps.diagnostic",
    "apps.webinars",
    "apps.agenda",
    "apps.course",
    "apps.ledger",
    "apps.methodology",
    "apps.dashboards",
    "apps.pages",
    "apps.api",
    "apps.operations",
    "apps.demo",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "template_partials",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "post_office",
    "csp",
    "django_structlog",
    "hijack",
]

MIDDLEWARE = [
    "apps.pages.health.HealthMiddleware",
    "apps.operations.metrics.MetricsMiddleware",
    "apps.course.debates.pulse.PulseMiddleware",
    "apps.methodology.workshops.pulse.PulseMiddleware",
    "apps.methodology.bench.pulse.PulseMiddleware",
    "apps.core.middleware.ServiceUnavailableMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "apps.core.security_headers.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages weigh a third; Django pads them at random, and CSRF tokens are masked: no BREACH.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "apps.audit.acting.ActingMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "apps.accounts.middleware.CurrentOrganisationMiddleware",
    "apps.support.middleware.SupportMiddleware",
    "apps.accounts.middleware.SecondFactorMiddleware",
]
if REPLICA_URL:
    MIDDLEWARE += ["apps.core.replica.ReplicaMiddleware"]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": ["apps.core.templatetags.typo", "apps.core.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apps.core.context_processors.site",
            ],
        },
    }
]
FORM_RENDERER = "apps.core.forms.Renderer"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=BASE_DIR / ".local" / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
CONTENT_DIR = BASE_DIR / "fixtures" / "content"
# Publish the content files, in this order (``manage.py load_content``).
CONTENT_LOADERS = [
    "apps.catalogue.content.load",
    "apps.webinars.content.load",
    "apps.course.content.load",
    "apps.methodology.content.load",
    "apps.diagnostic.content.load",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
# The form of a case holds eight hundred when each of its lists has thirty lines.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
