"""DOI, ISBN, addresses and languages as reference managers write them, and as columns hold them."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from django.core.exceptions import ValidationError
from langcodes import Language, LanguageTagError

from sources.interchange.items import Fate, Item
from sources.validators import validate_doi, validate_isbn, validate_language_tag, validate_url

_BEFORE_DOI: Final = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_BEFORE_ISBN: Final = re.compile(r"^(?:urn:)?isbn[-:\s]*(?:1[03][:\s]+)?", re.IGNORECASE)


def _bare_doi(written: str) -> str:
    return _BEFORE_DOI.sub("", written.strip())


def _bare_isbn(written: str) -> str:
    """The first of several, without the word before it."""
    bare = _BEFORE_ISBN.sub("", written.strip())
    return re.split(r"[\s,;]+", bare)[0] if bare else ""


NAMED: Final[Mapping[str, str]] = {
    "american": "en-US",
    "arabic": "ar",
    "armenian": "hy",
    "australian": "en-AU",
    "austrian": "de-AT",
    "azerbaijani": "az",
    "basque": "eu",
    "brazil": "pt-BR",
    "brazilian": "pt-BR",
    "british": "en-GB",
    "bulgarian": "bg",
    "canadian": "en-CA",
    "catalan": "ca",
    "chinese": "zh",
    "croatian": "hr",
    "czech": "cs",
    "danish": "da",
    "dutch": "nl",
    "english": "en",
    "estonian": "et",
    "farsi": "fa",
    "finnish": "fi",
    "french": "fr",
    "galician": "gl",
    "georgian": "ka",
    "german": "de",
    "germanb": "de",
    "greek": "el",
    "hebrew": "he",
    "hungarian": "hu",
    "icelandic": "is",
    "irish": "ga",
    "italian": "it",
    "japanese": "ja",
    "korean": "ko",
    "kurdish": "ku",
    "latin": "la",
    "latvian": "lv",
    "lithuanian": "lt",
    "macedonian": "mk",
    "naustrian": "de-AT",
    "ngerman": "de",
    "norsk": "nb",
    "norwegian": "no",
    "nswissgerman": "de-CH",
    "nynorsk": "nn",
    "persian": "fa",
    "polish": "pl",
    "portuges": "pt",
    "portuguese": "pt",
    "romanian": "ro",
    "russian": "ru",
    "serbian": "sr",
    "serbianc": "sr-Cyrl",
    "slovak": "sk",
    "slovene": "sl",
    "slovenian": "sl",
    "spanish": "es",
    "swedish": "sv",
    "swissgerman": "de-CH",
    "turkish": "tr",
    "ukenglish": "en-GB",
    "ukrainian": "uk",
    "usenglish": "en-US",
    "vietnamese": "vi",
}
"""Languages as BibLaTeX names them (manual 3.20, table 2), and their tags."""


def _tag(written: str) -> str:
    """The BCP 47 tag of a language that is given by its tag or by its English name: german, ngerman, en-US."""
    name = written.strip()
    if name.lower() in NAMED:
        return NAMED[name.lower()]
    try:
        return Language.get(name.replace("_", "-")).to_tag()
    except LanguageTagError:
        return name


COLUMNS: Final[Mapping[str, tuple[Callable[[str], str], Callable[[str], None]]]] = {
    "doi": (_bare_doi, validate_doi),
    "isbn": (_bare_isbn, validate_isbn),
    "url": (str.strip, validate_url),
    "archive_url": (str.strip, validate_url),
    "language": (_tag, validate_language_tag),
}
"""By column: what brings a value into its form, and what refuses any other."""


def put_identifier(item: Item, column: str, name: str, written: str) -> None:
    """Set a column of an item; what has another form is brought into it, and what is none is told."""
    form, validate = COLUMNS[column]
    value = form(written)
    if not value:
        return
    try:
        validate(value)
    except ValidationError as error:
        item.wrong(name, written, str(error.messages[0]))
        return
    if value != written.strip():
        item.remark(Fate.CHANGED, name, written, f"it is kept as {value}")
    item.columns[column] = value
