"""Invented words for texts, and names of places in four spellings, put together from syllables."""

from chronicle.corpus.making.chance import Chance

COMMON, UNCOMMON, RARE = "harbour", "lantern", "obelisk"
"""Three words of the language for measuring searches: in every 6th, every 250th and every 10,000th event."""

VOCABULARY = 20_000
"""How many invented words there are: by Zipf's law the first stands in most texts, most of them in few."""

_ONSETS = ("b", "br", "d", "dr", "f", "g", "gl", "k", "kl", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "tr", "v")
_VOWELS = ("a", "e", "i", "o", "u")
_CODAS = ("l", "m", "n", "r", "s", "t", "x", "nd", "rk", "lm")

# A syllable in English, Azerbaijani, Armenian and Russian letters.
_SYLLABLES = (
    ("ba", "ba", "բա", "ба"), ("go", "qo", "գո", "го"), ("da", "da", "դա", "да"), ("zan", "zən", "զան", "зан"),
    ("ta", "ta", "տա", "та"), ("li", "li", "լի", "ли"), ("kho", "xo", "խո", "хо"), ("ka", "ka", "կա", "ка"),
    ("mar", "mər", "մար", "мар"), ("ne", "ne", "նե", "не"), ("sha", "şa", "շա", "ша"), ("cho", "ço", "չո", "чо"),
    ("pi", "pi", "պի", "пи"), ("ro", "ro", "րո", "ро"), ("sur", "sur", "սուր", "сур"), ("vi", "vi", "վի", "ви"),
    ("yu", "yu", "յու", "ю"), ("gha", "ğa", "ղա", "га"), ("hu", "hu", "հու", "у"), ("jir", "cir", "ջիր", "джир"),
)  # fmt: skip
_ENDINGS = (
    ("li", "lı", "լու", "лы"), ("kend", "kənd", "քենդ", "кенд"), ("abad", "abad", "աբադ", "абад"),
    ("van", "van", "վան", "ван"), ("shen", "şen", "շեն", "шен"), ("dagh", "dağ", "դաղ", "даг"),
    ("lar", "lər", "լար", "лар"), ("tun", "tun", "տուն", "тун"), ("su", "su", "սու", "су"), ("k", "k", "կ", "к"),
)  # fmt: skip
SPELLINGS = ("en", "az-Latn", "hy", "ru")
"""The languages of a place's spellings, in their order."""


def word(rank: int) -> str:
    """Return the invented word of this rank, from 1; different ranks give different words."""
    rest, vowel = divmod(rank, len(_VOWELS))
    rest, onset = divmod(rest, len(_ONSETS))
    rest, coda = divmod(rest, len(_CODAS))
    rest, second = divmod(rest, len(_ONSETS))
    return f"{_ONSETS[onset]}{_VOWELS[vowel]}{_ONSETS[second]}{_VOWELS[rest % len(_VOWELS)]}{_CODAS[coda]}"


WORDS = tuple(word(rank) for rank in range(1, VOCABULARY + 1))


def text(chance: Chance, count: int) -> str:
    """Return so many invented words, in sentences of eight."""
    drawn = [WORDS[chance.ranked(VOCABULARY) - 1] for _ in range(count)]
    sentences = (" ".join(drawn[start : start + 8]).capitalize() for start in range(0, count, 8))
    return ". ".join(sentences) + "."


def measured_words(number: int) -> str:
    """Return those of the three words for measuring that an event's summary has, each a sentence."""
    words = ((COMMON, 6), (UNCOMMON, 250), (RARE, 10_000))
    return "".join(f" {word.capitalize()}." for word, every in words if number % every == every // 2)


def place(number: int, seed: int) -> tuple[str, ...]:
    """Return the name of a location in the four spellings; it follows from its number, so that nobody remembers it."""
    mixed = (number * 2_654_435_761 + seed * 40_503 + 977) % 2**32 // 7
    mixed, first = divmod(mixed, len(_SYLLABLES))
    mixed, second = divmod(mixed, len(_SYLLABLES))
    mixed, third = divmod(mixed, len(_SYLLABLES) * 2)
    parts = [_SYLLABLES[first], _SYLLABLES[second], *_SYLLABLES[third : third + 1], _ENDINGS[mixed % len(_ENDINGS)]]
    return tuple("".join(spelling).capitalize() for spelling in zip(*parts, strict=True))
