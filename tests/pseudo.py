"""A language of marks, and a corpus without a Latin letter: what is still read in English was never marked.

The corpus is in Hebrew letters, which are written from right to left: a name of it that does not stand apart from what
surrounds it is found too.
"""

import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import locale
from django.db import models

from sources.directions import FIRST_STRONG_ISOLATE, POP_ISOLATE
from tests.fixtures.corpus import KARABAKH, LOADER
from tools.messages import PACKAGES, template_of

LANGUAGE = "qps"
"""A code that ISO 639 keeps for private use."""
OPENED, CLOSED = "⟦", "⟧"
HEBREW = dict(zip("abcdefghijklmnopqrstuvwxyz", "אבגדהוזחטיכלמנסעפצקרשתךםןף", strict=True))
OTHER = "ץ"
"""For letters that are no plain Latin ones."""
NO_TEXT = {"slug", "language", "doi", "isbn", "url", "archive_url", "wikidata_id", "contact"}
"""Columns of text that are no words."""
SHOWN = {"alt", "aria-label", "content", "data-label", "placeholder", "summary", "title", "label"}
"""Attributes that people read or hear."""
UNSHOWN = {"script", "style", "textarea", "code"}
ADDRESS = re.compile(rf"https?://[^\s{OPENED}{CLOSED}]+|\S+@\S+")


def written(folder: Path) -> None:
    """Write the catalogue of the language: every string of ours and of Django's, as it is, between marks."""
    catalog = Catalog(locale="en", domain="django", charset="utf-8", fuzzy=False)
    django = Path(locale.__file__).parent / "en" / "LC_MESSAGES" / "django.po"
    with django.open("rb") as file:
        templates = [*map(template_of, PACKAGES), read_po(file, domain="django")]
    for message in (message for template in templates for message in template if message.id):
        marked = tuple(map(_marked, message.id)) if message.pluralizable else _marked(message.id)
        catalog.add(message.id, marked, context=message.context)
    target = folder / LANGUAGE / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, catalog)


def _marked(words: str) -> str:
    return f"{OPENED}{words}{CLOSED}"


def corpus_in_hebrew(folder: Path) -> None:
    """Write the first corpus with Hebrew letters for Latin ones in everything that is words."""
    for path in sorted(KARABAKH.rglob("*.yaml")):
        entries = yaml.load(path.read_text("utf-8"), Loader=LOADER)
        for entry in entries:
            names = _columns_of_words(entry["model"])
            entry["fields"] |= {name: _hebrew(entry["fields"][name]) for name in names & set(entry["fields"])}
        target = folder / path.relative_to(KARABAKH)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")


def _columns_of_words(model: str) -> set[str]:
    columns = apps.get_model(model)._meta.concrete_fields
    texts = [column for column in columns if type(column) in {models.CharField, models.TextField}]
    return {column.name for column in texts if not column.choices} - NO_TEXT


def _hebrew(words: Any) -> Any:
    if not isinstance(words, str) or words.startswith("http"):
        return words
    return unicodedata.normalize("NFC", "".join(map(_letter, unicodedata.normalize("NFD", words))))


def _letter(letter: str) -> str:
    return HEBREW.get(letter.lower()) or (OTHER if "LATIN" in unicodedata.name(letter, "") else letter)


class _Reader(HTMLParser):
    """Reads what a page shows, piece by piece: its text, and attributes that are read."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in UNSHOWN
        given = dict(attrs)
        names = SHOWN if tag != "meta" or given.get("name") == "description" else set()
        self.pieces += [f" {given[name]} " for name in sorted(names & set(given))]

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in UNSHOWN

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(data)


def unmarked(html: str) -> set[str]:
    """Return the words in Latin letters that stand outside of all marks, with a little of what is before them."""
    reader = _Reader()
    reader.feed(html)
    shown = ADDRESS.sub("", " ".join(reader.pieces))
    outside, depth = "", 0
    for letter in shown:
        depth += (letter == OPENED) - (letter == CLOSED)
        assert depth >= 0, outside[-80:]
        outside += letter if not depth and letter != CLOSED else ""
    return set(re.findall(r".{0,12}\b[A-Za-z]{2,}\b.{0,30}\w*", re.sub(r"\s+", " ", outside)))


INLINE = {"a", "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "ins", "mark", "q", "span", "strong", "time"}
"""Elements inside a line; with any other one begins, in which directions are worked out anew."""
EMPTY = {"base", "br", "hr", "img", "input", "link", "meta", "path", "rect", "circle", "line"}
APART = re.compile(f"{FIRST_STRONG_ISOLATE}[^{POP_ISOLATE}]*{POP_ISOLATE}")
FROM_RIGHT = re.compile("[\u05d0-\u05ea]")


class _Lines(HTMLParser):
    """Reads a page line by line, each as its pieces of text; what stands apart is a blank."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[list[str]] = [[]]
        self.apart: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._turn(tag)
        if tag not in EMPTY and (
            self.apart or tag in {"bdi", "script", "style", "textarea"} or ("dir", "auto") in attrs
        ):
            self.apart.append(tag)
        label = dict(attrs).get("data-label")
        self.lines += [[label or ""], []] if label else []

    def handle_endtag(self, tag: str) -> None:
        self._turn(tag)
        if self.apart:
            self.apart.pop()

    def handle_data(self, data: str) -> None:
        self.lines[-1].append("" if self.apart else APART.sub("", data))

    def _turn(self, tag: str) -> None:
        if tag not in INLINE:
            self.lines.append([])


def joined(html: str) -> set[str]:
    """Return the lines in which words from right to left touch others; a line of such words alone is none."""
    reader = _Lines()
    reader.feed(html)
    kept = [[piece for piece in line if piece.strip()] for line in reader.lines]
    turned = [line for line in kept if any(map(FROM_RIGHT.search, line))]
    return {"".join(line)[:120] for line in turned if len(line) > 1 or OPENED in line[0]}
