"""The lists of the desk narrowed down: by time, place, document, hands; together, and by whatever is typed."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from chronicle.admin.filters import chosen
from chronicle.models import Event, Location
from chronicle.team import assign
from sources.admin import searching
from sources.models import Document
from tests import factories as make
from tests.chronicle.admin.desk import curator, list_url, logged_in

NASTY = ("x", "-1", "0", "9" * 40, "²", "1,2", "a\x00b", "' OR 1=1 --", "%s", "1" * 19)


def listed(desk: Any, model: Any = Event, **asked: Any) -> list[str]:
    page = desk.get(list_url(model), asked)
    assert page.status_code == 200, page.headers
    return [str(record) for record in page.context["cl"].result_list]


@pytest.fixture
def dated(db: None) -> None:
    make.event(title="October", date_edtf="2020-10")
    make.event(title="War", date_edtf="2020-09-27/2020-11-10")
    make.event(title="Khanate", date_edtf="1748")
    make.event(title="Antiquity", date_edtf="-0043")
    make.event(title="Undated", date_edtf="")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"from": "2020-11"}, ["War"]),
        ({"from": "2020-10-31", "until": "2020-10-31"}, ["War", "October"]),
        ({"until": "1999"}, ["Antiquity", "Khanate"]),
        ({"from": "17XX", "until": "17XX"}, ["Khanate"]),
        ({"from": "-0050", "until": "-0040"}, ["Antiquity"]),
        ({"from": " 2020-11-11 "}, []),
        ({"from": "", "until": ""}, ["Undated", "Antiquity", "Khanate", "War", "October"]),
    ],
)
def test_events_are_found_by_a_period_that_they_reach_into(
    desk: Any, dated: None, asked: dict[str, str], found: list[str]
) -> None:
    assert listed(desk, **asked) == found


@pytest.mark.parametrize("typed", ["yesterday", "2020-13", *NASTY[3:]])
@pytest.mark.parametrize("name", ["from", "until"])
def test_period_that_is_none_is_told_beside_its_field_and_kept(desk: Any, dated: None, name: str, typed: str) -> None:
    page = desk.get(list_url(Event), {name: typed})

    (spec,) = [spec for spec in page.context["cl"].filter_specs if spec.title == "period"]
    (field,) = [field for field in spec.fields if field["name"] == name]
    assert (page.status_code, page.context["cl"].result_count) == (200, 0)
    assert field["error"]
    assert field["typed"] == typed.strip()
    assert 'aria-invalid="true"' in page.text


def test_period_that_ends_before_it_begins_is_told(desk: Any, dated: None) -> None:
    page = desk.get(list_url(Event), {"from": "2021", "until": "2020"})

    assert "Until: this ends before it begins; write a later date." in page.text


def test_period_says_how_it_was_understood(desk: Any, dated: None) -> None:
    assert "about October 2020" in desk.get(list_url(Event), {"from": "2020-10~"}).text


@pytest.fixture
def placed(db: None) -> dict[str, Location]:
    country, district, town = (make.location(slug=slug) for slug in ("country", "district", "town"))
    make.within(town, district)
    make.within(district, country)
    make.event(title="In the town", locations=(town,))
    make.event(title="In the district", locations=(district, town))
    make.event(title="Elsewhere", locations=(make.location(),))
    return {"country": country, "district": district, "town": town}


@pytest.mark.parametrize("few", [searching.FEW, 0])
def test_events_are_found_at_a_place_and_within_it(
    desk: Any, placed: dict[str, Location], monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(searching, "FEW", few)

    assert listed(desk, place=placed["town"].pk) == ["In the district", "In the town"]
    assert listed(desk, place=placed["country"].pk) == ["In the district", "In the town"]
    assert len(listed(desk, place="")) == 3


def test_places_within_a_place_are_looked_through_up_to_a_bound(
    desk: Any, placed: dict[str, Location], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chosen, "MOST_PLACES", 2)

    assert listed(desk, place=placed["country"].pk) == ["In the district"]


@pytest.mark.parametrize("few", [searching.FEW, 0])
def test_events_are_found_by_a_document_that_they_cite(desk: Any, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(searching, "FEW", few)
    document = make.document()
    make.citation(make.event(title="Cited"), document)
    make.cited_event(title="Another")

    assert listed(desk, document=document.pk) == ["Cited"]


@pytest.mark.parametrize("name", ["place", "document", "hands"])
@pytest.mark.parametrize("typed", NASTY)
def test_what_is_no_record_finds_nothing(desk: Any, name: str, typed: str) -> None:
    make.cited_event(locations=(make.location(),))

    assert listed(desk, **{name: typed}) == []


@pytest.mark.parametrize("typed", NASTY)
def test_what_is_no_worklist_narrows_nothing_down(desk: Any, typed: str) -> None:
    make.event(title="One")

    assert listed(desk, work=typed) == ["One"]


@pytest.mark.parametrize(
    ("model", "make_one"), [(Event, make.event), (Document, make.document), (Location, make.location)]
)
def test_records_are_found_by_whose_hands_they_are_in(db: None, model: Any, make_one: Any) -> None:
    me, other = curator("editor"), curator("contributor")
    mine, hers, nobodys = make_one(), make_one(), make_one()
    assign([mine], me)
    assign([hers], other)
    client = logged_in(me)

    assert listed(client, model, hands="me") == [str(mine)]
    assert listed(client, model, hands=other.pk) == [str(hers)]
    assert listed(client, model, hands="nobody") == [str(nobodys)]


def test_filters_hold_together_and_forms_keep_the_others(desk: Any, placed: dict[str, Location]) -> None:
    asked = {"place": placed["country"].pk, "work": "uncited", "state__exact": "draft", "q": "town", "from": "2020"}

    page = desk.get(list_url(Event), asked)

    assert [str(event) for event in page.context["cl"].result_list] == ["In the town"]
    for spec in page.context["cl"].filter_specs:
        if hasattr(spec, "names"):
            (choice,) = spec.choices(page.context["cl"])
            assert dict(choice["hidden"]) == {k: str(v) for k, v in asked.items() if k not in spec.names}
            assert not any(f"{name}=" in choice["query_string"] for name in spec.names)


def test_chosen_record_is_shown_by_name(desk: Any, placed: dict[str, Location]) -> None:
    page = desk.get(list_url(Event), {"place": placed["town"].pk})

    assert f'<option value="{placed["town"].pk}" selected>Town</option>' in page.text
    assert "admin/js/autocomplete.js" in page.text


def test_only_curators_who_work_are_offered_by_name(desk: Any) -> None:
    User.objects.create_user("gone", is_staff=True, is_active=False)
    User.objects.create_user("reader")
    User.objects.create_user("here", is_staff=True)

    page = desk.get(list_url(Event))

    (spec,) = [spec for spec in page.context["cl"].filter_specs if getattr(spec, "parameter_name", "") == "hands"]
    assert [str(label) for _value, label in spec.lookup_choices] == ["mine", "nobody’s", "here"]


@pytest.mark.parametrize("name", ["from", "place", "hands", "work"])
def test_bytes_that_are_no_text_break_nothing(desk: Any, name: str) -> None:
    assert desk.get(f"{list_url(Event)}?{name}=%ED%A0%80%FF").status_code == 200
