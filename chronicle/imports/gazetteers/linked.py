"""GeoJSON (RFC 7946) and Linked Places Format 1.2 and 1.3, which is GeoJSON with names, times, types and relations.

What our own gazetteers say besides (`chronicle.exports.linked_places`) is read as well: slugs, EDTF, uncertainty in
metres, the party that uses a name, and on which basis a place lies within another.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from chronicle.imports.gazetteers.kinds import kind_of
from chronicle.imports.gazetteers.places import Parent, Place
from chronicle.imports.gazetteers.tables import tables_of, tail_of
from chronicle.imports.gazetteers.times import TimeError, period_of, spelled
from chronicle.imports.said import Read, Said
from chronicle.imports.tables import UnreadableError
from chronicle.vocabularies import LocationKind, WithinBasis
from sources.edtf import EDTFError, parse
from sources.models.constraints import SLUG_PATTERN

BROADER: Final = ("broader", "part", "within", "parent")
"""Words in the type of a relation that lead from a place to a larger one (gvp:broader_partitive)."""
READ: Final = frozenset(
    {"type", "@id", "id", "properties", "geometry", "names", "types", "links", "relations", "when", "@context", "uuid"}
)
"""Members of a feature that are read by themselves."""
TITLES: Final = ("title", "name")
OWN: Final = frozenset({"slug", "coordinate_uncertainty_m"})
"""Properties that our own gazetteers have."""
OF_NAMES: Final = frozenset({"toponym", "lang", "when", "party", "is_preferred", "is_heading"})


def is_gazetteer(data: Any) -> bool:
    """Return whether JSON is a collection of features, or one of them."""
    return isinstance(data, dict) and data.get("type") in {"FeatureCollection", "Feature"}


def read_linked(name: str, data: Mapping[str, Any], said: Said) -> Read:
    """Return the features of a file as tables; UnreadableError where it has none."""
    features = data.get("features") if data["type"] == "FeatureCollection" else [data]
    if not isinstance(features, list) or not features or not all(isinstance(one, dict) for one in features):
        raise UnreadableError(_("%(name)s has no features: GeoJSON has a list of them.") % {"name": name})
    places = [_place(number, feature) for number, feature in enumerate(features, start=1)]
    return tables_of(name, places, said)


def _place(number: int, feature: Mapping[str, Any]) -> Place:
    properties = _mapping(feature.get("properties"))
    title = next((str(properties[key]) for key in TITLES if properties.get(key)), "")
    identifier = str(feature.get("@id") or feature.get("id") or properties.get("id") or "")
    place = Place(number, identifier, title.strip())
    place.is_also(identifier)
    slug, uncertainty = properties.get("slug"), properties.get("coordinate_uncertainty_m")
    place.slug = slug if isinstance(slug, str) and re.fullmatch(SLUG_PATTERN, slug) else ""
    place.uncertainty = str(uncertainty) if place.slug and isinstance(uncertainty, int) else ""
    _put_geometry(place, feature.get("geometry"))
    periods = _periods(place, feature.get("when") or properties.get("when"))
    _put_names(place, feature.get("names"), periods)
    _put_types(place, _mappings(feature.get("types")), properties)
    for link in _mappings(feature.get("links")):
        if not place.is_also(str(link.get("identifier", ""))):
            place.lost("links", link.get("identifier"))
    _put_relations(place, _mappings(feature.get("relations")))
    for member, value in {**properties, **{key: feature[key] for key in feature if key not in READ}}.items():
        if member not in {*TITLES, "when", "fclasses", "kind", "id", *(OWN if place.slug else ())}:
            place.lost(member, value)
    return place


def _put_geometry(place: Place, geometry: Any) -> None:
    """The geometry alone; what the format says besides of it has no column."""
    if not isinstance(geometry, dict) or not geometry.get("type"):
        return
    members = ("type", "geometries") if geometry["type"] == "GeometryCollection" else ("type", "coordinates")
    for member, value in geometry.items():
        if member not in {*members, "geowkt"}:
            place.lost(f"geometry.{member}", value)
    if "geometries" in members:
        parts = [{key: part.get(key) for key in ("type", "coordinates")} for part in _mappings(geometry["geometries"])]
        if parts:
            place.geometry = parts[0] if len(parts) == 1 else {"type": "GeometryCollection", "geometries": parts}
    elif geometry.get("coordinates"):
        place.geometry = {member: geometry.get(member) for member in members}


def _periods(place: Place, when: Any, name: str = "when") -> list[str]:
    """The times of a place, a name or a relation, one for each span."""
    if isinstance(when, str | int) and not isinstance(when, bool):
        spans = [spelled(str(when))]
    else:
        found = _mapping(when)
        written = found.get("edtf")
        if isinstance(written, str) and _is_edtf(written):
            return [written]
        spans = _mappings(found.get("timespans"))
        for member, value in found.items():
            if member != "timespans":
                place.lost(f"{name}.{member}", value)
    periods = []
    for span in spans:
        try:
            periods.append(period_of(span, place.changed))
        except TimeError as error:
            place.wrong(name, span, str(error))
    return [period for period in periods if period]


def _put_names(place: Place, names: Any, periods: list[str]) -> None:
    """Names with language and time; one without a time has that of its place, which has none of its own here."""
    for name in _mappings(names):
        if name.get("is_heading") and name.get("toponym") == place.title:
            continue
        own = _periods(place, name.get("when"), "names.when")
        text, language, party = (str(name.get(member) or "") for member in ("toponym", "lang", "party"))
        place.call(text, language, own or periods, party=party, is_preferred=name.get("is_preferred") is True)
        for member, value in name.items():
            if member not in OF_NAMES:
                place.lost(f"names.{member}", value)
    if periods and not place.names:
        place.call(place.title, "", periods)
    if periods:
        place.changed("when", "; ".join(periods), _("it is kept as the time of its names"))


def _put_types(place: Place, types: Iterable[Mapping[str, Any]], properties: Mapping[str, Any]) -> None:
    numbers, words = [], []
    for each in types:
        if place.slug and each.get("sourceLabel") in LocationKind.values:
            place.kind = str(each["sourceLabel"])
            return
        numbers.append(str(each.get("identifier", "")).rstrip("/").rpartition("/")[2].removeprefix("aat:"))
        labels = each.get("sourceLabels") or each.get("sourceLabel") or ""
        words += [
            str(each.get("label") or ""),
            *([str(one) for one in labels] if isinstance(labels, list) else [str(labels)]),
        ]
    classes = properties.get("fclasses") or ()
    own = [str(properties["kind"])] if properties.get("kind") else [word for word in words if word]
    place.kind = kind_of(classes if isinstance(classes, list) else [], numbers, own) or ""
    told = "; ".join(word for word in words if word)
    if told and told.casefold() != place.kind:
        place.changed("types", told, _("it is kept as %(kind)s") % {"kind": place.kind or _("no kind")})


def _put_relations(place: Place, relations: Iterable[Mapping[str, Any]]) -> None:
    for relation in relations:
        kind = str(relation.get("relationType") or "").casefold()
        target, label = str(relation.get("relationTo") or ""), str(relation.get("label") or "")
        if not any(word in kind for word in BROADER):
            place.lost("relations", f"{kind} {target or label}")
            continue
        for period in _periods(place, relation.get("when"), "relations.when") or [""]:
            place.parents.append(Parent(target, label, period, *_basis(relation)))


def _basis(relation: Mapping[str, Any]) -> tuple[str, str, str]:
    """On which basis of ours a place lies within another, of which party, and the slug of the document that says so."""
    basis = relation.get("basis")
    if basis not in WithinBasis.values:
        return "", "", ""
    first = next(iter(_mappings(relation.get("citations"))), {})
    return str(basis), str(relation.get("party") or ""), tail_of(str(first.get("@id") or ""))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _is_edtf(written: str) -> bool:
    """Return whether something is a date in EDTF."""
    try:
        parse(written)
    except EDTFError:
        return False
    return True
