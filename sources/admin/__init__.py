"""The curators' forms for parties, agents and documents.

`sources.admin.records` has what every record's form needs; the site builds its own on it.
"""

from sources.admin.agent import AgentAdmin
from sources.admin.document import DocumentAdmin
from sources.admin.party import PartyAdmin

__all__ = ["AgentAdmin", "DocumentAdmin", "PartyAdmin"]
