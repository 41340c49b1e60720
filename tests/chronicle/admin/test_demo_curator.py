import stat
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client


def opens(password: str) -> bool:
    """Whether the desk opens to the demo curator with this password, as to a browser."""
    client = Client()
    client.post("/admin/login/", {"username": "curator", "password": password})
    return client.get("/admin/").status_code == 200


def printed() -> str:
    output = StringIO()
    call_command("create_demo_curator", stdout=output)
    return output.getvalue()


def test_demo_curator_is_made_once_and_told_again(db: None, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path

    first, second = printed(), printed()

    place = tmp_path / "demo-curator.txt"
    assert first == second
    assert place.read_text().strip() in first
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert opens(place.read_text().strip())
    assert not opens("another")
    curator = User.objects.get()
    assert curator.has_perm("chronicle.publish")
    assert curator.has_perm("auth.change_user")
    assert not curator.is_superuser


def test_demo_curator_opens_a_new_database_with_the_kept_password(db: None, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    first = printed()
    get_user_model().objects.all().delete()

    assert printed() == first
    assert opens((tmp_path / "demo-curator.txt").read_text().strip())


def test_changed_password_is_told(db: None, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    printed()
    curator = get_user_model().objects.get()
    curator.set_password("something else")
    curator.save()

    with pytest.raises(CommandError, match=r"delete demo-curator\.txt and run this again"):
        printed()

    (tmp_path / "demo-curator.txt").unlink()
    printed()
    assert opens((tmp_path / "demo-curator.txt").read_text().strip())


def test_demo_curator_is_refused_on_a_database_of_somebody_else(
    db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.delitem(settings.DATABASES["default"], "DATA_DIR")

    with pytest.raises(CommandError, match=r"Use manage\.py createsuperuser"):
        printed()

    assert not get_user_model().objects.exists()
    assert not (tmp_path / "demo-curator.txt").exists()
