"""Encryption of archives by age (age-encryption.org/v1): streams of any length, under a passphrase.

A file begins with a key of its own, armoured, which the passphrase unlocks; what follows is encrypted to that key. So
the whole is never in memory, and both parts can be opened with the program `age` alone.
"""

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final

import pyrage

END_OF_KEY: Final = b"-----END AGE ENCRYPTED FILE-----\n"
LONGEST_KEY: Final = 4096
"""In how many bytes the key of an archive has to end."""


class WrongPassphraseError(Exception):
    """The passphrase does not open the file, or it is no archive, or it was changed or cut off on the way."""


class Pieces:
    """Pieces of bytes as a file that is read once."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.following, self.rest = iter(pieces), b""

    def read(self, size: int = -1) -> bytes:
        """Return up to so many bytes; none at the end."""
        while not self.rest:
            piece = next(self.following, None)
            if piece is None:
                return b""
            self.rest = piece
        taken, self.rest = (self.rest, b"") if size < 0 else (self.rest[:size], self.rest[size:])
        return taken


def lock(pieces: Iterable[bytes], passphrase: str, target: BinaryIO) -> None:
    """Write pieces into a file, encrypted under a passphrase."""
    key = pyrage.x25519.Identity.generate()
    target.write(pyrage.passphrase.encrypt(str(key).encode(), passphrase, armored=True))
    pyrage.encrypt_io(Pieces(pieces), target, [key.to_public()])


@contextmanager
def unlocked(source: BinaryIO, passphrase: str) -> Iterator[BinaryIO]:
    """Give what a file holds, as a file that is read once; WrongPassphraseError where it cannot be opened to its end.

    A thread decrypts into a pipe, so nothing is written anywhere in the clear. Whatever is read has been authenticated;
    that nothing is missing at the end, the content itself has to say.
    """
    key = _key(source, passphrase)
    reading, writing = os.pipe()
    failed: list[Exception] = []
    thread = threading.Thread(target=_decrypt, args=(source, writing, key, failed), daemon=True)
    thread.start()
    with os.fdopen(reading, "rb") as content:
        try:
            yield content
        except Exception as error:
            _end(content, thread)
            if failed:
                raise WrongPassphraseError(str(failed[0])) from error
            raise
        _end(content, thread)
    if failed:
        raise WrongPassphraseError(str(failed[0])) from failed[0]


def _end(content: BinaryIO, thread: threading.Thread) -> None:
    """Read what is left: the thread ends by itself then, and has failed for no reason of ours if it has failed."""
    while content.read(2**20):
        pass
    thread.join()


def _key(source: BinaryIO, passphrase: str) -> pyrage.x25519.Identity:
    wrapped, end, _rest = source.read(LONGEST_KEY).partition(END_OF_KEY)
    source.seek(len(wrapped + end))
    try:
        return pyrage.x25519.Identity.from_str(pyrage.passphrase.decrypt(wrapped + end, passphrase).decode())
    except (pyrage.DecryptError, pyrage.IdentityError, ValueError) as error:
        raise WrongPassphraseError(str(error)) from error


def _decrypt(source: BinaryIO, writing: int, key: pyrage.x25519.Identity, failed: list[Exception]) -> None:
    try:
        with os.fdopen(writing, "wb") as target:
            pyrage.decrypt_io(source, target, [key])
    except (OSError, pyrage.DecryptError) as error:
        failed.append(error)
