"""Backups and what watches the platform."""

from trajectoires.settings.env import env

# Days a backup is kept: what was erased leaves the last of them that long afterwards, and receipts say so.
BACKUP_DAYS = env.int("BACKUP_DAYS", default=30)
# A file, best kept off the machine, where each erasure adds its numbers at once (manage.py re_erase); empty, none.
ERASURES_LOG = env("ERASURES_LOG", default="")
# Public half of the key that opens the backups (manage.py backup_key); the other half stays off the machine.
BACKUP_RECIPIENT = env("BACKUP_RECIPIENT", default="")
# What /metrics asks of who reads it; empty, the address does not exist.
METRICS_TOKEN = env("METRICS_TOKEN", default="")
# Told on the operator's page and in the metrics: the tag of the image.
VERSION = env("TRAJECTOIRES_VERSION", default="développement")
# On, the worker warns and erases by itself after two years without a sign of life; off, it only says how many it would.
RETENTION_APPLY = env.bool("RETENTION_APPLY", default=False)
