"""Web server of the image ``app``. Requests are logged by django-structlog, with their identifier."""

import os
import tempfile
from typing import Any

# Read by prometheus_client when it is first imported: before the application is.
os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="mesures-"))

bind = "0.0.0.0:8000"
# The proxy reads requests and answers whole (deploy/proxy/Caddyfile), up to a million bytes: a slow telephone never
# holds a worker. A file of accounts may take two hundred: it holds its worker as long as it arrives, hence the timeout.
workers = int(os.environ.get("WEB_CONCURRENCY") or 3)
preload_app = True
timeout = 120
graceful_timeout = 30
max_requests = 5000
max_requests_jitter = 500
# Heartbeats on a disk would freeze a worker when the disk is busy.
worker_tmp_dir = "/dev/shm"  # noqa: S108
control_socket_disable = True


def child_exit(server: Any, worker: Any) -> None:
    """The counters of a worker that left are kept, its gauges are not."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)
