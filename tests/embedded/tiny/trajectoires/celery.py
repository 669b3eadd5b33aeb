import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trajectoires.settings.local")
app = Celery("trajectoires")
app.config_from_object("django.conf:settings", namespace="CELERY")
