#!/bin/sh
# Before each start of a new version, once: tables, rate-limit counters, published content. Can be run again.
set -eu
# A migration that waits for a long reader would keep everybody waiting behind it: it gives up, and tries again.
tries=1
until PGOPTIONS="-c lock_timeout=${MIGRATION_LOCK_TIMEOUT:-3s}" python manage.py migrate --noinput; do
  [ "$tries" -lt 6 ] || exit 1
  echo "Migration non appliquée (essai $tries sur 6) : nouvel essai dans ${MIGRATION_PAUSE:-10} secondes." >&2
  tries=$((tries + 1))
  sleep "${MIGRATION_PAUSE:-10}"
done
python manage.py createcachetable
python manage.py load_content
