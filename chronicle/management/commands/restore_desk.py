"""`manage.py restore_desk FILE`: an archive of the desk into an empty chronicle, row by row as it was."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from chronicle.archiving import NotRestoredError, WrongPassphraseError, restore, unlocked
from chronicle.backups.ledger import BadLedgerError, ledger, together
from chronicle.backups.purges import purge_again
from chronicle.management.passphrases import add_passphrase, passphrase


class Command(BaseCommand):
    """Restores what `archive_desk` wrote, all or nothing, as the owner of the database."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the archive, and where its passphrase stands."""
        parser.add_argument("file", type=Path, help="what archive_desk wrote")
        add_passphrase(parser)
        parser.add_argument(
            "--purges", type=Path, action="append", default=[], help="a ledger of what was purged since, purges.jsonl"
        )

    def handle(self, *, file: Path, passphrase_file: Path | None, purges: list[Path], **_options: Any) -> None:
        """Restore, or say why it cannot be done."""
        if "owner" not in settings.DATABASES:
            raise CommandError("OWNER_DATABASE_URL is not set: restoring runs as the owner of the database.")
        if absent := [str(each) for each in purges if not each.is_file()]:
            raise CommandError(f"There is no ledger {', '.join(absent)}. Nothing was restored.")
        words = passphrase(passphrase_file)
        try:
            gone = together(*(ledger(each) for each in purges))
            with file.open("rb") as source, unlocked(source, words) as content:
                restore(content)
        except OSError as error:
            raise CommandError(str(error)) from error
        except WrongPassphraseError as error:
            raise CommandError(
                f"{file} cannot be opened ({error}): the passphrase is another one, or the file was changed or cut "
                "off. Nothing was restored."
            ) from error
        except (NotRestoredError, BadLedgerError) as error:
            raise CommandError(f"{error} Nothing was restored.") from error
        purge_again(gone)
        self.stdout.write(
            "Restored. Sessions and links of the old desk hold here too: end them if it goes on elsewhere."
        )
