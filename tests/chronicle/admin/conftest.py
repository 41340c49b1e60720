"""Curators, and what a browser would send back."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.chronicle.admin.desk import logged_in


@pytest.fixture
def desk(db: None) -> Client:
    """The desk of a curator who may do everything; what is saved is rolled back."""
    return logged_in(get_user_model().objects.create_superuser("curator"))


@pytest.fixture
def committed_desk(published: None) -> Client:
    """The same on committed rows, so that what is published can be seen."""
    return logged_in(get_user_model().objects.create_superuser("curator"))
