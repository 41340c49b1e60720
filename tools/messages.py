"""Gather every string that can be translated, and bring the catalogues of languages in line with them.

    python tools/messages.py            # chronicle/locale and sources/locale: each language's django.po
    python tools/messages.py compile    # the same as django.mo, which the site reads

What is translated stays; what is new is empty; what is gone is kept as obsolete. A language that has no catalogue yet
begins with one: python tools/messages.py --languages ka. Nothing is released by this: the site speaks the languages of
LANGUAGES in its settings, and those of two parties go there together, after a speaker of each has read them.

Needs Babel and no program of the system. Django's own reader of templates turns these into calls, which are then read.
"""

import argparse
import ast
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("chronicle", "sources")
LANGUAGES = ("az", "hy", "ru")
"""Languages of the parties of the first corpus, and the one in which many of its documents are."""
CALLS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
"""What marks a string, and which of its arguments are the string, its plural and its context."""
WIDTH = 120
HEADER: Any = {"project": "Chronicle", "domain": "django", "charset": "utf-8", "fuzzy": False, "version": ""}

Found = tuple[str, int, str | tuple[str, ...], list[str], str | None]
"""A string with its file, line, comments and context; of a counted one, also its plural."""


def found_in(package: Path) -> Iterator[Found]:
    """Return every marked string of a package: of its code, and of its templates."""
    for path in sorted(package.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            yield from _read(path, "python", path.read_bytes())
            if "api" in path.parts:
                yield from _described(path, ast.parse(path.read_bytes()))
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            calls = re.sub(r"(?<=[(,\s])u(?=['\"])", "", templatize(path.read_text("utf-8")))
            yield from _read(path, "javascript", calls.encode())


def _read(path: Path, method: str, code: bytes) -> Iterator[Found]:
    name = path.relative_to(ROOT).as_posix()
    options = {"encoding": "utf-8", "parse_template_string": "false"}
    for line, message, comments, context in extract(method, BytesIO(code), CALLS, ("Translators:",), options):
        yield name, line, message, comments, context


def _described(path: Path, code: ast.Module) -> Iterator[Found]:
    """What the interface for programs says of itself in English, and the page about it in the reader's language."""
    for node in ast.walk(code):
        if isinstance(node, ast.FunctionDef) and (summary := _summary(node)):
            yield path.relative_to(ROOT).as_posix(), node.lineno, summary, [], None
            yield path.relative_to(ROOT).as_posix(), node.lineno, ast.get_docstring(node) or "", [], None
        elif isinstance(node, ast.ClassDef) and node.name.endswith("Parameters"):
            for line, words in _parameters(node):
                yield path.relative_to(ROOT).as_posix(), line, words, [], None


def _summary(operation: ast.FunctionDef) -> str:
    """The title of an operation; nothing of a function that is none."""
    calls = [call for call in operation.decorator_list if isinstance(call, ast.Call)]
    return next((words for call in calls for words in _strings(call.keywords, "summary")), "")


def _parameters(asked: ast.ClassDef) -> Iterator[tuple[int, str]]:
    """What each parameter is: the description of its field, or the first argument of what makes the field."""
    for field in asked.body:
        if isinstance(field, ast.AnnAssign) and isinstance(field.value, ast.Call):
            first = [one.value for one in field.value.args[:1] if isinstance(one, ast.Constant)]
            words = [
                *(one for one in first if isinstance(one, str) and one),
                *_strings(field.value.keywords, "description"),
            ]
            yield from ((field.lineno, one) for one in words)


def _strings(keywords: Iterable[ast.keyword], name: str) -> Iterator[str]:
    for given in keywords:
        if given.arg == name and isinstance(given.value, ast.Constant):
            yield str(given.value.value)


def template_of(package: str) -> Catalog:
    """Return the catalogue without a language: what there is to translate, and in which files it stands."""
    catalog = Catalog(**HEADER)
    for name, _line, message, comments, context in found_in(ROOT / package):
        catalog.add(message, locations=[(name, None)], auto_comments=comments, context=context)  # type: ignore[list-item]
    return catalog


def place_of(package: str, language: str, suffix: str) -> Path:
    """Return where Django looks for the catalogue of a language."""
    return ROOT / package / "locale" / language / "LC_MESSAGES" / f"django.{suffix}"


def updated(package: str, language: str, template: Catalog) -> None:
    """Write the catalogue of a language with every string of the template; what was translated stays so."""
    path = place_of(package, language, "po")
    catalog = Catalog(locale=language, **HEADER)
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language, domain="django")
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalog.header_comment = f"# {language}: the words of {package}. Empty ones are shown in English."
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=WIDTH, sort_output=True, include_lineno=False, omit_header=False)


def compiled(package: str, language: str) -> None:
    """Write what the site reads of a catalogue."""
    with place_of(package, language, "po").open("rb") as file:
        catalog = read_po(file, locale=language, domain="django")
    with place_of(package, language, "mo").open("wb") as file:
        write_mo(file, catalog)


def main() -> None:
    """Update the catalogues, or compile them."""
    settings.configure()  # Django's reader of templates asks for the marks of comments in the settings' language
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", nargs="?", choices=["update", "compile"], default="update")
    parser.add_argument("--languages", nargs="+", default=LANGUAGES)
    asked = parser.parse_args()
    for package in PACKAGES:
        template = template_of(package)
        for language in asked.languages:
            if asked.what == "update":
                updated(package, language, template)
            else:
                compiled(package, language)


if __name__ == "__main__":
    main()
