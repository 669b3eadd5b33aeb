"""Broker, worker and beat. Tasks hold no state: a lost message is put back by beat from the tables."""

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
    "visibility_timeout": 600,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 100
CELERY_TIMEZONE = "Europe/Paris"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "mails": {"task": "core.send_mails", "schedule": env.float("BEAT_MAIL_SECONDS", default=10)},
    "documents": {
        "task": "documents.put_back_stale",
        "schedule": env.float("BEAT_DOCUMENTS_SECONDS", default=10),
    },
    "cleanup": {"task": "core.clean_up", "schedule": 24 * 3600},
}
