"""What stands at the door: logins as a browser sends them, and codes as a device makes them."""

import time
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from chronicle.accounts.models import AuditEntry
from tests.chronicle.admin.desk import curator

PASSWORD = "seven brown hares"


def with_password(role: str, name: str = "") -> User:
    user = curator(role, name)
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(client: Client, name: str, password: str = PASSWORD, **options: Any) -> Any:
    return client.post(reverse("admin:login"), {"username": name, "password": password}, **options)


def is_in(client: Client) -> bool:
    """Whether the desk opens to this browser."""
    return client.get(reverse("admin:index")).status_code == 200


def code(key: str, *, steps: int = 0) -> str:
    """What a device with this secret shows, so many half minutes from now."""
    totp = TOTP(bytes.fromhex(key))
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06}"


def device(user: User) -> TOTPDevice:
    return TOTPDevice.objects.create(user=user, name="device")


def happened(**wanted: Any) -> list[str]:
    """What the audit says, the oldest first."""
    return list(AuditEntry.objects.filter(**wanted).order_by("pk").values_list("kind", flat=True))
