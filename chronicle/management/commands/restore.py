"""`manage.py restore BACKUP`: what `backup` made, back in an empty database, compared row for row."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from chronicle.backups import BadBackupError, BadLedgerError, NotRestoredError, ProgramFailedError, restore


class Command(BaseCommand):
    """Restores as the owner of the database; the site is stopped meanwhile."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the backup, more ledgers of purges, and whether a chronicle that is there is replaced."""
        parser.add_argument("backup", type=Path, help="a backup: the folder chronicle-… in a folder of backups")
        parser.add_argument(
            "--purges", type=Path, action="append", default=[], help="another ledger of what was purged, purges.jsonl"
        )
        parser.add_argument("--replace", action="store_true", help="delete the chronicle that is there")

    def handle(self, *, backup: Path, purges: list[Path], replace: bool, **_options: Any) -> None:
        """Restore, or say why it cannot be done."""
        if missing := [name for name in ("owner", "default", "published") if not settings.DATABASES.get(name)]:
            raise CommandError(f"Restoring needs the databases {', '.join(missing)}: see .env.example.")
        if absent := [str(file) for file in purges if not file.is_file()]:
            raise CommandError(f"There is no ledger {', '.join(absent)}. Nothing was restored.")
        try:
            restored = restore(backup.absolute(), ledgers=purges, replacing=replace)
        except (BadBackupError, BadLedgerError, NotRestoredError, ProgramFailedError) as error:
            raise CommandError(str(error)) from error
        except OperationalError as error:
            raise CommandError(f"The database cannot be asked: {error}") from error
        self.stdout.write(
            f"Restored the state of {restored.manifest.made_at}: {restored.manifest.rows:,} rows in "
            f"{len(restored.manifest.tables)} tables, each compared; {restored.files} files; "
            f"{restored.again.files} files purged again, {restored.again.texts} texts erased again, "
            f"{restored.again.names} names hidden again. "
            "The walls stand."
        )
