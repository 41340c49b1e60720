"""What was seen of the links of documents."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5
from django.utils.translation import gettext_lazy as _

from chronicle.links.vocabularies import LinkState
from sources.models import Document

OFTEN: int = 3
"""After how many checks in a row without an answer an address counts as dead: a server may be away for a while."""

DEAD = Q(state=LinkState.GONE) | Q(state=LinkState.UNANSWERED, failures__gte=OFTEN)


class Link(models.Model):
    """How an address of a document answered when it was last asked. Private; `checking.check` alone writes it.

    It has no history, since nobody decides anything in it, and goes with its document.
    """

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, db_index=False, related_name="links", verbose_name=_("document")
    )
    address = models.CharField(_("address"), max_length=2000)
    state = models.CharField(_("state"), max_length=10, choices=LinkState)
    told = models.CharField(
        _("what it told"), max_length=200, blank=True, help_text=_("The status of HTTP, or why there was none: 404.")
    )
    moved_to = models.CharField(
        _("led to"), max_length=2000, blank=True, help_text=_("Where its redirects ended, if it had any.")
    )
    failures = models.PositiveIntegerField(
        _("failures"), default=0, help_text=_("How many checks in a row, this one included, did not find it.")
    )
    checked_at = models.DateTimeField(_("checked at"))

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint("document", MD5("address"), name="link_is_kept_once"),
            models.CheckConstraint(name="link_state_is_known", condition=Q(state__in=LinkState.values)),
            models.CheckConstraint(
                name="link_found_has_no_failures",
                condition=Q(state=LinkState.FOUND, failures=0) | ~Q(state=LinkState.FOUND) & Q(failures__gt=0),
            ),
        ]
        indexes = [models.Index(name="link_dead", fields=["document"], condition=DEAD)]

    def __str__(self) -> str:
        return self.address

    @property
    def is_dead(self) -> bool:
        """Whether a reader who follows it will hardly find anything."""
        is_silent = self.state == LinkState.UNANSWERED and self.failures >= OFTEN
        return self.state == LinkState.GONE or is_silent
