"""`python -m tests.drills [NAME…]`: runs the drills and prints a table of what was seen and how long it took."""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.drills.drills import DRILLS, Figure


def main(names: list[str]) -> int:
    """Run the drills that are named, or all; return 1 if one failed."""
    folder = Path(tempfile.mkdtemp(prefix="chronicle-drills-", dir="/tmp"))  # short: sockets lie in it
    folder.chmod(0o755)  # the server's account passes through
    failed = False
    try:
        for name, drill in DRILLS.items():
            if names and name not in names:
                continue
            began = time.monotonic()
            print(f"\n{name}", flush=True)
            try:
                for figure in drill(folder / name.replace(" ", "-")):
                    show(figure)
            except AssertionError as error:
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
