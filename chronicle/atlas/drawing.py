"""A map as SVG: base, circles, lines and areas, dots, names, and a bar that tells the scale.

Everything looks as the style sheet says, by class; there is no style in it. Every place is a link.
"""

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from chronicle.atlas.base import base_of
from chronicle.atlas.labels import LINE, labels_of
from chronicle.atlas.paths import path_of, unit_lines
from chronicle.atlas.projection import Window
from chronicle.atlas.spots import Mark, Spot

BAR = 120
"""How long the bar of the scale is at the most, in pixels."""
STEPS = (1, 2, 5)
AREAS = ("Polygon", "MultiPolygon")


def drawn(window: Window, spots: Sequence[Spot], *, label: str, frames: Sequence[int] = ()) -> SafeString:
    """Return the window as an SVG element; `label` says in words what it shows.

    Where the page shows only the middle of it on narrow screens, `frames` says how much, so that no name is cut.

    The largest places lie at the bottom, so that the smaller ones can be met.
    """
    seen = [spot for spot in spots if spot.is_in(window) and not spot.is_too_large(window)]
    base = base_of(window)
    return format_html(
        '<svg class="map" viewBox="0 0 {} {}" width="{}" height="{}" preserveAspectRatio="xMidYMid slice"'
        ' role="group" aria-label="{}"><path class="land" d="{}"/><path class="lake" d="{}"/>'
        '<path class="river" d="{}"/><g class="places">{}</g><g class="names" aria-hidden="true">{}</g>{}</svg>',
        *(window.width, window.height, window.width, window.height, label),
        *(base.land, base.lakes, base.rivers),
        _join(_place(spot, window) for spot in sorted(seen, key=lambda spot: -spot.radius(window))),
        _names(seen, window, frames),
        _scale(window),
    )


def _join(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _place(spot: Spot, window: Window) -> SafeString:
    shape = _shape(spot, window)
    if not spot.address:
        return format_html('<g role="img" aria-label="{}"><title>{}</title>{}</g>', spot.title, spot.title, shape)
    return format_html(
        '<a href="{}" aria-label="{}"><title>{}</title>{}</a>', spot.address, spot.title, spot.title, shape
    )


def _shape(spot: Spot, window: Window) -> SafeString:
    mark = spot.mark(window)
    if mark == Mark.OUTLINE and spot.geometry:
        kind = spot.geometry["type"]
        path = path_of(unit_lines(spot.geometry), window, is_closed=kind in AREAS)
        return format_html('<path class="{} {}" d="{}"/>', mark, "area" if kind in AREAS else "line", path)
    x, y = window.at(spot.longitude, spot.latitude)
    return format_html(
        '<circle class="{}" cx="{}" cy="{}" r="{}"/>', mark, f"{x:.1f}", f"{y:.1f}", f"{spot.radius(window):.1f}"
    )


def _names(spots: Sequence[Spot], window: Window, frames: Sequence[int]) -> SafeString:
    """Every name in a text of its own, so that no script changes the direction of another."""
    return format_html_join(
        "",
        '<text{} x="{}" y="{}" lang="{}">{}</text>',
        (
            (_framed(label.frame), f"{label.x:.1f}", f"{label.y + number * LINE:.1f}", language, words)
            for label in labels_of(spots, window, frames)
            for number, (words, language) in enumerate(label.spot.names)
        ),
    )


def _framed(frame: int) -> SafeString:
    return format_html(' class="frame-{}"', frame) if frame else SafeString("")


def _scale(window: Window) -> SafeString:
    metres = bar_of(window)
    width = metres / window.metres(1)
    x, y = window.width / 2, window.height - 12
    return format_html(
        '<g class="scale"><path d="M{},{}v4h{}v-4"/><text x="{}" y="{}">{}</text></g>',
        *(f"{x - width / 2:.1f}", f"{y - 4:.1f}", f"{width:.1f}", f"{x:.1f}", f"{y - 8:.1f}", distance_words(metres)),
    )


def bar_of(window: Window) -> int:
    """Return the longest of 1, 2, 5, 10, 20, 50… metres that the bar has room for."""
    most = window.metres(BAR)
    power = 10 ** (len(str(int(most))) - 1)
    return max(step * power for step in STEPS if step * power <= most)


KILOMETRE = 1000
"""In metres."""


def distance_words(metres: int) -> str:
    """Return a round distance in words."""
    if metres < KILOMETRE:
        return _("%(number)s m") % {"number": metres}
    return _("%(number)s km") % {"number": f"{metres // KILOMETRE:,}"}
