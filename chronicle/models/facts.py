"""What is computed of an event and published with it: at the desk these are views, on the published side tables.

The rules are the SQL of `chronicle.database.rules`; nobody types these rows in, and no public request computes them.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from chronicle.models.event import Event
from chronicle.querysets import DisputeQuerySet, EventCountQuerySet, RedirectQuerySet, TallyQuerySet
from chronicle.vocabularies import Aspect, Verdict
from sources.models import Document, Party


class Dispute(models.Model):
    """Two groups of equal values of one aspect of an event, and how they stand to each other.

    `left` and `right` hold the ids of their citations; for *agree* they are one group, and `right` is empty.
    `document` is set for two values inside one text, of one speaker or of two, and empty between documents.
    """

    id = models.TextField(primary_key=True)
    event = models.ForeignKey(Event, on_delete=models.DO_NOTHING, related_name="disputes")
    aspect = models.CharField(max_length=20, choices=Aspect)
    verdict = models.CharField(max_length=20, choices=Verdict)
    document = models.ForeignKey(Document, on_delete=models.DO_NOTHING, null=True, related_name="+")
    left = ArrayField(models.BigIntegerField())
    right = ArrayField(models.BigIntegerField())

    objects = DisputeQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "chronicle_dispute"
        ordering = ["event_id", "aspect", "id"]
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")

    def __str__(self) -> str:
        return f"{self.aspect}: {self.verdict}"


class Voice(models.Model):
    """A party at an event: whether it is concerned, how many documents speak for it, how many of its agents speak."""

    id = models.TextField(primary_key=True)
    event = models.ForeignKey(Event, on_delete=models.DO_NOTHING, related_name="voices")
    party = models.ForeignKey(Party, on_delete=models.DO_NOTHING, related_name="+")
    is_concerned = models.BooleanField()
    documents = models.IntegerField()
    speakers = models.IntegerField()

    class Meta:
        managed = False
        db_table = "chronicle_voice"
        ordering = ["event_id", "party_id"]
        verbose_name = _("voice")
        verbose_name_plural = _("voices")

    def __str__(self) -> str:
        return f"{self.party_id}: {self.documents}, {self.speakers}"


STARTS_OPEN = -(2**31)
"""Where the start of a filing is open: before every day."""
UNDATED = 2**31 - 1
"""Where an event is filed under no date: after every day."""


class EventCount(models.Model):
    """How much stands behind an event, and by what it is filed.

    `parties` are those that its documents speak for; `independent_documents` follows who leans on whom. `first_day` is
    the first day of its filing, counted as `Day.ordinal` does, with open starts before every day and undated events
    after: lists are in its order. `facets` are what lists can be narrowed down by, such as kind:3. A further column,
    `counted`, holds what else is tallied of the event; nothing reads it but publishing.
    """

    event = models.OneToOneField(Event, on_delete=models.DO_NOTHING, primary_key=True, related_name="counts")
    citations = models.IntegerField()
    documents = models.IntegerField()
    independent_documents = models.IntegerField()
    parties = models.IntegerField()
    disputes = models.IntegerField()
    first_day = models.IntegerField()
    facets = ArrayField(models.TextField())

    objects = EventCountQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "chronicle_eventcount"
        verbose_name = _("counts of an event")
        verbose_name_plural = _("counts of events")

    def __str__(self) -> str:
        return f"{self.citations} citations, {self.documents} documents"


class Tally(models.Model):
    """How often something occurs: events that have a facet's value, or what `chronicle.database.rules.counted` counts.

    Kept exact by publishing, so that no page has to count. At the desk it is a view, which counts everything anew.
    """

    id = models.TextField(primary_key=True)
    facet = models.CharField(max_length=20)
    value = models.TextField()
    number = models.IntegerField()

    objects = TallyQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "chronicle_tally"
        ordering = ["facet", "value"]
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")

    def __str__(self) -> str:
        return f"{self.facet} {self.value}: {self.number}"


class Redirect(models.Model):
    """Where an address leads whose record was merged into another: kept by merging, on the published side only."""

    id = models.TextField(primary_key=True)
    subject = models.CharField(max_length=20)
    slug = models.CharField(max_length=80)
    number = models.BigIntegerField()
    into_number = models.BigIntegerField()

    objects = RedirectQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "chronicle_redirect"
        ordering = ["id"]
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")

    def __str__(self) -> str:
        return f"{self.subject} {self.slug}"


class Release(models.Model):
    """A release of everything that was published on a day: its number, its checksum, and where it was deposited.

    Written by `chronicle.releases` alone, and kept on the published side only.
    """

    number = models.IntegerField(primary_key=True)
    day = models.DateField()
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    events = models.IntegerField()
    note = models.TextField()
    address = models.TextField()

    class Meta:
        managed = False
        db_table = "chronicle_release"
        ordering = ["-number"]
        verbose_name = _("release")
        verbose_name_plural = _("releases")

    def __str__(self) -> str:
        return f"{self.number}"
