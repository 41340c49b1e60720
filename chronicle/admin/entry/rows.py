"""A row of the grid: one assertion of the document, about an event that is picked or made in the row."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from chronicle.admin.entry.naming import Found, written
from chronicle.admin.entry.reading import Typed, Vocabularies, parties_of, read
from chronicle.models import Citation, Event
from chronicle.vocabularies import Aspect, Stance
from sources.admin.widgets import EDTFInput, understood
from sources.edtf.forms import EDTFFormField
from sources.models import Document
from sources.validators import validate_plain_text
from sources.vocabularies import LocatorLabel

DITTO = ('"', "″", "〃")
"""What is typed for: as in the row above."""

CONTENT = ("new_title", "locator", "value", "statement", "quotation", "value_as_printed")
"""A row in which one of these stands is filled in; the others may stand there from the row above."""

CARRIED = ("event", "locator_label", "aspect", "speaker")
"""What a new row takes over from the one above."""


def _text(label: Any, *, max_length: int = 500, widget: Any = forms.TextInput, **options: Any) -> forms.CharField:
    attributes = {"autocomplete": "off", **options.pop("attrs", {})}
    return forms.CharField(
        label=label,
        required=False,
        max_length=max_length,
        validators=[validate_plain_text],
        widget=widget(attrs=attributes),
        **options,
    )


def _named(label: Any, kind: str, help_text: Any) -> forms.CharField:
    return _text(label, help_text=help_text, attrs={"data-names": kind, "spellcheck": "false"})


class AssertionForm(forms.Form):
    """What the document says in one place about one aspect of one event."""

    event = _named(gettext_lazy("Event"), "event", gettext_lazy("A title in any spelling, or E147"))
    locator_label = forms.ChoiceField(
        label=gettext_lazy("Locator of"), choices=[("", "---------"), *LocatorLabel.choices], required=False
    )
    locator = _text(gettext_lazy("Locator"), max_length=100, help_text=gettext_lazy("214"))
    aspect = forms.ChoiceField(
        label=gettext_lazy("Aspect"), choices=[("", "---------"), *Aspect.choices], required=False
    )
    value = _named(
        gettext_lazy("Value"), "location", gettext_lazy("By the aspect: 2020-10-09 · more than 80 · Shusha · unknown")
    )
    scope = forms.ChoiceField(label=gettext_lazy("Dated, placed or counted"), required=False)
    side = forms.ChoiceField(label=gettext_lazy("Side"), required=False)
    speaker = _named(gettext_lazy("Speaker"), "agent", gettext_lazy("Whom the document names; empty: it speaks itself"))
    statement = _text(
        gettext_lazy("Statement"), max_length=10_000, widget=forms.Textarea, attrs={"rows": 2},
        help_text=gettext_lazy("What it says, in your own neutral words"),
    )  # fmt: skip
    quotation = _text(
        gettext_lazy("Quotation"), max_length=10_000, widget=forms.Textarea, attrs={"rows": 2},
        help_text=gettext_lazy("Its own words, only where they are the fact"),
    )  # fmt: skip
    new_title = _text(gettext_lazy("Title"), max_length=200, help_text=gettext_lazy("Neutral: First ceasefire"))
    new_kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    new_date = EDTFFormField(
        label=gettext_lazy("Filed under"), required=False, widget=EDTFInput, help_text=gettext_lazy("EDTF: 2020-10-10")
    )
    stance = forms.ChoiceField(
        label=gettext_lazy("Stance"), choices=Stance.choices, initial=Stance.SUPPORTS, required=False
    )
    value_as_printed = _text(gettext_lazy("As printed"), max_length=200)
    population = forms.ChoiceField(label=gettext_lazy("Population"), required=False)
    stated_on = EDTFFormField(label=gettext_lazy("Stated on"), required=False, widget=EDTFInput, help_text="2020-10-27")

    LINES = (
        ("event", "locator_label", "locator", "aspect"),
        ("value", "scope", "side", "speaker"),
        ("statement", "quotation"),
    )
    NEW_EVENT = ("new_title", "new_kind", "new_date")
    MORE = ("stance", "value_as_printed", "population", "stated_on")

    def __init__(self, *args: Any, vocabularies: Vocabularies, **options: Any) -> None:
        super().__init__(*args, **options)
        self.vocabularies = vocabularies
        self.citation: Citation | None = None
        self.told: list[str] = []
        self.fields["scope"].choices = vocabularies.scopes()
        self.fields["side"].choices = list(parties_of(vocabularies))
        for name, records in (("new_kind", vocabularies.kinds), ("population", vocabularies.populations)):
            self.fields[name].choices = [("", "---------"), *((key, str(record)) for key, record in records.items())]

    @property
    def lines(self) -> list[list[Any]]:
        """The boxes that are always seen, line by line."""
        return [[self[name] for name in names] for names in self.LINES]

    @property
    def folded_up(self) -> Iterator[tuple[Any, list[Any], bool]]:
        """The boxes that are seldom needed: title, boxes, whether something stands in them or is wrong."""
        for title, names in ((_("New event"), self.NEW_EVENT), (_("More"), self.MORE)):
            boxes = [self[name] for name in names]
            yield title, boxes, any(box.errors or box.value() not in ("", None, Stance.SUPPORTS) for box in boxes)

    @cached_property
    def is_filled(self) -> bool:
        """Whether more stands in the row than what it took over from the one above."""
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in CONTENT)

    def repeat(self, above: Mapping[str, Any]) -> None:
        """Take over from the row above where a ditto mark says so."""
        for name, value in self.cleaned_data.items():
            if value in DITTO and name in above:
                self.cleaned_data[name] = above[name]

    @property
    def names_location(self) -> str:
        """The location that the value names, if it names one."""
        return self.cleaned_data.get("value", "") if self.cleaned_data.get("aspect") == Aspect.LOCATION else ""

    def settle(
        self, document: Document, *, events: Found, locations: Found, agents: Found, new: dict[str, Event]
    ) -> None:
        """Make the citation that the row stands for, and put what is wrong with it beside its boxes.

        `new` are the events that rows above make, by their titles.
        """
        typed = {name: self.cleaned_data.get(name, "") for name in self.fields}
        citation = Citation(
            document=document,
            stance=typed["stance"] or Stance.SUPPORTS,
            **{name: typed[name] for name in PLAIN},
            stated_on=typed["stated_on"],
            population=self.vocabularies.populations.get(typed["population"]),
            side=self.vocabularies.parties.get(typed["side"]),
        )
        citation.claimed_by = self._named("speaker", agents)
        event = self._new_event(typed, events, new) if typed["new_title"] else self._picked_event(events, new)
        if event:
            citation.event = event
        self._read_value(citation, typed, locations)
        self._check(citation)
        self.citation = citation

    def _named(self, name: str, found: Found) -> Any:
        text = self.cleaned_data.get(name)
        if not text:
            return None
        try:
            record = found.named(text)
        except ValidationError as error:
            self.add_error(name, error)
            return None
        self.told.append(written(record))
        return record

    def _picked_event(self, events: Found, new: dict[str, Event]) -> Event | None:
        text = self.cleaned_data.get("event", "")
        if text.casefold() in new:
            self.told.append(_("new event: %(title)s") % {"title": new[text.casefold()].title})
            return new[text.casefold()]
        if not text and "event" not in self.errors:
            self.add_error("event", _("Event: choose one, such as E147, or make it under “New event”."))
        return self._named("event", events)

    def _new_event(self, typed: dict[str, Any], events: Found, new: dict[str, Event]) -> Event | None:
        title = typed["new_title"]
        if title.casefold() in new:
            self.add_error("new_title", _(MADE_ALREADY))
            return None
        if typed["event"] and typed["event"].casefold() != title.casefold():
            self.add_error("event", _("Event: choose one or make a new one, not both; empty one of the two."))
        event = Event(title=title, date_edtf=typed["new_date"], kind=self.vocabularies.kinds.get(typed["new_kind"]))
        if event.kind_id is None and "new_kind" not in self.errors:
            self.add_error("new_kind", _("Kind: choose what kind of event it is, such as ceasefire."))
        self._told_by(lambda: event.clean_fields(exclude=("kind", "slug")), NEW_EVENT_BOXES)
        new[title.casefold()] = event
        self.told.append(_("new event: %(title)s") % {"title": title})
        self.told += [
            _("there is one of this title already: %(event)s") % {"event": written(one)}
            for one in events.all_named(title)
        ]
        self.told += [words for words in [understood(typed["new_date"])] if words]
        return event

    def _read_value(self, citation: Citation, typed: dict[str, Any], locations: Found) -> None:
        if not typed["aspect"]:
            if "aspect" not in self.errors:
                self.add_error("aspect", _("Aspect: choose of what the document speaks, such as date."))
            return
        if self.errors.keys() & {"value", "scope", "stance"}:
            return
        asked = Typed(typed["aspect"], citation.stance, typed["value"], typed["scope"])
        reading = read(asked, self.vocabularies, locations)
        for name, value in reading.columns.items():
            setattr(citation, name, value)
        self.told += [reading.words] if reading.words else []
        for name, error in reading.errors.items():
            self.add_error(name, error)

    def _check(self, citation: Citation) -> None:
        """Keep the rules of the model, once every box by itself is right."""
        self._told_by(lambda: citation.clean_fields(exclude=NOT_TYPED), BOXES)
        if self.errors:
            return
        self._told_by(lambda: citation.validate_constraints(exclude={"number"}), BOXES)

    def _told_by(self, rule: Any, boxes: Mapping[str, str]) -> None:
        try:
            rule()
        except ValidationError as broken:
            for name, errors in broken.error_dict.items():
                box = boxes.get(name, name)
                place = box if box in self.fields else None
                if place is None or place not in self.errors:
                    self.add_error(place, errors if name != NON_FIELD_ERRORS else list(errors))


PLAIN = ("locator_label", "locator", "aspect", "statement", "quotation", "value_as_printed")
"""What a citation takes over from its row as it stands there."""

BOXES = {
    "asserted_date_edtf": "value",
    "asserted_location": "value",
    "asserted_party": "value",
    "asserted_figure": "value",
    "asserts_unknown": "value",
    "date_of": "scope",
    "asserted_location_role": "scope",
    "unit": "scope",
    "claimed_by": "speaker",
}
"""In which box what is wrong with a column of the citation is told."""
NEW_EVENT_BOXES = {"title": "new_title", "date_edtf": "new_date", "kind": "new_kind"}

NOT_TYPED = (
    "event", "number", "document", "claimed_by", "through", "asserted_location", "asserted_party", "unit", "population",
    "side",
)  # fmt: skip
"""Records that were looked up already, and what the database gives."""

MADE_ALREADY = gettext_noop(
    "Title: a row above makes this event already; write its title under “Event” here, and empty this."
)
