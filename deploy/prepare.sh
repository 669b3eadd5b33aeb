#!/bin/sh
# Before each start of a new version, once: tables, rate-limit counters, published content. Can be run again.
set -eu
python manage.py migrate --noinput
python manage.py createcachetable
python manage.py load_content
