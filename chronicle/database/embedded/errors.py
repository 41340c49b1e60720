"""What can go wrong with the embedded server, told to the operator."""

ELSEWHERE = (
    "Set DATA_DIR to another folder, or set DATABASE_URL, PUBLISHED_DATABASE_URL and OWNER_DATABASE_URL "
    "to use a PostgreSQL of your own."
)
OWN_POSTGRESQL = (
    "Set DATABASE_URL, PUBLISHED_DATABASE_URL and OWNER_DATABASE_URL to use a PostgreSQL of your own instead."
)


class EmbeddedServerError(Exception):
    """The embedded server cannot be used; the message names the setting and the next step."""


class ProgramError(EmbeddedServerError):
    """PostgreSQL's programs are missing, made for another machine, or closed to the account that should run them."""


class DirectoryError(EmbeddedServerError):
    """The data directory, its lock or its socket folder cannot be used."""


class VersionError(EmbeddedServerError):
    """The data were written by another major version of PostgreSQL."""


class StartError(EmbeddedServerError):
    """The server does not start, answer or stop in time."""
