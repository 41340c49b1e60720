"""The refusal of a string that is no date in EDTF."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

SHOWN: Final = 60  # characters of a refused string that a message repeats


class EDTFError(ValueError):
    """A string that is not EDTF; its message names the string, the reason and a right example."""

    def __init__(self, text: str, reason: str, example: str) -> None:
        shown = text if len(text) <= SHOWN else text[:SHOWN] + "…"
        words = {"text": shown, "reason": reason, "example": example}
        super().__init__(_("%(text)r is not a date in EDTF: %(reason)s. Write for example %(example)s.") % words)
        self.text = text
        self.reason = reason
        self.example = example

    def __reduce__(self) -> tuple[type[EDTFError], tuple[str, str, str]]:
        return type(self), (self.text, self.reason, self.example)
