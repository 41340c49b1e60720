"""Citations: what a document says of an event, at which place, and who speaks."""

from typing import Any

from ninja import Schema
from pydantic import Field

from chronicle.api.records.values import Addresses, Date, Figure, Link, Word, figure, word
from chronicle.exports.dates import dated
from chronicle.models import Citation
from chronicle.vocabularies import Aspect, DateOf, LocationRole, Stance
from sources.vocabularies import LocatorLabel


class CitationRecord(Schema):
    """An assertion: this document, at this locator, says this about this event."""

    number: int = Field(description="Its public number, which never changes: C1187.", examples=[1187])
    number_in_event: int = Field(examples=[3])
    page: str = Field(description="Its short address, which leads to its row on the page of the event.")
    event: Link
    document: Link
    locator_label: LocatorLabel | str = Field(description="What the locator counts (CSL 1.0.2).", examples=["page"])
    locator: str = Field(examples=["214"])
    aspect: Aspect
    stance: Stance = Field(description="How the document stands to it (CiTO).")
    statement: str = Field(description="What it says, in the editors’ neutral words.")
    quotation: str = Field(description="Its own words, where they are given.")
    quotation_prefix: str
    quotation_suffix: str
    claimed_by: Link | None = Field(description="The speaker whom the document names; null: it speaks itself.")
    through: Link | None = Field(description="The document that it leans on.")
    asserted_date: Date | None
    date_of: DateOf | str = Field(description="Which moment the date is of.", examples=["agreed"])
    asserted_location: Link | None
    asserted_location_role: LocationRole | str
    asserted_party: Word | None = Field(description="Whom the document holds responsible.")
    asserted_figure: Figure | None
    is_approximate: bool = Field(description="Whether the figure is “about”.")
    asserts_unknown: bool = Field(description="Whether the document says that this is not known.")
    value_as_printed: str = Field(examples=["9 October 2020"])
    unit: Word | None = Field(description="What the figure counts.")
    population: Word | None = Field(description="Whom it counts, where the text says.")
    side: Word | None = Field(description="Whose, where the text says.")
    period: Date | None = Field(description="Over which time the figure counts, where the text says.")
    stated_on: Date | None = Field(description="When the speaker said so, where the text says.")
    comment: str = Field(description="The editors’ remark.")


PLAIN = (
    *("locator_label", "locator", "aspect", "stance", "statement", "quotation", "quotation_prefix"),
    *("quotation_suffix", "date_of", "asserted_location_role", "is_approximate", "asserts_unknown"),
    *("value_as_printed", "comment"),
)
"""What goes out under the name and with the value that it has in the database."""


def citation_record(citation: Citation, at: Addresses) -> dict[str, Any]:
    """Return a citation; its event, its document and what its value names have to be fetched."""
    return {
        **{name: getattr(citation, name) for name in PLAIN},
        "number": citation.pk,
        "number_in_event": citation.number,
        "page": at.page("citation-by-number", citation.pk),
        "event": at.link("event", citation.event),
        "document": at.link("document", citation.document),
        "claimed_by": at.link_if("agent", citation.claimed_by),
        "through": at.link_if("document", citation.through),
        "asserted_date": dated(citation.asserted_date_edtf),
        "asserted_location": at.link_if("location", citation.asserted_location),
        "asserted_party": word(citation.asserted_party),
        "asserted_figure": figure(citation),
        "unit": word(citation.unit),
        "population": word(citation.population),
        "side": word(citation.side),
        "period": dated(citation.period_edtf),
        "stated_on": dated(citation.stated_on),
    }
