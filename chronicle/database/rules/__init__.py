"""The rule of disputes, the voices and the counts: written once, as SQL.

`FUNCTIONS` creates the comparisons as functions of schema `functions`; they look at values only. `VIEWS` holds the
views, by name and in the order in which they are created; whoever reads them may execute `FUNCTION_NAMES`. The tables
are unqualified: the same text is created over what curators write and over what readers see. Every view keeps
`event_id` through all its groupings, so that a condition on it reaches the tables, and a thousand events cost a
thousand times what one costs.

**What takes part.** Citations of stance *supports* with a value. Equal values are grouped before they are compared;
equal is: the same moment, the same days, as widened too, and both lasting or both not (dates); the same figure, unit,
scope and approximateness (figures); the same set of locations in the same role, of parties (one set for what a document
says itself, and one for each speaker whom it names).
*Said to be unknown* disputes nothing. A citation of stance *disputes* stands for itself. The editors' filing never
takes part.

**Rows.** A pair of groups gives one row between documents (`document_id` is null) where two citations of the pair are
of different documents, and one row for each document that holds both values: a text with itself, or two speakers in one
text. Left is the lower value. A group held by two documents or more gives one row *agree* without a right side.

**Dates.** Compared are the days between which they lie, `~` widened.

| moments                                                   | days meet           | days do not meet |
|-----------------------------------------------------------|---------------------|------------------|
| the same, stated                                          | differ in precision | disagree         |
| whole event and its beginning (the beginning of the whole) | differ in precision | disagree         |
| whole event and its end (the end of the whole)            | differ in precision | disagree         |
| of a breach, and of anything else or not stated           | different things    | different things |
| one or both not stated                                    | differ in precision | may disagree     |
| any others                                                | different things    | different things |

The beginning of a whole that lasts is what its first date allows: any day of September for 2020-09/2020-11. A bare date
that equals a bound of an interval meets it, and so does any day within. The breach of what was agreed is an event after
this one: what does not say what it dates is not read as dating that.

**Figures.** Compared are ranges, approximate ones widened by 10 % each way. Scope is population, side and period.

| unit and scope                                            | ranges meet         | ranges do not meet |
|-----------------------------------------------------------|---------------------|--------------------|
| different units                                           | different things    | different things   |
| both state a part of the scope, and not the same           | different things    | different things   |
| one states a part of the scope, the other does not         | differ in precision | may disagree       |
| the same, also where neither states a part                | differ in precision | disagree           |

**Revised** takes the place of *disagree* and *may disagree* for dates and figures where every citation on both sides is
of one and the same speaker, all say when they were stated, and one side was stated wholly after the other. The speaker
is the one whom the document names, else its authors, else its publisher, else the document. It takes the place of
*differ in precision* too where moment, unit and scope are the same on both sides: "by 15 November" and, later, "by 25
November" overlap, and are no more and less precise wording of one date. Where only one side states its moment or scope,
a later value that meets the earlier one may say the same more fully: that stays a difference in precision.

**Locations.** Sets of one role. A location is related to one that it equals, lies within or contains, by links of what
lies within what that hold at the time under which the event is filed, on any basis; never by geometry.

| nothing is related | all of both sets are related, none is shared   | else               |
|--------------------|------------------------------------------------|--------------------|
| disagree           | differ in precision                            | differ in coverage |

**Responsibility.** Sets of parties: disjoint sets disagree, others differ in coverage.

**Stance disputes.** Each such citation disagrees with every group that supports its aspect; where an aspect has no
values (occurrence, outcome), with all its supporting citations as one.
"""

from typing import Final

from chronicle.database.rules.comparisons import FUNCTION_NAMES, FUNCTIONS
from chronicle.database.rules.counted import COUNTED
from chronicle.database.rules.counts import EVENT_COUNT
from chronicle.database.rules.disputes import DISPUTE
from chronicle.database.rules.facets import FACET
from chronicle.database.rules.values import VALUE_GROUP
from chronicle.database.rules.voices import VOICE

__all__ = ["FUNCTIONS", "FUNCTION_NAMES", "VIEWS"]

VIEWS: Final[dict[str, str]] = {
    "chronicle_valuegroup": VALUE_GROUP,
    "chronicle_dispute": DISPUTE,
    "chronicle_voice": VOICE,
    "chronicle_eventcount": EVENT_COUNT,
    "chronicle_facet": FACET,
    "chronicle_counted": COUNTED,
}
