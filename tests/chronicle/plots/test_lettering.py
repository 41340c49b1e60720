"""Words in a drawing: lines that have room, and runs of the other direction that stand apart."""

from chronicle.plots.lettering import lines, width, with_runs_isolated

ALEPH, ISOLATED = "אבג", "\u2068אבג\u2069"


def test_words_are_put_in_lines_that_have_room():
    found = lines("Ministry of Foreign Affairs of a Republic", room=120, size=12, most=5)

    assert found == ["Ministry of Foreign", "Affairs of a Republic"]
    assert all(width(line, 12) <= 120 for line in found)


def test_last_line_says_that_more_was_there():
    assert lines("one two three four five six", room=60, size=12, most=2) == ["one two", "three four…"]


def test_word_longer_than_a_line_is_cut_and_nothing_is_lost():
    word = "Rindfleischetikettierungsüberwachungsaufgabe"

    found = lines(word, room=80, size=12, most=20)

    assert "".join(found) == word
    assert all(width(line, 12) <= 80 for line in found)


def test_no_words_are_no_lines():
    assert lines("", room=80, size=12, most=2) == []


def test_run_of_the_other_direction_stands_apart_and_others_stay_as_they_are():
    assert with_runs_isolated("Report 2024") == "Report 2024"
    assert with_runs_isolated("Հայաստան, Азия") == "Հայաստան, Азия"
    assert with_runs_isolated(f"{ALEPH} (in Report 2024)") == f"{ISOLATED} (in Report 2024)"
    assert with_runs_isolated(f"by {ALEPH} 12 {ALEPH}, 2024") == f"by \u2068{ALEPH} 12 {ALEPH}\u2069, 2024"
