-- What a replica of the published side alone reads from: run with psql as a superuser of the main server, in the database
-- of the chronicle, and again after every upgrade that made the published tables anew:
--   REPLICATOR_PASSWORD=… psql -v ON_ERROR_STOP=1 -d chronicle -f docs/publication.sql
-- The server needs wal_level = logical.
\getenv replicator_password REPLICATOR_PASSWORD

SELECT 'CREATE ROLE chronicle_replicator' WHERE to_regrole('chronicle_replicator') IS NULL \gexec
ALTER ROLE chronicle_replicator LOGIN NOINHERIT REPLICATION PASSWORD :'replicator_password';

SELECT format('GRANT CONNECT ON DATABASE %I TO chronicle_replicator', current_database()) \gexec
GRANT USAGE ON SCHEMA published TO chronicle_replicator;
GRANT SELECT ON ALL TABLES IN SCHEMA published TO chronicle_replicator;

SELECT 'CREATE PUBLICATION chronicle_published'
WHERE NOT EXISTS (SELECT FROM pg_publication WHERE pubname = 'chronicle_published') \gexec
ALTER PUBLICATION chronicle_published SET TABLES IN SCHEMA published;
