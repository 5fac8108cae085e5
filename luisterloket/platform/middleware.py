"""A trace id on every request and answer, and the language of the one who looks."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from . import logs
from .origin import Origin, coming_from


class TraceMiddleware:
    """Ties what is logged, shown and asked of support together with one id that says nothing of anyone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        trace_id, span_id = logs.read_traceparent(request.headers.get("traceparent", ""))
        with logs.tracing(trace_id, span_id):
            response = self.get_response(request)
            response.headers["traceparent"] = logs.traceparent()
        response.headers["X-Trace-Id"] = trace_id
        # Pages about people are kept nowhere but on this screen (ASVS 14.3.2).
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class OriginMiddleware:
    """Lets the access log know where someone comes from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with coming_from(Origin(request.META, request.session)):
            return self.get_response(request)


class LanguageMiddleware(LocaleMiddleware):
    """Dutch unless this person chose otherwise: the browser's language decides nothing, since the work is in Dutch."""

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get("language", "")
        translation.activate(chosen if translation.check_for_language(chosen) else "nl")
        request.LANGUAGE_CODE = translation.get_language()
