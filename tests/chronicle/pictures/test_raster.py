"""Drawings as pixels: letters of our own fonts, and no more pixels than there may be."""

import unicodedata
from io import BytesIO

import pytest
import yaml
from PIL import Image, ImageFont

from chronicle.pictures.raster import FILES, MOST_PIXELS, png
from tests.fixtures.corpus import KARABAKH, LOADER

EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}"><rect width="9" height="9"/>{}</svg>'
OTHERS = "שושה شوشا თბილისი „“”‘’…–—·«»№±≥½"


def size(picture: bytes) -> tuple[int, int]:
    return Image.open(BytesIO(picture)).size


@pytest.mark.parametrize(("width", "height", "pixels"), [(100, 50, (200, 100)), (756, 12_000, (501, 7968))])
def test_pictures_are_twice_as_large_but_for_those_that_have_no_end(
    width: int, height: int, pixels: tuple[int, int]
) -> None:
    found = size(png(EMPTY.format(width, height, "")))

    assert all(abs(one - other) <= 2 for one, other in zip(found, pixels, strict=True))
    assert found[0] * found[1] <= MOST_PIXELS * 1.01


def test_letters_come_from_our_own_fonts_whatever_the_drawing_names() -> None:
    text = '<text y="20" font-family="No Such Font, sans-serif" font-weight="{}">Շուշի שושה</text>'

    drawn = {weight: png(EMPTY.format(100, 50, text.format(weight))) for weight in (400, 600)}

    assert len({png(EMPTY.format(100, 50, "")), *drawn.values()}) == 3


@pytest.mark.parametrize("file", FILES)
def test_fonts_have_every_letter_of_the_first_corpus(file: str) -> None:
    font = ImageFont.truetype(file, 20)
    nothing = bytes(font.getmask("\U0010ffff"))

    missing = {letter for letter in letters() if bytes(font.getmask(letter)) == nothing}

    assert nothing
    assert missing == set()


def letters() -> set[str]:
    words = "".join(
        str(value)
        for path in sorted(KARABAKH.glob("*.yaml"))
        for entry in yaml.load(path.read_text("utf-8"), Loader=LOADER)
        for value in entry["fields"].values()
    )
    return {letter for letter in words + OTHERS if unicodedata.category(letter)[0] in "LNPS"}
