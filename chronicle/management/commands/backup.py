"""`manage.py backup FOLDER`: the database and the files of documents, with what proves that they come back whole."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from chronicle.backups import BadLedgerError, Made, NotMadeError, ProgramFailedError, forget_backups, make


class Command(BaseCommand):
    """Makes one more backup in a folder of backups; ends with 1 if a file of the chronicle is missing."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder, and how many backups stay in it."""
        parser.add_argument("folder", type=Path, help="where backups are kept, such as /var/backups/chronicle")
        parser.add_argument("--keep", type=int, default=0, help="delete all but so many of the newest; 0 keeps all")

    def handle(self, *, folder: Path, keep: int, **_options: Any) -> None:
        """Make it, and tell what it holds."""
        if "owner" not in settings.DATABASES:
            raise CommandError("OWNER_DATABASE_URL is not set: a backup is made as the owner of the database.")
        try:
            made = make(folder.absolute())
        except (NotMadeError, ProgramFailedError, BadLedgerError) as error:
            raise CommandError(f"{error} No backup was made.") from error
        self._tell(made)
        for old in forget_backups(folder.absolute(), keep) if keep > 0 else []:
            self.stdout.write(f"deleted {old}")
        if made.missing:
            raise CommandError(
                f"The backup was made, but these files are missing or harmed here: {', '.join(made.missing)}. "
                "Look for them in older backups."
            )

    def _tell(self, made: Made) -> None:
        self.stdout.write(f"{made.folder}\n{made.manifest.rows:,} rows in {len(made.manifest.tables)} tables")
        if made.forgotten:
            self.stdout.write(f"{made.forgotten} purged files deleted from backups, whose dumps still have their texts")
