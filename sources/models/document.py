"""Documents: what is cited, who made it, and how much of it may leave the desk."""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.edtf import EDTFField, EDTFRangeField
from sources.models.agent import Agent
from sources.models.columns import curators_note, folded, language_field, parent_of, text_block, text_line
from sources.models.constraints import (
    known_constraint,
    language_constraint,
    slug_constraint,
    undisclosed_constraint,
)
from sources.models.party import Party
from sources.models.querysets import DocumentQuerySet
from sources.models.record import MergeableRecord, PartManager, Row
from sources.models.tracking import tracked
from sources.validators import validate_doi, validate_isbn, validate_url
from sources.vocabularies import Access, ContributionRole, DocumentType

ONLY_THE_OWNER = """
    IF current_user <> pg_catalog.pg_get_userbyid((SELECT relowner FROM pg_catalog.pg_class WHERE oid = TG_RELID)) THEN
        RAISE EXCEPTION 'Access: use the actions "withhold" and "release"; they change what readers see at once'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'document_access_changes_by_verb';
    END IF;
    RETURN NEW;
"""


@tracked("DocumentRevision", exclude=["title_folded", "title_short_folded"])
class Document(MergeableRecord):
    """A citable item, by the rules of CSL 1.0.2.

    `access` is changed by the verbs of publication alone: the database refuses any other writer.
    """

    left_to_verbs = ("access",)

    document_type = models.CharField(
        _("type"), max_length=30, choices=DocumentType, help_text=_("CSL item type, such as report. Public.")
    )
    title = text_line(_("title"), help_text=_("As printed, in its own language. Public."))
    title_short = text_line(
        _("short title"), max_length=60, help_text=_("Its siglum in plots and tables: Bayramov 2021. Public.")
    )
    title_folded = folded("title")
    title_short_folded = folded("title_short")
    container_title = text_line(
        _("container title"), blank=True, help_text=_("The journal, book or site that holds it. Public.")
    )
    volume = text_line(_("volume"), max_length=40, blank=True, help_text=_("Such as 12. Public."))
    issue = text_line(_("issue"), max_length=40, blank=True, help_text=_("Such as 3. Public."))
    number = text_line(
        _("number"), max_length=80, blank=True, help_text=_("Of a report or resolution: S/RES/822. Public.")
    )
    edition = text_line(_("edition"), max_length=80, blank=True, help_text=_("Such as 2nd. Public."))
    pages = text_line(_("pages"), max_length=40, blank=True, help_text=_("Where it stands: 211–230. Public."))
    publisher = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="published_documents",
        verbose_name=_("publisher"),
        help_text=_("The body that brought it out. Public."),
    )
    publisher_place = text_line(_("place of publication"), max_length=200, blank=True, help_text=_("Baku. Public."))
    contributors = models.ManyToManyField(
        Agent, through="Contribution", related_name="contributed_documents", verbose_name=_("contributors")
    )
    issued_edtf = EDTFField(
        verbose_name=_("issued"), range_field="issued_range", blank=True, help_text=_("EDTF: 2021-11-08. Public.")
    )
    issued_range = EDTFRangeField(null=True, editable=False)
    original_edtf = EDTFField(
        verbose_name=_("first issued"),
        range_field=None,
        blank=True,
        help_text=_("EDTF, of a reprint alone: when the original came out, such as 1925. Public."),
    )
    language = language_field(blank=True)
    doi = models.CharField(
        _("DOI"), max_length=200, blank=True, validators=[validate_doi], help_text=_("10.1000/182. Public.")
    )
    isbn = models.CharField(
        _("ISBN"), max_length=20, blank=True, validators=[validate_isbn], help_text=_("978-0-306-40615-7. Public.")
    )
    url = models.CharField(
        _("URL"), max_length=2000, blank=True, validators=[validate_url], help_text=_("https://… Public.")
    )
    archive_url = models.CharField(
        _("archive URL"),
        max_length=2000,
        blank=True,
        validators=[validate_url],
        help_text=_("A lasting copy of the same: https://web.archive.org/… Public."),
    )
    accessed_on = models.DateField(
        _("accessed on"), null=True, blank=True, help_text=_("When the address was last seen: 2026-05-31. Public.")
    )
    rights = text_line(_("rights"), blank=True, help_text=_("Its licence or owner: CC BY 4.0. Public."))
    party = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("speaks for"),
        help_text=_("Only where it speaks for another party than its publisher does. Public, and needs a basis."),
    )
    party_basis = text_block(_("basis"), help_text=_("The public basis for saying so. Public."))
    cites = models.ManyToManyField(
        "self", through="CitedDocument", symmetrical=False, related_name="cited_by", verbose_name=_("cites")
    )
    access = models.CharField(
        _("access"),
        max_length=10,
        choices=Access,
        default=Access.OPEN,
        help_text=_("How much may ever leave the desk. Changed by the actions “withhold” and “release” alone."),
    )
    public_description = text_line(
        _("public description"),
        blank=True,
        help_text=_("All that readers see of a described document: testimony of a resident. Public."),
    )
    curators_note = curators_note()

    objects = DocumentQuerySet.as_manager()  # type: ignore[misc]  # the stubs see a variable of the class and of the instance

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["title_folded", "id"]
        indexes = [
            GinIndex(name="document_title_trigrams", fields=["title_folded"], opclasses=["functions.gin_trgm_ops"]),
            GinIndex(
                name="document_short_title_trigrams",
                fields=["title_short_folded"],
                opclasses=["functions.gin_trgm_ops"],
            ),
            models.Index(name="document_by_type", fields=["document_type", "title_folded", "id"]),
            models.Index(
                name="document_not_open",
                fields=["access", "title_folded", "id"],
                condition=~models.Q(access=Access.OPEN),
            ),
            models.Index(name="document_by_folded_title", fields=["title_folded", "id"]),
            models.Index(name="document_by_isbn", fields=["isbn"], condition=~models.Q(isbn="")),
            models.Index(name="document_by_doi", fields=["doi"], condition=~models.Q(doi="")),
        ]
        constraints = [
            slug_constraint("document_slug_is_plain"),
            undisclosed_constraint("document_slug_is_not_of_another"),
            models.CheckConstraint(
                name="document_has_titles",
                condition=~models.Q(title="") & ~models.Q(title_short=""),
                violation_error_code="title",
                violation_error_message=_("Title: a document has one and a short one, such as Bayramov 2021."),
            ),
            known_constraint(
                "document_type_is_known",
                "document_type",
                DocumentType,
                told=_("Type: choose a CSL item type, such as report."),
            ),
            known_constraint(
                "document_access_is_known", "access", Access, told=_("Access: open, described or withheld.")
            ),
            models.CheckConstraint(
                name="document_described_has_description",
                condition=~models.Q(access=Access.DESCRIBED) | ~models.Q(public_description=""),
                violation_error_code="public_description",
                violation_error_message=_(
                    "Public description: a described document needs one, such as “testimony of a resident”."
                ),
            ),
            models.CheckConstraint(
                name="document_party_has_basis",
                condition=models.Q(party__isnull=True) | ~models.Q(party_basis=""),
                violation_error_code="party_basis",
                violation_error_message=_(
                    "Basis: say on what public basis it speaks for this party, such as “printed by its ministry”."
                ),
            ),
            language_constraint("document_language_is_tag", allow_blank=True),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="document_access_changes_by_verb",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("access"),
                condition=pgtrigger.Condition("OLD.access IS DISTINCT FROM NEW.access"),
                func=ONLY_THE_OWNER,
            ),
        ]

    def __str__(self) -> str:
        return self.title_short


