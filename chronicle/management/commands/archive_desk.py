"""`manage.py archive_desk FILE`: everything of the desk in one encrypted file, drafts, accounts and history too."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chronicle.archiving import archive, lock
from chronicle.management.passphrases import add_passphrase, passphrase

WARNING = """This archive holds every secret of the desk: drafts, withheld documents, notes, accounts with their second
factors. Whoever has it and its passphrase has all of that. Keep the two apart; without the passphrase nobody can open
it."""


class Command(BaseCommand):
    """Writes an archive that `restore_desk` takes back, into an empty chronicle of the same release."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file to write, and where the passphrase stands."""
        parser.add_argument("file", type=Path, help="the file to write, such as desk.age; it must not be there yet")
        add_passphrase(parser)

    def handle(self, *, file: Path, passphrase_file: Path | None, **_options: Any) -> None:
        """Write the archive; a failure leaves no half of one."""
        if file.exists():
            raise CommandError(f"{file} is there already: name another file.")
        words = passphrase(passphrase_file, is_new=True)
        part = file.with_name(f"{file.name}.part")
        part.touch(mode=0o600)
        try:
            with part.open("wb") as target:
                lock(archive(), words, target)
            part.rename(file)
        finally:
            part.unlink(missing_ok=True)
        self.stdout.write(WARNING)
        self.stdout.write(f"{file}: {file.stat().st_size} bytes")
