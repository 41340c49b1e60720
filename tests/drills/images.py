"""Images without Docker: what a Dockerfile says, done in a root file system of Debian's, as root and with debootstrap.

`python:3.13-slim` is made of the same distribution, whose own Python has the same version.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

SUITE = "trixie"
MIRROR = "http://deb.debian.org/debian"
TRUSTED = Path("/etc/ssl/certs/ca-certificates.crt")
"""Whom this machine trusts, a proxy of its own with them: the image is made behind it."""
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
PYTHON = (
    "apt-get install -y -qq --no-install-recommends python3 python3-venv ca-certificates >/dev/null"
    " && python3 -m venv /usr/local"  # a Python with pip and nothing of the distribution's packages, as the image has it
)
ISOLATED = """
root=$1 user=$2 folder=$3
shift 3
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
while [ "$1" != -- ]; do mount --bind "$1" "$root/$2"; [ "$3" != ro ] || mount -o remount,bind,ro "$root/$2"; shift 3; done
shift
exec chroot "$root" setpriv --reuid="$user" --regid="$user" --clear-groups --bounding-set=-all --no-new-privs \
    sh -c 'cd "$0" && exec "$@"' "$folder" "$@"
"""
"""The walls that docker-compose.yml asks for: a file system to read, a `/tmp`, volumes, no capability, an ordinary user."""


@dataclass
class Image:
    """A root file system, and what its instructions said."""

    root: Path
    folder: str = "/"
    user: str = "root"
    environment: dict[str, str] = field(default_factory=lambda: {"PATH": PATH})
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)
    followed: int = 0

    def run(self, command: str) -> None:
        """Do one RUN, as the user of the moment; its output is shown where it fails."""
        inside = f"cd {shlex.quote(self.folder)} && {command}"
        done = subprocess.run(
            ["chroot", f"--userspec={self.user}", str(self.root), "sh", "-ec", inside],
            env={**self.environment, "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}"

    def isolated(self, command: list[str], volumes: dict[str, Path]) -> list[str]:
        """The command line of a process in a container of this image, with folders for its volumes."""
        mounts = [
            part
            for target, folder in volumes.items()
            for part in (str(folder), target.removesuffix(":ro"), "ro" if target.endswith(":ro") else "rw")
        ]
        where = [str(self.root), self.user, self.folder]
        return ["unshare", "--mount", "bash", "-euc", ISOLATED, "isolated", *where, *mounts, "--", *command]


def can_be_made() -> bool:
    """Whether this machine and account can make a root file system."""
    return os.geteuid() == 0 and shutil.which("debootstrap") is not None


def base(root: Path) -> None:
    """A root file system to begin with."""
    command = ["debootstrap", "--variant=minbase", SUITE, str(root), MIRROR]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout[-2000:]}{done.stderr[-2000:]}"
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")


def built(dockerfile: Path, root: Path) -> Image:
    """Follow a Dockerfile, in the folder in which it lies, to its end."""
    image = Image(root)
    for instruction, said in instructions(dockerfile):
        follow(image, instruction, said, dockerfile.parent)
        image.followed += 1
    return image


def instructions(dockerfile: Path) -> list[tuple[str, str]]:
    """The instructions of a Dockerfile, each with what it says, on one line."""
    text = re.sub(r"\\\n\s*", "", dockerfile.read_text(encoding="utf-8"))
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in text.splitlines() if line.strip()]


def follow(image: Image, instruction: str, said: str, context: Path) -> None:
    """Do what one instruction says; AssertionError where it is none that is known here."""
    match instruction:
        case "FROM":
            if said.startswith("python:"):
                image.run(f"apt-get update -qq && {PYTHON}")
                shutil.copy(TRUSTED, image.root / TRUSTED.relative_to("/"))
                image.run(f'python -V | grep -F "Python {said[7:].split("-", maxsplit=1)[0]}."')
        case "RUN":
            image.run(said)
        case "WORKDIR":
            image.folder = said
            (image.root / said.lstrip("/")).mkdir(parents=True, exist_ok=True)
        case "COPY":
            copy(image, said.split(), context)
        case "ENV":
            image.environment |= dict(pair.split("=", 1) for pair in said.split())
        case "USER":
            image.user = said
        case "CMD":
            image.command = json.loads(said)
        case "HEALTHCHECK":
            image.health = json.loads(said.split("CMD", 1)[1])
        case _:
            assert instruction in {"VOLUME", "EXPOSE"}, f"{instruction} is not known here"


def copy(image: Image, said: list[str], context: Path) -> None:
    """Copy files, and what is in folders, into the image."""
    *sources, target = said
    there = image.root / (Path(image.folder) / target).relative_to("/")
    for source in sources:
        if (context / source).is_dir():
            shutil.copytree(context / source, there, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(context / source, there)
