"""The site with a fault that the drill of load must find: each query of a page sees what is public at that moment."""

from django.conf import settings
from psycopg import IsolationLevel

settings.DATABASES["published"]["OPTIONS"]["isolation_level"] = IsolationLevel.READ_COMMITTED

from chronicle.wsgi import application  # noqa: E402 -- after the fault is planted

__all__ = ["application"]
