"""Validators of single values. Every message names what is wrong and shows a right example."""

import re
import unicodedata
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from langcodes import Language, LanguageTagError, standardize_tag

# The shape of a language tag in canonical case: language, script, region, variants (BCP 47, RFC 5646, section 2.1,
# without extensions and private use). Reads the same in Python and in a CHECK constraint of PostgreSQL.
LANGUAGE_TAG_PATTERN: Final = (
    r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*$"
)
LONGEST_LANGUAGE_TAG: Final = 35  # RFC 5646, section 4.4.1
LONGEST_SLUG: Final = 80
LONGEST_DOI: Final = 255

_TAG_EXAMPLES = "Right are: hy · ru · az-Latn · hy-Latn · zh-Hant-TW"
_DOI_EXAMPLE = "Right is: 10.1080/02634937.2012.720073"
_ISBN_EXAMPLE = "Right are: 978-0-306-40615-7 · 0-306-40615-2"
_SLUG_EXAMPLE = "Right is: treaty-of-lausanne-1923"
_URL_EXAMPLE = "Right is: https://www.un.org/en/about-us/un-charter"

_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ISBN = re.compile(r"(?:97[89])?[0-9]{9}[0-9X]")
_CONTROLS = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\ud800-\\udfff]")
"""Categories Cc and Cs of Unicode, which grow no more."""
_LINE_ENDS = "\t\n\r"  # browsers send the lines of a text area with \r\n
_is_web_address = URLValidator(schemes=["http", "https"])


def _shown(value: str) -> str:
    """The value as a message can show it: without what cannot be seen, and not too long."""
    readable = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in value[:80])
    return f"“{readable}{'…' if len(value) > len(readable) else ''}”"


def validate_plain_text(value: str) -> None:
    """Refuse characters that PostgreSQL cannot store (NUL, lone surrogates) or that no reader can see (controls)."""
    if not _CONTROLS.search(value):
        return
    for position, letter in enumerate(value, start=1):
        category = unicodedata.category(letter)
        if category == "Cs" or (category == "Cc" and letter not in _LINE_ENDS):
            raise ValidationError(
                f"Character {position} is a control character (U+{ord(letter):04X}) that cannot be kept: delete it. "
                "Letters of every script, tabs and line ends are right.",
                code="plain_text",
            )


def validate_ascii_slug(value: str) -> None:
    """A slug is at most 80 lower-case ASCII letters and digits, in words joined by single hyphens."""
    if len(value) > LONGEST_SLUG:
        reason = f"is {len(value)} characters long; at most {LONGEST_SLUG} are allowed"
    elif not _SLUG.fullmatch(value):
        reason = "is not made of lower-case letters a to z and digits, joined by single hyphens"
    else:
        return
    raise ValidationError(f"{_shown(value)} {reason}. {_SLUG_EXAMPLE}", code="slug")


def validate_url(value: str) -> None:
    """An address on the web: http or https, nothing else."""
    validate_plain_text(value)
    try:
        _is_web_address(value)
    except ValidationError:
        raise ValidationError(
            f"{_shown(value)} is not a full address that begins with http:// or https://. {_URL_EXAMPLE}", code="url"
        ) from None


def validate_doi(value: str) -> None:
    """A bare DOI name (ISO 26324): directory indicator 10, registrant, slash, suffix; no resolver before it."""
    if re.match(r"(?i)https?://|doi:|doi\.org", value):
        reason = "begins with an address or with “doi:”; write the part from “10.” on"
    elif len(value) > LONGEST_DOI:
        reason = f"is longer than {LONGEST_DOI} characters"
    elif not _DOI.fullmatch(value) or not value.isprintable():
        reason = "is not a DOI: “10.”, four to nine digits, a slash, and a suffix without blanks"
    else:
        return
    raise ValidationError(f"{_shown(value)} {reason}. {_DOI_EXAMPLE}", code="doi")


def validate_isbn(value: str) -> None:
    """An ISBN (ISO 2108) of 13 or 10 digits with its check digit; single hyphens or blanks may part the digits."""
    digits = re.sub(r"(?<=[0-9])[- ](?=[0-9X])", "", value)
    if not _ISBN.fullmatch(digits) or (len(digits) == 13 and digits.endswith("X")):  # noqa: PLR2004 - the long form
        reason = "is not an ISBN: 13 digits from 978 or 979 on, or 10 of which the last may be X"
    elif not _is_checked(digits):
        reason = "has a check digit that does not fit: compare it with the book, digit by digit"
    else:
        return
    raise ValidationError(f"{_shown(value)} {reason}. {_ISBN_EXAMPLE}", code="isbn")


def _is_checked(digits: str) -> bool:
    values = [10 if digit == "X" else int(digit) for digit in digits]
    if len(values) == 10:  # noqa: PLR2004 - the short form
        return sum(weight * value for weight, value in zip(range(10, 0, -1), values, strict=True)) % 11 == 0
    return (sum(values[::2]) + 3 * sum(values[1::2])) % 10 == 0


def validate_language_tag(value: str) -> None:
    """A language tag of BCP 47 in its canonical form, of registered subtags, without extensions or private use."""
    reason = _language_tag_fault(value)
    if reason:
        raise ValidationError(f"{_shown(value)} {reason}. {_TAG_EXAMPLES}", code="language_tag")


def _language_tag_fault(value: str) -> str | None:
    if len(value) > LONGEST_LANGUAGE_TAG:
        return f"is longer than {LONGEST_LANGUAGE_TAG} characters"
    try:
        tag = Language.get(value, normalize=False)
        canonical = standardize_tag(value)
    except LanguageTagError:
        return "is not a language tag: language, then script, region and variants where they matter, with hyphens"
    if tag.extensions or tag.private or value.lower().startswith("x-"):
        return "has an extension or a private part, which is not kept"
    if not Language.get(canonical, normalize=False).is_valid():
        return f"has an unknown part{_unknown_part(tag)}; see the IANA Language Subtag Registry"
    if value != canonical:
        return f"is not the canonical form: write “{canonical}”"
    if not re.fullmatch(LANGUAGE_TAG_PATTERN, value):
        return "names no language that can be used here"
    return None


def _unknown_part(tag: Language) -> str:
    """The first subtag that the registry does not know, if one subtag is to blame."""
    parts = [
        tag.language or "und",
        *(f"und-{part}" for part in (tag.script, tag.territory, *(tag.variants or ())) if part),
    ]
    for part in parts:
        if not Language.get(part, normalize=False).is_valid():
            return f", “{part.removeprefix('und-')}”"
    return ""
