"""The second factor: a code from a device that only the curator has (TOTP, RFC 6238), or a recovery code in its stead.

django-otp computes and checks the codes, refuses one that was used, and lets wrong ones be tried ever more slowly.
"""

import secrets
import time
from binascii import unhexlify
from dataclasses import dataclass
from typing import Any

import django_otp
import segno
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from chronicle.accounts.digests import digest
from chronicle.accounts.models import RecoveryCode
from chronicle.curators import PUBLISH

PASSED = "second_factor_passed"
"""Said in the session of who gave a code at the login, or set up the second factor in it."""

DIGITS = 6
RECOVERY_CODES = 10
RECOVERY_CODE_LENGTH = 16
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of recovery codes: letters and digits that are not taken for one another. 16 of them are 79 bits."""


def is_required_of(user: Any) -> bool:
    """Return whether the setting asks the account for a second factor."""
    if settings.REQUIRE_TWO_FACTOR == "editors":
        return bool(user.has_perm(PUBLISH) or user.has_perm("auth.change_user"))
    return settings.REQUIRE_TWO_FACTOR == "all"


def is_met(request: HttpRequest) -> bool:
    """Return whether the session has all the factors that its account needs.

    An account with a device gets no session without a code, and setting one up ends its other sessions: so the device
    itself need not be asked for on every page.
    """
    return request.session.get(PASSED, False) or not is_required_of(request.user)


def device_of(user: User) -> TOTPDevice | None:
    """Return the device that makes the account's codes; None where it has no second factor."""
    device: TOTPDevice | None = TOTPDevice.objects.filter(user=user, confirmed=True).order_by("pk").first()
    return device


@dataclass(frozen=True)
class Secret:
    """A secret on its way to a device, in the shapes in which devices take it."""

    key: str
    """In hexadecimal digits."""
    device: TOTPDevice

    @property
    def text(self) -> str:
        """The secret as it is typed into a device: base 32, in groups of four."""
        found = self.device.config_url.partition("secret=")[2].partition("&")[0]
        return " ".join(found[at : at + 4] for at in range(0, len(found), 4))

    @property
    def picture(self) -> str:
        """The same as a QR code: SVG whose looks are attributes, black on white in any theme."""
        code = segno.make(self.device.config_url, error="m", micro=False)
        return code.svg_inline(scale=4, border=4, dark="#000", light="#fff", omitsize=True)


def new_key() -> str:
    """Return a new secret of 160 bits, in hexadecimal digits (RFC 4226, section 4)."""
    return random_hex(20)


def secret_for(user: User, key: str) -> Secret:
    """Return the secret as it is shown to the curator."""
    return Secret(key, TOTPDevice(user=user, key=key, name="device"))


def set_up(user: User, key: str, code: str) -> list[str] | None:
    """Make the device the account's second factor if it made this code; return recovery codes, None if it did not."""
    totp = TOTP(unhexlify(key))
    totp.time = time.time()
    if not _is_code(code) or not totp.verify(int(code), tolerance=1):
        return None
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        TOTPDevice.objects.create(user=user, key=key, name="device", drift=totp.drift, last_t=totp.t())
        return new_recovery_codes(user)


def _is_code(text: str) -> bool:
    return len(text) == DIGITS and text.isascii() and text.isdigit()


def remove(user: User) -> None:
    """Take the second factor away, with its recovery codes."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        RecoveryCode.objects.filter(account=user).delete()


def new_recovery_codes(user: User) -> list[str]:
    """Make recovery codes in place of those that there were, and return them: they are not kept."""
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(RECOVERY_CODE_LENGTH)) for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        RecoveryCode.objects.filter(account=user).delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(account=user, digest=_digest(user, code)) for code in codes)
    return ["-".join(code[at : at + 4] for at in range(0, len(code), 4)) for code in codes]


def _digest(user: User, code: str) -> str:
    return digest(f"{user.pk}:{code}")


def recovery_codes_left(user: User) -> int:
    """Return how many recovery codes have not been used."""
    return RecoveryCode.objects.filter(account=user, used_at__isnull=True).count()


def use_recovery_code(user: User, typed: str) -> bool:
    """Use up a recovery code, typed with or without hyphens; return whether it was one."""
    code = "".join(typed.lower().replace("-", " ").split())
    fresh = RecoveryCode.objects.filter(account=user, digest=_digest(user, code), used_at__isnull=True)
    return fresh.update(used_at=timezone.now()) == 1


def is_right(user: User, code: str) -> bool:
    """Return whether the account's device made this code just now; each is taken once, wrong ones ever more slowly."""
    device = device_of(user)
    if device is None or not _is_code(code):
        return False
    return django_otp.verify_token(user, device.persistent_id, code) is not None


def seconds_to_wait(user: User) -> int:
    """Return for how long codes of the device are not looked at, after wrong ones."""
    device = device_of(user)
    if device is None:
        return 0
    is_allowed, why = device.verify_is_allowed()
    return 0 if is_allowed else max(1, round((why["locked_until"] - timezone.now()).total_seconds()))
