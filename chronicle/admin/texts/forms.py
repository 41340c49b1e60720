"""The form with which a file is sent."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.admin.texts.sending import receive
from sources.fulltexts import Extracted, UnreadableError, extract
from sources.fulltexts.storing import Description, Sent
from sources.models import DocumentFile
from sources.validators import validate_language_tag, validate_plain_text


class SendingForm(forms.ModelForm):
    """A file, and what the curator says of it."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "PDF, DOCX, HTML or plain text; JPEG, PNG, TIFF or WebP; MP3, WAV, FLAC, Ogg, MP4 or WebM. It is kept "
            "unchanged and stays at the desk."
        ),
        error_messages={"required": gettext_lazy("File: choose one; nothing was sent.")},
    )
    language = forms.CharField(
        label=gettext_lazy("Language of the text"),
        required=False,
        max_length=35,
        validators=[validate_language_tag],
        help_text=gettext_lazy("BCP 47 tag, such as az-Latn; empty: the document's own. Public with the text."),
    )

    class Meta:
        model = DocumentFile
        fields = ("provenance", "archive_url", "content_warning")

    field_order = ("file", "language", "provenance", "archive_url", "content_warning")
    sent: Sent

    def clean(self) -> dict[str, Any]:
        """Read the file, within its limits, once all else is right."""
        answers = super().clean() or self.cleaned_data
        if self.errors:
            return answers
        file = answers["file"]
        if file.size > settings.FILE_LIMITS.bytes:
            most = settings.FILE_LIMITS.bytes // (1024 * 1024)
            self.add_error("file", _("File: it is larger than %(most)d MB. Send it in parts.") % {"most": most})
            return answers
        self._read(file, Description(name=_name(file.name), **{name: answers[name] for name in DESCRIBED}))
        return answers

    def _read(self, file: Any, described: Description) -> None:
        path = receive(file)
        try:
            found: Extracted = extract(path, settings.FILE_LIMITS)
        except UnreadableError as error:
            path.unlink(missing_ok=True)
            self.add_error("file", str(error))
            return
        self.sent = Sent(path, found, described)


DESCRIBED = ("language", "provenance", "archive_url", "content_warning")


def _name(name: str) -> str:
    """The name of the file as far as it can be kept."""
    try:
        validate_plain_text(name)
    except forms.ValidationError:
        return ""
    return name[:200]
