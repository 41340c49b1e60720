import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from sources.validators import (
    LANGUAGE_TAG_PATTERN,
    validate_ascii_slug,
    validate_doi,
    validate_isbn,
    validate_language_tag,
    validate_plain_text,
    validate_url,
)

RIGHT = [
    (validate_language_tag, "hy"),
    (validate_language_tag, "ru"),
    (validate_language_tag, "tly"),
    (validate_language_tag, "und"),
    (validate_language_tag, "az-Latn"),
    (validate_language_tag, "az-Cyrl-AZ"),
    (validate_language_tag, "hy-Latn"),
    (validate_language_tag, "zh-Hant-TW"),
    (validate_language_tag, "es-419"),
    (validate_language_tag, "de-1996"),
    (validate_language_tag, "sl-rozaj"),
    (validate_doi, "10.1000/182"),
    (validate_doi, "10.1000.10/123456"),
    (validate_doi, "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"),
    (validate_isbn, "9780306406157"),
    (validate_isbn, "978-0-306-40615-7"),
    (validate_isbn, "979-10-90636-07-1"),
    (validate_isbn, "0-306-40615-2"),
    (validate_isbn, "0 8044 2957 X"),
    (validate_plain_text, ""),
    (validate_plain_text, "Şuşa, Շուշի, Шуша\r\n\tთბილისი 🕊"),
    (validate_url, "http://example.org"),
    (validate_url, "https://web.archive.org/web/2020/https://example.org/a?b=c#d"),
    (validate_url, "https://hy.wikipedia.org/wiki/Շուշի"),
    (validate_ascii_slug, "a"),
    (validate_ascii_slug, "ceasefire-1994-05-12"),
    (validate_ascii_slug, "a" * 80),
]

WRONG = [
    (validate_language_tag, "", "is not a language tag"),
    (validate_language_tag, "english", "is not a language tag"),
    (validate_language_tag, "հայ", "is not a language tag"),
    (validate_language_tag, "hy\x00", "is not a language tag"),
    (validate_language_tag, "zh-Hans-Hant", "is not a language tag"),
    (validate_language_tag, "xx", "has an unknown part, “xx”"),
    (validate_language_tag, "az-Foob", "has an unknown part, “Foob”"),
    (validate_language_tag, "az-JJ", "has an unknown part, “JJ”"),
    (validate_language_tag, "de-1997", "has an unknown part, “1997”"),
    (validate_language_tag, "de-1996-1996", "has an unknown part"),
    (validate_language_tag, "az-latn", "write “az-Latn”"),
    (validate_language_tag, "AZ", "write “az”"),
    (validate_language_tag, "az_Latn", "write “az-Latn”"),
    (validate_language_tag, "aze", "write “az”"),
    (validate_language_tag, "iw", "write “he”"),
    (validate_language_tag, "ru-Cyrl", "write “ru”"),
    (validate_language_tag, "hy-x-mine", "extension or a private part"),
    (validate_language_tag, "x-mine", "extension or a private part"),
    (validate_language_tag, "en-u-ca-gregory", "extension or a private part"),
    (validate_language_tag, "a" * 5000, "longer than 35"),
    (validate_doi, "https://doi.org/10.1000/182", "from “10.” on"),
    (validate_doi, "doi:10.1000/182", "from “10.” on"),
    (validate_doi, "10.1000", "is not a DOI"),
    (validate_doi, "11.1000/182", "is not a DOI"),
    (validate_doi, "10.1000/a b", "is not a DOI"),
    (validate_doi, "10.1000/182\n", "is not a DOI"),
    (validate_doi, "10.1000/\x00", "is not a DOI"),
    (validate_doi, "10.1000/\ud800", "is not a DOI"),
    (validate_doi, "10.1000/" + "a" * 300, "longer than 255"),
    (validate_isbn, "9780306406158", "check digit"),
    (validate_isbn, "0-306-40615-3", "check digit"),
    (validate_isbn, "978030640615", "is not an ISBN"),
    (validate_isbn, "9770306406157", "is not an ISBN"),
    (validate_isbn, "978030640615X", "is not an ISBN"),
    (validate_isbn, "978--0306406157", "is not an ISBN"),
    (validate_isbn, "٩٧٨٠٣٠٦٤٠٦١٥٧", "is not an ISBN"),
    (validate_isbn, "", "is not an ISBN"),
    (validate_plain_text, "Şuşa\x00", "Character 5 is a control character (U+0000)"),
    (validate_plain_text, "\ud83d", "Character 1 is a control character (U+D83D)"),
    (validate_plain_text, "a\x1b[31m", "(U+001B)"),
    (validate_plain_text, "a\x7f", "(U+007F)"),
    (validate_plain_text, "a\x85", "(U+0085)"),
    (validate_url, "ftp://example.org/a", "begins with http:// or https://"),
    (validate_url, "javascript:alert(1)", "begins with http:// or https://"),
    (validate_url, "www.example.org", "begins with http:// or https://"),
    (validate_url, "https://", "begins with http:// or https://"),
    (validate_url, "https://example.org/a b", "begins with http:// or https://"),
    (validate_url, "https://example.org/\x00", "control character"),
    (validate_url, "https://example.org/\ud800", "control character"),
    (validate_url, "https://example.org/" + "a" * 3000, "begins with http:// or https://"),
    (validate_ascii_slug, "", "lower-case letters"),
    (validate_ascii_slug, "Shusha", "lower-case letters"),
    (validate_ascii_slug, "şuşa", "lower-case letters"),
    (validate_ascii_slug, "a_b", "lower-case letters"),
    (validate_ascii_slug, "a--b", "lower-case letters"),
    (validate_ascii_slug, "-a", "lower-case letters"),
    (validate_ascii_slug, "a\n", "lower-case letters"),
    (validate_ascii_slug, "a" * 81, "is 81 characters long"),
]

SHAPES = [
    ("hy", True),
    ("az-Latn", True),
    ("zh-Hant-TW", True),
    ("es-419", True),
    ("de-1996", True),
    ("sl-rozaj", True),
    ("AZ", False),
    ("az-latn", False),
    ("az_Latn", False),
    ("hy-x-mine", False),
    ("", False),
]


@pytest.mark.parametrize(("validate", "value"), RIGHT)
def test_validator_accepts_what_is_right(validate, value):
    assert validate(value) is None


@pytest.mark.parametrize(("validate", "value", "reason"), WRONG)
def test_validator_says_what_is_wrong_and_shows_a_right_example(validate, value, reason):
    with pytest.raises(ValidationError) as refusal:
        validate(value)
    assert reason in refusal.value.messages[0]
    assert re.search(r"Right (is|are): |are right", refusal.value.messages[0])


@pytest.mark.parametrize(("validate", "value", "reason"), WRONG)
def test_validator_message_can_be_stored_and_shown(validate, value, reason):
    with pytest.raises(ValidationError) as refusal:
        validate(value)
    validate_plain_text(refusal.value.messages[0])
    assert len(refusal.value.messages[0]) < 300


@pytest.mark.parametrize(("tag", "fits"), SHAPES)
def test_language_tag_pattern_knows_the_shape(tag, fits):
    assert bool(re.fullmatch(LANGUAGE_TAG_PATTERN, tag)) is fits


@pytest.mark.django_db
@pytest.mark.parametrize(("tag", "fits"), [*SHAPES, ("hy\n", False)])
def test_language_tag_pattern_reads_the_same_in_postgresql(tag, fits):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s ~ %s", [tag, LANGUAGE_TAG_PATTERN])
        assert cursor.fetchone() == (fits,)
