"""Documents that only named groups of curators may see: a testimony, a source in danger.

`hidden_from` says which documents are as if they were not there for whoever asks; the desk's first page, its worklists
and the filters of its lists ask it. The forms, searches and histories of records do not ask it yet, so no page offers
`restrict`. Superusers see everything: they can read the database anyway. Administrators are no exception.
"""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from chronicle.models import Restriction
from chronicle.publication import withhold
from sources.models import Document
from sources.vocabularies import Access


def hidden_from(request: Any) -> frozenset[int]:
    """Return the numbers of the documents that whoever asks may not see: one query for a request."""
    if not hasattr(request, "hidden_documents"):
        request.hidden_documents = hidden_from_user(request.user)
    hidden: frozenset[int] = request.hidden_documents
    return hidden


def hidden_from_user(user: Any) -> frozenset[int]:
    """Return the numbers of the documents that are restricted to groups of which this user is in none."""
    if user.is_superuser:
        return frozenset()
    own = Restriction.objects.filter(group__user=user).values("document")
    numbers = Restriction.objects.order_by().exclude(document__in=own).values_list("document", flat=True)
    return frozenset(numbers)


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
