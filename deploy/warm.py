"""Import what the processes import, while the image is built: their bytecode is then kept, and they start at once.

Libraries that are imported late, inside a function, are named here.
"""

import importlib
import pkgutil

import django

django.setup()
# Late: drawing (PDF, figures), sealing, files, S3, and the three servers.
LATE = ("weasyprint", "weasyprint.pdf", "plotly.graph_objects", "pypdfium2", "pyhanko.sign.signers", "odfdo", "openpyxl",
        "odswriter", "icalendar", "qrcode", "storages.backends.s3", "boto3.session", "gunicorn.app.wsgiapp",
        "gunicorn.workers.sync", "celery.apps.worker", "celery.apps.beat", "celery.concurrency.prefork",
        "celery.bin.celery", "kombu.transport.redis", "psycopg_pool", "zxcvbn")  # fmt: skip
for name in LATE:
    importlib.import_module(name)

import apps  # noqa: E402

for module in pkgutil.walk_packages(apps.__path__, "apps."):
    importlib.import_module(module.name)

from trajectoires import celery, urls, wsgi  # noqa: E402, F401
