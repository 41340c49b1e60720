"""The masthead: what a chronicle is called, who answers for it, and what it says of itself."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chronicle.validators import validate_contact
from sources.models.columns import text_block, text_line
from sources.models.record import Record, RecordQuerySet
from sources.models.tracking import tracked
from sources.validators import validate_ascii_slug, validate_url

ONLY_SLUG = "masthead"
COMMON_CONTEXT = 100
MOST_CONTEXT = 500
"""Characters of context: as it comes, and as many as a citation holds."""


class MastheadQuerySet(RecordQuerySet):
    """Reads of the one masthead."""

    def current(self) -> Any:
        """Return the masthead; where none was written yet, one with nothing but a name and a signature."""
        written = self.first()
        return written or Masthead(name=str(UNNAMED), editorial_body=str(UNSIGNED))


UNNAMED = _("Chronicle")
UNSIGNED = _("The editors")


@tracked("MastheadRevision")
class Masthead(Record):
    """The chronicle's own name and texts, of which there is one row. Readers see them once they are published."""

    name = text_line(_("name"), max_length=120, help_text=_("At the top of every page and in every citation. Public."))
    subtitle = text_line(
        _("subtitle"), max_length=200, blank=True, help_text=_("Under the name on the home page. Public.")
    )
    introduction = text_block(
        _("introduction"),
        help_text=_("For the home page: what the collection rests on, and whose voices are missing. Markdown. Public."),
    )
    editorial_body = text_line(
        _("editorial body"),
        max_length=200,
        help_text=_("Who signs editions and is cited as author: The editors of this chronicle. Public."),
    )
    licence = text_line(
        _("licence"),
        max_length=100,
        blank=True,
        help_text=_("Of the chronicle's own texts and data: CC BY 4.0. Public."),
    )
    licence_url = text_line(
        _("address of the licence"),
        max_length=200,
        blank=True,
        validators=[validate_url],
        help_text=_("https://creativecommons.org/licenses/by/4.0/. Public."),
    )
    contact = text_line(
        _("contact"),
        max_length=200,
        blank=True,
        validators=[validate_contact],
        help_text=_("An e-mail address or a web address, where readers report errors. Public."),
    )
    about = text_block(_("about"), help_text=_("Who makes this chronicle, why, and who pays for it. Markdown. Public."))
    method = text_block(
        _("method"),
        help_text=_(
            "Your own rules, which stand before those that the software keeps: what is collected. Markdown. Public."
        ),
    )
    quotation_context = models.PositiveSmallIntegerField(
        _("context of quotations"),
        default=COMMON_CONTEXT,
        help_text=_(
            "How many characters before and after a quotation go out with it where readers may not read the text: "
            "100; 0 for none, at most 500. Of a text that they may read, all that is recorded goes out. Holds from the "
            "next edition on. Private."
        ),
    )
    imprint = text_block(_("imprint"), help_text=_("What the law asks of a publisher where you are. Markdown. Public."))

    slug = models.CharField(
        _("slug"),
        max_length=80,
        unique=True,
        default=ONLY_SLUG,
        editable=False,
        validators=[validate_ascii_slug],
        help_text=_("Always “masthead”: there is one. Public."),
    )

    objects = MastheadQuerySet.as_manager()  # type: ignore[misc]  # the stubs see a variable of class and instance

    class Meta:
        verbose_name = _("masthead")
        verbose_name_plural = _("masthead")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="masthead_is_the_only_one",
                condition=Q(slug=ONLY_SLUG),
                violation_error_code="slug",
                violation_error_message=_("Slug: a chronicle has one masthead, and its slug is “masthead”."),
            ),
            models.CheckConstraint(
                name="masthead_has_name_and_body",
                condition=~Q(name="") & ~Q(editorial_body=""),
                violation_error_code="name",
                violation_error_message=_("Name: a chronicle has a name, and an editorial body that signs."),
            ),
            models.CheckConstraint(
                name="masthead_context_is_bounded",
                condition=Q(quotation_context__lte=MOST_CONTEXT),
                violation_error_code="quotation_context",
                violation_error_message=_("Context of quotations: from 0 to 500 characters; longer ones are texts."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
