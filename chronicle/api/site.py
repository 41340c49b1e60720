"""The interface itself: what it is called, what it can be asked, and how it answers."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from ninja import NinjaAPI

from chronicle.api.operations import changes, citations, documents, events, locations, search
from chronicle.api.problems import MEDIA_TYPE, Problem, explain, nothing_there, problem
from chronicle.api.reference import reference

api = NinjaAPI(
    title="Chronicle",
    version="1.0.0",
    description=(
        "What is published, for programs: only reading, without keys. Lists are paged by “next”; answers have an ETag; "
        "errors are problem documents (RFC 9457). Rival values are all there, and none is chosen."
    ),
    docs_url=None,
    urls_namespace="api",
)
"""Read-only: no operation has another method than GET."""

api.add_router("/events", events.router)
api.add_router("/citations", citations.router)
api.add_router("/locations", locations.router)
api.add_router("", documents.router)
api.add_router("", changes.router)
api.add_router("/search", search.router)
explain(api)

PROBLEMS = {
    "404": "Nothing is at this address.",
    "301": "It has another address now, which Location has: it was renamed, or merged into another record.",
    "410": "It was taken down: the day and the reason.",
    "422": "A parameter cannot be understood: which one, and what to write.",
    "503": "Too much is asked for at this moment: Retry-After says when to ask again.",
}

TOO_LONG = "The address is too long: what serves this interface says so before it is asked, in a form of its own."


def described() -> dict[str, Any]:
    """Return the interface as OpenAPI 3.1, with the problems that every operation may answer with."""
    schema = dict(api.get_openapi_schema(path_prefix="/api/"))
    schemas = schema["components"]["schemas"]
    problems = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problems.pop("$defs", {}))
    schemas["Problem"] = problems
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in schema["paths"].values():
        for operation in operations.values():
            for status, words in PROBLEMS.items():
                operation["responses"][status] = {"description": words, "content": content}
            operation["responses"]["414"] = {"description": TOO_LONG}
    return schema


def openapi(request: HttpRequest) -> HttpResponse:
    """Return the description of the interface, with the address at which it is asked."""
    schema = {**described(), "servers": [{"url": request.build_absolute_uri("/").rstrip("/")}]}
    return JsonResponse(schema)


def reading(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return a view that answers HEAD as GET, and any other method with a problem document."""

    @wraps(view)
    def answer(request: HttpRequest, **address: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            refusal = problem(405, _("This is for reading: use GET."))
            refusal["Allow"] = "GET, HEAD"
            return refusal
        asked, request.method = request.method, "GET"
        try:
            response = view(request, **address)
        finally:
            request.method = asked
        return response

    return answer


def nothing(request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ARG001 -- every other address
    """Say that nothing is at an address."""
    return nothing_there()


def _operations() -> list[URLPattern]:
    """The addresses of the operations; that of the description and the empty one are made here."""
    patterns = [found for found in api.urls[0] if isinstance(found, URLPattern)]
    for pattern in patterns:
        pattern.callback = reading(pattern.callback)
    return [pattern for pattern in patterns if str(pattern.pattern) not in {"", "openapi.json"}]


urlpatterns = [
    path("", reference, name="reference"),
    path("openapi.json", reading(openapi), name="openapi"),
    *_operations(),
    path("<path:rest>", reading(nothing)),
]
"""To be included under the namespace `api`: the names of operations are those of pages too."""
