"""`manage.py import_templates FOLDER`: a template of each sheet that can be imported, as in fixtures/templates."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from chronicle.imports.templates import templates


class Command(BaseCommand):
    """Writes the templates of sheets, one CSV file for each kind of record and one for the assertions of a document."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder."""
        parser.add_argument("folder", type=Path, help="where to write them; it is made if it is not there")

    def handle(self, **options: Any) -> None:
        """Write every template anew."""
        folder: Path = options["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in templates().items():
            (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
        self.stdout.write(f"{len(templates())} templates are in {folder}.")
