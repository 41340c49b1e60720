"""`manage.py make_corpus EVENTS`: a large made-up corpus, for measuring."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chronicle.corpus.making import DeskNotEmptyError, Sizes, SizesError, make, publish_all

TOGETHER = 50_000
"""Events published in a call: the references that several calls share are compared again in each."""


class Command(BaseCommand):
    """Makes a large corpus by chance from a seed, in a database that is empty, and publishes nine tenths of it."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the size and the seed."""
        parser.add_argument("events", type=int, help="how many events: 10000 in half a minute, 1000000 in an hour")
        parser.add_argument("--seed", type=int, default=1, help="another seed makes other rows (default: 1)")
        parser.add_argument("--no-publish", action="store_true", help="leave the events at the desk")
        parser.add_argument(
            "--together", type=int, default=TOGETHER, help=f"events published in a call (default: {TOGETHER})"
        )

    def handle(self, **options: Any) -> None:
        """Make, publish, and say what was made and how long it took."""
        if options["together"] < 1:
            raise CommandError("--together: at least 1 event goes out in a call, such as 50000.")
        began = time.monotonic()
        try:
            made = make(Sizes(options["events"]), seed=options["seed"], tell=self._tell)
        except (DeskNotEmptyError, SizesError) as error:
            raise CommandError(str(error)) from error
        self._tell(f"{sum(made.values()):,} rows made in {time.monotonic() - began:,.0f} s:")
        for table, count in made.items():
            self._tell(f"  {table:32} {count:12,}")
        if not options["no_publish"]:
            self._publish(options["together"])

    def _publish(self, together: int) -> None:
        for published in publish_all(together=together):
            self._tell(f"{published.done:,} events published, {published.rate:,.0f} a second.")
        self._tell(
            f"{published.done:,} events published in {published.seconds:,.0f} s; {published.refused:,} refused: "
            "all that they cite is withheld."
        )

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
