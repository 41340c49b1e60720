"""Pages are asked for through the whole chain of middleware."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _static_files(settings, tmp_path: Path) -> None:
    """Give the middleware that serves static files the folder that it warns about otherwise."""
    settings.STATIC_ROOT = tmp_path
