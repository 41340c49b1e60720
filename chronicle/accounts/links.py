"""Links that work once: an invitation makes an account, the other kind sets a new password. No mail is sent."""

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from chronicle.accounts import audit
from chronicle.accounts.digests import digest
from chronicle.accounts.models import Happening, OneTimeLink
from chronicle.accounts.reach import groups_within, is_within
from chronicle.accounts.sessions import end_sessions

TOKEN_BYTES = 32
INVITATION, PASSWORD = OneTimeLink.Purpose.INVITATION, OneTimeLink.Purpose.PASSWORD


class LinkIsVoidError(Exception):
    """The link was used or withdrawn, has expired, or never was; or who made it may not do what it does any more."""


def invite(request: HttpRequest, group: Group, *, note: str = "") -> tuple[OneTimeLink, str]:
    """Invite somebody into a group; return the invitation, and the token, which is kept nowhere."""
    days = timedelta(days=settings.INVITATION_DAYS)
    link, token = _made(request, days, purpose=INVITATION, group=group, note=note)
    audit.record(request, Happening.INVITED, words=f"{group.name}: {note}" if note else group.name)
    return link, token


def offer_new_password(request: HttpRequest, account: User) -> tuple[OneTimeLink, str]:
    """Make a link by which the account gets a new password; earlier ones are void."""
    with transaction.atomic():
        OneTimeLink.objects.filter(purpose=PASSWORD, account=account, used_at__isnull=True).delete()
        hours = timedelta(hours=settings.PASSWORD_LINK_HOURS)
        link, token = _made(request, hours, purpose=PASSWORD, account=account)
    audit.record(request, Happening.PASSWORD_LINK_MADE, account)
    return link, token


def _made(request: HttpRequest, lasting: timedelta, **values: Any) -> tuple[OneTimeLink, str]:
    token, now = secrets.token_urlsafe(TOKEN_BYTES), timezone.now()
    maker: Any = request.user  # curators alone get here
    link = OneTimeLink.objects.create(
        digest=digest(token), made_by=maker, made_at=now, expires_at=now + lasting, **values
    )
    return link, token


def opened(token: str, purpose: str) -> OneTimeLink:
    """Return the link with this token; LinkIsVoidError where it does not hold."""
    return _first(OneTimeLink.objects.open(), token, purpose)


def _locked(token: str, purpose: str) -> OneTimeLink:
    """Return the same, so that nobody else uses it meanwhile."""
    return _first(OneTimeLink.objects.open().select_for_update(of=("self",)), token, purpose)


def _first(links: Any, token: str, purpose: str) -> OneTimeLink:
    found = links.filter(digest=digest(token), purpose=purpose).select_related("group", "account", "made_by").first()
    if found is None or not _holds(found):
        raise LinkIsVoidError
    link: OneTimeLink = found
    return link


def _holds(link: OneTimeLink) -> bool:
    """Return whether who made the link could make it today."""
    maker, account = link.made_by, link.account
    if link.group:
        may = maker.has_perm("accounts.add_onetimelink")
        return may and groups_within(maker).filter(pk=link.group.pk).exists()
    return bool(account and account.is_active and maker.has_perm("auth.change_user") and is_within(maker, account))


def accept_invitation(request: HttpRequest, token: str, account: User) -> User:
    """Make the account of the invited, in the group that was chosen, and use the link up."""
    with transaction.atomic():
        link = _locked(token, INVITATION)
        account.is_staff = True
        account.save()
        group: Any = link.group  # a constraint says that there is one
        account.groups.add(group)
        OneTimeLink.objects.filter(pk=link.pk).update(account=account, used_at=timezone.now())
        audit.record(request, Happening.INVITATION_ACCEPTED, account, words=group.name)
    return account


def set_new_password(request: HttpRequest, token: str, password: str) -> User:
    """Give the account of the link its new password, end its sessions, and use the link up."""
    with transaction.atomic():
        link = _locked(token, PASSWORD)
        account: User = link.account  # type: ignore[assignment]  # a constraint says that there is one
        account.set_password(password)
        account.save(update_fields=["password"])
        OneTimeLink.objects.filter(pk=link.pk).update(used_at=timezone.now())
        end_sessions(account)
        audit.record(request, Happening.PASSWORD_CHANGED, account)
    return account
