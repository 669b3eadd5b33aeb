"""A kind of document that never ends and does not hear the soft limit, as a layout engine in C may do."""

from __future__ import annotations

import time
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from django.apps import AppConfig

from apps.documents.registry import DocumentSource, register


class KindsConfig(AppConfig):
    name = "tests.faults"
    label = "faults"

    def ready(self) -> None:
        register("endless", endless)


def endless(subject: UUID) -> DocumentSource:
    while True:
        try:
            time.sleep(60)
        except SoftTimeLimitExceeded:
            continue
