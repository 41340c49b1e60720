"""Files of the interface under addresses that change with what is in them, so that browsers keep them for good.

Every address has one folder more than the file, named after all files together: links from style sheets to pictures
beside them stay right. Without that folder the same files are there too, for a minute at a time.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware

FOLDER = re.compile(r"v-[0-9a-f]{16}/")


@lru_cache(maxsize=1)
def version() -> str:
    """Return the name of the folder, the same in every process of a release."""
    found = [file for finder in finders.get_finders() for file in finder.list([])]
    return f"v-{digest((name, Path(storage.path(name))) for name, storage in found)}"


def digest(files: Iterable[tuple[str, Path]]) -> str:
    """Return 16 digits that are others when a name or the contents of a file are."""
    told = hashlib.blake2b(digest_size=8)
    for name, path in sorted(files):
        told.update(name.encode() + hashlib.blake2b(path.read_bytes()).digest())
    return told.hexdigest()


class VersionedStorage(StaticFilesStorage):
    """Gives every file its address with the folder; while developing, without."""

    def url(self, name: str | None) -> str:
        """Return the address of a file."""
        return super().url(name if settings.DEBUG else f"{version()}/{name}")


class VersionedFinder(finders.BaseFinder):
    """Finds the files by their addresses with the folder, for whatever serves files without our middleware."""

    def find(self, path: str, find_all: bool = False, **__: Any) -> Any:  # noqa: FBT001, FBT002 -- Django's
        """Return where the file lies, by the other finders."""
        folder, _, name = path.partition("/")
        if folder != version():
            return []
        return (finders.find(name, find_all=True) if find_all else finders.find(name)) or []

    def list(self, ignore_patterns: Any) -> Iterator[Any]:  # noqa: ARG002 -- Django's
        """Return nothing: the other finders list every file."""
        return iter(())


class StaticFiles(WhiteNoiseMiddleware):
    """Serves every file under both its addresses; the one with the folder never changes what it says."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve a file, for pages of an older release the one that there is now, or pass the request on."""
        path = request.path_info
        if path not in self.files and path.startswith(self.static_prefix):
            file = self.files.get(FOLDER.sub("", path, count=1))
            if file is not None:
                return self.serve(file, request)
        return super().__call__(request)

    def add_file_to_dictionary(self, url: str, path: str, stat_cache: Any = None) -> None:
        """Keep a file under both addresses."""
        super().add_file_to_dictionary(url, path, stat_cache)
        super().add_file_to_dictionary(self._versioned() + url.removeprefix(self.static_prefix), path, stat_cache)

    def immutable_file_test(self, path: str, url: str) -> bool:  # noqa: ARG002 -- WhiteNoise's
        """Return whether what is at the address stays as it is."""
        return url.startswith(self._versioned())

    def _versioned(self) -> str:
        return f"{self.static_prefix}{version()}/"
