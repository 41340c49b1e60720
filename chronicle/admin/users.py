"""Users and groups in the admin: an administrator gives others what she may do herself, and no more.

Nobody makes a superuser here, nor gives single permissions to a user: that is for `manage.py`. The groups of the three
roles are written by `chronicle.curators`.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth import admin as stock
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group, User
from django.db.models import ManyToManyField, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from chronicle.accounts import audit
from chronicle.accounts.models import Happening
from chronicle.accounts.reach import beyond, groups_within, is_within
from chronicle.admin.access import AccessPage
from chronicle.curators import ROLES

admin.site.unregister([Group, User])


class CuratorForm(UserChangeForm):
    """An account; the password is changed on a page of its own."""

    class Meta(UserChangeForm.Meta):
        labels = {"is_staff": _("May open the desk")}
        help_texts = {
            "is_active": _("Untick this instead of deleting the account: the history goes on naming it."),
            "is_staff": _("What the account may do there is said by its groups."),
            "groups": _("Contributors draft, editors publish, administrators see to accounts besides."),
        }


class NewCuratorForm(UserCreationForm):
    """A new account, which can open the desk unless that is unticked."""

    class Meta(UserCreationForm.Meta):
        labels = CuratorForm.Meta.labels
        help_texts = CuratorForm.Meta.help_texts

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["is_staff"].initial = True
        self.fields["username"].widget.attrs.pop("autofocus", None)  # the admin's own script sets the focus already


@admin.register(User)
class CuratorAdmin(AccessPage, stock.UserAdmin):
    """Accounts of curators."""

    form = CuratorForm
    add_form = NewCuratorForm
    list_display = ("username", "email", "roles", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "groups")
    list_per_page = 50
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Who it is"), {"fields": ("first_name", "last_name", "email")}),
        (_("What the account may do"), {"fields": ("is_active", "is_staff", "groups")}),
        (_("When"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "password1", "password2", "is_staff", "groups")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the accounts with their groups."""
        return super().get_queryset(request).prefetch_related("groups")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse accounts that may do more than who asks; the page of the password asks this too."""
        return super().has_change_permission(request, obj) and (obj is None or is_within(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's signature
        """Nobody: the history names its curators; accounts are deactivated."""
        return False

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **options: Any) -> Any:
        """Offer the groups that may do nothing that the user may not."""
        if db_field.name == "groups":
            options["widget"] = CheckboxSelectMultiple
        field = super().formfield_for_manytomany(db_field, request, **options)
        if field and db_field.name == "groups":
            field.queryset = groups_within(request.user).order_by("pk")
        return field

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Write down that an account was made, or what of it was changed."""
        super().save_model(request, obj, form, change)
        changed = [name for name in form.changed_data if name not in {"groups", "password1", "password2"}]
        if not change:
            audit.record(request, Happening.ACCOUNT_MADE, obj)
        elif changed:
            audit.record(request, Happening.ACCOUNT_CHANGED, obj, words=", ".join(self._labelled(form, changed)))

    def _labelled(self, form: Any, names: list[str]) -> list[str]:
        switches = {True: _("on"), False: _("off")}
        values = {name: form.cleaned_data.get(name) for name in names}
        return [
            f"{form.fields[name].label}: {switches[value]}" if isinstance(value, bool) else str(form.fields[name].label)
            for name, value in values.items()
        ]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        """Write down which groups an account was in, and is in now."""
        before = self._groups_of(form.instance)
        super().save_related(request, form, formsets, change)
        after = self._groups_of(form.instance)
        if before != after:
            audit.record(request, Happening.ROLE_CHANGED, form.instance, words=f"{before or '–'} → {after or '–'}")

    def _groups_of(self, user: User) -> str:
        return ", ".join(Group.objects.filter(user=user).order_by("pk").values_list("name", flat=True))

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002 - Django's
        """Write down that somebody else set the password."""
        before = self._password_of(id)
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and self._password_of(id) != before:
            audit.record(request, Happening.PASSWORD_CHANGED, self.get_object(request, id))
        return response

    def _password_of(self, number: str) -> str | None:
        found = User.objects.filter(pk=number) if number.isdecimal() else User.objects.none()
        return found.values_list("password", flat=True).first()

    @admin.display(description=_("groups"))
    def roles(self, user: User) -> str:
        """Return the groups of the account."""
        if user.is_superuser:
            return str(_("superuser"))
        return ", ".join(group.name for group in user.groups.all())


@admin.register(Group)
class CuratorGroupAdmin(stock.GroupAdmin):
    """Groups. Those of the three roles are shown, and follow the code; others may be made beside them."""

    list_display = ("name",)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Say what a group of one's own is for."""
        field = super().formfield_for_dbfield(db_field, request, **options)
        if field and db_field.name == "name":
            field.help_text = _("For a mixture that the three roles lack: “readers of proofs”. Never public.")
        return field

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse the groups of the roles, and those that may do more than who asks."""
        return super().has_change_permission(request, obj) and (obj is None or self._is_open_to(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse the same."""
        return super().has_delete_permission(request, obj) and (obj is None or self._is_open_to(request.user, obj))

    def _is_open_to(self, user: Any, group: Group) -> bool:
        return group.name not in ROLES and groups_within(user).filter(pk=group.pk).exists()

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **options: Any) -> Any:
        """Offer the permissions that the user has."""
        field = super().formfield_for_manytomany(db_field, request, **options)
        if field and db_field.name == "permissions":
            field.queryset = field.queryset.exclude(pk__in=beyond(request.user))
        return field
