"""The page of a document's files and texts: what there is, what readers may have, and the form to send one."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chronicle.admin.texts.forms import SendingForm
from chronicle.admin.texts.purging import Purging
from chronicle.admin.texts.reader import Reader, reader_url
from chronicle.admin.texts.sending import sent_before, token_of
from chronicle.curators import PUBLISH
from chronicle.fulltexts import attach, hide, show
from chronicle.secrecy import for_curator
from sources.admin.refusals import refusal
from sources.fulltexts import UnreadableError
from sources.fulltexts.storing import Sent, original
from sources.models import Document, DocumentFile

PREVIEWED = 5
"""Pages of which the preview shows the text: the first that have some."""
SHOWN_OF_PAGE = 1_500
"""Characters of each."""


class TextPages(Purging, Reader, ModelAdmin):
    """Offers files and texts on the pages of documents."""

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses of files and texts, before all that could be the number of a record."""
        view = self.admin_site.admin_view
        return [
            path("<int:number>/files/", view(self.files_view), name="sources_document_files"),
            path("<int:number>/files/<int:file>/", view(self.original_view), name="sources_document_original"),
            path("<int:number>/files/<int:file>/purge/", view(self.purge_view), name="sources_document_purge"),
            path("<int:number>/texts/<int:text>/<int:page>/", view(self.reader_view), name="sources_document_reader"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any) -> Any:
        """Show the form with a way to the files and texts."""
        record = context.get("original")
        response = super().render_change_form(request, context, *args, **options)
        if record and request.user.has_perm("sources.view_documentfile"):
            link = {"url": files_url(record), "label": _("Files and texts…")}
            response.context_data["verb_links"] = [link, *response.context_data.get("verb_links", [])]
        return response

    def files_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show files and texts; read one that is sent, deposit one that was looked at, show or hide what is there."""
        document = self._with_files(request, number)
        if document is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(number))
        if request.method != "POST":
            return self._files_page(request, document, SendingForm())
        if "_show" in request.POST or "_hide" in request.POST:
            return self._made_visible(request, document)
        if not request.user.has_perm("sources.add_documentfile"):
            raise PermissionDenied
        return self._deposited(request, document) if "_deposit" in request.POST else self._sent(request, document)

    def original_view(self, request: HttpRequest, number: int, file: int) -> Any:
        """Return the file as it was deposited, to be saved: never shown, since it may be made to harm."""
        if not request.user.has_perm("sources.view_documentfile"):
            raise PermissionDenied
        row = for_curator(DocumentFile.objects.filter(document_id=number, pk=file), request).first()
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(number))
        if row.purged_at:
            return self._without_file(request, number, _("This file was purged: it is not here any more."))
        try:
            content = original(row)
        except FileNotFoundError:
            missing = _("This file is not where it was kept. Whoever runs the server brings it back from a backup.")
            return self._without_file(request, number, missing)
        name = row.name or row.sha256
        return FileResponse(content, as_attachment=True, filename=name, content_type="application/octet-stream")

    def _without_file(self, request: HttpRequest, number: int, told: str) -> HttpResponse:
        self.message_user(request, told, messages.WARNING)
        return HttpResponseRedirect(reverse("admin:sources_document_files", args=[number]))

    def _with_files(self, request: HttpRequest, number: int) -> Document | None:
        if not request.user.has_perm("sources.view_documentfile") or not self.has_view_permission(request):
            raise PermissionDenied
        document: Document | None = self.get_object(request, str(number))
        return document

    def _sent(self, request: HttpRequest, document: Document) -> HttpResponse:
        form = SendingForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._files_page(request, document, form, status=UNPROCESSABLE)
        return self._files_page(request, document, form, sent=form.sent)

    def _deposited(self, request: HttpRequest, document: Document) -> HttpResponse:
        form = SendingForm()
        try:
            sent = sent_before(document, request.POST.get("token", ""), settings.FILE_LIMITS)
            if sent is None:
                self.message_user(
                    request, _("The file was not kept so long: choose and send it again."), messages.ERROR
                )
                return self._files_page(request, document, form, status=UNPROCESSABLE)
            made = attach(document, sent, by=request.user, limits=settings.FILE_LIMITS)
        except (UnreadableError, DatabaseError) as error:
            words = str(error) if isinstance(error, UnreadableError) else refusal(error)
            if words is None:
                raise
            self.message_user(request, words, messages.ERROR)
            return self._files_page(request, document, form, status=UNPROCESSABLE)
        sent.path.unlink(missing_ok=True)
        for line in (_("The file is deposited."), *made.told):
            self.message_user(request, line, messages.SUCCESS)
        return HttpResponseRedirect(reader_url(made.text, 1) if made.text else files_url(document))

    def _made_visible(self, request: HttpRequest, document: Document) -> HttpResponse:
        if not request.user.has_perm(PUBLISH):
            raise PermissionDenied
        texts = _chosen(document.texts.all(), request.POST.getlist("text"))
        files = _chosen(document.files.all(), request.POST.getlist("file"))
        if "_hide" in request.POST:
            hide(texts=texts, files=files)
            words = _("Hidden: readers see nothing of it any more.")
        elif show(texts=texts, files=files, editor=request.user):
            words = _("Shown: a new edition of the document is out.")
        else:
            words = _("Readers may see it as soon as the document is public.")
        self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(files_url(document))

    def _files_page(
        self, request: HttpRequest, document: Document, form: Any, *, sent: Sent | None = None, status: int = 200
    ) -> HttpResponse:
        texts = list(document.texts.select_related("file", "read_by").order_by("-number"))
        kept = [text for text in texts if not text.file.purged_at]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Files and texts of %(document)s") % {"document": document},
            "document": document,
            "files": list(document.files.select_related("deposited_by", "purged_by").order_by("pk")),
            "texts": [(text, reader_url(text, 1)) for text in texts],
            "compared": kept[0] if kept else None,
            "form": form,
            "sent": sent,
            "token": token_of(document, sent.path, sent.described) if sent else "",
            "preview": _preview(sent) if sent else [],
            "summary": _summary(sent) if sent else "",
            "may_send": request.user.has_perm("sources.add_documentfile"),
            "may_show": request.user.has_perm(PUBLISH),
            "back": reverse("admin:sources_document_change", args=[document.pk]),
        }
        return TemplateResponse(request, "admin/chronicle/files.html", context, status=status)


UNPROCESSABLE = 422


def files_url(document: Document) -> str:
    """Return the address of the files and texts of a document."""
    return reverse("admin:sources_document_files", args=[document.pk])


def _chosen(rows: Any, numbers: Iterable[str]) -> list[Any]:
    wanted = [int(number) for number in numbers if number.isdecimal() and len(number) < MOST_DIGITS]
    return list(rows.filter(pk__in=wanted))


MOST_DIGITS = 19


def _preview(sent: Sent) -> list[tuple[str, str]]:
    """The beginnings of the first pages with a text, each with its number."""
    pages = [(page.label or str(n), page.content) for n, page in enumerate(sent.found.pages, start=1) if page.content]
    return [
        (label, content[:SHOWN_OF_PAGE] + ("…" * (len(content) > SHOWN_OF_PAGE)))
        for label, content in pages[:PREVIEWED]
    ]


def _summary(sent: Sent) -> str:
    found = sent.found
    if not found.pages:
        return _("%(type)s: it has no text that could be read.") % {"type": found.media_type}
    words = ngettext(
        "%(type)s, %(pages)d page, %(letters)s characters.",
        "%(type)s, %(pages)d pages, %(letters)s characters.",
        len(found.pages),
    )
    letters = sum(len(page.content) for page in found.pages)
    return words % {"type": found.media_type, "pages": len(found.pages), "letters": f"{letters:,}"}
