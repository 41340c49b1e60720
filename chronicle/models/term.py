"""Contested words: shown with who uses them, instead of banned in silence."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chronicle.querysets import TermQuerySet
from sources.models import Document
from sources.models.columns import curators_note, folded, language_field, text_block, text_line
from sources.models.constraints import language_constraint, slug_constraint
from sources.models.record import PartManager, Record, Row
from sources.models.tracking import tracked


@tracked("TermRevision", exclude=["name_folded"])
class Term(Record):
    """A thing for which documents use different words, and the words that this chronicle uses itself."""

    name = text_line(
        _("thing"), max_length=200, help_text=_("What the words are for, in a neutral line: The war of 2020. Public.")
    )
    name_folded = folded("name")
    own_wording = text_line(
        _("word used here"),
        max_length=200,
        blank=True,
        help_text=_("What this chronicle says in its own texts: Second Karabakh War. Public."),
    )
    reason = text_block(_("reason"), help_text=_("Why it says so. Public."))
    curators_note = curators_note()

    objects = TermQuerySet.as_manager()  # type: ignore[misc]  # the stubs see a variable of class and instance

    class Meta:
        verbose_name = _("contested term")
        verbose_name_plural = _("contested terms")
        ordering = ["name_folded", "id"]
        constraints = [
            slug_constraint("term_slug_is_plain"),
            models.CheckConstraint(
                name="term_has_name",
                condition=~Q(name=""),
                violation_error_code="name",
                violation_error_message=_("Thing: say what the words are for, such as The war of 2020."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked("TermUseRevision")
class TermUse(Row):
    """How often a document uses a wording."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="uses", verbose_name=_("contested term"))
    wording = text_line(_("wording"), max_length=200, help_text=_("As the document has it, without endings. Public."))
    language = language_field(blank=True)
    document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        related_name="term_uses",
        verbose_name=_("document"),
        help_text=_("Where it was counted. Public."),
    )
    times = models.PositiveIntegerField(_("times"), help_text=_("How often it stands in the document: 12. Public."))

    objects = PartManager("term__slug", "document__slug", "wording")

    class Meta:
        verbose_name = _("use of a term")
        verbose_name_plural = _("uses of terms")
        ordering = ["wording", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "document", "wording"],
                name="term_use_is_counted_once",
                violation_error_code="wording",
                violation_error_message=_("Wording: it is counted for this document already; change one of the two."),
            ),
            models.CheckConstraint(
                name="term_use_has_wording",
                condition=~Q(wording=""),
                violation_error_code="wording",
                violation_error_message=_("Wording: write the words that the document uses."),
            ),
            language_constraint("term_use_language_is_tag", allow_blank=True),
            models.CheckConstraint(
                name="term_use_is_counted",
                condition=Q(times__gte=1),
                violation_error_code="times",
                violation_error_message=_("Times: 1 or more; leave out a document that does not use the word."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wording}: {self.document}"

    def natural_key(self) -> tuple[str, ...]:
        """Return the slugs of term and document, and the wording."""
        return (*self.term.natural_key(), *self.document.natural_key(), self.wording)

    natural_key.dependencies = ["chronicle.term", "sources.document"]  # type: ignore[attr-defined]  # where Django looks
