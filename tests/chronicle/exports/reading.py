"""A published chronicle in which two documents differ, and the files that readers get of it."""

from typing import Any

from django.test import Client
from psycopg.types.range import Range

from chronicle.models import Event
from chronicle.publication import publish, publish_references
from tests import factories as make

SITE = "http://testserver"


def contested() -> Event:
    here, there = make.party(slug="here", name_short="Here"), make.party(slug="there", name_short="There")
    district = make.location(slug="district", name="District", kind="district")
    town = make.location(
        slug="town",
        name="Town",
        kind="settlement",
        latitude="39.758",
        longitude="-46.749",
        coordinate_uncertainty_m=2500,
        geonames_id=585225,
        wikidata_id="Q189127",
        geometry={"type": "LineString", "coordinates": [[46.5, 39.5], [46.75, 39.76]]},
    )
    town.names.create(toponym="Շուշի", language="hy", party=there, is_preferred=True, period_edtf="1991~/..")
    town.names.create(toponym="Şuşa; qala", language="az-Latn", party=here)
    report = make.document(
        slug="report",
        title="Report",
        title_short="Report 1994",
        party=here,
        issued_edtf="1994-06",
        url="https://x.org/r",
    )
    leaflet = make.document(slug="leaflet", title="Leaflet <b>", title_short="Leaflet <b>")
    town.withins.create(within=district, basis="control", party=there, period_edtf="../1994", source=report)
    speaker = make.agent(slug="minister", name="Minister", party=there, basis="minister since 1990")
    event = make.event(
        slug="losses",
        title="Losses <i>",
        parties=(here, there),
        locations=(town,),
        date_edtf="1994-05-10",
        summary="So.",
        curators_note="SECRET",
    )
    dead = {"aspect": "killed", "unit": make.unit(slug="person", name="person", name_plural="persons")}
    figure = Range(81, None, "[)")
    make.citation(
        event,
        report,
        asserted_figure=figure,
        claimed_by=speaker,
        through=leaflet,
        statement="Many.",
        quotation="More than 80 fell",
        quotation_prefix="It says: ",
        locator_label="page",
        locator="7",
        **dead,
    )
    make.citation(event, leaflet, asserted_figure=Range(10, 20, "[]"), statement="Few.", **dead)
    dated = {"aspect": "date", "date_of": "began"}
    make.citation(event, leaflet, asserted_date_edtf="1994-05-09", statement="Then.", **dated)
    make.citation(event, report, asserted_date_edtf="1994-05-10", statement="Later.", **dated)
    make.citation(event, report, aspect="location", asserted_location=town, asserted_location_role="site")
    make.citation(event, report, aspect="responsibility", asserted_party=here, statement="They did.")
    captured = {"population": make.population(slug="military", name="military"), "side": here, "period_edtf": "1994"}
    figure = {"asserted_figure": Range(10, 10, "[]"), "is_approximate": True, "value_as_printed": "some ten"}
    make.citation(event, report, aspect="captured", unit=dead["unit"], stated_on="1994-06", **figure, **captured)
    make.citation(event, report, aspect="wounded", asserts_unknown=True)
    event.participations.create(agent=speaker, role="spoke")
    event.companion = make.cited_event(slug="others", title="Others", date_edtf="1995")
    event.save()
    publish([event.companion, event, make.cited_event(slug="undated", date_edtf="")])
    make.cited_event(slug="draft", title="SECRET")
    publish_references("masthead", [make.masthead(name="A <chronicle>", licence="CC BY 4.0")])
    return event


def get(address: str, **headers: Any) -> str:
    response: Any = Client().get(address, headers=headers)
    assert response.status_code == 200, address
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    content = b"".join(response.streaming_content) if response.streaming else response.content
    response.close()
    return content.decode()
