"""What every form does for curators: makes the slug, tells how dates and figures were understood, names its fields."""

import re
from typing import Any

import pytest
from django.contrib import admin
from django.forms import HiddenInput

from chronicle.accounts.models import AuditEntry
from chronicle.models import Citation, Edition, Event, Import, Location, Merge, Purge
from sources.models import Agent, Document, Party
from tests import factories
from tests.chronicle.admin.desk import errors, list_url, row, saved, told, url


def added_event(desk: Any, **values: Any) -> Any:
    return saved(desk, list_url(Event, "add"), **{"kind": factories.kind().pk, "state": "draft", **values})


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("First ceasefire of October 2020", "first-ceasefire-of-october-2020"),
        ("Vətən müharibəsi — 2020", "vatan-muharibasi-2020"),
        ("Şuşa döyüşü", "susa-doyusu"),
        ("Шуша", "shusha"),
        ("Շուշի", "shushi"),
        ("A" * 79 + " b", "a" * 79),
    ],
)
def test_slug_left_empty_is_made_from_the_title(desk: Any, title: str, slug: str) -> None:
    added_event(desk, title=title)

    assert Event.objects.get().slug == slug


def test_slug_made_is_the_next_that_is_free(desk: Any) -> None:
    for slug in ("first-ceasefire", "first-ceasefire-2"):
        factories.event(slug=slug)

    added_event(desk, title="First ceasefire")

    assert Event.objects.filter(slug="first-ceasefire-3").exists()


def test_slug_that_is_taken_is_refused_with_a_free_one(desk: Any) -> None:
    factories.event(slug="first-ceasefire", title="The ceasefire")

    response = added_event(desk, title="Another", slug="first-ceasefire")

    assert errors(response) == {
        "slug": ["Slug: “first-ceasefire” is the address of “The ceasefire”. “first-ceasefire-2” is free."]
    }
    assert 'value="first-ceasefire"' in response.text


def test_slug_that_cannot_be_made_or_has_signs_is_asked_for(desk: Any) -> None:
    nothing = added_event(desk, title="—!")
    signs = added_event(desk, title="A title", slug="Not a slug")

    assert list(errors(nothing)) == list(errors(signs)) == ["slug"]
    assert "write one, such as" in errors(nothing)["slug"][0]


def test_slug_of_a_stored_record_is_not_made_anew(desk: Any) -> None:
    event = factories.event()

    assert list(errors(saved(desk, url(event), slug=""))) == ["slug"]


@pytest.mark.parametrize(
    ("model", "values", "slug"),
    [
        (Party, {"name": "Republic of Armenia", "name_short": "Armenia"}, "armenia"),
        (Agent, {"name": "Ministry of Defence", "kind": "government"}, "ministry-of-defence"),
        (Document, {"title": "The war", "title_short": "Bayramov 2021", "document_type": "report"}, "bayramov-2021"),
        (Location, {"name": "Shusha", "kind": "settlement"}, "shusha"),
    ],
)
def test_every_record_has_its_slug_made(desk: Any, model: Any, values: dict[str, str], slug: str) -> None:
    response = saved(desk, list_url(model, "add"), **values)

    assert response.status_code == 302
    assert model.objects.get().slug == slug


def test_dates_and_figures_are_told_as_understood_after_saving(desk: Any) -> None:
    event = factories.event(title="First ceasefire")
    figure = {
        "document": factories.document().pk, "aspect": "killed", "asserted_figure": "more than 80",
        "unit": factories.unit().pk, "stance": "supports",
    }  # fmt: skip
    response = saved(
        desk, url(event), date_edtf="2020-10~", **row("citations", 0, **figure), **{"citations-TOTAL_FORMS": "1"}
    )
    page = desk.get(response.url)

    assert told(page)[0] == (
        "Please compare:<br>Filed under: 2020-10~, understood as: about October 2020 (1 October 2020 – 31 October 2020)"
        "<br>Citation, asserted figure: more than 80, understood as: from 81 without an upper end, counted in persons"
    )


def test_nothing_is_told_of_what_was_not_typed(desk: Any) -> None:
    event = factories.event(date_edtf="2020-10~")

    response = saved(desk, url(event), title="Another title")

    assert len(told(desk.get(response.url))) == 1


def test_what_is_told_of_many_is_bounded(desk: Any) -> None:
    event = factories.event()
    dates = {"document": factories.document().pk, "aspect": "date", "date_of": "began", "stance": "supports"}
    rows = [row("citations", n, asserted_date_edtf=f"2020-{n % 12 + 1:02}", **dates) for n in range(15)]
    data = {name: value for each in rows for name, value in each.items()} | {"citations-TOTAL_FORMS": "15"}

    words = told(desk.get(saved(desk, url(event), **data).url))[0]

    assert words.count("<br>") == 12
    assert words.endswith("… and 3 more.")


def test_stored_figure_is_shown_as_it_is_understood(desk: Any) -> None:
    event = factories.event()
    factories.citation(event, aspect="killed", asserted_figure=(81, None), unit=factories.unit())

    page = desk.get(url(event)).text

    assert "understood as: from 81 without an upper end, counted in persons" in page


def test_line_of_a_refused_figure_says_nothing_of_the_stored_one(desk: Any) -> None:
    event = factories.event()
    factories.citation(event, aspect="killed", asserted_figure=(81, None), unit=factories.unit())

    response = saved(desk, url(event), **row("citations", 0, asserted_figure="eighty or so many"))

    assert "understood as: from 81" not in response.text


@pytest.mark.parametrize(
    "model",
    [model for model in admin.site._registry if model not in {AuditEntry, Citation, Edition, Import, Merge, Purge}],
    ids=lambda model: model._meta.model_name,
)
def test_every_field_has_a_label_and_help(desk: Any, model: Any) -> None:
    response = desk.get(list_url(model, "add"))

    forms = [response.context["adminform"].form]
    forms += [inline.formset.empty_form for inline in response.context["inline_admin_formsets"]]
    fields = [(form.add_prefix(name), field) for form in forms for name, field in form.fields.items()]
    shown = [(name, field) for name, field in fields if not isinstance(field.widget, HiddenInput)]
    assert len(shown) > 1
    assert [name for name, field in shown if not field.label] == []
    told = [(name, str(field.help_text)) for name, field in shown if not name.endswith("-DELETE")]
    assert [name for name, words in told if not words] == []
    of_the_chronicle = told if model._meta.app_label in {"chronicle", "sources"} else []
    assert [name for name, words in of_the_chronicle if not SAYS_WHO_SEES_IT.search(words)] == []


SAYS_WHO_SEES_IT = re.compile(r"\b(?:[Pp]ublic|[Pp]rivate)\b")
