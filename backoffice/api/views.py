"""Requests at a desk, for the desk's own system."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from backoffice import actions, request_page
from backoffice.models import SpecialistRequest
from luisterloket.connections.api.schema import described
from luisterloket.connections.api.views import ApiView

from . import serializers as shape
from .reading import request_of, requests_of

READS, HANDLES = "verzoeken:lezen", "verzoeken:behandelen"
TAG = "Verzoeken"


class VerzoekenView(ApiView):
    scopes = {"GET": READS}

    @described(
        "verzoekenLijst", "De verzoeken aan dit bureau", TAG, answer=shape.VerzoekenPagina, query=shape.Verzoeken, scope=READS,
        text="Oudste eerst, in pagina's. Ingetrokken verzoeken staan er niet in. Dat de lijst is gelezen,"
        " staat in het inzagelogboek.",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        rows, following = requests_of(self.system, self.asked(shape.Verzoeken))
        lines = [shape.short(one, self.system) for one in rows]
        return self.answer(shape.VerzoekenPagina, {"verzoeken": lines, "volgende": following or None})


class VerzoekView(ApiView):
    scopes = {"GET": READS}

    @described(
        "verzoekLezen", "Eén verzoek", TAG, answer=shape.Verzoek, of_one=True, scope=READS,
        text="Wat het bureau er vandaag van mag zien onder het convenant. Dit is een inzage: zij staat in het inzagelogboek,"
        " en het loket ziet dat het verzoek is geopend.",
    )  # fmt: skip
    def get(self, request: Request, pk: UUID) -> Response:
        return Response(_opened(request_of(self.system, pk), self.system))


class _Operation(ApiView):
    """Something that a desk does with a request; the answer is the request as it is then, to a token that may not read without
    what it says.
    """

    scopes = {"POST": HANDLES}
    reads: type[shape.Strict]
    action: Any
    # What the action's fields are called in the API.
    fields: dict[str, str] = {}

    def do(self, request: Request, pk: UUID) -> Response:
        found = request_of(self.system, pk)
        sent = self.sent(self.reads)
        properties = {field: name for name, field in self.fields.items()}
        details = {self.fields[name]: value for name, value in sent.items()}
        self.carry_out(type(self).action, properties, request=found, **details)
        found = request_of(self.system, pk)
        if READS not in self.token.scopes:
            return Response(dict(shape.Verzoek(shape.unread(found, self.system)).data))
        return Response(_opened(found, self.system))


class OppakkenView(_Operation):
    reads, action = shape.Oppakken, staticmethod(actions.take_up_request)

    @described(
        "verzoekOppakken", "Pak een verzoek op", TAG, answer=shape.Verzoek, reads=shape.Oppakken, of_one=True, scope=HANDLES,
        text="Vanaf nu loopt de klok van het antwoord.", states=True,
    )  # fmt: skip
    def post(self, request: Request, pk: UUID) -> Response:
        return self.do(request, pk)


class TerugvragenView(_Operation):
    reads, action = shape.Terugvragen, staticmethod(actions.ask_back)
    fields = {"tekst": "text"}

    @described(
        "verzoekTerugvragen", "Vraag het loket eerst iets", TAG, answer=shape.Verzoek, reads=shape.Terugvragen, of_one=True,
        scope=HANDLES, text="De klok van het bureau staat stil tot het loket heeft gereageerd.", states=True,
    )  # fmt: skip
    def post(self, request: Request, pk: UUID) -> Response:
        return self.do(request, pk)


class BeantwoordenView(_Operation):
    reads, action = shape.Beantwoorden, staticmethod(actions.answer_request)
    fields = {"resultaat": "result", "antwoord": "answer", "vervolgstap": "next_step", "grond": "refused_under"}

    @described(
        "verzoekBeantwoorden", "Geef het antwoord", TAG, answer=shape.Verzoek, reads=shape.Beantwoorden, of_one=True, scope=HANDLES,
        text="Het loket vertelt het de inwoner. Een afwijzing heeft altijd een reden en een vervolgstap.", states=True,
    )  # fmt: skip
    def post(self, request: Request, pk: UUID) -> Response:
        return self.do(request, pk)


def _opened(found: SpecialistRequest, user: Any) -> dict[str, Any]:
    """One request as the desk's page opens it: a look that is kept."""
    if found.status == SpecialistRequest.Status.GROUND_ENDED:
        return dict(shape.Verzoek(shape.unread(found, user)).data)
    opened = actions.open_request(actor=user, request=found)
    found.opened_at = opened.opened_at
    return dict(shape.Verzoek(shape.whole(request_page.request_at_desk(found, user, None), user)).data)
