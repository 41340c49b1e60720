"""`manage.py dbshell` with the psql that belongs to the embedded server."""

import signal
import subprocess
from collections.abc import Iterable

from django.db.backends.postgresql import client as postgresql

from chronicle.database.embedded import Server


class DatabaseClient(postgresql.DatabaseClient):
    """The psql on the PATH may be missing or too old, and PG* variables may lead it elsewhere."""

    def runshell(self, parameters: Iterable[str]) -> None:
        """Start the server if need be, then psql with the login of the alias."""
        server: Server | None = getattr(self.connection, "server", None)
        if server is None:
            super().runshell(parameters)
            return
        server.ensure_running()
        settings = {**self.connection.settings_dict, "PORT": server.address["port"]}
        (_, *arguments), _ = self.settings_to_cmd_args_env(settings, list(parameters))
        interrupted = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the query, not for us
        try:
            subprocess.run([str(server.bin("psql")), *arguments], env=server.environment(), check=True)  # noqa: S603 - our program
        finally:
            signal.signal(signal.SIGINT, interrupted)
