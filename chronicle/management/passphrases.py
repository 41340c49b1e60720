"""Passphrases of operators: typed, or in a file; never an argument, which every process of the machine could read."""

from argparse import ArgumentParser
from getpass import getpass
from pathlib import Path

from django.core.management.base import CommandError

SHORTEST = 12
"""How many characters a new passphrase has at least, as passwords of curators do."""


def add_passphrase(parser: ArgumentParser) -> None:
    """Let a command take the file in which a passphrase stands."""
    parser.add_argument(
        "--passphrase-file", type=Path, help="a file with the passphrase in its first line; without it, it is asked for"
    )


def passphrase(file: Path | None, *, is_new: bool = False) -> str:
    """Return the passphrase; CommandError where there is none, or where a new one is too short or typed in two ways."""
    words = _first_line(file) if file else getpass("Passphrase: ")
    if is_new and len(words) < SHORTEST:
        raise CommandError(f"Take a passphrase of at least {SHORTEST} characters, such as six words by chance.")
    if is_new and not file and getpass("Once more: ") != words:
        raise CommandError("The two are not the same. Try again.")
    return words


def _first_line(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"The passphrase cannot be read: {error}") from error
