"""`manage.py load_corpus FOLDER`: a corpus into the desk, and out again to readers."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chronicle.corpus import STANDING, CorpusError, Loaded, attach_texts, compare, load
from chronicle.models import Event
from chronicle.publication import Note, Report, publish, publish_references
from chronicle.vocabularies import NoteKind


class Command(BaseCommand):
    """Loads fixtures by natural keys: only rows that differ, none that curators changed since; then publishes."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder, and how to publish."""
        parser.add_argument("folder", type=Path, help="a folder of fixtures in YAML, such as fixtures/karabakh-2020")
        parser.add_argument("--no-publish", action="store_true", help="leave the events at the desk")
        parser.add_argument("--note", default="", help="what readers are told of editions that are not the first")

    def handle(self, **options: Any) -> None:
        """Load, publish, report; a refusal or an error changes nothing and ends with status 1."""
        try:
            loaded = load(options["folder"])
        except CorpusError as error:
            raise CommandError(str(error)) from error
        if loaded.refused:
            raise CommandError(self._refusals(loaded))
        self.stdout.write(f"{loaded.written} rows written, {loaded.unchanged} unchanged.")
        self._attach(options["folder"])
        compare(options["folder"], loaded)
        if not options["no_publish"]:
            self._publish(loaded, options["note"])

    def _attach(self, folder: Path) -> None:
        try:
            attached = attach_texts(folder)
        except CorpusError as error:
            raise CommandError(str(error)) from error
        if attached:
            self.stdout.write(f"{attached} texts attached.")

    def _refusals(self, loaded: Loaded) -> str:
        lines = [f"  {refused.place}: {refused.row}. {refused.reason}" for refused in loaded.refused]
        return "Nothing was written: curators have worked on these rows.\n" + "\n".join(lines)

    def _publish(self, loaded: Loaded, note: str) -> None:
        events = Event.objects.filter(slug__in=loaded.events)
        report: Report = publish(events, note=Note(kind=NoteKind.CORRECTION, words=note))
        self.stdout.write(f"{len(report.done)} events published, {len(report.unchanged)} unchanged.")
        for subject, numbers in loaded.standing.items():
            records = STANDING[subject].objects.filter(pk__in=numbers)
            publish_references(subject, records, note=Note(kind=NoteKind.CORRECTION, words=note))
        for refusal in report.refused:
            self.stderr.write(f"Not published: {refusal.subject}. {refusal.reason}")
