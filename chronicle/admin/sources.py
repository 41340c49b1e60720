"""Documents, agents and parties, with what a site does beyond the library: publishing, withholding."""

from django.contrib import admin

from chronicle.admin.entry import EntryPages
from chronicle.admin.filters import InHands, InWorklist
from chronicle.admin.merging import MergePages
from chronicle.admin.references import ReferenceAdmin
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


@admin.register(Agent)
class AgentAdmin(MergePages, ReferenceAdmin, library.AgentAdmin):
    """Persons and bodies."""

    subject = "agent"


@admin.register(Document)
class DocumentAdmin(TextPages, EntryPages, MergePages, WorkedOnTogether, ReferenceAdmin, library.DocumentAdmin):
    """What is cited; how much of it may leave the desk is changed here by verbs alone."""

    subject = "document"
    more_verbs = (Withhold(), Release(), Assign())
    list_filter = (InWorklist, InHands, *library.DocumentAdmin.list_filter)
