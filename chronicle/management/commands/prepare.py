"""`manage.py prepare`: from whatever is there to a site that can be served, losing nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from chronicle.models import Event, Masthead

WHERE = """
{name} is served on http://127.0.0.1:{port}/

  Readers      http://127.0.0.1:{port}/
  Curators     http://127.0.0.1:{port}/admin/   (name and password above)
  Database     .venv/bin/python manage.py database status   (it goes on running; `stop` stops it)
  Start anew   make reset

Stop serving with Ctrl+C.
"""


class Command(BaseCommand):
    """Migrates, loads a corpus into an empty chronicle, and sees to a curator who can log in."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the corpus and the port that is spoken of."""
        parser.add_argument("--corpus", default="", help="folder of fixtures for an empty chronicle; none by default")
        parser.add_argument("--port", type=int, default=8000, help="the port on which the site will be served")

    def handle(self, **options: Any) -> None:
        """Take the steps in their order; each is safe to repeat."""
        if "DATA_DIR" not in settings.DATABASES["default"]:
            raise CommandError("prepare is for the embedded database; see docs/operators.md for others.")
        call_command("migrate", verbosity=0)
        self.load(options["corpus"])
        call_command("create_demo_curator")
        self.stdout.write(WHERE.format(name=Masthead.objects.current(), port=options["port"]))

    def load(self, corpus: str) -> None:
        """Load and publish a corpus where nothing is, or where an earlier start was ended in the midst of it."""
        if not corpus or (Event.objects.exists() and not _is_half_loaded(Path(corpus).name)):
            return
        if not Path(corpus).is_dir():
            raise CommandError(f"There is no folder {corpus}: CORPUS names a folder of fixtures, or nothing.")
        call_command("load_corpus", corpus)


def _is_half_loaded(corpus: str) -> bool:
    """Return whether the corpus was loaded by a start that did not come to its end: nobody can have worked here yet."""
    loaded = Event.pgh_event_model.objects.filter(pgh_context__metadata__corpus=corpus)  # type: ignore[attr-defined]
    return not get_user_model().objects.exists() and loaded.exists()
