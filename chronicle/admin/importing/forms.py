"""What is asked of a file that is imported: the file itself, and what is said of it instead of being found out."""

import codecs
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.imports import Said, importable
from sources.validators import validate_plain_text

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE
"""Bytes of a file; a thousand rows have seldom one megabyte."""
MOST_ROWS = 1_000
"""Rows of a file: what a curator looks through before she confirms."""


class SaidForm(forms.Form):
    """What somebody says of a file; all of it can be left to be found out."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What it holds"),
        required=False,
        help_text=gettext_lazy("Of a CSV whose name does not say so: events.csv has events, citation.csv citations."),
    )
    encoding = forms.CharField(
        label=gettext_lazy("Encoding"),
        required=False,
        max_length=40,
        validators=[validate_plain_text],
        help_text=gettext_lazy("Of a CSV that is found out wrongly: cp1251."),
    )
    delimiter = forms.ChoiceField(
        label=gettext_lazy("Cells are parted by"),
        required=False,
        choices=[
            ("", gettext_lazy("what is found out")),
            (",", gettext_lazy("a comma")),
            (";", gettext_lazy("a semicolon")),
            ("tab", gettext_lazy("a tab")),
            ("|", gettext_lazy("a bar")),
        ],
    )
    values = forms.CharField(
        label=gettext_lazy("Values for all rows"),
        required=False,
        max_length=5_000,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("For columns that the file lacks or leaves empty, one in each line: kind=battle."),
    )
    leaves_out = forms.BooleanField(
        label=gettext_lazy("Leave out values that cannot be read"),
        required=False,
        help_text=gettext_lazy("They are listed instead of being errors; of bibliographies and gazetteers only."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(name, str(model._meta.verbose_name_plural)) for name, model in importable().items()]  # noqa: SLF001 - Django documents it
        self.fields["kind"].choices = [("", _("what its name says")), *kinds]

    def clean_encoding(self) -> str:
        """Refuse what is no encoding of text."""
        written: str = self.cleaned_data["encoding"].strip()
        try:
            is_text = not written or codecs.lookup(written)._is_text_encoding  # noqa: SLF001 - Python asks it too
        except (LookupError, ValueError):
            is_text = False
        if not is_text:
            raise forms.ValidationError(_("Encoding: there is none of this name; write utf-8, utf-16 or cp1251."))
        return written

    def clean_values(self) -> dict[str, str]:
        """Return the values by their columns."""
        lines = [line for line in self.cleaned_data["values"].splitlines() if line.strip()]
        if any("=" not in line for line in lines):
            raise forms.ValidationError(
                _("Values for all rows: write a column, =, and its value, such as kind=battle.")
            )
        parted = (line.partition("=") for line in lines)
        return {column.strip(): value.strip() for column, _sign, value in parted}

    def said(self, columns: dict[str, str]) -> Said:
        """Return what was said, of headings too; the form is valid."""
        answers = self.cleaned_data
        delimiter = "\t" if answers["delimiter"] == "tab" else answers["delimiter"]
        return Said(
            importable().get(answers["kind"]),
            answers["encoding"],
            delimiter,
            columns,
            answers["values"],
            leaves_out=answers["leaves_out"],
        )


class FileForm(SaidForm):
    """The same, with the file."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV, TSV, XLSX or JSON; BibTeX, RIS or CSL-JSON; GeoJSON, Linked Places or LP-TSV; UCDP GED. Up to 20 MB "
            "and 1,000 rows; whoever runs the server imports longer ones with “manage.py import_records”."
        ),
        error_messages={
            "required": gettext_lazy("File: choose one; nothing was sent."),
            "empty": gettext_lazy("File: it is empty; choose another one."),
        },
    )
    field_order = ("file", "kind", "encoding", "delimiter", "values", "leaves_out")

    def clean_file(self) -> Any:
        """Refuse what is too large to be looked through here."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                _("File: it is larger than %(most)d MB. Cut it into several, or have it imported by command.")
                % {"most": LARGEST // MEGABYTE}
            )
        return file
