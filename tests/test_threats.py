"""docs/threats.md names the tests and drills that keep it true: all of them exist, and no drill goes unnamed."""

import re

from django.conf import settings

from tests.trust.listed import DRILLS

PAGE = (settings.BASE_DIR / "docs" / "threats.md").read_text(encoding="utf-8")


def test_every_test_that_is_named_exists() -> None:
    named = re.findall(r"`(tests/[\w/.]+|test_\w+\.py)`", PAGE)

    gone = [
        name
        for name in named
        if not (settings.BASE_DIR / name).exists() and not list((settings.BASE_DIR / "tests").rglob(name))
    ]
    assert len(named) > 10
    assert gone == []


def test_drills_that_are_named_are_those_that_there_are() -> None:
    table = PAGE.partition("## What is tried")[2]
    named = re.findall(r"^\| `([^`]+)` \|", table, flags=re.MULTILINE)

    assert set(named) == set(DRILLS)
