"""Django's PostgreSQL engine, which starts the embedded server when a connection fails."""
