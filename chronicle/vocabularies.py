"""The closed vocabularies of the chronicle, and what each of them means to the rules."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LocationKind(TextChoices):
    """What kind of place a location is."""

    SETTLEMENT = "settlement", _("settlement")
    DISTRICT = "district", _("district")
    REGION = "region", _("region")
    COUNTRY = "country", _("country")
    RIVER = "river", _("river or canal")
    LAKE = "lake", _("lake or reservoir")
    RELIEF = "relief", _("mountain, pass or valley")
    BUILDING = "building", _("building or monument")
    ROAD = "road", _("road or bridge")
    LINE = "line", _("line")
    AREA = "area", _("other area")


class WithinBasis(TextChoices):
    """On what basis a location lies within another."""

    LAW = "law", _("by law of a party")
    CONTROL = "control", _("under control of a party")
    NATURE = "nature", _("by nature")


class LocationRole(TextChoices):
    """What a location was to an event."""

    SITE = "site", _("site")
    TARGET = "target", _("target")
    ORIGIN = "origin", _("origin")
    DESTINATION = "destination", _("destination")
    SIGNED_AT = "signed_at", _("signed at")


class Certainty(TextChoices):
    """How sure the curators are of a location of an event."""

    CERTAIN = "certain", _("certain")
    PROBABLE = "probable", _("probable")
    POSSIBLE = "possible", _("possible")


class ParticipationRole(TextChoices):
    """What an agent did in an event."""

    TOOK_PART = "took_part", _("took part")
    SPOKE = "spoke", _("spoke")
    SIGNED = "signed", _("signed")
    COMMANDED = "commanded", _("commanded")


class WorkState(TextChoices):
    """How far the curators are with an event; publishing is another thing."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    READY = "ready", _("ready")


class Aspect(TextChoices):
    """Which aspect of an event a citation speaks of."""

    OCCURRENCE = "occurrence", _("occurrence")
    DATE = "date", _("date")
    LOCATION = "location", _("location")
    PARTICIPANTS = "participants", _("participants")
    KILLED = "killed", _("killed")
    WOUNDED = "wounded", _("wounded")
    MISSING = "missing", _("missing")
    CAPTURED = "captured", _("captured")
    DISPLACED = "displaced", _("displaced")
    DESTROYED = "destroyed", _("destroyed")
    AREA = "area", _("area")
    STRENGTH = "strength", _("strength")
    RESPONSIBILITY = "responsibility", _("responsibility")
    OUTCOME = "outcome", _("outcome")
    DESCRIPTION = "description", _("description")


FIGURE_ASPECTS = (
    Aspect.KILLED,
    Aspect.WOUNDED,
    Aspect.MISSING,
    Aspect.CAPTURED,
    Aspect.DISPLACED,
    Aspect.DESTROYED,
    Aspect.AREA,
    Aspect.STRENGTH,
)
"""The aspects whose value is a figure."""

VALUED_ASPECTS = (Aspect.DATE, Aspect.LOCATION, Aspect.RESPONSIBILITY, *FIGURE_ASPECTS)
"""The aspects on which a supporting citation has exactly one value."""


class Stance(TextChoices):
    """How a document stands to what it is cited for (after CiTO 2.8: supports, disputes, mentions)."""

    SUPPORTS = "supports", _("supports")
    DISPUTES = "disputes", _("disputes")
    MENTIONS = "mentions", _("mentions")
    SILENT = "silent", _("silent: the whole document was checked")


class DateOf(TextChoices):
    """Which moment of an event a date is the date of."""

    WHOLE = "whole", _("the whole event")
    BEGAN = "began", _("when it began")
    MET = "met", _("when they met")
    AGREED = "agreed", _("when it was agreed")
    ANNOUNCED = "announced", _("when it was announced")
    IN_FORCE = "in_force", _("when it came into force")
    BROKEN = "broken", _("when it was broken")
    ENDED = "ended", _("when it ended")
    NOT_STATED = "not_stated", _("not stated")


class NoteKind(TextChoices):
    """Why an edition was made, in a word for readers."""

    FIRST = "first", _("first edition")
    NEW_SOURCE = "new_source", _("new source")
    CORRECTION = "correction", _("correction")
    WORDING = "wording", _("wording")
    TAKEDOWN = "takedown", _("taken down")


class RemarkKind(TextChoices):
    """What went along with a remark of a curator."""

    REMARK = "remark", _("remark")
    HANDED_IN = "handed_in", _("handed in for review")
    RETURNED = "returned", _("returned to its author")
    REVIEWED = "reviewed", _("looked through")


class Verdict(TextChoices):
    """How two values of one aspect stand to each other: the only words for it."""

    AGREE = "agree", _("agree")
    DIFFER_IN_PRECISION = "differ_in_precision", _("differ in precision")
    DIFFER_IN_COVERAGE = "differ_in_coverage", _("differ in coverage")
    DISAGREE = "disagree", _("disagree")
    MAY_DISAGREE = "may_disagree", _("may disagree")
    DIFFERENT_THINGS = "different_things", _("count or date different things")
    REVISED = "revised", _("revised")


RIVALS = (Verdict.DISAGREE, Verdict.MAY_DISAGREE)
"""The verdicts that make an aspect contested: what the tallies count."""


class Mergeable(TextChoices):
    """Kinds of record of which one can turn out to be the same as another; the values are the columns of editions."""

    EVENT = "event", _("event")
    LOCATION = "location", _("location")
    DOCUMENT = "document", _("document")
    AGENT = "agent", _("agent")


class PurgeKind(TextChoices):
    """What was erased for good."""

    WORDS = "words", _("words")
    FILE = "file", _("a file")
    RECORD = "record", _("a whole record")
