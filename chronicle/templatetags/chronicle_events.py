"""What lists say of an event, from the counts that are published with it."""

from django import template

from chronicle import voices
from chronicle.models import EventCount
from chronicle.vocabularies import Aspect

register = template.Library()


@register.filter
def resting_on(counts: EventCount) -> str:
    """Return on how many documents, parties and independent documents an event rests."""
    return voices.counts(counts)


@register.filter
def contested(counts: EventCount) -> str:
    """Return the aspects on which its documents differ, in words; empty where they do not."""
    found = {facet.removeprefix("disputed:") for facet in counts.facets if facet.startswith("disputed:")}
    return ", ".join(str(aspect.label) for aspect in Aspect if aspect.value in found)
