"""`manage.py corpus_report`: what the corpus holds, counted."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from chronicle.models import Citation, Event, Voice
from chronicle.report import Report
from chronicle.vocabularies import VALUED_ASPECTS, Stance


class Command(BaseCommand):
    """Prints the sections of the public page, of the desk or of what is published; on request, row by row."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Choose the side and what to list."""
        parser.add_argument("--published", action="store_true", help="count what readers see, not the desk")
        parser.add_argument("--voices", action="store_true", help="list every event with who is heard and who is not")
        parser.add_argument("--untyped", action="store_true", help="list every assertion without a value to compare")

    def handle(self, *, published: bool, voices: bool, untyped: bool, **_options: Any) -> None:
        """Print the report."""
        self._using = "published" if published else "default"
        for section in Report(self._using).sections:
            self.stdout.write(f"\n{section.title} ({section.total:,})")
            for line in section.lines:
                parts = ", ".join(f"{label} {number:,}" for label, number in line.parts)
                self.stdout.write(f"  {line.number:>9,}  {line.label}{': ' if parts else ''}{parts}")
        if voices:
            self._list_voices()
        if untyped:
            self._list_untyped()

    def _list_voices(self) -> None:
        self.stdout.write("\nVoices by event (documents, speakers; concerned parties)")
        heard: dict[int, list[str]] = {}
        for voice in Voice.objects.using(self._using).filter(is_concerned=True).select_related("party"):
            words = f"{voice.party.name_short} {voice.documents}, {voice.speakers}"
            heard.setdefault(voice.event_id, []).append(words)
        for event in Event.objects.using(self._using).order_by("date_range", "pk").iterator(chunk_size=2000):
            self.stdout.write(f"  {event.slug}: {'; '.join(sorted(heard.get(event.pk, [])))}")

    def _list_untyped(self) -> None:
        self.stdout.write("\nAssertions without a value to compare")
        rows = Citation.objects.using(self._using).filter(aspect__in=VALUED_ASPECTS, asserts_unknown=False)
        for name in ("asserted_date_range", "asserted_location", "asserted_party", "asserted_figure"):
            rows = rows.filter(**{f"{name}__isnull": True})
        rows = rows.exclude(stance=Stance.SILENT).select_related("event", "document").order_by("aspect", "pk")
        for row in rows.iterator(chunk_size=2000):
            place = f"{row.document.title_short}, {row.locator}"
            self.stdout.write(f"  {row} {row.get_aspect_display()}, {row.event.slug}: {row.statement} ({place})")
            if row.comment:
                self.stdout.write(f"      {row.comment}")
