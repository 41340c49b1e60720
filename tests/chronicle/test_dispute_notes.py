"""The editors' notes on disputes: what becomes of them on the way to readers and back."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from chronicle.editions import differences, read
from chronicle.editions.differences import whole
from chronicle.models import DisputeNote, Edition, Event
from chronicle.publication import Note, publish, withdraw, withhold
from chronicle.worklists import WORKLISTS
from sources.models import Document
from tests import factories as make
from tests.chronicle.views.reading import main, text

pytestmark = pytest.mark.usefixtures("published")

WORDS = "The one dates the meeting, the other the signing."


def contested(words: str = WORDS) -> tuple[Event, list[Document]]:
    """A public event of which two documents give two dates, with a note if there are words for one."""
    event, documents = make.event(), [make.document(), make.document()]
    for document, day in zip(documents, ("2020-10-09", "2020-10-10"), strict=True):
        make.citation(event, document, aspect="date", asserted_date_edtf=day, date_of="whole")
    make.citation(event)
    if words:
        event.dispute_notes.create(aspect="date", text=words, written_on="2026-05-31")
    publish([event])
    return event, documents


def rewritten(event: Event, words: str) -> None:
    event.dispute_notes.update(text=words)
    publish([event])


def of_editions(event: Event, *numbers: int) -> Any:
    editions = Edition.objects.using("published").filter(event=event.pk)
    return differences(*(read(editions.get(number=number)) for number in numbers))


def wanting() -> list[Event]:
    (chosen,) = [each for each in WORKLISTS if each.name == "without-note"]
    return list(chosen.narrowed(Event.objects.order_by("pk"), ()))


def table(client: Client) -> str:
    """What readers may have of the notes as a table."""
    return b"".join(client.get("/data/disputenote.csv").streaming_content).decode("utf-8-sig")


def test_note_stands_with_its_dispute_dated_and_signed_and_marked_as_the_editors(client: Client) -> None:
    make.masthead(editorial_body="Its editors")
    event, _ = contested()

    page, listed = (client.get(address) for address in (event.get_absolute_url(), "/disputes/"))

    assert f"The editors’ note {WORDS} Its editors, 31 May 2026" in text(page)
    assert main(page).index('id="date"') < main(page).index(WORDS) < main(page).index('id="description"')
    assert f"The editors’ note {WORDS} 31 May 2026" in text(listed)


def test_note_is_written_as_text_and_never_as_markup(client: Client) -> None:
    event, _ = contested("<b>One</b> & the other.\n\nSecond paragraph.")

    page = main(client.get(event.get_absolute_url()))

    assert "<p>&lt;b&gt;One&lt;/b&gt; &amp; the other.</p>" in page
    assert "<p>Second paragraph.</p>" in page


def test_readers_see_a_note_by_publishing_alone(client: Client) -> None:
    event, _ = contested()
    event.dispute_notes.update(text="Reworked.")
    assert WORDS in text(client.get(event.get_absolute_url()))
    assert "Reworked." not in text(client.get(event.get_absolute_url()))

    publish([event])

    assert "Reworked." in text(client.get(event.get_absolute_url()))
    assert WORDS in text(client.get(f"{event.get_absolute_url()}editions/1/"))


def test_note_on_what_no_public_document_speaks_of_stays_at_the_desk(client: Client) -> None:
    event, _ = contested()
    event.dispute_notes.create(aspect="killed", text="Nobody counts them.", written_on="2026-05-31")
    publish([event])

    assert [note.aspect for note in DisputeNote.objects.using("published").filter(event=event.pk)] == ["date"]
    assert "Nobody counts them." not in table(client)


def test_editions_are_compared_word_by_word() -> None:
    event, _ = contested()
    rewritten(event, "The one dates the meeting, the other the vote.")

    (change,) = of_editions(event, 1, 2).fields

    assert change.label == "Editors’ note: date"
    assert [part.text for part in change.parts if part.is_removed] == ["signing"]
    assert [part.text for part in change.parts if part.is_added] == ["vote"]
    first = whole(read(Edition.objects.using("published").get(event=event.pk, number=1)))
    assert f"{WORDS} (31 May 2026)" in ["".join(part.text for part in change.parts) for change in first.fields]


def test_withholding_a_document_cuts_the_notes_on_what_it_spoke_of(client: Client) -> None:
    event, (document, _other) = contested("Document one, which must not be named, gives the 9th.")
    event.dispute_notes.create(aspect="description", text="Nothing to do with it.", written_on="2026-05-31")
    publish([event])
    pages = [event.get_absolute_url(), f"{event.get_absolute_url()}editions/1/"]
    assert all("must not be named" in told for told in (*(client.get(page).text for page in pages), table(client)))

    withhold([document])

    assert not any("must not be named" in told for told in (*(client.get(page).text for page in pages), table(client)))
    assert not Edition.objects.filter(snapshot__icontains="must not be named").exists()
    assert "Nothing to do with it." in client.get(pages[0]).text
    assert event.dispute_notes.count() == 2


def test_withdrawn_event_takes_its_note_along(client: Client) -> None:
    event, _ = contested()
    withdraw([event], note=Note(words="Two were taken for one."))

    assert not DisputeNote.objects.using("published").exists()
    assert WORDS not in client.get("/disputes/").text
    assert event.dispute_notes.exists()


def test_note_leaves_as_data_as_it_is(client: Client) -> None:
    event, _ = contested()

    record = client.get(f"/api/events/{event.slug}").json()
    (dispute,) = client.get("/api/disputes").json()["records"]
    linked = json.loads(client.get(f"/events/{event.slug}.jsonld").content)
    rows = table(client).splitlines()

    assert record["notes"] == [{"aspect": "date", "text": WORDS, "written_on": "2026-05-31"}]
    assert dispute["note"] == record["notes"][0]
    (told,) = [one for one in linked["referred_to_by"] if one["content"] == WORDS]
    assert told["aspect"] == "date"
    assert told["created_by"]["timespan"]["edtf"] == "2026-05-31"
    assert rows[0] == "id,event,aspect,text,written_on"
    assert rows[1].endswith(f'{event.slug},date,"{WORDS}",2026-05-31')


def test_public_dispute_wants_a_note_until_it_has_one_on_its_aspect() -> None:
    event, _ = contested("")
    contested()
    assert wanting() == [event]

    event.dispute_notes.create(aspect="killed", text="On something else.", written_on=date(2026, 5, 31))
    assert wanting() == [event]

    event.dispute_notes.update(aspect="date")
    assert wanting() == []
