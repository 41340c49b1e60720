"""Take the README's pictures of readers' pages, as they are now, from a running site with the first corpus.

    make run
    python tools/take_pictures.py http://127.0.0.1:8000

They need Chromium on the PATH, and are written to docs/pictures.
"""

import shutil
import sys
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import sync_playwright

TARGET = Path(__file__).resolve().parent.parent / "docs/pictures"
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


class Picture(NamedTuple):
    """A page, as large as a screen; `top` is what stands at its upper edge."""

    name: str
    path: str
    top: str = "body"
    viewport: Any = WIDE
    scheme: Any = "light"


PICTURES = (
    Picture("event-wide", "/events/first-ceasefire-october-2020/"),
    Picture("event-narrow", "/events/first-ceasefire-october-2020/", viewport=PHONE, scheme="dark"),
    Picture("figures", "/events/losses-of-the-armenian-side-2020/", top=".editors-note"),
    Picture("timeline", "/timeline/?period=2020-10", top=".zoom"),
    Picture("map", "/map/?period=2020-10&at=39.9,46.4&zoom=8", top=".ways-around"),
    Picture("telling", "/telling/"),
)


def main(site: str) -> None:
    """Take every picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for picture in PICTURES:
            page = browser.new_page(viewport=picture.viewport, color_scheme=picture.scheme)
            page.goto(f"{site}{picture.path}", wait_until="networkidle")
            page.locator(picture.top).first.evaluate("part => part.scrollIntoView({behavior: 'instant'})")
            page.screenshot(path=TARGET / f"{picture.name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
