"""What gunicorn reads where it is started: a folder in which the counters of its processes are added up."""

import os
import shutil
import tempfile

FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def on_starting(server):  # noqa: ARG001 -- gunicorn's signature
    """Make the folder before there are processes that write into it; each gunicorn has its own."""
    if os.environ.get("METRICS_TOKEN"):
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="chronicle-metrics-")


def on_exit(server):  # noqa: ARG001 -- gunicorn's signature
    """Take the folder away."""
    if os.environ.get("METRICS_TOKEN"):
        shutil.rmtree(os.environ[FOLDER], ignore_errors=True)


if os.environ.get("LOG_FORMAT") == "json":
    from chronicle.operation.logs import JsonLines

    logconfig_dict = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": JsonLines}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "loggers": {"gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False}},
    }
