#!/usr/bin/env bash
# PgBouncer in transaction mode before the service “database”, for the logins of desk and readers.
set -euo pipefail
umask 077
folder=$(mktemp -d)
quoted() { printf '%s' "$1" | sed 's/"/""/g'; }
cat >"$folder/users" <<END
"chronicle_desk" "$(quoted "$DESK_PASSWORD")"
"chronicle_reader" "$(quoted "$READER_PASSWORD")"
END
cat >"$folder/pgbouncer.ini" <<END
[databases]
chronicle = host=${DATABASE_HOST:-database} dbname=chronicle
[pgbouncer]
listen_addr = *
listen_port = ${LISTEN_PORT:-5432}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = $folder/users
pool_mode = transaction
ignore_startup_parameters = options
END
exec pgbouncer -q "$folder/pgbouncer.ini"
