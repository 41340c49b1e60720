"""The curators' desk: forms for every record, the pages of the verbs, and the history of publications."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from chronicle.admin.audit import AuditAdmin, InvitationAdmin
from chronicle.admin.edition import EditionAdmin
from chronicle.admin.event import EventAdmin
from chronicle.admin.importing import ImportAdmin
from chronicle.admin.location import LocationAdmin
from chronicle.admin.merging import MergeAdmin
from chronicle.admin.purges import PurgeAdmin
from chronicle.admin.quotations import CitationAdmin
from chronicle.admin.sources import AgentAdmin, DocumentAdmin, PartyAdmin
from chronicle.admin.standing import MastheadAdmin, MissingDocumentAdmin, TermAdmin
from chronicle.admin.users import CuratorAdmin, CuratorGroupAdmin
from chronicle.admin.vocabularies import EventKindAdmin, PopulationAdmin, UnitAdmin

__all__ = [
    "AgentAdmin",
    "AuditAdmin",
    "CitationAdmin",
    "CuratorAdmin",
    "CuratorGroupAdmin",
    "DocumentAdmin",
    "EditionAdmin",
    "EventAdmin",
    "EventKindAdmin",
    "ImportAdmin",
    "InvitationAdmin",
    "LocationAdmin",
    "MastheadAdmin",
    "MergeAdmin",
    "MissingDocumentAdmin",
    "PartyAdmin",
    "PopulationAdmin",
    "PurgeAdmin",
    "TermAdmin",
    "UnitAdmin",
]

admin.site.site_header = admin.site.site_title = _("Chronicle: the desk")
admin.site.index_title = _("The curators’ desk")
