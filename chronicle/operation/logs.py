"""Lines of the log as JSON, one object a line, without anything of a reader's.

What a public page failed with is told by its kind and by where it was, not by its message: PostgreSQL quotes in it what
was asked for.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any


class JsonLines(logging.Formatter):
    """Formats a record as JSON: time (UTC), level, logger, message, what the program adds, and the error if any."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "figures", {}),
        }
        if record.exc_info and record.exc_info[1]:
            line["error"] = _error(record.exc_info[1], is_quoted=not _is_readers(record))
        return json.dumps(line, ensure_ascii=False, default=str)


def _is_readers(record: logging.LogRecord) -> bool:
    path = getattr(getattr(record, "request", None), "path_info", "/admin/")
    return not path.startswith("/admin/")


def _error(error: BaseException, *, is_quoted: bool) -> dict[str, Any]:
    told = {"kind": type(error).__name__, "stack": traceback.format_tb(error.__traceback__)}
    return told | ({"message": str(error)} if is_quoted else {})
