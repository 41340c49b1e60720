"""What the timeline says of what it cannot draw, and whose dates it draws."""

from chronicle.sentences import timelines
from chronicle.timeline import LEVELS


def test_undated_events_are_counted_in_words():
    assert timelines.undated(1, is_more=False) == "1 event is filed under no date."
    assert timelines.undated(2, is_more=False) == "2 events are filed under no date."
    assert timelines.undated(1000, is_more=True) == "More than 1000 events are filed under no date."


def test_documents_of_a_date_are_named_as_far_as_there_is_room():
    assert timelines.documents("Bayramov 2021", 0) == "Bayramov 2021"
    assert timelines.documents("Bayramov 2021", 2) == "Bayramov 2021 and 2 more"
    assert timelines.dated_by("Bayramov 2021", "") == "Bayramov 2021"
    assert timelines.dated_by("Bayramov 2021", "when they met") == "Bayramov 2021 (when they met)"


def test_side_on_which_a_date_lies_is_said():
    assert (timelines.lies_outside("start"), timelines.lies_outside("end")) == ("earlier", "later")


def test_every_level_has_words_for_what_it_counts():
    assert tuple(timelines.WITHIN) == LEVELS
    assert tuple(timelines.IN_NO_PART) == LEVELS[:-1]
