"""Make the two fonts of pictures: the letters of the scripts that names here are written in, of DejaVu Sans Condensed.

    pip install fonttools==4.60.1
    python tools/make_fonts.py dejavu-fonts-ttf-2.37/ttf

The folder is that of the fonts' release 2.37. A picture of a plot has to look alike on every machine, whatever fonts
that has. For a chronicle in another script, add its block to BLOCKS and commit what comes out.
"""

import argparse
from pathlib import Path

from fontTools import subset

NAMES = ("DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf")
TARGET = Path(__file__).resolve().parent.parent / "chronicle/pictures/fonts"
BLOCKS = (
    (0x0020, 0x024F),  # Latin
    (0x0259, 0x0259),  # ə, which Azerbaijani is written with
    (0x0300, 0x03FF),  # accents, Greek
    (0x0400, 0x052F),  # Cyrillic
    (0x0531, 0x058F),  # Armenian
    (0x0590, 0x06FF),  # Hebrew, Arabic
    (0x0750, 0x077F),  # Arabic of other languages
    (0x10A0, 0x10FF),  # Georgian
    (0x1E00, 0x1EFF),  # more of Latin
    (0x2010, 0x206F),  # punctuation, isolates
    (0x20A0, 0x20BF),  # currencies
    (0x2116, 0x2116),  # №
    (0x2190, 0x2193),  # arrows
    (0x2212, 0x2212),  # minus
    (0x2248, 0x2265),  # about, more, less
    (0x25A0, 0x25FF),  # what stands for a letter that is not there
    (0xFB1D, 0xFDFF),  # forms of Hebrew and Arabic
    (0xFE70, 0xFEFC),
    (0xFFFD, 0xFFFD),
)


def main() -> None:
    """Read the fonts and write what is needed of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the fonts of the release are")
    folder = parser.parse_args().folder
    letters = [letter for first, last in BLOCKS for letter in range(first, last + 1)]
    for name in NAMES:
        write(folder / name, TARGET / name, letters)


def write(source: Path, target: Path, letters: list[int]) -> None:
    """Write a font with these letters, and with all that joins and places them."""
    options = subset.Options(layout_features=["*"], hinting=False, desubroutinize=True, notdef_outline=True)
    font = subset.load_font(str(source), options)
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=letters)
    chosen.subset(font)
    subset.save_font(font, str(target), options)


if __name__ == "__main__":
    main()
