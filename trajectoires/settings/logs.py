"""Structured logs (one JSON object a line in production) and Sentry-compatible error reports."""

import sys
from typing import Any

import structlog

from apps.core.log_secrets import mask_report, mask_tokens
from trajectoires.settings.env import env

LOG_FORMAT = env("LOG_FORMAT", default="json")
_shared: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
]
_render = (
    structlog.processors.JSONRenderer(ensure_ascii=False)
    if LOG_FORMAT == "json"
    else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "structured": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, mask_tokens, _render],
            "foreign_pre_chain": _shared,
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
        "django_structlog": {"level": env("LOG_REQUESTS", default="INFO")},
        "django.server": {"level": "WARNING"},
    },
}
structlog.configure(
    processors=[
        *_shared,
        structlog.stdlib.filter_by_level,
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
DJANGO_STRUCTLOG_CELERY_ENABLED = True

if env("SENTRY_DSN", default=""):
    import sentry_sdk

    sentry_sdk.init(
        dsn=env("SENTRY_DSN"),
        environment=env("SENTRY_ENVIRONMENT", default="production"),
        send_default_pii=False,
        traces_sample_rate=0.0,
        before_send=mask_report,
    )
