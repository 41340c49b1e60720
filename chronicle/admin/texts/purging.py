"""Purging a file: the page that says what goes for good, and asks why."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.admin.for_good import reason_field, sure_field
from chronicle.curators import PUBLISH
from chronicle.fulltexts import purge
from chronicle.models import Citation
from chronicle.secrecy import hidden_from
from sources.models import Document, DocumentFile

MOST = 20
"""How many other documents with the same file are named."""
UNPROCESSABLE = 422


class PurgeForm(forms.Form):
    """Why, and that it is meant."""

    reason = reason_field(
        gettext_lazy("Reason"),
        help_text=gettext_lazy(
            "Such as: sent by mistake; order of a court of 3 May 2026. It stays at the desk. Private."
        ),
        missing=gettext_lazy("Reason: say why; it is all that will tell what became of the file."),
    )
    is_sure = sure_field(
        gettext_lazy("It is to be gone for good"),
        help_text=gettext_lazy("Nobody can bring it back, neither you nor an operator."),
        missing=gettext_lazy("It is to be gone for good: mark it, or cancel."),
    )


class Purging:
    """Offers to purge files; mixed into the admin of documents."""

    def purge_view(self, request: HttpRequest, number: int, file: int) -> HttpResponse:
        """Show what would go; purge it once somebody who may has said why."""
        document = self._with_files(request, number)
        if not request.user.has_perm(PUBLISH):
            raise PermissionDenied
        row = DocumentFile.objects.filter(document=document, pk=min(file, LARGEST)).first() if document else None
        if document is None or row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(number))
        form = PurgeForm(request.POST if request.method == "POST" else None)
        if row.purged_at or not form.is_valid():
            return self._purge_page(request, row, form)
        purge(row, reason=form.cleaned_data["reason"], by=request.user)
        self.message_user(request, _("Purged: the file, its copy and its text are gone."), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:sources_document_files", args=[document.pk]))

    def _purge_page(self, request: HttpRequest, file: DocumentFile, form: PurgeForm) -> HttpResponse:
        others = Document.objects.filter(files__sha256=file.sha256, files__purged_at=None).exclude(pk=file.document_id)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Purge %(file)s") % {"file": file},
            "document": file.document,
            "file": file,
            "texts": list(file.texts.order_by("number")),
            "is_shown": file.is_given or file.texts.filter(is_visible=True).exists(),
            "quotations": Citation.objects.filter(quotation_text__file=file).count(),
            "others": list(others.exclude(pk__in=hidden_from(request)).order_by("pk")[:MOST]),
            "form": form,
            "back": reverse("admin:sources_document_files", args=[file.document_id]),
        }
        status = UNPROCESSABLE if form.is_bound else 200
        return TemplateResponse(request, "admin/chronicle/purge.html", context, status=status)


LARGEST = 2**63 - 1
"""The greatest number of a row that the database could hold."""
