"""Every answer under /api/ carries the version and the headers of security, and every error is a problem, wherever it came up."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from . import VERSION
from .problems import MEDIA_TYPE, response_of

OPEN_TO_ALL = "/openapi.json"
HEADERS = {
    "API-Version": VERSION,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class ApiMiddleware:
    """Around all others, so that also what another middleware refuses comes out as an answer of the API."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not request.path.startswith("/api/"):
            return response
        if response.status_code >= 400 and not response.headers.get("Content-Type", "").startswith(MEDIA_TYPE):
            response = self._as_problem(response)
        for name, value in HEADERS.items():
            response.headers[name] = value
        self._allow_origin(request, response)
        return response

    @staticmethod
    def _as_problem(response: Any) -> HttpResponseBase:
        problem = response_of(response.status_code)
        for name in ("Allow", "Retry-After", "X-Trace-Id", "traceparent"):
            if name in response.headers:
                problem.headers[name] = response.headers[name]
        return problem

    @staticmethod
    def _allow_origin(request: HttpRequest, response: HttpResponseBase) -> None:
        """The description is for everyone; the rest for the origins that the installation names."""
        origin = request.headers.get("Origin", "")
        if request.path.endswith(OPEN_TO_ALL):
            response.headers["Access-Control-Allow-Origin"] = "*"
        elif origin and origin in settings.API_ORIGINS:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Vary"] = "Origin"
