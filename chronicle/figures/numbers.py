"""Numbers in digits and in English words: "3,773", "1.5 million", "one hundred and six", "half a million"."""

import re
from dataclasses import dataclass
from decimal import Decimal
from math import prod

_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = [
    "ten",
    "eleven",
    "twelve",
    *(f"{word}teen" for word in ("thir", "four", "fif", "six", "seven", "eigh", "nine")),
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = (
    {word: value for value, word in enumerate([*_ONES, *_TEENS], start=1)}
    | {word: value for value, word in zip(range(20, 100, 10), _TENS, strict=True)}
    | {"a": 1}
)

_SCALE = "|".join(_SCALES)
_BELOW_100 = rf"(?:(?:{'|'.join(_TENS)})(?: (?:{'|'.join(_ONES)}))?|{'|'.join(_TEENS)}|{'|'.join(_ONES)})"
_BELOW_1000 = rf"(?:(?:{_BELOW_100}|a) hundred(?:(?: and)? {_BELOW_100})?|{_BELOW_100})"
_GROUPS = "".join(rf"(?:(?:{_BELOW_1000}|a) {scale}(?: |$))?" for scale in ("billion", "million", "thousand"))
_IN_WORDS = re.compile(rf"(?=\S){_GROUPS}(?:(?:(?<=\w )and )?{_BELOW_1000})?")

_GROUPED = r"[1-9]\d{0,2}(?:(?P<separator>[ ,'’])\d{3})(?:(?P=separator)\d{3})*"
_IN_DIGITS = re.compile(rf"({_GROUPED}|\d+)(\.\d+)?((?: (?:{_SCALE}))*)", re.ASCII)
_HALF = re.compile(rf"(?:half|(one|three) quarters? of|(a) quarter of) a (dozen|{_SCALE})")
_AND_A_HALF = re.compile(rf"(.+?) and a half ({_SCALE})|a ({_SCALE}) and a half")
_DOZEN = re.compile(r"(.+) dozen")


@dataclass(frozen=True)
class Number:
    """A number that was read, and the scale word it ended on ("60 thousand": 1,000)."""

    value: Decimal
    scale: int = 1


def read_number(words: str) -> Number | None:
    """The number that lower-case words with single blanks give as a whole; None if they give none."""
    words = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", words)
    return _in_digits(words) or _in_words(words) or _in_parts(words)


def _in_digits(words: str) -> Number | None:
    found = _IN_DIGITS.fullmatch(words)
    if not found:
        return None
    whole, _, decimals, scales = found.groups()  # the separator is between
    value = Decimal(re.sub(r"\D", "", whole) + (decimals or ""))
    scale = prod(_SCALES[word] for word in scales.split())
    if scale == 1:
        return Number(value)
    value *= scale
    return Number(value.to_integral_value() if value == value.to_integral_value() else value, scale)


def _in_words(words: str) -> Number | None:
    if words == "zero":
        return Number(Decimal(0))
    if not _IN_WORDS.fullmatch(words) or words.endswith(" and"):
        return None
    total = group = 0
    parts = words.replace(" and ", " ").split()
    for part in parts:
        if part == "hundred":
            group *= 100
        elif part in _SCALES:
            total, group = total + group * _SCALES[part], 0
        else:
            group += _VALUES[part]
    return Number(Decimal(total + group), _SCALES.get(parts[-1], 1))


def _in_parts(words: str) -> Number | None:
    """Halves, quarters and dozens."""
    if found := _HALF.fullmatch(words):
        quarters = {"one": 1, "a": 1, "three": 3}.get(found[1] or found[2], 2)
        return Number(Decimal(quarters) * (_SCALES | {"dozen": 12})[found[3]] / 4)
    if found := _AND_A_HALF.fullmatch(words):
        scale = _SCALES[found[2] or found[3]]
        count = read_number(found[1]) if found[1] else Number(Decimal(1))
        return Number((count.value + Decimal("0.5")) * scale, scale) if count else None
    if found := _DOZEN.fullmatch(words):
        count = Number(Decimal(1)) if found[1] == "a" else read_number(found[1])
        return Number(count.value * 12) if count else None
    return None


def wrong_separator(words: str) -> str | None:
    """Why digits with separators are no number in English, if that is what is wrong."""
    if re.search(r"\d\.\d{3}\.\d{3}", words):
        return "a comma or a blank separates thousands, a dot is a decimal point"
    if re.search(r"\d[,'’]\d", words):
        return "a comma separates thousands, in threes; a dot is a decimal point"
    return None