@tracked("ContributionRevision")
class Contribution(Row):
    """The part that an agent had in a document."""

    document = parent_of(Document, "contributions", _("document"))
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="contributions", verbose_name=_("agent"))
    role = models.CharField(
        _("role"),
        max_length=20,
        choices=ContributionRole,
        default=ContributionRole.AUTHOR,
        help_text=_("CSL name variable, such as author. Public."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=1, help_text=_("Order on the title page, from 1. Public.")
    )

    objects = PartManager("document__slug", "agent__slug", "role")

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["role", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "agent", "role"],
                name="contribution_is_given_once",
                violation_error_code="agent",
                violation_error_message=_(
                    "Agent: it has this role in the document already; change one of the two, or remove one."
                ),
            ),
            known_constraint(
                "contribution_role_is_known",
                "role",
                ContributionRole,
                told=_("Role: choose a CSL name variable, such as author."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent}, {self.get_role_display()}"

    def natural_key(self) -> tuple[str, ...]:
        """Return the document's slug, the agent's slug and the role."""
        return (*self.document.natural_key(), *self.agent.natural_key(), self.role)

    natural_key.dependencies = ["sources.document", "sources.agent"]  # type: ignore[attr-defined]  # where Django looks


@tracked("CitedDocumentRevision")
class CitedDocument(Row):
    """One document cites another: a footnote, a bibliography."""

    document = parent_of(Document, "cited_documents", _("document"))
    cited = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="citing_documents", verbose_name=_("cites")
    )
    locator = text_line(_("where"), max_length=100, blank=True, help_text=_("Where it is cited: note 18. Public."))

    objects = PartManager("document__slug", "cited__slug")

    class Meta:
        verbose_name = _("cited document")
        verbose_name_plural = _("cited documents")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "cited"],
                name="cited_document_is_given_once",
                violation_error_code="cited",
                violation_error_message=_(
                    "Cites: this document is listed already; choose another one, or remove one of the two."
                ),
            ),
            models.CheckConstraint(
                name="cited_document_is_another",
                condition=~models.Q(document=models.F("cited")),
                violation_error_code="cited",
                violation_error_message=_("Cites: a document cannot cite itself; choose another one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} → {self.cited}"

    def natural_key(self) -> tuple[str, ...]:
        """Return the slugs of both documents."""
        return (*self.document.natural_key(), *self.cited.natural_key())

    natural_key.dependencies = ["sources.document"]  # type: ignore[attr-defined]  # where Django looks
