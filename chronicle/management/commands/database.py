"""The embedded PostgreSQL, by hand."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from chronicle.database.embedded import EmbeddedServerError, Server, Status

NOT_RUNNING = 3  # the exit code that service scripts agree on


class Command(BaseCommand):
    """`manage.py database start|stop|status|shell|log`."""

    help = (
        "Start, stop or look at the embedded PostgreSQL. It starts by itself when it is needed and runs until it is "
        "stopped here. `status` exits with 3 if it does not run; `shell` is psql as the superuser."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """One word says what to do."""
        parser.add_argument("action", choices=["start", "stop", "status", "shell", "log"])
        parser.add_argument("--lines", type=int, default=40, help="how many lines of the log to show (default: 40)")

    def handle(self, *_args: Any, action: str, lines: int, **_options: Any) -> None:
        """Do it, and tell failures in one message."""
        server = configured_server()
        try:
            match action:
                case "start":
                    self._start(server)
                case "stop":
                    self.stdout.write("stopped" if server.stop() else "was not running")
                case "status":
                    self._status(server)
                case "shell":
                    self._shell(server)
                case "log":
                    self.stdout.write(server.log_tail(lines))
        except EmbeddedServerError as failure:
            raise CommandError(str(failure)) from failure

    def _start(self, server: Server) -> None:
        server.ensure_running()
        self._tell(server.status())

    def _status(self, server: Server) -> None:
        status = server.status()
        self._tell(status)
        if not status.running:
            sys.exit(NOT_RUNNING)

    def _shell(self, server: Server) -> None:
        server.ensure_running()
        command = [str(server.bin("psql")), server.superuser_dsn(server.database)]
        sys.exit(subprocess.run(command, env=server.environment(), check=False).returncode)  # noqa: S603 - our program

    def _tell(self, status: Status) -> None:
        state = "running" if status.running else "starting or stopping" if status.pid else "not running"
        self.stdout.write(
            f"{state}\nprocess  {status.pid or '-'}\nversion  {status.version}\ndata     {status.data_dir}\n"
            f"socket   {status.socket_dir}\nlog      {status.log}"
        )


def configured_server() -> Server:
    """The embedded server of the settings."""
    for alias in settings.DATABASES.values():
        if alias.get("DATA_DIR"):
            return Server(Path(alias["DATA_DIR"]), alias["NAME"])
    raise CommandError("DATABASE_URL is set: PostgreSQL is run by somebody else. Unset it to use the embedded server.")
