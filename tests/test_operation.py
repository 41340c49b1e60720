"""What operators are given says the same as the code."""

import json
import os
import re
import subprocess
from importlib import import_module
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from chronicle.database import build, roles
from chronicle.database.embedded import programs
from tests.drills import page, upgrading
from tests.servers import bare_server

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


@pytest.fixture(scope="module")
def made_by_the_script():
    """A new server of the embedded programs, on which the script was run as docs/operators.md says."""
    passwords = {"OWNER_PASSWORD": "it's the owner's", "DESK_PASSWORD": "the-desks", "READER_PASSWORD": "the-readers"}
    psql = programs.path("psql")
    with bare_server(psql.parent) as place:
        said = page.followed()["OWNER_PASSWORD=… "].split(" psql ")[1].split()
        environment = {**os.environ, **passwords, "PGHOST": str(place), "PGUSER": "postgres"}
        subprocess.run([psql, *said], cwd=settings.BASE_DIR, env=environment, check=True, capture_output=True)
        with psycopg.connect(host=str(place), user="postgres", dbname="chronicle", autocommit=True) as connection:
            yield connection


def test_script_of_logins_makes_a_database_that_migrate_takes(made_by_the_script):
    build.refuse_unfit(made_by_the_script.cursor())

    owner = made_by_the_script.execute(
        "SELECT datdba::regrole::text FROM pg_database WHERE datname = 'chronicle'"
    ).fetchone()
    assert owner == (roles.OWNER,)


def test_script_of_logins_sets_passwords_and_makes_nobody_a_member(made_by_the_script):
    logins = made_by_the_script.execute(
        "SELECT rolname, rolcanlogin, rolinherit, rolsuper, rolcreatedb, rolpassword LIKE 'SCRAM-SHA-256$%' "
        "FROM pg_authid WHERE rolname LIKE 'chronicle%' ORDER BY rolname"
    ).fetchall()
    members = made_by_the_script.execute(
        "SELECT member::regrole::text FROM pg_auth_members WHERE member::regrole::text LIKE 'chronicle%'"
    ).fetchall()

    assert logins == [(login, True, False, False, False, True) for login in sorted(roles.SESSION_SETTINGS)]
    assert members == []


MAY_WRITE = """
    SELECT count(*) FROM pg_proc WHERE (proname = ANY(%s) OR proname = 'pg_logical_emit_message')
    AND has_function_privilege(%s, oid, 'EXECUTE')
"""


def test_script_of_logins_takes_writers_from_everybody(made_by_the_script):
    asked = [[name.split("(")[0] for name in roles.LARGE_OBJECT_WRITERS], roles.READER]
    info = made_by_the_script.info

    with psycopg.connect(host=info.host, user="postgres", dbname="postgres") as untouched:
        elsewhere = untouched.execute(MAY_WRITE, asked).fetchone()

    assert elsewhere[0] > 9  # two of the names are taken from everybody as PostgreSQL comes
    assert made_by_the_script.execute(MAY_WRITE, asked).fetchone() == (0,)


def test_every_command_for_operators_is_tried_or_excused():
    followed, excused = set(page.followed().values()), set(page.ELSEWHERE)

    assert len(followed) > 30
    assert set(page.commands()) == followed | excused
    assert followed & excused == set()


def test_where_commands_for_operators_are_tried_is_there():
    named = {file for where in page.ELSEWHERE.values() for file in re.findall(r"tests/[\w/]+\.py", where)}

    assert len(named) > 5
    assert {file for file in named if not (Path(settings.BASE_DIR) / file).exists()} == set()


def test_migrations_of_the_first_schema_that_is_brought_up_to_date_are_there():
    """Those that a chronicle may have stopped between stay, or its next upgrade would not know where it stands."""
    told = re.findall(r"`(\w+)\.(\d{4}_\w+)`", (Path(settings.BASE_DIR) / "docs/operators.md").read_text())

    assert f"{told[0][0]}/migrations/{told[0][1]}.py" == upgrading.FIRST
    for app, first in told:
        folder = Path(settings.BASE_DIR) / app / "migrations"
        here = {file.stem for file in folder.glob("[0-9]*.py")}
        squashed = next(name for name in here if "_squashed_" in name)
        replaced = {name for _app, name in import_module(f"{app}.migrations.{squashed}").Migration.replaces}
        assert first in replaced
        assert replaced == {name for name in here if name[:4] <= squashed[-4:] and name != squashed}
