"""The pages of merging: what is shown first, who may, what is refused, and how it is undone."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chronicle.merging import merge
from chronicle.models import Citation, Location, Merge
from chronicle.publication import publish
from tests import factories
from tests.chronicle.admin.desk import acted, curator, errors, list_url, logged_in, saved, shown, told, url

PAGE = list_url(Location, "merge")


def two() -> tuple[Location, Location]:
    kept, merged = factories.location(name="Shusha"), factories.location(name="Shushi", geonames_id=5)
    event = factories.event(locations=(kept, merged))
    for place in (kept, merged):
        factories.citation(event, aspect="location", asserted_location=place, asserted_location_role="site")
    return kept, merged


def asked(*records: Any) -> str:
    return f"{list_url(type(records[0]), 'merge')}?{'&'.join(f'id={record.pk}' for record in records)}"


def sent(page: Any, *records: Any, **answers: str) -> dict[str, Any]:
    """What the browser sends when nothing but the answers is touched."""
    values = {field.html_name: field.value() for field in page.context["form"]}
    tokens = {"seen": page.context["seal"], "shown": page.context["shown"], "id": [record.pk for record in records]}
    return {name: value or "" for name, value in values.items()} | tokens | answers


def confirmed(client: Client, *records: Any, **answers: str) -> Any:
    return client.post(PAGE, sent(client.get(asked(*records)), *records, **answers), follow=True)


def test_page_shows_what_would_happen_and_does_nothing(desk: Any) -> None:
    kept, merged = two()

    page = desk.get(asked(kept, merged))

    assert page.context["moved"] == ["Citations, asserted location: 1 row"]
    assert [line.partition(":")[0] for line in page.context["solved"]] == ["Location of an event"]
    assert [field.html_name for field in page.context["form"]] == ["value-name", "value-geonames_id", "reason"]
    assert page.context["form"]["value-geonames_id"].value() == "take"
    assert asked(merged, kept).partition("?")[2].replace("&", "&amp;") in page.text
    assert not Merge.objects.exists()


def test_records_are_merged_with_the_chosen_values_and_undone(desk: Any) -> None:
    kept, merged = two()

    done = confirmed(desk, kept, merged, **{"value-name": "take", "reason": "One town."})

    kept.refresh_from_db()
    made = Merge.objects.get()
    assert (kept.name, kept.geonames_id, made.reason, made.editor.username) == ("Shushi", 5, "One town.", "curator")
    assert done.redirect_chain == [(url(kept), 302)]
    assert told(done)[0].startswith("Shushi is merged into Shusha.")
    assert set(Citation.objects.values_list("asserted_location", flat=True)) == {kept.pk}

    undo = f"{list_url(Merge, 'undo')}?id={made.pk}"
    assert undo in told(done)[0]
    page = desk.get(undo)
    assert page.context["preview"].others == ["Citations, asserted location: 1 row"]
    answers = {"id": made.pk, "seen": page.context["preview"].seal, "shown": page.context["shown"]}
    back = desk.post(list_url(Merge, "undo"), answers, follow=True)

    kept.refresh_from_db()
    merged.refresh_from_db()
    assert told(back) == ["Shushi → Shusha: undone: both records are there again"]
    assert (kept.name, kept.geonames_id, merged.merged_into) == ("Shusha", None, None)
    assert set(Citation.objects.values_list("asserted_location", flat=True)) == {kept.pk, merged.pk}


def test_what_stands_in_the_way_of_undoing_is_told(desk: Any) -> None:
    kept, merged = two()
    made = merge(kept, merged)
    Location.objects.filter(pk=kept.pk).update(geonames_id=7)

    page = desk.get(f"{list_url(Merge, 'undo')}?id={made.pk}")

    assert [outcome.words for outcome, _url in page.context["rows"]] == ["GeoNames id of Shusha was changed since."]
    assert 'type="submit"' not in page.text.split("content-main")[1]


def test_merge_is_refused_when_something_changed_since_it_was_shown(desk: Any) -> None:
    kept, merged = two()
    page = desk.get(asked(kept, merged))
    factories.citation(factories.event(), aspect="location", asserted_location=merged, asserted_location_role="target")

    moved = desk.post(PAGE, sent(page, kept, merged, reason="One town."))
    page = desk.get(asked(kept, merged))
    Location.objects.filter(pk=kept.pk).update(name="Şuşa")
    renamed = desk.post(PAGE, sent(page, kept, merged))
    bare = desk.post(PAGE, {"id": [kept.pk, merged.pk], "value-name": "keep", "value-geonames_id": "keep"})

    for response in (moved, renamed, bare):
        assert "Something changed since this was shown" in response.text
    assert "One town." in moved.text
    assert not Merge.objects.exists()


def test_pair_is_chosen_in_the_list_or_by_number(desk: Any) -> None:
    kept, merged = two()
    third = factories.location()

    assert acted(desk, Location, "merge", kept, merged).url == asked(*sorted((kept, merged), key=lambda one: one.pk))
    for marked in ((kept,), (kept, merged, third)):
        assert told(acted(desk, Location, "merge", *marked, follow=True)) == [
            "A merge is of two records: mark just two of them."
        ]
    for text in (str(merged.pk), merged.slug):
        assert desk.get(asked(kept), {"id": kept.pk, "other": text}).url == asked(kept, merged)
    for text in ("nothing", "9" * 30, str(kept.pk), "\x00"):
        assert desk.get(asked(kept), {"id": kept.pk, "other": text}).context["form"].errors["other"]
    assert desk.get(PAGE).url == list_url(Location)
    assert desk.get(f"{PAGE}?id={'9' * 40}&id=x").url == list_url(Location)
    assert asked(kept) in desk.get(url(kept)).text


def test_reasons_of_a_refusal_are_told_before_anything_is_asked(desk: Any) -> None:
    draft, public = factories.cited_event(), factories.cited_event()
    publish([public])

    page = desk.get(asked(draft, public))

    (reason,) = page.context["refused"]
    assert reason == f"Readers see {public} and not {draft}. Keep the public one, or publish the other one first."
    assert 'value="Merge"' not in page.text
    ring = factories.event(parent=factories.event(parent=draft))
    assert desk.get(asked(ring, draft)).context["refused"][0].startswith("Part of: this would make the event")


def test_what_was_merged_away_is_in_no_list_and_cannot_be_changed(desk: Any) -> None:
    kept, merged = two()
    form = shown(desk.get(url(merged)))
    merge(kept, merged)

    listed = desk.get(list_url(Location)).context["cl"].result_list
    page = desk.get(url(merged))
    response = desk.post(url(merged), shown(page) | {"name": "Typed"})
    stale = desk.post(url(merged), form | {"name": "Typed"})

    assert merged not in listed
    assert kept in listed
    assert "This was merged into another record" in told(page)[0]
    assert url(kept) in told(page)[0]
    for answer in (response, stale):
        assert errors(answer)["__all__"] == ["Nothing was saved: this was merged into Shusha. Make the change there."]
        assert 'value="Typed"' in answer.text
    merged.refresh_from_db()
    assert merged.name == "Shushi"


def test_form_that_chooses_what_was_merged_away_is_told_what_to_choose(desk: Any) -> None:
    kept, merged = factories.event(slug="kept"), factories.event()
    part = factories.event()
    merge(kept, merged)

    response = saved(desk, url(part), parent=merged.pk)

    assert errors(response) == {
        "parent": ["Part of: what is chosen was merged into another record; choose that one, kept"]
    }


CRAFTED = {
    "page": lambda client, kept, merged: client.get(asked(kept, merged)),
    "merge": lambda client, kept, merged: client.post(PAGE, sent(_editors(kept, merged), kept, merged)),
    "action": lambda client, kept, merged: client.post(
        list_url(Location), {"action": "merge", "_selected_action": [kept.pk, merged.pk]}
    ),
}


def _editors(kept: Location, merged: Location) -> Any:
    return logged_in(curator("editor", "shown")).get(asked(kept, merged))


@pytest.mark.parametrize("way", CRAFTED)
def test_contributors_and_strangers_merge_nothing(db: None, way: str) -> None:
    kept, merged = two()

    answer = CRAFTED[way](logged_in(curator("contributor")), kept, merged)
    stranger = Client().post(PAGE, {"id": [kept.pk, merged.pk]})

    assert (answer.status_code, stranger.status_code) == (403, 302)
    assert not Merge.objects.exists()


def test_contributors_undo_nothing(db: None) -> None:
    kept, merged = two()
    made = merge(kept, merged)
    page = logged_in(curator("editor")).get(f"{list_url(Merge, 'undo')}?id={made.pk}")
    answers = {"id": made.pk, "seen": page.context["preview"].seal, "shown": page.context["shown"]}

    refused = logged_in(curator("contributor")).post(list_url(Merge, "undo"), answers)

    assert refused.status_code == 403
    merged.refresh_from_db()
    assert merged.merged_into == kept


@pytest.mark.parametrize("rows", [1, 3])
def test_number_of_queries_of_the_page_does_not_grow(desk: Any, rows: int) -> None:
    kept, merged = two()
    for _ in range(rows):
        factories.citation(
            factories.event(), aspect="location", asserted_location=merged, asserted_location_role="site"
        )

    with CaptureQueriesContext(connection) as queries:
        desk.get(asked(kept, merged))

    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) == 41
