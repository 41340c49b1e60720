"""Documents in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from sources.admin.records import RecordAdmin, RowInline
from sources.models import CitedDocument, Contribution, Document


class ContributionInline(RowInline):
    """Who made the document, in which role."""

    model = Contribution
    autocomplete_fields = ("agent",)
    help_texts = {"agent": _("The person or body, such as Jeyhun Bayramov. Public.")}
    verbose_name = _("contributor")
    verbose_name_plural = _("contributors")


class CitedDocumentInline(RowInline):
    """On what the document leans."""

    model = CitedDocument
    fk_name = "document"
    autocomplete_fields = ("cited",)
    help_texts = {"cited": _("The document in this collection that it cites. Public.")}


@admin.register(Document)
class DocumentAdmin(RecordAdmin):
    """What is cited. `access` is shown and never written here: only the verbs of publication change it."""

    slug_from = "title_short"
    when_empty = _("No documents yet. Add what you cite from, with its publisher; citations name it and the page.")
    list_display = ("title_short", "title", "document_type", "publisher", "issued_edtf", "access")
    list_select_related = ("publisher",)
    list_filter = ("access", "document_type", "party")
    sorting = {"title": "title_folded"}
    search_fields = (
        "title_folded",
        "title_short_folded",
        "slug",
        "contributors__name_folded",
        "publisher__name_folded",
    )
    autocomplete_fields = ("publisher", "party")
    readonly_fields = ("access",)
    fieldsets = (
        (
            None,
            {"fields": ("document_type", "title", "title_short", "slug", ("issued_edtf", "original_edtf"), "language")},
        ),
        (
            _("Where it appeared"),
            {
                "fields": (
                    "publisher",
                    "publisher_place",
                    "container_title",
                    ("volume", "issue", "pages"),
                    ("number", "edition"),
                )
            },
        ),
        (_("Where to find it"), {"fields": ("doi", "isbn", "url", "archive_url", "accessed_on", "rights")}),
        (_("For whom it speaks, if not for its publisher's party"), {"fields": ("party", "party_basis")}),
        (_("What may leave the desk"), {"fields": ("access", "public_description")}),
        (_("At the desk"), {"fields": ("curators_note",)}),
    )
    inlines = (ContributionInline, CitedDocumentInline)

    def beside_name(self, document: Document) -> str:
        """Return what a picker says of a document besides its siglum: kind, publisher, date, full title."""
        title = document.title if document.title != str(document) else ""
        facts = (document.get_document_type_display(), document.publisher, document.issued_edtf, title)
        return " · ".join(str(fact) for fact in facts if fact)
