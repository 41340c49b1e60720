#!/usr/bin/env bash
# A streaming replica of the service “database”: copied once, then following. Its password is in PGPASSWORD.
set -euo pipefail
: "${PGPASSWORD:?set REPLICATION_PASSWORD in .env, before the database is made}"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    mkdir -p "$(dirname "$PGDATA")"
    pg_basebackup --pgdata="$PGDATA" --write-recovery-conf --checkpoint=fast \
        --dbname="host=database user=replication password=$PGPASSWORD"
fi
exec postgres -c hot_standby=on -c hot_standby_feedback=on -c wal_receiver_timeout=20s
