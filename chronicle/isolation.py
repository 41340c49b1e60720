"""What pages tell browsers besides the Content-Security-Policy: who may take them in, and what no page ever uses."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]

EMBEDDED = "/embed/"
"""Drawings for other people's pages; they alone may be taken in by these."""

NEVER_USED = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
"""Features that are refused to pages and to whatever could get into them (W3C, Permissions Policy); those that browsers
know, since they report any other on every page."""

PERMISSIONS = ", ".join(f"{feature}=()" for feature in NEVER_USED)
UNCHANGED = 304
"""An answer without a page, whose headers would take the place of the page's own in caches."""


def isolated(get_response: GetResponse) -> GetResponse:
    """Return the middleware that keeps pages and files from being taken in by other sites' pages."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == UNCHANGED:
            return response
        taken_in_by = "cross-origin" if request.path_info.startswith(EMBEDDED) else "same-origin"
        response.headers.setdefault("Cross-Origin-Resource-Policy", taken_in_by)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return middleware
