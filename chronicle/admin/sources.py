"""Documents, agents and parties, with what a site does beyond the library: publishing, withholding."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from chronicle.admin.entry import EntryPages
from chronicle.admin.filters import InHands, InWorklist
from chronicle.admin.links import ShowsLinks
from chronicle.admin.merging import MergePages
from chronicle.admin.naming import NameToReaders
from chronicle.admin.purging import Purge
from chronicle.admin.purging_whole import PurgeWhole
from chronicle.admin.references import ReferenceAdmin
from chronicle.admin.restricting import Restrict, seen_by, with_groups
from chronicle.admin.team import Assign, WorkedOnTogether
from chronicle.admin.texts import TextPages
from chronicle.admin.withholding import Release, Withhold
from sources import admin as library
from sources.models import Agent, Document, Party

admin.site.unregister([Agent, Document, Party])


@admin.register(Party)
class PartyAdmin(ReferenceAdmin, library.PartyAdmin):
    """Parties to the conflict."""

    subject = "party"
    more_verbs = (Purge(),)


@admin.register(Agent)
class AgentAdmin(MergePages, ReferenceAdmin, library.AgentAdmin):
    """Persons and bodies."""

    subject = "agent"
    more_verbs = (NameToReaders(), Purge(), PurgeWhole())


@admin.register(Document)
class DocumentAdmin(
    ShowsLinks, TextPages, EntryPages, MergePages, WorkedOnTogether, ReferenceAdmin, library.DocumentAdmin
):
    """What is cited; how much of it may leave the desk is changed here by verbs alone."""

    subject = "document"
    more_verbs = (Withhold(), Release(), Restrict(), Assign(), Purge(), PurgeWhole())
    readonly_fields = (*library.DocumentAdmin.readonly_fields, "seen_by")
    list_filter = (InWorklist, InHands, *library.DocumentAdmin.list_filter)
    fieldsets = (
        *library.DocumentAdmin.fieldsets[:-1],
        (_("At the desk"), {"fields": ("seen_by", "curators_note")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the documents with the groups that they are restricted to."""
        return with_groups(super().get_queryset(request))

    @admin.display(description=_("who sees it"))
    def seen_by(self, document: Document) -> str:
        """Return which curators see it."""
        return capfirst(seen_by(getattr(document, "restricted_to", ())))
