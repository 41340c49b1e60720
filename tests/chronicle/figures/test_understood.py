import pytest

from chronicle.figures import parse_figure
from chronicle.figures.understood import understood_figure


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("more than 80", "from 81 without an upper end, counted in persons"),
        ("3773", "exactly 3,773, counted in persons"),
        ("none", "exactly 0, counted in persons"),
        ("up to 20,000", "from 0 to 20,000, counted in persons"),
        ("7000 to 8000", "from 7,000 to 8,000, counted in persons"),
        ("about 300", "300, approximate: compared with 10 % either way, counted in persons"),
        ("(,20]", "to 20, counted in persons"),
    ],
)
def test_figure_is_told_as_it_was_understood(typed: str, words: str) -> None:
    assert understood_figure(parse_figure(typed), "persons", is_whole=True) == f"understood as: {words}"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("more than 80", "from just over 80 without an upper end, measured in km²"),
        ("less than 2.5", "from 0 to just under 2.5, measured in km²"),
    ],
)
def test_measured_figure_keeps_its_open_end(typed: str, words: str) -> None:
    figure = parse_figure(typed, counts_whole_things=False)

    assert understood_figure(figure, "km²", is_whole=False) == f"understood as: {words}"


def test_figure_without_a_known_unit_is_told_without_one() -> None:
    assert understood_figure(parse_figure("80"), "", is_whole=True) == "understood as: exactly 80"
