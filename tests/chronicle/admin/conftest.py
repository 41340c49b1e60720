"""Curators, and what a browser would send back."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.chronicle.admin.desk import logged_in


@pytest.fixture(autouse=True)
def _static_root(settings: Any, tmp_path: Path) -> None:
    """A folder that exists: before `collectstatic` WhiteNoise warns that there is none."""
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def desk(db: None) -> Client:
    """The desk of a curator who may do everything; what is saved is rolled back."""
    return logged_in(get_user_model().objects.create_superuser("curator"))


@pytest.fixture
def committed_desk(published: None) -> Client:
    """The same on committed rows, so that what is published can be seen."""
    return logged_in(get_user_model().objects.create_superuser("curator"))
