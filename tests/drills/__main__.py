"""`python -m tests.drills [NAME…]`: runs the drills and prints a table of what was seen and how long it took."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from chronicle.database.embedded import EmbeddedServerError
from tests.drills.drills import BY_NAME, DRILLS
from tests.drills.machines import Figure


def main(names: list[str]) -> int:
    """Run the drills that are named, or all; return 1 if one failed."""
    if unknown := set(names) - set(DRILLS | BY_NAME):
        sys.exit(f"There is no drill {', '.join(sorted(unknown))}: there are {', '.join(DRILLS | BY_NAME)}.")
    folder = Path(tempfile.mkdtemp(prefix="chronicle-drills-", dir="/tmp"))  # short: sockets lie in it
    folder.chmod(0o755)  # the server's account passes through
    failed = False
    try:
        wanted = {name: drill for name, drill in (DRILLS | BY_NAME).items() if name in names} if names else DRILLS
        for name, drill in wanted.items():
            began = time.monotonic()
            print(f"\n{name}", flush=True)
            try:
                for figure in drill(folder / name.replace(" ", "-")):
                    show(figure)
            except (AssertionError, EmbeddedServerError, OSError, subprocess.SubprocessError) as error:
                failed = True
                show(Figure("FAILED", str(error)))
            show(Figure("the drill took", f"{time.monotonic() - began:.0f} s"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return int(failed)


def show(figure: Figure) -> None:
    """Print a line of the table."""
    print(f"  {figure.what:<58} {figure.value}", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chronicle.settings")
    sys.exit(main(sys.argv[1:]))
