"""Documents that only named groups of curators may see: a testimony, a source in danger.

For everybody else at the desk such a document is as if it were not there, and so is every row that tells of it
(`chronicle.restricted`). `for_curator` is the rule that all pages ask. Superusers see everything: they can read the
database anyway. Administrators are no exception.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, Model, OuterRef, Q, QuerySet, Subquery

from chronicle.merging.plan import relations
from chronicle.models import Restriction
from chronicle.publication import withhold
from chronicle.restricted import of_none, telling_of, ways_to_documents
from sources.models import Document
from sources.models.record import Record
from sources.vocabularies import Access


def for_curator(rows: QuerySet, request: Any) -> QuerySet:
    """Return those of the rows that whoever asks may see."""
    return visible_to(request.user, rows)


def visible_to(user: Any, rows: QuerySet) -> QuerySet:
    """Return those of the rows that this user may see, found out in the query that reads them."""
    ways = ways_to_documents(_model(rows))
    if user.is_superuser or not ways:
        return rows
    restricted = Restriction.objects.order_by().values("document")
    own = restricted.filter(group__user=user.pk)
    return rows.filter(of_none(restricted.exclude(document__in=own), *ways))


def _model(rows: QuerySet) -> type[Model]:
    return rows.model


def hidden_from(request: Any) -> frozenset[int]:
    """Return the numbers of the documents that whoever asks may not see: one query for a request."""
    if not hasattr(request, "hidden_documents"):
        request.hidden_documents = hidden_from_user(request.user)
    hidden: frozenset[int] = request.hidden_documents
    return hidden


def hidden_from_user(user: Any) -> frozenset[int]:
    """Return the numbers of the documents that are restricted to groups of which this user is in none.

    Documents that were deleted while they were restricted are among them: the history still tells of them.
    """
    if user.is_superuser:
        return frozenset()
    own = Group.objects.filter(user__pk=user.pk or 0).values("pk")
    is_own = ExpressionWrapper(Q(group__in=own), output_field=BooleanField())
    given, gone = (rows.order_by().annotate(own=is_own) for rows in (Restriction.objects.all(), _gone_along()))
    found = list(given.values_list("document", "own").union(gone.values_list("document", "own")))
    return frozenset(document for document, _own in found) - {document for document, is_own in found if is_own}


def _gone_along() -> QuerySet:
    """Return the restrictions that went when their document was deleted, unless it is there again."""
    documents, restrictions = (apps.get_model(name) for name in REVISIONS)
    last = documents.objects.filter(pgh_obj=OuterRef("document")).order_by("-pgh_id")
    found: QuerySet = restrictions.objects.filter(
        ~Exists(Document.objects.filter(pk=OuterRef("document"))),
        pgh_label="delete",
        pgh_created_at=Subquery(last.values("pgh_created_at")[:1]),
        pgh_context=Subquery(last.values("pgh_context")[:1]),
    )
    return found


REVISIONS = ("sources.DocumentRevision", "chronicle.RestrictionRevision")


def has_unseen(records: Iterable[Record], request: Any) -> bool:
    """Return whether rows that whoever asks may not see refer to one of these records, which are of one kind.

    Such a record is not hers to delete or to merge: she could not know what she does.
    """
    return has_hidden(records, hidden_from(request))


def has_hidden(records: Iterable[Record], documents: Collection[int]) -> bool:
    """Return whether rows that tell of these documents refer to one of the records."""
    named = list(records)
    if not (named and documents):
        return False
    columns = (relation.field for relation in relations(type(named[0])))
    rows = (column.model._base_manager.filter(**{f"{column.name}__in": named}) for column in columns)  # noqa: SLF001 - Django documents it
    return any(telling_of(each, documents).exists() for each in rows)


def has_hidden_changes(context: Any, documents: Collection[int]) -> bool:
    """Return whether changes that were made in a context of the history told of one of these documents."""
    tables = (model for model in apps.get_models() if hasattr(model, "pgh_event_model") and ways_to_documents(model))
    made = (model.pgh_event_model.objects.filter(pgh_context=context) for model in tables)
    return bool(documents) and any(telling_of(revisions, documents).exists() for revisions in made)


def restrict(document: Document, groups: Collection[Group], *, editor: Any = None) -> None:
    """Let only these groups see a document from now on; everybody at the desk, where there are none.

    A document that was open is withheld from readers first: what curators may not see is not public.
    """
    with transaction.atomic():
        held = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
        if groups and held.access == Access.OPEN:
            withhold([held], editor=editor)
        Restriction.objects.filter(document=held).exclude(group__in=groups).delete()
        Restriction.objects.bulk_create(
            [Restriction(document=held, group=group) for group in groups], ignore_conflicts=True
        )
