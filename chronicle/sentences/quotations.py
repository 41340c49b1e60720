"""How a quotation stands to the text of its document, in the words that readers see."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.vocabularies import QuotationState

STATES: Final[Mapping[str, Promise]] = {
    QuotationState.EXACT: gettext_lazy("exact"),
    QuotationState.NORMALISED: gettext_lazy("exact, typography apart"),
    QuotationState.CHANGED: gettext_lazy("differs from the text"),
    QuotationState.AMBIGUOUS: gettext_lazy("stands there more than once"),
    QuotationState.MISSING: gettext_lazy("not found in the text"),
    QuotationState.NO_TEXT: gettext_lazy("not compared: no text here"),
    "": gettext_lazy("not compared with a text"),
}


def state_of_quotation(state: str, *, is_confirmed: bool) -> str:
    """Return the words for a state; the editors confirm of one that differs that this passage is meant."""
    if is_confirmed:
        return _("differs from the text; the editors confirm the passage")
    return str(STATES[state])
