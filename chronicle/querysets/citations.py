"""Reads of assertions, in the order of their documents or by their speakers."""

from typing import Any, Self

from django.db import models
from django.db.models import Func, Prefetch, Q

from chronicle.querysets.related import CITED, rows_of


class LocatorOrder(Func):
    """The key that puts the citations of a document in the order of the document, of `locator_label` and `locator`.

    Pages come first, then what counts something else, label by label, then what has no locator. Under one label numbers
    stand by their value, and before words; so do numbers within words: “Losses”, paragraph 9, before paragraph 18.
    """

    arity = 2
    output_field = models.TextField()

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **_options: Any) -> Any:  # noqa: ARG002 -- Django's signature
        """Return the key of two columns, as one expression of immutable functions, which an index can hold."""
        label, locator = (compiler.compile(column)[0] for column in self.get_source_expressions())
        return LOCATOR_ORDER.format(label=label, locator=locator), []


LOCATOR_ORDER = (
    "(CASE WHEN {label} = 'page' THEN '0' WHEN {locator} = '' THEN '2' ELSE '1' || {label} || ' ' END"
    " || CASE WHEN {locator} ~ '^[0-9]' THEN '0' ELSE '1' END || regexp_replace("
    r"regexp_replace({locator}, '([0-9]+)', '00000000\1', 'g'), '[0-9]*([0-9]{{9}})', '\1', 'g'))"
)
"""Every number in a locator is written with nine digits, so that text sorts as numbers do."""


class CitationQuerySet(models.QuerySet):
    """Reads of assertions outside their events: of a document, or of a speaker."""

    def with_words(self) -> Self:
        """Bring what a line about an assertion shows: event, document, speaker, and everything that its value names."""
        return self.select_related("event", "document", "through", *CITED)

    def quoted(self) -> Self:
        """Return those that quote their document, with what an annotation says of them and the text they stand in."""
        return self.exclude(quotation="").select_related("event", "document", "quotation_text")

    def of_document(self, number: int) -> Self:
        """Return what a document is cited for; `place` is the key of its order."""
        return self.filter(document_id=number).annotate(place=LocatorOrder("locator_label", "locator"))

    def leaning_on(self, number: int) -> Self:
        """Return the assertions that lean on a document, by their numbers."""
        return self.filter(through_id=number).order_by("pk")

    def leaning_of(self, number: int) -> Self:
        """Return the assertions of an event with the documents that make them and those that they are made through."""
        return self.filter(event_id=number).select_related("event", "document", "through").order_by("number")

    def said_by(self, number: int) -> Self:
        """Return what documents name a speaker as saying, by their numbers."""
        return self.filter(claimed_by_id=number).order_by("pk")

    def quoted_on(self, page: Any) -> Self:
        """Return those whose quotation was found on this page of a text, or reaches into it from one just before."""
        begun = Q(quotation_page__range=(page.number - REACH, page.number), quotation_end__gt=page.start)
        return self.filter(begun, quotation_text_id=page.text_id)

    def figures(self) -> Self:
        """Return those that give a figure, the newest first."""
        return self.filter(asserted_figure__isnull=False).order_by("-pk")

    def figures_of(self, number: int) -> Self:
        """Return the figures that documents give of an event, with the words for them: one query."""
        words = self.select_related(*CITED, "document")
        return words.filter(event_id=number, asserted_figure__isnull=False).order_by("number")

    def told(self) -> Self:
        """Bring what an assertion says where it stands alone, with its event."""
        return self.select_related("event", *CITED).prefetch_related(
            Prefetch("document", rows_of("sources.Document", "publisher__party", "party")),
            Prefetch("through", rows_of("sources.Document")),
        )


REACH = 3
"""How many pages a quotation may go on over and still be marked on the last."""
