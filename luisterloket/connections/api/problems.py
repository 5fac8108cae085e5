"""An error as RFC 9457 writes it: `application/problem+json` with status, title and detail, and all that is wrong at once."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from luisterloket.platform.exceptions import Refused

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "De vraag klopt niet",
    401: "Niet aangemeld",
    403: "Dit mag dit token niet",
    404: "Niet gevonden",
    405: "Deze methode bestaat hier niet",
    406: "Dit antwoord bestaat niet in de gevraagde vorm",
    409: "Dit kan nu niet",
    411: "De lengte ontbreekt",
    413: "Te groot",
    415: "Deze vorm van vraag wordt niet gelezen",
    429: "Te veel vragen",
    500: "Er ging iets mis",
    503: "Tijdelijk niet bereikbaar",
}
DETAILS = {
    400: "De vraag kon niet worden gelezen.",
    401: "Het token ontbreekt of is niet geldig: het is onbekend, verlopen of ingetrokken.",
    403: "Dit token is hier niet voor gemaakt. Wie het bureau leidt, kan een token maken dat dit wel mag.",
    404: "Dit bestaat niet, of het is niet van dit bureau.",
    405: "Kijk in de kop Allow welke methode hier wel bestaat.",
    406: "Vraag om application/json.",
    409: "De stand van zaken laat dit niet toe.",
    411: "Stuur de kop Content-Length mee.",
    413: "Wat is gestuurd, is groter dan wordt aangenomen.",
    415: "Stuur application/json.",
    429: "Wacht het aantal seconden van de kop Retry-After en probeer het dan opnieuw.",
    500: "Dit ligt aan ons. Probeer het later opnieuw; met dezelfde Idempotency-Key gebeurt niets twee keer.",
    503: "Probeer het over een minuut opnieuw.",
}
BROKEN_RULES = "Er is iets niet goed ingevuld. In errors staat alles wat anders moet."


def body(status: int, detail: str = "", errors: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """What an error says. Only what was sent is in it, so that what is hidden reads the same as what is not there."""
    told = detail or DETAILS.get(status, DETAILS[500 if status >= 500 else 400])
    found: dict[str, Any] = {"type": "about:blank", "title": TITLES.get(status, TITLES[500 if status >= 500 else 400])}
    found |= {"status": status, "detail": told}
    return {**found, "errors": errors} if errors else found


def response_of(status: int) -> HttpResponse:
    """An error that came up outside the views of the API."""
    return JsonResponse(body(status), status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})


class Conflict(exceptions.APIException):
    status_code = 409


def error(place: str, location: str, code: str, detail: Any) -> dict[str, str]:
    """One thing that is wrong: where (`body`, `query`, `header`), at which property, a code for machines and words for people."""
    return {"in": place, "location": location, "code": code, "detail": str(detail)}


class InvalidInput(exceptions.APIException):
    """What was sent is not as described; `errors` says all that is wrong."""

    status_code = 400

    def __init__(self, errors: list[dict[str, str]], detail: str = BROKEN_RULES):
        super().__init__(detail)
        self.errors = errors


def handle(failure: Exception, context: dict[str, Any]) -> Response | None:
    """What DRF asks when something is raised in a view; None for what is our own fault, which is told and logged as such."""
    known = _known(failure)
    if known is None:
        return None
    set_rollback()
    headers = {}
    if getattr(known, "auth_header", None):
        headers["WWW-Authenticate"] = str(known.auth_header)  # type: ignore[attr-defined]
    if isinstance(known, exceptions.Throttled):
        headers["Retry-After"] = str(int(getattr(known, "wait", None) or 1))
    status = known.status_code
    detail = str(known.detail) if isinstance(known, InvalidInput | Conflict) else ""
    return Response(body(status, detail, getattr(known, "errors", None)), status=status, headers=headers, content_type=MEDIA_TYPE)


def _known(failure: Exception) -> exceptions.APIException | None:
    if isinstance(failure, Http404):
        return exceptions.NotFound()
    if isinstance(failure, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(failure, Refused):
        return _refused(failure)
    if isinstance(failure, ValidationError):
        # The model's own rules, which speak in the user's words too.
        return InvalidInput([error("body", "", "invalid", message) for message in failure.messages])
    if isinstance(failure, exceptions.ValidationError):
        return InvalidInput(flattened(failure.detail))
    if isinstance(failure, exceptions.ParseError):
        return InvalidInput([error("body", "", "json", "Dit is geen JSON die gelezen kan worden.")])
    return failure if isinstance(failure, exceptions.APIException) else None


def _refused(refusal: Refused) -> exceptions.APIException:
    """The rules say no: about what was sent, or about how it stands now."""
    code = str(getattr(refusal, "code", "") or "refused")
    if field := getattr(refusal, "property", ""):
        return InvalidInput([error("body", field, code, " ".join(refusal.messages))])
    return Conflict(" ".join(refusal.messages))


def flattened(detail: Any, place: str = "body", location: str = "") -> list[dict[str, str]]:
    """All that a serializer found, each with the property it is about."""
    if isinstance(detail, dict):
        parts = (
            (f"{location}.{name}".lstrip(".") if name != "non_field_errors" else location, one) for name, one in detail.items()
        )
        return [each for where, one in parts for each in flattened(one, place, where)]
    if isinstance(detail, list):
        return [each for one in detail for each in flattened(one, place, location)]
    return [error(place, location, str(getattr(detail, "code", "invalid")), detail)]
