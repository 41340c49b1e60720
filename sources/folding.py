"""Folding: every spelling of a name to one search key, as a single SQL function.

`functions.folded(text)` answers "might these two spellings be one name?" and is used by generated columns and by
queries alike, so the rule exists once, in PostgreSQL. It is a key to search by and to sort by, not a transliteration
standard and never shown: where standards differ (BGN/PCGN, ISO 9, the Azerbaijani spelling in English) it takes the
spelling that meets most others. The principles:

- One key for one sound in the usual English spelling: ш շ შ š ş are sh, ч չ ճ ჩ ç č are ch, х խ ხ x are kh, ж ժ ž zh,
  ц ծ ց ts, ձ ძ dz, я ya, ю yu. ğ ғ ղ ღ and gh are all g, so that Ağdam, Aghdam, Agdam and Агдам meet. дж, dzh, dj and
  ջ are j. q is k, as in Turkish and Russian (Qarabağ, Karabağ).
- The letters of one language in two scripts meet: Azerbaijani Cyrillic ә ғ ҝ ҹ ө ү һ ј are ə ğ g c ö ü h y.
- ə is a (Əliyev, Aliyev), but in *kənd* ("settlement"), which English and Russian write kend: Xankəndi, Khankendi.
- ı, ы, й and y inside a word are i, and ii is i: Aliyev and Алиев, Sargsyan and Sargsian, Xocalı and Xocali.
- At the start of a word Cyrillic and Armenian е/ե is ye and ո is vo: Yerevan, Ереван, Երևան.
- Other accents go (ö, ü, é). Apostrophes, dots, soft and hard signs go; other punctuation is a blank. Digits stay.

What cannot meet, since a letter does not tell its language: Latin c is left alone (j in Azerbaijani, k or s elsewhere:
Gəncə does not meet Ganja), Azerbaijani q is not g (Qubadlı, Gubadli), ə is not e (Zəngilan, Zengilan), Russian г is
not h (Гадрут, Hadrut), French ç becomes ch. Trigram similarity is for those.
Scripts without a rule are kept as written.

The function is strict, immutable and one nested expression over strict functions of `pg_catalog`, so that PostgreSQL
inlines it; nothing in it looks at search_path or at an extension, and it uses no backslash.
What parts words is written down (`sources.parting`), and small letters are those of the database, which is in UTF-8
with the letters of Unicode (locale C.UTF-8): by PostgreSQL's own tables, or before 17 by the C library's. The two were
compared for every code point and differ in none older than Unicode 15, so keys are the same on PostgreSQL 15 to 18.
Stored keys do not follow a changed rule: a migration that replaces the function rewrites the generated columns and
expression indexes that use it.
"""

from typing import Final

from django.db import connection
from django.db.models import Func, TextField

from sources.parting import PARTING

# Marks that make another letter, after decomposition: cedilla and comma below are both typed for ş, caron is š.
_CEDILLA, _COMMA_BELOW, _CARON, _BREVE = "\u0327", "\u0326", "\u030c", "\u0306"

# Dropped without a blank: accents, apostrophes and their look-alikes, dots, Armenian stress marks, invisible
# format characters. A blank before an accent goes with it: ´ decomposes into the two.
_DROPPED: Final = (
    "\u0300-\u036f"  # combining marks
    "''`.\u02b0-\u02ff\u2018-\u201b\u2032\u055a-\u055f"  # apostrophes (one doubled for SQL), primes, Armenian stress
    "\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"  # soft hyphen, joiners, directions
)

