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


def test_script_of_logins_revokes_the_writers_of_large_objects():
    for function in roles.LARGE_OBJECT_WRITERS:
        assert function in LOGINS
