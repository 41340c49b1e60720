"""A curator for trying the desk, on the embedded database only."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError

from chronicle.curators import ADMINISTRATOR

NAME = "curator"
PASSWORD_BYTES = 12  # 96 bits


class Command(BaseCommand):
    """`manage.py create_demo_curator`."""

    help = (
        "Make the demo curator, once, as an administrator of the desk, and print the password; running it again prints "
        "the same. Only for the embedded database: elsewhere use createsuperuser."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Make or find the curator, and tell how to log in."""
        if not settings.DATABASES["default"].get("DATA_DIR"):
            raise CommandError(
                "DATABASE_URL is set: a demo curator is for the embedded database only. Use manage.py createsuperuser."
            )
        place = Path(settings.DATA_DIR) / "demo-curator.txt"
        password = kept_password(place) if place.exists() else new_password(place)
        self.stdout.write(f"name      {NAME}\npassword  {password}\nkept in   {place}")
        if not get_user_model().objects.get(username=NAME).check_password(password):
            raise CommandError(
                f"The password of “{NAME}” was changed since, so the one above does not open the desk. "
                f"To set it anew: delete {place.name} and run this again."
            )


def kept_password(place: Path) -> str:
    """Return the password in the file; make the curator with it if the database is a new one."""
    password = place.read_text(encoding="utf-8").strip()
    users = get_user_model().objects
    if not users.filter(username=NAME).exists():
        new_curator(password)
    return password


def new_curator(password: str | None = None) -> User:
    """Make the curator, who is an administrator and no superuser: nothing at the desk needs one."""
    curator = get_user_model().objects.create_user(NAME, password=password, is_staff=True)
    curator.groups.add(Group.objects.get(name=ADMINISTRATOR))
    return curator


def new_password(place: Path) -> str:
    """Give the curator a new password and write it down, readable by the owner of the file alone."""
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    users = get_user_model().objects
    curator = users.filter(username=NAME).first() or new_curator()
    curator.set_password(password)
    curator.save(update_fields=["password"])
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{password}\n")
    return password