# One letter for one letter. Capitals stand for the two or three letters of _SPELLED: the text is lower case by then.
_LETTERS: Final = (
    # Latin without a decomposition
    ("əǝıøđðłæœþßħŋx", "aaioddlEOHBhnX"),
    # Cyrillic: Russian, with the letters given up in 1918
    ("абвгдежзийклмнопрстуфхцчшщыэюяіѣѳѵ", "abvgdeZziyklmnoprstufXTCSWieUAiefi"),
    # Cyrillic: Azerbaijani, Ukrainian, Serbian, Central Asian
    ("әғҝҹөүһјґєђћџљњқңұҳҷ", "aggcouhygedcjlnknuhj"),
    # Armenian
    ("աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ", "abgdezeetZilXTkhDgCmynSoCpjrsvtrTvpkof"),
    # Georgian
    ("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ", "abgdevztiklmnopZrstupkgkSCTDTCXjh"),
    # q as the k of its neighbours
    ("q", "k"),
)
_LETTERS_OF_DATABASE: Final = 'pg_catalog."default"'
_SIGNS: Final = "ьъ"  # soft and hard: no letter of their own

_SPELLED: Final = (
    ("S", "sh"),
    ("C", "ch"),
    ("X", "kh"),
    ("Z", "zh"),
    ("T", "ts"),
    ("D", "dz"),
    ("W", "shch"),
    ("U", "yu"),
    ("A", "ya"),
    ("E", "ae"),
    ("O", "oe"),
    ("H", "th"),
    ("B", "ss"),
)


def _translated(expression: str, letters: str, others: str) -> str:
    return f"pg_catalog.translate({expression}, '{letters}', '{others}')"


def _replaced(expression: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        expression = f"pg_catalog.replace({expression}, '{old}', '{new}')"
    return expression


def _bare(expression: str) -> str:
    """Lower case, without accents and punctuation, words parted by one blank and one blank in front."""
    text = f"pg_catalog.lower(pg_catalog.normalize({expression} COLLATE {_LETTERS_OF_DATABASE}, 'NFKD'))"
    text = _translated(text, _CEDILLA + _COMMA_BELOW, _CARON * 2)
    text = _replaced(text, ("s" + _CARON, "S"), ("c" + _CARON, "C"), ("z" + _CARON, "Z"), ("и" + _BREVE, "й"))
    text = f"pg_catalog.regexp_replace({text}, ' ?[{_DROPPED}]+', '', 'g')"
    text = f"pg_catalog.regexp_replace({text}, '[{PARTING}]+', ' ', 'g')"
    return f"pg_catalog.ltrim(pg_catalog.textcat(' ', {text}))"


def _latin(expression: str) -> str:
    """The letters of every script, and of every language in Latin script, in plain Latin ones."""
    text = f"pg_catalog.textcat(' ', {expression})"
    text = _replaced(text, ("ու", "u"), (" ո", " vo"), (" ե", " ye"), (" е", " ye"), (" є", " ye"))
    letters, others = ("".join(part) for part in zip(*_LETTERS, strict=True))
    text = _translated(text, letters + _SIGNS, others)
    return _replaced(text, *_SPELLED)


def _met(expression: str) -> str:
    """The spellings of one sound that a single letter cannot decide."""
    text = _replaced(expression, ("dzh", "j"), ("dj", "j"), ("gh", "g"), ("kand", "kend"), (" y", " Y"))
    text = _replaced(_translated(text, "yY", "iy"), ("ii", "i"))
    return f"pg_catalog.btrim({text})"


CREATE_FOLDED: Final = f"""\
CREATE OR REPLACE FUNCTION functions.folded(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $folded$ SELECT {_met(_latin(_bare("$1")))} $folded$;
COMMENT ON FUNCTION functions.folded(text) IS 'One key for every spelling of a name';
"""

DROP_FOLDED: Final = "DROP FUNCTION IF EXISTS functions.folded(text);"


class Folded(Func):
    """The search key of a name: `GeneratedField(expression=Folded("name"), …)`, `filter(key=Folded(Value(words)))`."""

    function = "functions.folded"
    arity = 1
    output_field = TextField()


def folded_text(text: str) -> str:
    """Return the key of a text, in Latin letters where its script has a rule; asks the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT functions.folded(%s)", [text])
        (key,) = cursor.fetchone()
    return str(key)
