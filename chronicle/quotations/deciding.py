"""What a curator decides of a quotation that was not surely found; what is no longer as it was seen is refused."""

from typing import Final

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from chronicle.models import Citation
from chronicle.quotations.checking import check_document
from chronicle.quotations.texts import newest_text
from sources.quotations import Place, Position, quotation_at
from sources.quotations.normalisation import compared
from sources.vocabularies import QuotationState

LONGEST_CONTEXT: Final = 400
"""How many characters of context a quotation is given at most: the columns take 500."""


def confirm(seen: Citation, by: AbstractBaseUser) -> bool:
    """Record that a changed quotation means the passage that was found; False if it is no longer what was seen."""
    same = _as_seen(seen).filter(
        quotation_state=QuotationState.CHANGED,
        quotation_text_id=seen.quotation_text_id,
        quotation_start=seen.quotation_start,
        quotation_end=seen.quotation_end,
    )
    return bool(same.update(quotation_confirmed_at=timezone.now(), quotation_confirmed_by=by))


@transaction.atomic
def choose(seen: Citation, text: int, place: Place) -> bool:
    """Give a quotation the context of a passage in the text with this number; False if that is no longer as seen.

    The context tells the passage from all others, in this text and in the next one. The words of the quotation stay.
    """
    newest = newest_text(seen.document_id)
    if newest is None or newest.number != text or not 0 <= place.start < place.end <= len(newest.text.text):
        return False
    quotation = quotation_at(newest.text.text, place.start, place.end)
    prefix, suffix = compared(quotation.prefix)[-LONGEST_CONTEXT:], compared(quotation.suffix)[:LONGEST_CONTEXT]
    if not _as_seen(seen).update(quotation_prefix=prefix.strip(), quotation_suffix=suffix.strip()):
        return False
    check_document(seen.document_id, only=[seen.pk], hints={seen.pk: Position(place.start, place.end)})
    return True


def _as_seen(seen: Citation) -> QuerySet[Citation]:
    """The citation, if document, words and context are those that were seen."""
    return Citation.objects.filter(
        pk=seen.pk,
        document_id=seen.document_id,
        quotation=seen.quotation,
        quotation_prefix=seen.quotation_prefix,
        quotation_suffix=seen.quotation_suffix,
    )
