"""Who may have power over whom: nobody gives what she lacks, nor touches an account that may do more."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Exists, OuterRef, Q, QuerySet


def beyond(user: Any) -> QuerySet[Permission]:
    """Return the permissions that a user does not have, whether or not the account is active."""
    if user.is_superuser:
        return Permission.objects.none()
    return Permission.objects.exclude(pk__in=Permission.objects.filter(_had_by(user)).values("pk"))


def _had_by(user: Any) -> Q:
    return Q(user=user) | Q(group__user=user)


def groups_within(user: Any) -> QuerySet[Group]:
    """Return the groups that may do nothing that the user may not."""
    more = Group.permissions.through.objects.filter(group=OuterRef("pk"), permission__in=beyond(user))
    return Group.objects.filter(~Exists(more))


def is_within(user: Any, other: Any) -> bool:
    """Return whether the other account may do nothing that the user may not."""
    if user.is_superuser:
        return True
    return not other.is_superuser and not beyond(user).filter(_had_by(other)).exists()
