"""The entries of a corpus: what its files say, each with the place to name in an error."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.db.models import ForeignKey, Model

SUFFIXES = (".yaml", ".yml", ".json")
"""JSON is YAML too."""

APPS = ("sources", "chronicle")
"""Whose records a corpus has: no accounts, though records point to them."""

YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C, eight times as fast, wherever PyYAML was built with it."""


class CorpusError(Exception):
    """A file of a corpus cannot be read as it is; the message names the file, the record and what is wrong."""


@dataclass(frozen=True)
class Entry:
    """One row of a fixture: its model, its fields, and where it stands."""

    place: str
    model: type[Model]
    fields: dict[str, Any]


def entries(folder: Path) -> list[Entry]:
    """Return all entries of a folder and its subfolders, records before what points to them; refuse what is none."""
    if not folder.is_dir():
        raise CorpusError(f"There is no folder {folder}.")
    files = sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES and path.is_file())
    if not files:
        raise CorpusError(f"{folder} has no files that end in {', '.join(SUFFIXES)}.")
    found = [entry for path in files for entry in _entries_of(path, name=path.relative_to(folder).as_posix())]
    order = {model: place for place, model in enumerate(records_first())}
    return sorted(found, key=lambda entry: order[entry.model])


def _entries_of(path: Path, *, name: str) -> Iterator[Entry]:
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), Loader=YAML)  # noqa: S506  # both loaders are the safe ones
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CorpusError(f"{name} is not YAML in UTF-8: {error}") from error
    if not isinstance(rows, list):
        raise CorpusError(f"{name}: a fixture is a list of entries with model and fields.")
    for number, row in enumerate(rows, start=1):
        yield _entry(row, place=f"{name}, entry {number}")


def _entry(row: Any, *, place: str) -> Entry:
    if not isinstance(row, dict) or set(row) != {"model", "fields"} or not isinstance(row["fields"], dict):
        raise CorpusError(f"{place}: an entry has a model and fields, and nothing else: it is named by natural keys.")
    try:
        model = apps.get_model(row["model"])
    except (LookupError, ValueError) as error:
        raise CorpusError(f"{place}: there is no model {row['model']}.") from error
    if model not in records_first():
        raise CorpusError(f"{place}: {row['model']} is not part of a corpus.")
    known = {field.name for field in model._meta.concrete_fields if not field.primary_key and not field.generated}  # noqa: SLF001  # Django documents it
    for name in row["fields"]:
        if name not in known:
            raise CorpusError(f"{place} ({row['model']}): there is no field {name}.")
    return Entry(f"{place} ({row['model']})", model, row["fields"])


def records_first() -> list[type[Model]]:
    """Models of a corpus in an order in which each comes after those that it points to."""
    found: list[type[Model]] = []
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            _add_after_its_targets(model, found)
    return found


def _add_after_its_targets(model: type[Model], found: list[type[Model]]) -> None:
    is_ours = model._meta.app_label in APPS  # noqa: SLF001  # Django documents it
    if model in found or not is_ours or not hasattr(model, "natural_key"):
        return
    for field in model._meta.concrete_fields:  # noqa: SLF001  # Django documents it
        if isinstance(field, ForeignKey) and field.related_model is not model:
            _add_after_its_targets(field.related_model, found)
    found.append(model)
