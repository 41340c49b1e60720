"""Files that are made to harm: bombs, wrong types, halves and noise are refused with a message, in bounded memory."""

import random
import resource
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from chronicle.imports.reading import read_file
from chronicle.imports.said import Said
from chronicle.imports.sheets import LARGEST
from chronicle.imports.tables import UnreadableError as UnreadableSheetError
from chronicle.models import Event
from sources.fulltexts import Limits, UnreadableError, extract
from sources.fulltexts.limits import MEGABYTE
from tests.sources.fulltexts import files
from tests.trust.drills import Drill, Seen

SMALL = Limits(unpacked_bytes=5 * MEGABYTE, seconds=20, memory=400 * MEGABYTE)
MOST_RESIDENT = 400 * MEGABYTE
"""What a process that reads may hold in memory: no more than its address space."""

WORDS_OF_REFUSAL = 15


class Limit:
    """What the files of a drill may take; a fault sets it wrong."""

    now = SMALL
    largest = 5 * MEGABYTE


def workbook_bomb(megabytes: int) -> bytes:
    """A workbook of which one part is much larger unpacked."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/sharedStrings.xml", " " * (megabytes * MEGABYTE))
    return out.getvalue()


def noise(dice: random.Random) -> bytes:
    """Bytes by chance behind a beginning that promises a type."""
    return dice.choice(HEADS) + dice.randbytes(dice.randrange(20_000))


def half(dice: random.Random) -> bytes:
    """A sound file, of which the end is missing or a few bytes are others."""
    sound = bytearray(dice.choice((files.pdf("One", "Two"), files.docx("Text"), files.jpeg())))
    if dice.random() < 0.5:
        return bytes(sound[: dice.randrange(1, len(sound))])
    for _ in range(20):
        sound[dice.randrange(len(sound))] = dice.randrange(256)
    return bytes(sound)


HEADS = (b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"<html>", b"{\\rtf1", b"MZ", b"")
Maker = Callable[[random.Random], bytes]
DEPOSITED: dict[str, Maker] = {
    "noise": noise,
    "half a file": half,
    "bursting DOCX": lambda dice: files.bursting_docx(dice.choice((20, 50))),
    "entities": lambda dice: files.docx("Text", head=files.LAUGHS),
    "half a file again": half,
    "bursting PDF": lambda dice: files.bursting_pdf(300),
    "noise again": noise,
    "too many pixels": lambda dice: files.png_of_many_pixels(20_000),
    "nested HTML": lambda dice: b"<html>" + b"<div>" * 100_000,
}
REFUSED_ALWAYS = ("bursting DOCX", "entities")
"""Kinds of which nothing may be read: of others the harmless part may be."""


def attack(rounds: int) -> Seen:
    """Deposit and import so many hostile files, one of each kind after the other."""
    dice, seen, refused = random.Random(2020), Seen(rounds=rounds), 0
    kinds = [*DEPOSITED, "workbook"]
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(rounds):
            kind = kinds[(turn * 3 + 2) % len(kinds)]
            told = imported(dice) if kind == "workbook" else deposited(DEPOSITED[kind](dice), Path(folder))
            refused += told is not None
            if told is None and kind in (*REFUSED_ALWAYS, "workbook"):
                seen.found.append(f"{kind} was read")
            if told is not None and (len(told) < WORDS_OF_REFUSAL or "Traceback" in told):
                seen.found.append(f"{kind}: {told}")
    held, own = (resource.getrusage(who).ru_maxrss * 1024 for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF))
    if held > max(MOST_RESIDENT, own):  # Linux counts what a process held before it became another program
        seen.found.append(f"a process that reads held {held // MEGABYTE} MB")
    seen.figures = {"refused": refused, "MB held by readers": held // MEGABYTE, "by the drill": own // MEGABYTE}
    return seen


def deposited(content: bytes, folder: Path) -> str | None:
    """Read a file as a deposit is; return what is told of it, if it is refused."""
    try:
        extract(files.written(folder, content), Limit.now)
    except UnreadableError as error:
        return str(error)
    return None


def imported(dice: random.Random) -> str | None:
    """Read a workbook, a list or a bibliography as an import does."""
    name, content = dice.choice(
        (("x.xlsx", workbook_bomb(20)), ("x.xlsx", noise(dice) or b"x"), ("x.json", b"[" * 100_000), ("x.json", b"{"))
    )
    try:
        read_file(name, content, Said(model=Event), largest=Limit.largest)
    except UnreadableSheetError as error:
        return str(error)
    return None


@contextmanager
def unlimited() -> Iterator[None]:
    """A reader that unpacks whatever it is given."""
    before = Limit.now
    Limit.now = replace(before, unpacked_bytes=LARGEST, memory=2000 * MEGABYTE)
    try:
        yield
    finally:
        Limit.now = before


DRILL = Drill("files", attack, unlimited, promised=500, few=10, enough=1)
