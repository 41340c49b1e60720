"""Invitations and the audit in the admin. django-otp's own pages, which show secrets, are taken away."""

from typing import Any

import django_otp.plugins.otp_totp.admin  # noqa: F401 - it registers the page that is taken away here
from django.contrib import admin
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from chronicle.accounts import audit, links
from chronicle.accounts.models import AuditEntry, Happening, OneTimeLink
from chronicle.accounts.reach import groups_within

admin.site.unregister(TOTPDevice)


@admin.register(AuditEntry)
class AuditAdmin(admin.ModelAdmin):
    """What happened to accounts; nobody adds to it by hand, changes or deletes it."""

    list_display = ("moment", "kind", "account", "words", "by", "address")
    list_display_links = None
    list_filter = ("kind",)
    list_select_related = ("account", "by")
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("account__username", "by__username", "words")
    search_help_text = _("The name of an account or a group.")
    ordering = ("-pk",)

    @admin.display(description=_("when (UTC)"), ordering="pk")
    def moment(self, entry: AuditEntry) -> str:
        """Return when it happened, to the second."""
        return f"{entry.at:%-d %B %Y, %H:%M:%S}"

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - Django's signature
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - the same
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - the same
        """Nobody."""
        return False


@admin.register(OneTimeLink)
class InvitationAdmin(admin.ModelAdmin):
    """Invitations: made here and shown once, withdrawn while nobody used them."""

    fields = ("group", "note")
    list_display = ("made_at", "note", "group", "made_by", "state", "account")
    list_display_links = None
    list_select_related = ("group", "made_by", "account")
    list_per_page = 50
    when_empty = _("Nobody was invited yet.")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the invitations; links for passwords are made on the page of the account."""
        return super().get_queryset(request).filter(purpose=links.INVITATION)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's signature
        """Nobody: an invitation is withdrawn, and another one made."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse those that were used: they say who invited whom."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.used_at is None)

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **options: Any) -> Any:
        """Offer the groups that may do nothing that the user may not."""
        if db_field.name == "group":
            options["queryset"] = groups_within(request.user).order_by("pk")
        return super().formfield_for_foreignkey(db_field, request, **options)

    def save_model(self, request: HttpRequest, obj: OneTimeLink, form: Any, change: Any) -> None:  # noqa: ARG002 - the same
        """Make the invitation."""
        link, token = links.invite(request, obj.group, note=obj.note)
        obj.pk, obj.expires_at = link.pk, link.expires_at
        obj.token = token  # for the page that shows it, once

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:  # noqa: ARG002 - the same
        """Show the link, once."""
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("An invitation"),
            "sentence": gettext("Give this link to whom you invite, into the group {group}.").format(group=obj.group),
            "url": request.build_absolute_uri(reverse("admin:invitation", args=[obj.token])),
            "link": obj,
            "back": reverse("admin:accounts_onetimelink_changelist"),
        }
        return TemplateResponse(request, "admin/accounts/shown.html", context)

    def delete_model(self, request: HttpRequest, obj: OneTimeLink) -> None:
        """Withdraw it."""
        super().delete_model(request, obj)
        audit.record(request, Happening.INVITATION_WITHDRAWN, words=str(obj))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Withdraw those that were not used."""
        for link in queryset.filter(used_at__isnull=True):
            self.delete_model(request, link)

    @admin.display(description=_("state"))
    def state(self, link: OneTimeLink) -> str:
        """Say what became of it."""
        if link.used_at:
            return gettext("accepted on {day}").format(day=f"{link.used_at:%-d %B %Y}")
        if link.expires_at < timezone.now():
            return gettext("expired")
        return gettext("open until {time} UTC").format(time=f"{link.expires_at:%-d %B %Y, %H:%M}")
