"""The commands that docs/operators.md prints, and where each of them is tried: in the drill “runbook”, or elsewhere."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FENCED = re.compile(r"^ *```\n(.*?)^ *```\n", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`]+)`")
PROGRAMS = "python|manage.py|.venv/bin/python|gunicorn|make|pip|pipx|psql|docker|openssl|rsync|sha256sum"
COMMAND = re.compile(rf"(\w+=\S+ )*({PROGRAMS.replace('.', '[.]')}|SELECT|CREATE|ALTER|DROP) .+|systemctl \w+|VACUUM")
TIMER = re.compile(r"^[\d*/]+ [\d*/]+ \S+ +\S+ +\S+ +\w+ +(.+)")

FOLLOWED = (
    "OWNER_PASSWORD=… ",
    "python manage.py migrate",
    "python manage.py createsuperuser",
    "gunicorn chronicle.wsgi",
    "python manage.py check --database published",
    "/srv/chronicle/.venv/bin/gunicorn",
    "pip install --require-hashes",
    "manage.py check_quotations",
    "manage.py import_templates FOLDER",
    "manage.py import_records FILE",
    "manage.py import_records --undo NUMBER",
    "manage.py make_release FOLDER",
    "manage.py axes_reset",
    "manage.py shell -c",
    "manage.py archive_desk",
    "manage.py restore_desk",
    "python manage.py backup /var/backups/chronicle --keep 14",
    "sha256sum --check",
    "cd /srv/chronicle && ",
    "python manage.py restore ",
    "python manage.py backup /var/backups/chronicle$",
    "manage.py database status",
    "python manage.py database stop",
    "OWNER_DATABASE_URL=… ",
    "CREATE ROLE replication",
    "pg_basebackup ",
    "SELECT pg_promote()",
    "REPLICATOR_PASSWORD=… ",
    "MAIN=",
    "SELECT bool_and(srsubstate = 'r')",
    "ALTER SUBSCRIPTION chronicle_copy",
    "DROP SUBSCRIPTION chronicle_copy",
    "ALTER ROLE chronicle_desk",
    "ALTER ROLE replication",
    "VACUUM",
)
"""How the commands begin (or, with a $, what they are) that the drill types as they are printed."""

DOCKER = "not run by Docker: tests/drills/containers.py runs what it would run"

ELSEWHERE = {
    "make run": "tests/test_whole_way.py",
    "make bench": "tests/test_bench.py, and by hand: it takes an hour",
    "make bench ARGS=--quick": "tests/test_bench.py, and by hand: it takes minutes",
    ".venv/bin/python -m tests.benchmarks --compare OLD NEW": "tests/test_bench.py",
    "manage.py make_corpus 10000": "tests/chronicle/test_making.py, and by every benchmark",
    "manage.py migrate": "tests/drills/following.py, as `python manage.py migrate`",
    "python -m tests.benchmarks.load": "by hand: it takes five minutes of both cores",
    "python -m tests.benchmarks.pages --only NAME --plans": "by hand, on a large chronicle",
    "make trust": "tests/trust/test_drills.py",
    "make trust ARGS='--only canaries --rounds 20'": "tests/trust/test_drills.py",
    "make drills": "the command that runs all of this",
    "make drills ARGS=runbook": "the command that runs this",
    "make drills ARGS=containers": "by hand: it asks Debian and PyPI for hundreds of megabytes",
    "UPGRADE_EVENTS=100000 make drills ARGS=\"'every schema'\"": "by hand: it takes an hour",
    "manage.py showmigrations": "by hand: Django's own, as it comes",
    "make lock": "tests/test_operation.py compares what it wrote; it asks the registry for every file",
    "manage.py database stop": "tests/drills/following.py, as `python manage.py database stop`",
    "manage.py purge event 147 --whole --reason=…": "tests/chronicle/test_purge_command.py",
    "manage.py check_links": "tests/chronicle/links/test_checking.py; the drill asks no servers of others",
    "systemctl stop": "by hand: it belongs to the machine; the drill sends the same signal",
    "rsync --delete": "by hand: rsync belongs to the machine",
    "rsync -aH": "by hand: rsync belongs to the machine",
    "pipx run pip-audit --require-hashes -r requirements.lock": "by hand: it asks a service of others",
    "openssl rand -hex 24": "by hand: openssl belongs to the machine",
    "docker compose up --build --detach": DOCKER,
    "docker compose run --rm migrate python manage.py createsuperuser": DOCKER,
    "docker compose run --rm backup": DOCKER,
    "docker compose stop desk public": DOCKER,
    "docker compose run --rm backup python manage.py restore /var/backups/chronicle/chronicle-… --replace": DOCKER,
    "docker compose --profile replica up --detach": DOCKER,
    "docker compose --profile pooling up --detach": DOCKER,
}
"""Where the others are tried, or why nowhere."""


def commands() -> list[str]:
    """Every command of the page, in its order: whole lines of what is set apart, and those within sentences."""
    page = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
    lines = [line for block in FENCED.findall(page) for line in _typed(block)]
    spans = SPAN.findall(" ".join(FENCED.sub("", page).split()))
    return list(dict.fromkeys([*lines, *(span for span in spans if COMMAND.fullmatch(span))]))


def _typed(block: str) -> list[str]:
    lines = [" ".join(line.split()) for line in block.replace("\\\n", "").splitlines()]
    if lines[0].startswith("["):  # a unit of systemd
        return [line.removeprefix("ExecStart=") for line in lines if line.startswith("ExecStart=")]
    return [TIMER.sub(r"\1", line) for line in lines]


def followed() -> dict[str, str]:
    """The commands that the drill types, by how they begin; AssertionError where not exactly one begins so."""
    found = {}
    for begins in FOLLOWED:
        fitting = [one for one in commands() if f"{one}$".startswith(begins) and one not in ELSEWHERE]
        assert len(fitting) == 1, f"{begins}: {fitting}"
        found[begins] = fitting[0]
    return found
