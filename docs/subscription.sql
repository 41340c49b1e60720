-- Makes a database that `manage.py migrate` filled a replica of the published side alone. Run with psql as a superuser of
-- the replica's server, once, in the database of the replica:
--   MAIN='host=main.example.org dbname=chronicle user=chronicle_replicator password=…' SUBSCRIPTION=chronicle_copy
--   psql -v ON_ERROR_STOP=1 -d chronicle -f docs/subscription.sql
-- It drops the desk, which is empty: never run it, nor `manage.py migrate`, where curators work.
\getenv main MAIN
\getenv subscription SUBSCRIPTION

DO $$ BEGIN
    IF EXISTS (SELECT FROM desk.chronicle_event) OR EXISTS (SELECT FROM desk.auth_user) THEN
        RAISE EXCEPTION 'Curators work in this database: make a replica in a database of its own';
    END IF;
END $$;

DROP SCHEMA desk, outgoing, staging CASCADE;
SELECT format('DROP ROUTINE %s', oid::regprocedure) FROM pg_proc
WHERE pronamespace = 'functions'::regnamespace AND proowner = 'chronicle_owner'::regrole
AND (prosecdef OR prolang = (SELECT oid FROM pg_language WHERE lanname = 'plpgsql')) \gexec
SELECT format('TRUNCATE %s', string_agg(oid::regclass::text, ', ')) FROM pg_class
WHERE relnamespace = 'published'::regnamespace AND relkind = 'r' \gexec

CREATE SUBSCRIPTION :"subscription" CONNECTION :'main' PUBLICATION chronicle_published
    WITH (disable_on_error = false, slot_name = :'subscription');
