"""The process that reads a hostile file: `python -m sources.fulltexts.child TASK FILE TARGET LIMITS`.

It takes its limits upon itself before it opens the file, and writes its answer to TARGET: JSON for the text, a file for
the copy. What it cannot read it says in one line of JSON on its output; if it dies, its parent says so.
"""

import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path

from sources.fulltexts import copies
from sources.fulltexts.formats import READERS
from sources.fulltexts.limits import Limits
from sources.fulltexts.normalisation import stored
from sources.fulltexts.pages import Page, UnreadableError

UNREADABLE = 3
"""How the process ends when it says why it cannot read the file."""


def take_limits(limits: Limits) -> None:
    """Bound the memory, the processor's time and the size of written files of this process."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 * limits.bytes, 2 * limits.bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(media_type: str, path: Path, target: Path, limits: Limits) -> list[str]:
    """Write the pages of a file to `target`, in the stored form; return what curators should know."""
    told: list[str] = []
    found: list[dict[str, str]] = []
    left = limits.characters
    for page in READERS[media_type](path, limits, told):
        content = stored(page.content)
        left -= len(content)
        if left < 0:
            raise UnreadableError(f"The text is longer than {limits.characters} characters: send it in parts.")
        found.append(asdict(Page(content, stored(page.label))))
    target.write_text(json.dumps(found), encoding="utf-8")
    return told


def copy(media_type: str, path: Path, target: Path, limits: Limits) -> list[str]:
    """Write the readers' copy of a file to `target`; return how it was made."""
    return copies.make(media_type, path, target, limits)


TASKS = {"read": read, "copy": copy}


def main(task: str, media_type: str, path: str, target: str, limits: str) -> int:
    """Do the task and print what there is to tell, as JSON."""
    bounds = Limits(**json.loads(limits))
    take_limits(bounds)
    try:
        told = TASKS[task](media_type, Path(path), Path(target), bounds)
    except UnreadableError as error:
        print(json.dumps([str(error)]))  # noqa: T201 - this is how it answers
        return UNREADABLE
    print(json.dumps(told))  # noqa: T201 - the same
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
