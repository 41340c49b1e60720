"""The rows that templates show: two resolutions of the Security Council, and whatever it takes to record them."""

from collections.abc import Mapping, Sequence
from typing import Final

Rows = Sequence[Mapping[str, str]]

ADOPTED: Final = "adoption-of-resolution-822"

EXAMPLES: Final[Mapping[str, Rows]] = {
    "party": [
        {"slug": "armenia", "name": "Republic of Armenia", "name_short": "Armenia", "period_edtf": "1991-09-21/.."}
    ],
    "partyname": [{"party": "armenia", "name": "Հայաստան", "language": "hy"}],
    "agent": [{"slug": "security-council", "name": "United Nations Security Council", "kind": "intergovernmental"}],
    "agentname": [{"agent": "security-council", "name": "Conseil de sécurité des Nations unies", "language": "fr"}],
    "document": [
        {
            "slug": "s-res-822",
            "document_type": "legislation",
            "title": "Resolution 822 (1993)",
            "title_short": "S/RES/822",
            "number": "S/RES/822",
            "publisher": "security-council",
            "issued_edtf": "1993-04-30",
            "language": "en",
        },
        {
            "slug": "s-res-853",
            "document_type": "legislation",
            "title": "Resolution 853 (1993)",
            "title_short": "S/RES/853",
            "number": "S/RES/853",
            "publisher": "security-council",
            "issued_edtf": "1993-07-29",
            "language": "en",
        },
    ],
    "contribution": [{"document": "s-res-822", "agent": "security-council", "role": "author", "position": "1"}],
    "citeddocument": [{"document": "s-res-853", "cited": "s-res-822", "locator": "preamble"}],
    "location": [
        {
            "slug": "new-york",
            "name": "New York",
            "kind": "settlement",
            "latitude": "40.713",
            "longitude": "-74.006",
            "coordinate_uncertainty_m": "25000",
            "geonames_id": "5128581",
            "wikidata_id": "Q60",
        },
        {"slug": "united-states", "name": "United States", "kind": "country", "wikidata_id": "Q30"},
    ],
    "locationname": [{"location": "new-york", "toponym": "Нью-Йорк", "language": "ru", "is_preferred": "yes"}],
    "locationwithin": [
        {"location": "new-york", "within": "united-states", "period_edtf": "1776/..", "basis": "nature"}
    ],
    "eventkind": [{"slug": "resolution", "name": "resolution", "description": "A decision of an international body."}],
    "event": [
        {"slug": ADOPTED, "title": "Adoption of resolution 822", "kind": "resolution", "date_edtf": "1993-04-30"},
    ],
    "eventname": [{"event": ADOPTED, "name": "Adoption de la résolution 822", "language": "fr"}],
    "eventparty": [{"event": ADOPTED, "party": "armenia"}],
    "eventlocation": [{"event": ADOPTED, "location": "new-york", "role": "site", "certainty": "certain"}],
    "participation": [{"event": ADOPTED, "agent": "security-council", "role": "took_part"}],
    "unit": [{"slug": "person", "name": "person", "name_plural": "persons", "counts_whole_things": "yes"}],
    "population": [{"slug": "all", "name": "all"}],
    "citation": [
        {
            "event": ADOPTED,
            "document": "s-res-822",
            "locator_label": "page",
            "locator": "1",
            "aspect": "date",
            "stance": "supports",
            "asserted_date_edtf": "1993-04-30",
            "date_of": "agreed",
            "value_as_printed": "30 April 1993",
        }
    ],
    "disputenote": [
        {
            "event": ADOPTED,
            "aspect": "date",
            "text": "The one document dates the meeting, the other the vote.",
            "written_on": "2026-05-31",
        }
    ],
    "masthead": [
        {"slug": "masthead", "name": "A chronicle of resolutions", "editorial_body": "The editors of this chronicle"},
    ],
    "missingdocument": [
        {"slug": "consultations", "title": "Records of the consultations", "reason": "They were held in private."},
    ],
    "eventmissingdocument": [{"event": ADOPTED, "missing": "consultations"}],
    "term": [{"slug": "cease-fire", "name": "The end of fighting", "own_wording": "ceasefire"}],
    "termuse": [
        {"term": "cease-fire", "wording": "cease-fire", "language": "en", "document": "s-res-822", "times": "1"}
    ],
    "assertions": [
        {
            "document": "s-res-853",
            "document.document_type": "legislation",
            "document.title": "Resolution 853 (1993)",
            "document.title_short": "S/RES/853",
            "document.issued_edtf": "1993-07-29",
            "event": "adoption-of-resolution-853",
            "event.title": "Adoption of resolution 853",
            "event.kind": "resolution",
            "event.date_edtf": "1993-07-29",
            "locator_label": "page",
            "locator": "1",
            "aspect": "date",
            "stance": "supports",
            "asserted_date_edtf": "1993-07-29",
            "date_of": "agreed",
            "value_as_printed": "29 July 1993",
        },
        {
            "document": "s-res-853",
            "event": "adoption-of-resolution-853",
            "locator_label": "page",
            "locator": "1",
            "aspect": "occurrence",
            "stance": "supports",
            "statement": "The resolution says that it was adopted.",
        },
    ],
}
