#!/usr/bin/env bash
# Lets a streaming replica in, where REPLICATION_PASSWORD is set; run once, when the database is made.
set -euo pipefail
[ -n "${REPLICATION_PASSWORD:-}" ] || exit 0
psql -v ON_ERROR_STOP=1 --username=postgres <<'SQL'
\getenv replication_password REPLICATION_PASSWORD
CREATE ROLE replication LOGIN REPLICATION PASSWORD :'replication_password';
SQL
echo 'host replication replication all scram-sha-256' >>"$PGDATA/pg_hba.conf"
