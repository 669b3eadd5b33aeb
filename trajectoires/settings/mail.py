"""Mails are rows first (django-post-office), sent by beat: an SMTP outage loses none."""

from datetime import timedelta

from trajectoires.settings.env import env

EMAIL_BACKEND = "apps.core.mail_backend.EmailBackend"
_mail = env.email_url("EMAIL_URL", default="dummymail://")
EMAIL_HOST = _mail.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Trajectoires <ne-pas-repondre@trajectoires.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
POST_OFFICE = {
    "BACKENDS": {"default": _mail["EMAIL_BACKEND"]},
    "DEFAULT_PRIORITY": "medium",
    "CELERY_ENABLED": False,
    # Every two minutes for a day.
    "MAX_RETRIES": 720,
    "RETRY_INTERVAL": timedelta(minutes=2),
    # A silent server takes EMAIL_TIMEOUT a mail, five at a time: a batch must end, and be noted in the table,
    # before the time limit of the task.
    "THREADS_PER_PROCESS": 5,
    "BATCH_SIZE": 30,
    "BATCH_DELIVERY_TIMEOUT": 80,
}
