"""Runs each race so many times: `python -m tests.chronicle.walls 1000`."""

import importlib
import sys
from pathlib import Path

import pytest


class Rounds:
    """Sets the number of rounds when Django is ready."""

    def __init__(self, rounds: int) -> None:
        self.rounds = rounds

    def pytest_collection_finish(self) -> None:
        importlib.import_module("tests.chronicle.walls.races").ROUNDS = self.rounds


sys.exit(
    pytest.main([str(Path(__file__).with_name("test_races.py")), "-v", "--durations=10"], [Rounds(int(sys.argv[1]))])
)
