"""What the desk knows of publications: the editions that a verb made, and records that cannot go because of theirs."""

from typing import Any, ClassVar

from django.contrib.admin.options import ModelAdmin
from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import MD5, Cast, Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from chronicle.curators import PUBLISH
from chronicle.models import Citation, Edition
from chronicle.models.edition import SUBJECTS
from chronicle.secrecy import has_unseen, visible_to
from sources.models.record import Record


def newest_number() -> int:
    """Return the number of the newest edition of all, 0 if there is none."""
    return Edition.objects.aggregate(newest=Max("pk"))["newest"] or 0


def made_since(number: int, user: Any) -> list[Edition]:
    """Return the editions made after the one with this number that a user may see, without their snapshots.

    Each comes with its record.
    """
    editions = visible_to(user, Edition.objects.filter(pk__gt=number))
    return list(editions.defer("snapshot").select_related(*SUBJECTS).order_by("pk"))


def contents_since(number: int) -> str:
    """Return a digest of what the editions after this number say, for telling whether it is still the same."""
    digests = Edition.objects.filter(pk__gt=number).annotate(digest=MD5(Cast("snapshot", TextField())))
    return "".join(digest or "-" for digest in digests.order_by("pk").values_list("digest", flat=True))


def newest_of(subject: str, numbers: list[int]) -> dict[int, Edition]:
    """Return the newest edition of each of these records that has one; `subject` is the edition's column."""
    editions = Edition.objects.defer("snapshot").filter(**{f"{subject}__in": numbers})
    newest = editions.order_by(f"{subject}_id", "-number").distinct(f"{subject}_id")
    return {getattr(edition, f"{subject}_id"): edition for edition in newest}


def subject_of(edition: Edition) -> tuple[str, Record]:
    """Return of what an edition is: the column that names it, and the record."""
    name = next(name for name in SUBJECTS if getattr(edition, f"{name}_id"))
    return name, getattr(edition, name)


def in_a_line(edition: Edition) -> str:
    """Return an edition in words: "location Shusha, edition 2"."""
    name, record = subject_of(edition)
    label = Edition._meta.get_field(name).verbose_name  # noqa: SLF001 - Django documents _meta
    return _("%(kind)s %(record)s, edition %(number)d") % {"kind": label, "record": record, "number": edition.number}


def is_kept_from(user: Any, record: Any) -> bool:
    """Return whether a record has been published and this user does not publish.

    Then the slug, which is its address, and the citations, which have public numbers, are an editor's to take away.
    """
    return record is not None and not user.has_perm(PUBLISH) and record.editions.exists()


UNSEEN = gettext_noop(
    "Something here is open to named groups only, in which you are not. Ask an editor who is in all of them."
)


class KeptForItsEditions(ModelAdmin):
    """Says why a record that has been published cannot be deleted, before Django lists its editions one by one."""

    subject: ClassVar[str]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show the slug of what has been published to contributors, and let editors change it."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "slug") if is_kept_from(request.user, obj) else fields

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Return what would go along, or the reasons that keep it."""
        kept = self._kept(list(objs)) or ([_(UNSEEN)] if has_unseen(objs, request) else [])
        if kept:
            return [], {}, set(), kept
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if request.user.has_perm("chronicle.delete_citation"):  # whose own pages, which Django asks, delete nothing
            lacking = set(lacking) - {Citation._meta.verbose_name}  # noqa: SLF001 - Django documents _meta
        return deleted, counts, lacking, protected

    def _kept(self, records: list[Record]) -> list[str]:
        numbers = newest_of(self.subject, [record.pk for record in records])
        return [self._reason(record, numbers[record.pk].number) for record in records if record.pk in numbers]

    def _reason(self, record: Record, editions: int) -> str:
        reason = ngettext(
            "%(record)s has been published, in %(editions)d edition, and stays on record.",
            "%(record)s has been published, in %(editions)d editions, and stays on record.",
            editions,
        )
        return f"{reason % {'record': record, 'editions': editions}} {self.next_step()}"

    def next_step(self) -> str:
        """Return what to do instead of deleting."""
        return _("Take it out of the events that use it instead; it leaves the public side when nothing needs it.")


def closing(event: Any) -> QuerySet:
    """Return the tombstone with which an event is gone for readers: the one after which no edition was made."""
    later = Edition.objects.filter(event=OuterRef("event"), number__gt=OuterRef("number"))
    return Edition.objects.filter(~Exists(later), event=event, is_tombstone=True)


def with_newest_edition(events: QuerySet, citations: QuerySet) -> QuerySet:
    """Add what a list says of events: the newest edition, whether it is gone for readers, how many of the citations."""
    newest = Edition.objects.filter(event=OuterRef("pk")).order_by("-number")
    counted = citations.filter(event=OuterRef("pk")).order_by().values("event").annotate(count=Count("*"))
    return events.annotate(
        newest_edition=Subquery(newest.values("number")[:1]),
        is_gone=Subquery(newest.values("is_tombstone")[:1]),
        citation_count=Coalesce(Subquery(counted.values("count")), 0),
    )
