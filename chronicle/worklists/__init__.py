"""What waits to be done at the desk: reads of events, documents and locations that lack something, each with a name.

None reads the whole of a large corpus: what an index cannot answer is looked for among the newest `NEWEST` records,
and what was changed, among the newest `CHANGES` revisions of each table. The desk says so.
"""

from chronicle.worklists import documents, events, locations, quotations
from chronicle.worklists.worklist import Worklist

WORKLISTS: tuple[Worklist, ...] = (*events.WORKLISTS, *documents.WORKLISTS, *locations.WORKLISTS, *quotations.WORKLISTS)
"""All of them, in the order of the desk's first page."""

__all__ = ["WORKLISTS", "Worklist"]
