"""What operators are given says the same as the code."""

import json
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


def test_what_is_locked_listed_and_billed_is_what_is_required():
    folder = Path(settings.BASE_DIR)
    required = set(re.findall(r"^([\w.\[\]-]+==[\w.]+)", (folder / "requirements.txt").read_text(), flags=re.MULTILINE))
    locked = (folder / "requirements.lock").read_text()
    parts = [part for part in re.split(r"\n(?=\w)", locked) if "==" in part]
    bill = json.loads((folder / "docs/bom.json").read_text())["components"]
    listed = (folder / "docs/licences.md").read_text().split("|---|---|---|\n")[1]
    licences = re.findall(r"^\| (.+?) \| (.+?) \| .+ \|$", listed, re.MULTILINE)

    assert len(required) > 40
    assert all("--hash=sha256:" in part for part in parts)
    here = {_normal(part.split(" ")[0].strip()) for part in parts if "sys_platform == 'win32'" not in part}
    assert here == {_normal(pin) for pin in required}
    plain = {re.sub(r"\[\w+\]", "", pin) for pin in required}
    assert {f"{one['name']}=={one['version']}" for one in bill} == plain
    assert {"==".join(one) for one in licences} == plain
    assert all(one["licenses"] and one["purl"].startswith("pkg:") for one in bill)


def _normal(pin):
    return pin.lower().replace("_", "-")


def test_script_of_logins_revokes_the_writers_of_large_objects():
    for function in roles.LARGE_OBJECT_WRITERS:
        assert function in LOGINS
