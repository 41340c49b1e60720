"""The verbs of full texts: attach a file to a document, show readers its text and copy, hide both, purge a file.

Attaching changes nothing that readers see. Showing goes out with an edition of the document; hiding is done at once, by
the database (`chronicle.database.publishing.texts`), in older editions too.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connections, transaction

from chronicle.publication import DESK, Note, publish_references
from chronicle.quotations import check_document
from sources.fulltexts.limits import Limits
from sources.fulltexts.storing import Deposit, Sent, deposit, forget
from sources.models import Document, DocumentFile, DocumentText


def attach(document: Document, sent: Sent, *, by: Any = None, limits: Limits | None = None) -> Deposit:
    """Keep a file with a document; quotations from the document are compared with the text that was read out of it."""
    with transaction.atomic(using=DESK):
        made = deposit(document, sent, by=by, limits=limits)
        if made.text:
            check_document(document.pk)
    return made


def show(
    *,
    texts: Iterable[DocumentText] = (),
    files: Iterable[DocumentFile] = (),
    editor: Any = None,
    note: Note | None = None,
) -> tuple[int, ...]:
    """Let readers read texts and have copies of files; return the documents that readers see anew by it.

    A document that is not public yet takes them along when it is published with an event.
    """
    shown, given = list(texts), list(files)
    with transaction.atomic(using=DESK):
        kept = DocumentText.objects.filter(file__purged_at=None)
        kept.filter(pk__in=[text.pk for text in shown]).update(is_visible=True)
        DocumentFile.objects.filter(pk__in=[file.pk for file in given]).exclude(copy_sha256="").update(is_given=True)
        numbers = {text.document_id for text in shown} | {file.document_id for file in given}
        documents = Document.objects.filter(pk__in=numbers)
        return publish_references("document", documents, editor=editor, note=note).done


def hide(*, texts: Iterable[DocumentText] = (), files: Iterable[DocumentFile] = ()) -> None:
    """Take texts and copies away from readers at once, out of every edition of their documents."""
    arguments = [[one.pk for one in texts], [one.pk for one in files]]
    with transaction.atomic(using=DESK), connections[DESK].cursor() as cursor:
        cursor.execute("VALUES (functions.hide_texts(%s::bigint[], %s::bigint[]))", arguments)


def purge(file: DocumentFile, *, reason: str, by: Any = None) -> None:
    """Take a file away for good: its bytes, its copy, and the pages that were read out of it, from readers and desk.

    What is left is its row, with checksum, who, when and why, and the numbers of its texts. Quotations are compared
    with the newest text that is left. The bytes go last, inside the transaction: if they cannot be deleted, nothing is
    purged, and whoever tries again goes on. ValueError without a reason. Backups are the operator's.
    """
    if not reason.strip():
        raise ValueError("Purging needs a reason: it is all that will tell why the file is not there.")
    with transaction.atomic(using=DESK), connections[DESK].cursor() as cursor:
        held = DocumentFile.objects.select_for_update(no_key=True).get(pk=file.pk)
        arguments = [held.pk, by.pk if by else None, reason.strip()]
        cursor.execute("VALUES (functions.purge_file(%s::bigint, %s::integer, %s::text))", arguments)
        check_document(held.document_id)
        forget(held, held.copy_sha256)
