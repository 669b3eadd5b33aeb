"""Broker, worker and beat. Tasks hold no state: a lost message is put back by beat from the tables."""

from celery.schedules import crontab

from trajectoires.settings.env import env

CELERY_BROKER_URL = env("REDIS_URL")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 100
# A web request never waits for a dead broker: the outbox keeps the work, beat puts it back.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    # Without these, kombu sleeps six seconds before it admits that nothing listens.
    "max_retries": 0,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
    "visibility_timeout": 600,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 100
CELERY_TIMEZONE = "Europe/Paris"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Seconds a rendering may take before its process is ended; the row is taken back five seconds later.
DOCUMENT_TIME_LIMIT = env.int("DOCUMENT_TIME_LIMIT", default=40)
# Seconds before a request that no worker took is sent again.
OUTBOX_RESEND_SECONDS = env.float("OUTBOX_RESEND_SECONDS", default=15)
_MAILS = env.float("BEAT_MAIL_SECONDS", default=10)
_DOCUMENTS = env.float("BEAT_DOCUMENTS_SECONDS", default=10)
# A round that no worker took before the next one is worth nothing: it expires instead of piling up.
# The clock of a machine may be set back; beat must not fall silent until it has caught up.
CELERY_BEAT_SCHEDULER = "apps.core.beat.SteadyScheduler"
CELERY_BEAT_SCHEDULE = {
    "pulse": {"task": "operations.pulse", "schedule": 60, "options": {"expires": 60}},
    "mails": {"task": "core.send_mails", "schedule": _MAILS, "options": {"expires": _MAILS}},
    "documents": {
        "task": "documents.put_back_stale",
        "schedule": _DOCUMENTS,
        "options": {"expires": _DOCUMENTS},
    },
    "cases": {"task": "webinars.publish_due", "schedule": 60, "options": {"expires": 60}},
    "course": {"task": "course.publish_due", "schedule": 60, "options": {"expires": 60}},
    # At night: sites are quiet, and so are we.
    "links": {"task": "webinars.check_links", "schedule": crontab(hour=3, minute=40)},
    "imports_purge": {"task": "webinars.purge_imports", "schedule": 24 * 3600},
    "agenda_reminders": {"task": "agenda.remind_due", "schedule": 600, "options": {"expires": 600}},
    "agenda_erase": {"task": "agenda.erase_past", "schedule": 24 * 3600},
    "debates": {"task": "course.end_debates", "schedule": 3600, "options": {"expires": 3600}},
    "course_digests": {
        "task": "course.send_digests",
        "schedule": crontab(hour=7, minute=30, day_of_week="mon"),
    },
    "method_boards": {"task": "methodology.tell_boards", "schedule": 600, "options": {"expires": 600}},
    # Several rounds a morning, for a worker that was down at the first: the rows decide.
    "method_reminders": {
        "task": "methodology.remind_actions",
        "schedule": crontab(minute=20, hour="7-11"),
    },
    "ledger": {"task": "ledger.put_back", "schedule": _DOCUMENTS, "options": {"expires": _DOCUMENTS}},
    "ledger_sweep": {"task": "ledger.sweep", "schedule": 3600, "options": {"expires": 3600}},
    # Builds again what a dead worker left; nothing publishes itself.
    "releases": {"task": "dashboards.put_back", "schedule": _DOCUMENTS, "options": {"expires": _DOCUMENTS}},
    "programmes_forget": {"task": "dashboards.forget", "schedule": 3600, "options": {"expires": 3600}},
    "mentions": {"task": "methodology.tell_mentions", "schedule": 60, "options": {"expires": 60}},
    "method_forgets": {"task": "methodology.forget", "schedule": 3600, "options": {"expires": 3600}},
    "tokens": {"task": "accounts.warn_tokens", "schedule": crontab(minute=50, hour="7-9")},
    "retention": {"task": "privacy.apply_retention", "schedule": crontab(hour=4, minute=20)},
    "closures": {"task": "privacy.close_due", "schedule": 3600, "options": {"expires": 3600}},
    "letters": {"task": "privacy.forget_letters", "schedule": 600, "options": {"expires": 600}},
    "support": {"task": "support.close_visits", "schedule": 60, "options": {"expires": 60}},
    "journal": {"task": "audit.forget", "schedule": crontab(hour=3, minute=10)},
    "cleanup": {"task": "core.clean_up", "schedule": 24 * 3600},
    "documents_purge": {"task": "documents.purge_expired", "schedule": 24 * 3600},
}
