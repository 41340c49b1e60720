"""Connections to the embedded server.

An alias is embedded if its settings have DATA_DIR, the server's data directory; any other behaves as with Django's own
engine. The server is started by the first connection that fails, so that commands without a database do not wait for
it, and it is never stopped here: other processes use it, and a reloading development server should find it running.
"""

from functools import cached_property
from pathlib import Path
from typing import Any

from django.db.backends.base.creation import TEST_DATABASE_PREFIX
from django.db.backends.postgresql import base as postgresql

from chronicle.database.embedded import Server
from chronicle.database.engine.client import DatabaseClient


class DatabaseWrapper(postgresql.DatabaseWrapper):
    """A connection that brings its server along."""

    client_class = DatabaseClient

    def __init__(self, settings_dict: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(settings_dict, *args, **kwargs)
        # Now, because test runners put the name of their own database in its place.
        self._database_to_make = _database_to_make(settings_dict)

    @cached_property
    def server(self) -> Server | None:
        """The embedded server of this alias, if it has one."""
        data_dir = self.settings_dict.get("DATA_DIR")
        if not data_dir:
            return None
        return Server(Path(data_dir), self._database_to_make) if self._database_to_make else Server(Path(data_dir))

    def get_connection_params(self) -> dict[str, Any]:
        """Django's parameters, of which no PGPORT or PGHOSTADDR of the environment may change the address."""
        params: dict[str, Any] = super().get_connection_params()
        if self.server is not None:
            params = {**params, **self.server.address}
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; if that fails, see to the server and what should be in it, and connect once more.

        The driver gives no code for a failed connection, not even for a missing database, so all failures go this way.
        """
        server = self.server
        if server is None:
            return super().get_new_connection(conn_params)
        server.check_socket_dir()
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            self._see_to(server)
        return super().get_new_connection(conn_params)

    def _see_to(self, server: Server) -> None:
        was_started = server.ensure_running()  # which prepares it
        if not was_started and self.settings_dict["NAME"] == self._database_to_make:
            server.prepare()


def _database_to_make(settings_dict: dict[str, Any]) -> str | None:
    """The name in the settings, unless it is a test's: those databases are made and removed by the test runner."""
    name: str | None = settings_dict["NAME"]
    if not name or name.startswith(TEST_DATABASE_PREFIX) or name == settings_dict.get("TEST", {}).get("NAME"):
        return None
    return name
