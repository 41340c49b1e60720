-- The three logins and the database of a chronicle. Run once with psql as a superuser of the server:
--   OWNER_PASSWORD=… DESK_PASSWORD=… READER_PASSWORD=… psql -v ON_ERROR_STOP=1 -f docs/logins.sql
-- Afterwards `manage.py migrate`, with OWNER_DATABASE_URL set, makes everything else.
\getenv owner_password OWNER_PASSWORD
\getenv desk_password DESK_PASSWORD
\getenv reader_password READER_PASSWORD

CREATE ROLE chronicle_owner LOGIN NOINHERIT PASSWORD :'owner_password';
CREATE ROLE chronicle_desk LOGIN NOINHERIT PASSWORD :'desk_password';
CREATE ROLE chronicle_reader LOGIN NOINHERIT PASSWORD :'reader_password';

ALTER ROLE chronicle_owner SET search_path = desk, functions;
ALTER ROLE chronicle_owner SET datestyle = ISO, YMD;
ALTER ROLE chronicle_owner SET timezone = 'UTC';
ALTER ROLE chronicle_desk SET search_path = desk, functions;
ALTER ROLE chronicle_desk SET datestyle = ISO, YMD;
ALTER ROLE chronicle_desk SET timezone = 'UTC';
ALTER ROLE chronicle_desk SET idle_in_transaction_session_timeout = '10min';
ALTER ROLE chronicle_reader SET search_path = published, functions;
ALTER ROLE chronicle_reader SET datestyle = ISO, YMD;
ALTER ROLE chronicle_reader SET timezone = 'UTC';
ALTER ROLE chronicle_reader SET default_transaction_read_only = on;
ALTER ROLE chronicle_reader SET statement_timeout = '5s';
ALTER ROLE chronicle_reader SET idle_in_transaction_session_timeout = '30s';

SELECT current_setting('server_version_num')::integer >= 170000 AS has_letters \gset
\if :has_letters
CREATE DATABASE chronicle OWNER chronicle_owner TEMPLATE template0 ENCODING 'UTF8'
    LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C';
\else
CREATE DATABASE chronicle OWNER chronicle_owner TEMPLATE template0 ENCODING 'UTF8'
    LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C.UTF-8';
\endif

\connect chronicle
-- Functions with which a login that has nothing but SELECT could write bytes into the database.
REVOKE EXECUTE ON FUNCTION
    lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea), lo_import(text), lo_import(text, oid),
    lo_open(oid, integer), lo_put(oid, bigint, bytea), lo_truncate(integer, integer), lo_truncate64(integer, bigint),
    lo_unlink(oid), lowrite(integer, bytea)
FROM PUBLIC;
SELECT format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', oid::regprocedure)
FROM pg_proc WHERE proname = 'pg_logical_emit_message' \gexec
DROP SCHEMA public;
