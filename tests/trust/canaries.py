"""The canary crawl: a token in every text that readers may not see; every public address is asked, and none tells one.

Then what is public gets tokens too, is withdrawn and withheld, and is asked for again at once.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client

from chronicle.database.published import EVENT
from chronicle.database.snapshots import outgoing_view
from chronicle.models import Citation, Event
from chronicle.publication import Note, privately_because, publish, publish_references, withdraw, withhold
from sources.fulltexts.storing import place_of
from sources.models import CitedDocument, Contribution, Document
from tests import factories as make
from tests.chronicle.walls import corpus
from tests.factories.whole import whole_chronicle
from tests.trust.crawling import Addresses, asked, slugs
from tests.trust.drills import Drill, Seen
from tests.trust.ground import as_owner
from tests.trust.tokens import WORD, Tokens

SEED = 2020
WIDEST = 24
"""Arguments, at most, with which a pattern is asked in one crawl."""


def attack(rounds: int) -> Seen:
    """Plant tokens in so many hidden records and beside them, and crawl; withdraw, withhold, and crawl again."""
    seen, tokens = Seen(rounds=rounds), Tokens()
    shown = public_ones()
    hidden = hidden_ones(rounds, shown)
    tokens.plant()
    republish(shown)
    width = min(WIDEST, 1 + rounds // 8)
    seen.found += crawled(tokens, width, seen, hidden)
    if not seen.found:
        seen.found += crawled(take_back(shown), width, seen, [])
    seen.figures |= {"tokens": tokens.planted, "columns": len(tokens.columns) - len(tokens.bound)}
    seen.figures |= {"columns bound by a rule": len(tokens.bound)}
    return seen


def public_ones() -> list[Event]:
    """Publish events with everything, and a reference of each kind; an operator's words stay with the editions."""
    whole_chronicle()
    first = corpus.event_with_everything(curators_note="A note.")
    corpus.publish_standing(first, "A note.")
    events = [first, *(corpus.event_with_everything() for _ in range(2))]
    with privately_because("A private reason."):
        publish(events)
    return events


def hidden_ones(number: int, shown: list[Event]) -> list[int]:
    """Make so many records that readers may not see, each hanging on public ones; return their numbers."""
    dice = random.Random(SEED)
    made = [HIDDEN[place % len(HIDDEN)](dice.choice(shown)) for place in range(number)]
    publish(Event.objects.filter(pk__in=[event.pk for event in shown]))
    return made


def _draft(beside: Event) -> int:
    draft = corpus.event_with_everything(parent=beside)
    Event.objects.filter(pk=beside.pk).update(companion=draft)
    return int(draft.pk)


def _document(beside: Event, access: str) -> int:
    document = corpus.document_with_everything(make.agent())
    Document.objects.filter(pk=document.pk).update(public_description="Testimony of a resident")
    public = beside.citations.order_by("pk").first()
    assert public
    make.citation(beside, document, locator_label="page", locator="7", claimed_by=make.agent())
    make.citation(beside, public.document, statement="By a footnote.", through=document)
    CitedDocument.objects.create(document=public.document, cited=document, locator="note")
    Contribution.objects.create(document=document, agent=make.agent(), role="editor", position=2)
    for file in document.files.all():
        storages["originals"].save(place_of(file.sha256), ContentFile(WORD.encode()))
    withhold([document], access=access)
    return int(document.pk)


def _withheld(beside: Event) -> int:
    return _document(beside, "withheld")


def _described(beside: Event) -> int:
    return _document(beside, "described")


def _references(beside: Event) -> int:
    town = beside.event_locations.first()
    assert town
    make.within(town.location, make.location(), source=make.document())
    for shown in ("initials", "withheld"):
        make.citation(beside, claimed_by=make.agent(name_shown=shown, name_sorted="Somebody"))
    for one in (make.missing, make.term, make.party, make.agent):
        one()
    return int(make.location().pk)


HIDDEN = (_draft, _withheld, _described, _references)


def republish(shown: list[Event]) -> None:
    """Publish all again, so that what is private passes every way out of the desk."""
    events = Event.objects.filter(pk__in=[event.pk for event in shown])
    events.update(reading_note="Read again.")
    publish(events)
    for subject, model in REFERENCES.items():
        publish_references(subject, model._default_manager.all())


REFERENCES = {"document": Document, "agent": Contribution._meta.get_field("agent").related_model}


def take_back(shown: list[Event]) -> Tokens:
    """Write new tokens into what is public, publish it; then withdraw one event and withhold all that others cite."""
    taken = Tokens()
    taken.columns.append("what was public")
    token = f"{WORD} zq{taken.mark}n0x{{}}qz"
    for event in shown:
        Event.objects.filter(pk=event.pk).update(title=token.format(event.pk), summary=token.format(event.pk))
        Citation.objects.filter(event=event).update(statement=token.format(event.pk))
        documents = Document.objects.filter(citations__event=event).distinct()
        documents.update(title=token.format(event.pk), rights=token.format(event.pk))
    publish(shown)
    told = Client().get(f"/events/{shown[0].slug}/").content.decode()
    assert taken.pattern().search(told), "the token is not even seen while it is public"
    withdraw(shown, note=Note(words="Taken back."))
    withhold(Document.objects.filter(citations__event__in=shown).distinct())
    return taken


def crawled(tokens: Tokens, width: int, seen: Seen, numbers: list[int]) -> list[str]:
    """Ask for everything, under the names of public records and of hidden ones, and return what told a token."""
    client, found = Client(raise_request_exception=False), []
    public, desk = slugs("published"), slugs("desk")
    hidden = {name: [each for each in desk[name] if each not in public[name]] for name in desk}
    words = (WORD, *hidden["documents"][:1], *hidden["locations"][:1])
    asking = [*Addresses(public, width=width, words=words), *Addresses(hidden, width=width)]
    asking += [f"/{kind}/{number}" for kind in "ec" for number in numbers[:width]]
    for address in dict.fromkeys(asking):
        answer = asked(client, address)
        own = set(tokens.pattern().findall(address))
        told = {tokens.named(*each) for each in set(tokens.pattern().findall(answer.text.lower())) - own}
        found += [f"{address} ({answer.status}) tells {each}" for each in sorted(told)]
        if answer.status >= 500 and answer.status != 501:
            found.append(f"{address} failed: {answer.status}")
    seen.figures["answers"] = int(str(seen.figures.get("answers", 0))) + len(asking)
    return found


@contextmanager
def note_goes_out() -> Iterator[None]:
    """A list of public columns in which somebody mistook the curators' note for the reading note."""
    root = EVENT.root
    mistaken = replace(root, public={**root.public, "reading_note": "t.curators_note"})
    as_owner(outgoing_view(mistaken).replace("CREATE VIEW", "CREATE OR REPLACE VIEW", 1))
    try:
        yield
    finally:
        as_owner(outgoing_view(root).replace("CREATE VIEW", "CREATE OR REPLACE VIEW", 1))


DRILL = Drill("canaries", attack, note_goes_out, promised=200, few=6, enough=4)
