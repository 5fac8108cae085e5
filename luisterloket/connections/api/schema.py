"""The description of the API, made from its views: what one may send, what comes back, and every error and header there is."""

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.serializers import Serializer

from . import PREFIX, VERSION
from .problems import BROKEN_RULES, DETAILS, MEDIA_TYPE, TITLES, body, error
from .views import KEY_HEADER, LONGEST_KEY

KEY_TEXT = (
    "Een eigen sleutel voor deze handeling, zoals een UUID. Wie dezelfde vraag met dezelfde sleutel nog eens stuurt, krijgt het"
    " antwoord van toen en er gebeurt niets nieuws. Dezelfde sleutel met iets anders wordt geweigerd (409)."
)
HEADERS = {
    "API-Version": ("De volledige versie van deze API.", {"type": "string"}, VERSION),
    "RateLimit-Limit": ("Hoe vaak een token in een minuut mag vragen.", {"type": "integer"}, 300),
    "RateLimit-Remaining": ("Hoe vaak dat in deze minuut nog kan.", {"type": "integer"}, 299),
    "RateLimit-Reset": ("Over hoeveel seconden dat weer begint.", {"type": "integer"}, 42),
    "Cache-Control": ("Niets wordt bewaard.", {"type": "string"}, "no-store"),
    "Content-Security-Policy": ("In geen pagina te tonen.", {"type": "string"}, "frame-ancestors 'none'"),
    "Strict-Transport-Security": ("Alleen over TLS.", {"type": "string"}, "max-age=31536000; includeSubDomains"),
    "X-Content-Type-Options": ("Het soort bestand wordt niet geraden.", {"type": "string"}, "nosniff"),
    "X-Frame-Options": ("In geen pagina te tonen.", {"type": "string"}, "DENY"),
}
PROBLEM = {
    "type": "object",
    "description": "Een fout volgens RFC 9457.",
    "required": ["status", "title", "detail"],
    "properties": {
        "type": {
            "type": "string",
            "format": "uri-reference",
            "description": "Welk soort fout; `about:blank` zegt: die van de status.",
        },
        "title": {"type": "string", "description": "De fout in een paar woorden."},
        "status": {"type": "integer", "description": "De HTTP-status."},
        "detail": {"type": "string", "description": "Wat er is en wat je kunt doen."},
        "errors": {
            "type": "array",
            "description": "Alles wat anders moet, in één keer.",
            "items": {
                "type": "object",
                "required": ["in", "location", "code", "detail"],
                "properties": {
                    "in": {"type": "string", "enum": ["body", "query", "header"], "description": "Waar het staat."},
                    "location": {"type": "string", "description": "De eigenschap, de parameter of de kop."},
                    "code": {"type": "string", "description": "Wat er is, voor een programma."},
                    "detail": {"type": "string", "description": "Wat er is, voor een mens."},
                },
            },
        },
    },
}
EVERYWHERE = (401, 403, 406, 429, 500)


class BearerScheme(OpenApiAuthenticationExtension):
    """How one signs in."""

    target_class = "luisterloket.connections.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "Een token van dit systeem. Wie het bureau leidt, maakt het op de pagina Koppelingen; het verloopt.",
        }


def described(
    operation_id: str,
    summary: str,
    tag: str,
    *,
    text: str,
    scope: str,
    answer: type[Serializer],
    example: Any = None,
    query: type[Serializer] | None = None,
    reads: type[Serializer] | None = None,
    sends: Any = None,
    of_one: bool = False,
    states: bool = False,
    status: int = 200,
) -> Callable[[Any], Any]:
    """What the description says of a method: `of_one` says that it can be not found, `states` that the state can refuse it."""
    parameters: list[Any] = [query] if query else []
    if reads:
        parameters.append(
            OpenApiParameter(
                KEY_HEADER,
                {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
                OpenApiParameter.HEADER,
                required=True,
                description=KEY_TEXT,
            )
        )
    if of_one:
        parameters.append(OpenApiParameter("id", OpenApiTypes.UUID, OpenApiParameter.PATH, description="Het kenmerk."))
    errors = [*EVERYWHERE, *([404] if of_one else []), *([409] if states else []), *([413, 415] if reads else [])]
    errors += [400] if parameters else []
    examples = [OpenApiExample("voorbeeld", value=example, response_only=True, status_codes=[str(status)])] if example else []
    examples += [OpenApiExample("gestuurd", value=sends, request_only=True)] if sends is not None else []
    return extend_schema(
        operation_id=operation_id,
        summary=summary,
        description=f"{text}\n\nNodig: een token met `{scope}`.",
        tags=[tag],
        parameters=parameters,
        request=reads,
        responses={
            status: OpenApiResponse(answer, description="Gelukt."),
            **{one: OpenApiResponse(description=TITLES[one]) for one in errors},
        },
        examples=examples,
    )


def only_the_api(endpoints: list[tuple[str, ...]], **_details: Any) -> list[tuple[str, ...]]:
    """What our own pages ask with a script is no API for others."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(PREFIX)]


def complete(result: dict[str, Any], **_details: Any) -> dict[str, Any]:
    """Add to every operation what holds for all of them: headers, and errors as problems."""
    components = result.setdefault("components", {})
    components["headers"] = {
        name: {"description": text, "schema": kind, "example": example} for name, (text, kind, example) in HEADERS.items()
    }
    components.setdefault("schemas", {})["Probleem"] = PROBLEM
    for name, schema in components["schemas"].items():
        if name.endswith("Request"):
            # What is read knows no other properties (serializers.Strict).
            schema["additionalProperties"] = False
    _forget_ids(result)
    for operations in result["paths"].values():
        for operation in operations.values():
            _complete(operation)
    return result


def _forget_ids(part: Any) -> None:
    """drf-spectacular's own marks on lists of words, which say nothing to a reader."""
    if isinstance(part, dict):
        part.pop("x-spec-enum-id", None)
    for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        _forget_ids(each)


def _complete(operation: dict[str, Any]) -> None:
    for status, response in operation["responses"].items():
        response["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}
        if int(status) >= 400:
            response["content"] = {
                MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Probleem"}, "example": _example(int(status))}
            }
        if status == "429":
            response["headers"]["Retry-After"] = {
                "description": "Over hoeveel seconden het weer kan.",
                "schema": {"type": "integer"},
            }
        if status == "401":
            response["headers"]["WWW-Authenticate"] = {"description": "Hoe men zich aanmeldt.", "schema": {"type": "string"}}
    operation["responses"] = dict(sorted(operation["responses"].items()))


def _example(status: int) -> dict[str, Any]:
    if status == 400:
        return body(400, BROKEN_RULES, [error("header", KEY_HEADER, "required", "Stuur een eigen sleutel mee.")])
    return body(status, DETAILS[status])


@lru_cache(maxsize=1)
def description() -> str:
    """The whole description as JSON; the same for everyone, so made once."""
    found = SchemaGenerator().get_schema(request=None, public=True)
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


@login_not_required
@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """For everyone, from every origin (publish-openapi)."""
    return HttpResponse(description(), content_type="application/json")
