"""The page of an import: a file is sent, its rows are looked at, and they are written whole or not at all."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from chronicle.admin.importing.forms import MEGABYTE, MOST_ROWS, FileForm, SaidForm
from chronicle.admin.importing.showing import counts, headings, rows, said_of_headings
from chronicle.admin.importing.waiting import Waiting, waiting_for, waiting_from
from chronicle.curators import PUBLISH
from chronicle.imports import (
    Importer,
    Read,
    Report,
    Said,
    UnreadableError,
    at_most,
    import_tables,
    preview,
    read_file,
    report_file,
    template,
    templates,
)
from chronicle.imports.templates import ASSERTIONS
from chronicle.models import Import
from chronicle.secrecy import hidden_from

LARGEST_UNPACKED = 50 * MEGABYTE
"""Bytes of a workbook once it is unpacked; a thousand rows have a few."""
UNPROCESSABLE = 422


@dataclass
class Look:
    """A look at a file that waits: what was said of it, what was read, and what would become of it."""

    waiting: Waiting
    form: SaidForm
    said: Said = field(default_factory=Said)
    read: Read = field(default_factory=Read)
    report: Report = field(default_factory=Report)

    @property
    def is_read(self) -> bool:
        """Whether the file could be read as it was said to be."""
        return not self.form.errors


class ImportPages(ModelAdmin):
    """Where the desk's other records are added by a form, imports are made of files."""

    def get_urls(self) -> list[URLPattern]:
        """Return the address of the templates, before all that could be the number of an import."""
        view = self.admin_site.admin_view(self.template_view)
        return [path("template/", view, name="chronicle_import_template"), *super().get_urls()]

    def template_view(self, request: HttpRequest) -> HttpResponse:
        """Return the template of a kind of record; that of assertions where none is named."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        name = request.GET.get("kind", ASSERTIONS)
        if name not in templates():
            raise Http404
        response = HttpResponse(template(name).encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Ask for a file; show what its rows would become; write them when that is confirmed."""
        del form_url, extra_context
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._asked(request, FileForm())
        if "token" not in request.POST:
            return self._sent(request)
        waiting = waiting_for(request.POST["token"], request.user)
        if waiting is None:
            self.message_user(request, _("The file was not kept so long: choose and send it again."), messages.ERROR)
            return self._asked(request, FileForm(), status=UNPROCESSABLE)
        return self._confirmed(request, waiting)

    def _sent(self, request: HttpRequest) -> HttpResponse:
        """Take a file that is sent, and show what it holds."""
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._asked(request, form, status=UNPROCESSABLE)
        waiting = waiting_from(form.cleaned_data["file"], request.user)
        return self._looked_at(request, waiting, SaidForm(request.POST))

    def _confirmed(self, request: HttpRequest, waiting: Waiting) -> HttpResponse:
        """Do with a file that waits what the button says."""
        form = SaidForm(request.POST)
        if not form.is_valid() or "_import" not in request.POST:
            return self._looked_at(request, waiting, form)
        said = form.said(said_of_headings(request.POST))
        try:
            read = self._read(request, waiting, said)
        except UnreadableError:
            return self._looked_at(request, waiting, form)
        seal = request.POST.get("seal") or "none was shown"
        report = import_tables(read.tables, importer=self._importer(request, waiting), seal=seal)
        if not report.is_written:
            changed = _("Nothing is written: what the file would do is not what you were shown. Look again.")
            self.message_user(request, changed, messages.WARNING)
            return self._looked_at(request, waiting, form)
        waiting.path.unlink(missing_ok=True)
        self.message_user(request, _("The import is written; this page can undo it."), messages.SUCCESS)
        made = Import.objects.get(context=report.context)
        return HttpResponseRedirect(reverse("admin:chronicle_import_change", args=[made.pk]))

    def _looked_at(self, request: HttpRequest, waiting: Waiting, form: SaidForm) -> HttpResponse:
        """Show what a file would do, or why it cannot be read; or give the report of it."""
        look = Look(waiting, form)
        if form.is_valid():
            look.said = form.said(said_of_headings(request.POST))
            try:
                look.read = self._read(request, waiting, look.said)
                look.report = preview(look.read.tables, importer=self._importer(request, waiting))
            except UnreadableError as error:
                form.add_error(None, str(error))
        if "_report" in request.POST and look.is_read:
            return _downloaded(look.read, look.report, waiting.name)
        return self._shown(request, look)

    def _read(self, request: HttpRequest, waiting: Waiting, said: Said) -> Read:
        """Return a file within the bounds of this page; refuse kinds of record that the curator may not write."""
        read = read_file(
            waiting.name, waiting.path.read_bytes(), said, largest=LARGEST_UNPACKED, hidden=hidden_from(request)
        )
        for table in read.tables:
            options = table.model._meta  # noqa: SLF001 - Django documents it
            needed = [f"{options.app_label}.{action}_{options.model_name}" for action in ("add", "change")]
            if not request.user.has_perms(needed):
                words = {"kinds": options.verbose_name_plural}
                raise UnreadableError(_("It has %(kinds)s, which you may not write: ask an editor.") % words)
        return at_most(read, MOST_ROWS)

    def _importer(self, request: HttpRequest, waiting: Waiting) -> Importer:
        may_publish = request.user.has_perm(PUBLISH)
        return Importer(request.user, files=waiting.name, hidden=hidden_from(request), may_publish=may_publish)

    def _asked(self, request: HttpRequest, form: FileForm, *, status: int = 200) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Import a file"),
            "form": form,
            "templates": list(templates()),
        }
        return TemplateResponse(request, "admin/chronicle/import.html", context, status=status)

    def _shown(self, request: HttpRequest, look: Look) -> HttpResponse:
        is_clean = look.is_read and look.report.is_clean
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Import %(name)s") % {"name": look.waiting.name},
            "waiting": look.waiting,
            "form": look.form,
            "read": look.read,
            "headings": headings(look.read, look.said),
            "report": look.report,
            "counts": counts(look.report),
            "rows": rows(look.report, look.waiting.name),
            "is_read": look.is_read,
        }
        template = "admin/chronicle/import_preview.html"
        return TemplateResponse(request, template, context, status=200 if is_clean else UNPROCESSABLE)


def _downloaded(read: Read, report: Report, name: str) -> HttpResponse:
    """The report of a file: all that is wrong, and all that has no place here."""
    written = report_file([*report.lines(), *(left.cells for left in read.left)])
    response = HttpResponse(written.encode("utf-8-sig", "replace"), content_type="text/csv; charset=utf-8")
    stem = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name.rpartition(".")[0])
    response["Content-Disposition"] = f'attachment; filename="{stem or "import"}-report.csv"'
    return response
