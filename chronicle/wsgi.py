"""The entry point of WSGI servers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chronicle.settings")
application = get_wsgi_application()

from chronicle.checks import refuse_to_serve_behind_breached_walls  # noqa: E402  # once settings are there

refuse_to_serve_behind_breached_walls()
