"""Documents that lack something."""

from collections.abc import Collection

from django.db.models import Exists, F, FloatField, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from chronicle.links.models import DEAD, Link
from chronicle.models import Citation
from chronicle.worklists.changes import changed
from chronicle.worklists.worklist import Worklist, among_newest, has_no, has_some
from sources.models import Document


@among_newest
def never_cited(documents: QuerySet, _hidden: Collection[int]) -> QuerySet:
    """Return the documents that no event cites, and on which no citation leans."""
    cited = Citation.objects.order_by()
    by_document, by_through = cited.filter(document=OuterRef("pk")), cited.filter(through=OuterRef("pk"))
    return documents.filter(has_no(by_document), has_no(by_through))


def _year() -> Coalesce:
    """Return the year in which a document was issued, 0 for none."""
    first = Func(F("issued_range"), template="date_part('year', lower(%(expressions)s))", output_field=FloatField())
    return Coalesce(first, Value(0.0))


@among_newest
def alike(documents: QuerySet, hidden: Collection[int]) -> QuerySet:
    """Return the documents that have the DOI or ISBN of another one, or its title and year."""
    others = Document.objects.order_by().exclude(pk=OuterRef("pk")).exclude(pk__in=hidden)
    same_doi = ~Q(doi="") & Q(has_some(others.exclude(doi="").filter(doi=OuterRef("doi"))))
    same_isbn = ~Q(isbn="") & Q(has_some(others.exclude(isbn="").filter(isbn=OuterRef("isbn"))))
    titled = others.filter(title_folded=OuterRef("title_folded")).alias(year=_year())
    same_title = Q(has_some(titled.filter(year=OuterRef("year"))))
    return documents.alias(year=_year()).filter(same_doi | same_isbn | same_title)


def reworked(documents: QuerySet, _hidden: Collection[int]) -> QuerySet:
    """Return the public documents that changed since their newest edition."""
    return changed(documents, "document")


def dead_links(documents: QuerySet, _hidden: Collection[int]) -> QuerySet:
    """Return the documents of which the address is dead, and which have no lasting copy that is not dead too."""
    dead = Link.objects.filter(DEAD)
    own = dead.filter(document=OuterRef("pk"))
    has_no_copy = Q(archive_url="") | Exists(own.filter(address=OuterRef("archive_url")))
    is_dead = Exists(own.filter(address=OuterRef("url")))
    return documents.filter(has_no_copy, is_dead, pk__in=dead.values("document"))


WORKLISTS = (
    Worklist("reworked", Document, _("public, with changes that readers do not see"), _("Publish changes."), reworked),
    Worklist(
        "never-cited", Document, _("never cited"), _("Cite them, or leave them: readers do not see them."), never_cited
    ),
    Worklist(
        "alike",
        Document,
        _("like another one: its DOI, its ISBN, or its title and year"),
        _("Look whether they are one."),
        alike,
    ),
    Worklist(
        "dead-links",
        Document,
        _("with a dead link and no lasting copy"),
        _("Look for it in a web archive, and enter the archive URL."),
        dead_links,
    ),
)
