"""`manage.py purge KIND NUMBER`: words out of a record, or the whole record, for good; as the desk's page does it."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import models

from chronicle.database.publishing.purgeable import IMPORT
from chronicle.models import Edition, Import
from chronicle.models.edition import SUBJECTS
from chronicle.purging import purge
from chronicle.purging_whole import SUBJECTS as WHOLE
from chronicle.purging_whole import LeaningError, purge_whole


class Command(BaseCommand):
    """Purges for good; nothing brings it back but a backup without its ledger."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what is purged, why and by whom; words come from a file, since shells keep what is typed."""
        parser.add_argument("kind", choices=[*SUBJECTS, IMPORT], help="the kind of record: event, document, agent…")
        parser.add_argument("number", type=int, help="its number, as in the address of its page at the desk")
        parser.add_argument("--reason", required=True, help="why, without the words; it stays at the desk")
        parser.add_argument("--by", default="", help="the account that answers for it")
        chosen = parser.add_mutually_exclusive_group(required=True)
        chosen.add_argument(
            "--words", type=Path, help="a file whose first line has the words that must go; - reads it here"
        )
        chosen.add_argument("--whole", action="store_true", help="the whole record, with its rows, history and files")

    def handle(self, *, kind: str, number: int, **options: Any) -> None:
        """Purge, and tell how much; or say why it cannot be done."""
        record, by = _record(kind, number), _account(options["by"])
        try:
            told = self._whole(record, options["reason"], by) if options["whole"] else self._words(record, options, by)
        except (LeaningError, ValueError) as error:
            raise CommandError(f"{error} Nothing was purged.") from error
        self.stdout.write(f"{told} Run `backup` now: it keeps this in the ledger.")

    def _whole(self, record: Any, reason: str, by: Any) -> str:
        if type(record) not in WHOLE:
            raise CommandError("Events, documents and agents are purged whole; of others, words are.")
        number = record.pk
        purge_whole(record, reason=reason, by=by)
        return f"{WHOLE[type(record)]} {number} is gone for good."

    def _words(self, record: models.Model, options: dict[str, Any], by: Any) -> str:
        found = purge(record, words=_first_line(options["words"]), reason=options["reason"], by=by)
        if not found:
            raise CommandError("No field holds these words, or ever did. Nothing was purged.")
        return "\n".join(f"{field.table} {field.row}: {field.name}" for field in found) + "\nErased for good."


def _record(kind: str, number: int) -> models.Model:
    model: Any = Import if kind == IMPORT else Edition._meta.get_field(kind).related_model  # noqa: SLF001 - Django documents _meta
    found = model._default_manager.filter(pk=number).first()  # noqa: SLF001 - the same
    if found is None:
        raise CommandError(f"There is no {kind} {number}.")
    return found


def _account(name: str) -> Any:
    if not name:
        return None
    found = get_user_model().objects.filter(username=name).first()
    if found is None:
        raise CommandError(f"There is no account {name}.")
    return found


def _first_line(file: Path) -> str:
    try:
        text = sys.stdin.readline() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read as text: {error}") from error
    return text.partition("\n")[0].strip()
