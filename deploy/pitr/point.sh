#!/bin/sh
# "point.sh FOLDER MOMENT": makes a copied base start at that moment (ISO 8601 with its offset). PostgreSQL then replays
# the archived segments, stops just before the first act after it, and opens.
set -eu
cat >> "$1/postgresql.auto.conf" <<CONF
restore_command = 'cp "${WAL_ARCHIVE:-/wal}/%f" "%p"'
recovery_target_time = '$2'
recovery_target_action = 'promote'
CONF
touch "$1/recovery.signal"
