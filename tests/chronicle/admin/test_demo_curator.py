import stat
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command


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
    curator = authenticate(username="curator", password=place.read_text().strip())
    assert curator.has_perm("chronicle.publish")
    assert curator.has_perm("auth.change_user")
    assert not curator.is_superuser


def test_demo_curator_opens_a_new_database_with_the_kept_password(db: None, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    first = printed()
    get_user_model().objects.all().delete()

    assert printed() == first
    assert authenticate(username="curator", password=(tmp_path / "demo-curator.txt").read_text().strip())


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
    assert authenticate(username="curator", password=(tmp_path / "demo-curator.txt").read_text().strip())


def test_demo_curator_is_refused_on_a_database_of_somebody_else(
    db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.delitem(settings.DATABASES["default"], "DATA_DIR")

    with pytest.raises(CommandError, match=r"Use manage\.py createsuperuser"):
        printed()

    assert not get_user_model().objects.exists()
    assert not (tmp_path / "demo-curator.txt").exists()
