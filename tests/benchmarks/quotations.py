"""How long it takes to find a quotation in a text of three million characters.

    python -m tests.benchmarks.quotations

The text is made of made-up words; a tenth of its spaces are ends of lines. Printed are, for quotations of every length
and in every state, the median and the longest of the processor's milliseconds, and once how long the text took to be
made ready, which is done once for all quotations of a document.
"""

import os
import random
import time
from collections.abc import Callable
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chronicle.settings")
django.setup()

from sources.quotations import Quotation, Text, find, quotation_at  # noqa: E402 -- needs Django's translations

SIZE = 3_000_000
ROUNDS = 9
LENGTHS = (30, 100, 400, 1000)
LETTERS = "abcdefghijklmnoprstuvyzəışçğöü"


def text_of(chance: random.Random) -> str:
    vocabulary = ["".join(chance.choices(LETTERS, k=chance.randint(2, 11))) for _ in range(20_000)]
    words = chance.choices(vocabulary, k=SIZE // 7)
    return "".join(word + chance.choice("\n         ") for word in words)[:SIZE]


def replaced_word(words: str, chance: random.Random) -> str:
    parts = words.split()
    parts[chance.randrange(len(parts))] = "replaced"
    return " ".join(parts)


def shuffled(words: str, chance: random.Random) -> str:
    return "".join(chance.sample(words, len(words)))


CASES: dict[str, Callable[[str, random.Random], str]] = {
    "exact": lambda words, _: words,
    "normalised": lambda words, _: " ".join(words.split()),
    "changed": replaced_word,
    "missing": shuffled,
}


def measured(text: Text, quotation: Quotation) -> tuple[float, str]:
    begun = time.process_time()
    finding = find(quotation, text)
    return (time.process_time() - begun) * 1000, finding.state


def main() -> None:
    chance = random.Random(7)
    text = Text(text_of(chance))
    begun = time.process_time()
    _ = text.normalised
    print(f"made ready: {len(text.text):,} characters in {(time.process_time() - begun) * 1000:.0f} ms")
    print(f"{'length':>8} {'quotation':<12} {'median ms':>10} {'longest ms':>11}  states")
    for length in LENGTHS:
        for name, change in CASES.items():
            starts = [chance.randrange(SIZE - length) for _ in range(ROUNDS)]
            quotations = [Quotation(change(text.text[start : start + length], chance)) for start in starts]
            print(row(length, name, [measured(text, one) for one in quotations]))
        starts = [chance.randrange(SIZE - length) for _ in range(ROUNDS)]
        print(row(length, "with context", [measured(text, quotation_at(text.text, s, s + length)) for s in starts]))


def row(length: int, name: str, results: list[tuple[float, str]]) -> str:
    times = [taken for taken, _ in results]
    states = ", ".join(sorted({state for _, state in results}))
    return f"{length:>8} {name:<12} {median(times):>10.1f} {max(times):>11.1f}  {states}"


if __name__ == "__main__":
    main()
