#!/bin/sh
# "base.sh FOLDER": the base that point-in-time recovery starts from, in a new folder. Run it each week; segments older
# than the oldest base kept serve nothing any more. The server is told by the usual PGHOST, PGPORT, PGUSER, PGPASSWORD.
set -eu
pg_basebackup --pgdata="$1" --checkpoint=fast --wal-method=stream --no-password
