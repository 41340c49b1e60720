"""`make bench`: how fast a chronicle is, at two sizes and beside others, with what is promised of it.

Makes a chronicle of each size in its folder, unless it is there already; serves it, asks for every public page, and
measures publishing and imports on databases of their own. `--quick` takes minutes instead of hours.
"""

import argparse
import json
import os
import platform
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks.chronicles import ROOT, Chronicle
from tests.benchmarks.report import broken, compared, told


class Extent(NamedTuple):
    """How much is made and measured; nothing is published or imported where the number is 0."""

    sizes: tuple[int, int]
    requests: int
    published: int = 0
    imported: int = 0


WHOLE = Extent(sizes=(10_000, 1_000_000), requests=100, published=100_000, imported=100_000)
QUICK = Extent(sizes=(500, 5_000), requests=20, published=2_000, imported=5_000)
PAGES = Extent(sizes=(100, 1_000), requests=2)


def main() -> int:
    """Run what is asked for, and return 1 where `--floors` finds a ratio far off."""
    options = _options()
    if options.compare:
        before, after = (json.loads(path.read_text()) for path in options.compare)
        print(*compared(before, after), sep="\n")
        return 0
    extent = PAGES if options.pages else QUICK if options.quick else WHOLE
    result = run(extent, options.folder, peer=options.datasette)
    path = options.folder / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json"
    path.write_text(json.dumps(result, indent=1))
    print(*told(result), sep="\n")
    print(f"\nWritten to {path}; compare two such files with --compare OLD NEW.")
    found = broken(result) if options.floors else []
    for line in found:
        print(f"Far off: {line}", file=sys.stderr)
    return 1 if found else 0


def run(extent: Extent, folder: Path, *, peer: bool) -> dict[str, Any]:
    """Make, serve and measure, and return all figures."""
    result: dict[str, Any] = {"machine": machine(), "pages": {}, "made": {}}
    for events in extent.sizes:
        chronicle = Chronicle(events, folder / str(events))
        _say(f"{events:,} events")
        result["made"][str(events)] = chronicle.make()
        with chronicle.served() as address:
            asked = chronicle.figures("tests.benchmarks.served", address, f"--requests={extent.requests}")
        result["pages"][str(events)] = asked["pages"]
        if peer and events == extent.sizes[-1]:
            _say("Datasette")
            result["datasette"] = _beside_datasette(chronicle, asked["pages"])
        chronicle.stop()
    for part, number in (("publishing", extent.published), ("imports", extent.imported)):
        if number:
            _say(f"{part}, of {number:,} events")
            result[part] = alone(folder / part, f"tests.benchmarks.{part}", number)
    return result


def alone(folder: Path, module: str, number: int) -> dict[str, Any]:
    """Run a benchmark that fills a database of its own, and leave nothing of it."""
    chronicle = Chronicle(number, folder)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    try:
        return chronicle.figures(module, str(number))
    finally:
        chronicle.stop()
        shutil.rmtree(folder)


def machine() -> dict[str, Any]:
    """Return what the figures depend on."""
    return {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.platform()}


def _beside_datasette(chronicle: Chronicle, pages: dict[str, Any]) -> dict[str, float]:
    from tests.benchmarks.datasette import beside  # noqa: PLC0415 -- seldom asked for

    return beside(chronicle, pages)


def _say(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.benchmarks")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK.sizes[0]:,} and {QUICK.sizes[1]:,} events")
    parser.add_argument(
        "--pages", action="store_true", help=f"pages alone, {PAGES.sizes[0]:,} and {PAGES.sizes[1]:,} events"
    )
    parser.add_argument("--floors", action="store_true", help="fail where a ratio is missed by more than a factor of 2")
    parser.add_argument("--datasette", action="store_true", help="install Datasette beside it and ask that too")
    parser.add_argument(
        "--folder", type=Path, default=ROOT / ".data" / "bench", help="where the chronicles are kept (.data/bench)"
    )
    parser.add_argument(
        "--compare", type=Path, nargs=2, metavar=("OLD", "NEW"), help="tell what differs in two results"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
