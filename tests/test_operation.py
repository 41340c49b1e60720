"""What operators are given says the same as the code."""

import re
from pathlib import Path

from django.conf import settings

from chronicle.database import roles

LOGINS = (Path(settings.BASE_DIR) / "docs" / "logins.sql").read_text()


def test_script_of_logins_sets_what_the_code_expects():
    found = re.findall(r"ALTER ROLE (\w+) SET (\w+) = (.+);", LOGINS)

    written = {(role, name): value.replace("'", "").replace(" ", "") for role, name, value in found}

    assert written == {
        (role, name): value.replace(" ", "")
        for role, settings_of_role in roles.SESSION_SETTINGS.items()
        for name, value in settings_of_role.items()
    }


def test_every_variable_of_the_containers_is_explained():
    composed = (Path(settings.BASE_DIR) / "docker-compose.yml").read_text()
    explained = (Path(settings.BASE_DIR) / ".env.example").read_text()

    asked = set(re.findall(r"\$\{(\w+)", composed))

    assert {"SECRET_KEY", "POOLER", "DESK_PASSWORD"} <= asked
    assert {name for name in asked if f"\n{name}=" not in explained} == set()


def test_every_setting_is_explained():
    read = (Path(settings.BASE_DIR) / "chronicle" / "settings.py").read_text()
    explained = (Path(settings.BASE_DIR) / ".env.example").read_text()

    asked = set(re.findall(r"os\.environ(?:\.get)?[\[(]\"(\w+)\"", read))

    assert {"SECRET_KEY", "METRICS_TOKEN"} <= asked
    assert {name for name in asked if f"\n{name}=" not in explained} == {"DEBUG", "PROMETHEUS_MULTIPROC_DIR"}


def test_script_of_logins_revokes_the_writers_of_large_objects():
    for function in roles.LARGE_OBJECT_WRITERS:
        assert function in LOGINS
