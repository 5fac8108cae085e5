"""Hand-ins of a partner's own unit, for its system."""

from typing import Any
from uuid import UUID

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from backoffice import actions
from backoffice.actions.hand_ins import lokets
from backoffice.hand_in_page import keep_look_at_list, sent_one
from backoffice.hand_in_permissions import may_be_handed_in
from backoffice.models import HandIn
from luisterloket.connections.api.paging import page_of
from luisterloket.connections.api.problems import InvalidInput, error
from luisterloket.connections.api.schema import described
from luisterloket.connections.api.views import ApiView

from . import hand_in_serializers as shape

READS, SENDS = "overdrachten:lezen", "overdrachten:indienen"
TAG = "Overdrachten"


class LokettenView(ApiView):
    scopes = {"GET": SENDS}

    @described(
        "lokettenLijst", "Waar en waarover kan worden ingediend", TAG, answer=shape.Loketten, scope=SENDS,
        text="De loketten die meedoen aan het convenant, en de gegevenscategorieën waarvoor deze organisatie een grond heeft.",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        found = [{"id": one.pk, "naam": one.name, "wijk": str(one.wijk)} for one in lokets()]
        categories = sorted(may_be_handed_in(self.system, self.token.connection.unit_id))
        return self.answer(shape.Loketten, {"loketten": found, "categorieen": categories})


class OverdrachtenView(ApiView):
    scopes = {"GET": READS, "POST": SENDS}

    @described(
        "overdrachtenLijst", "De overdrachten van deze organisatie", TAG, answer=shape.OverdrachtenPagina, query=shape.Bladeren,
        scope=READS, text="Oudste eerst, in pagina's, zonder de gegevens van de inwoner.",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        asked = self.asked(shape.Bladeren)
        found = HandIn.objects.visible_to(self.system).select_related("unit")
        rows, following = page_of(found, "sent_at", asked.get("cursor", ""), asked["aantal"])
        keep_look_at_list(self.system, rows)
        return self.answer(
            shape.OverdrachtenPagina, {"overdrachten": [shape.short(one) for one in rows], "volgende": following or None}
        )

    @described(
        "overdrachtIndienen", "Dien een inwoner in bij een loket", TAG, answer=shape.Overdracht, reads=shape.Indienen,
        scope=SENDS, status=201, states=True,
        text="Het loket antwoordt uiterlijk op een dag. Het antwoord zegt niet of het loket de inwoner al kende.",
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        sent = self.sent(shape.Indienen)
        loket = lokets().filter(pk=sent.pop("loketId")).first()
        if loket is None:
            raise InvalidInput([error("body", "loketId", "no_loket", "Dit loket doet niet mee. Kies er een uit /loketten.")])
        details = {shape.FIELDS[name]: value for name, value in sent.items()}
        properties = {field: name for name, field in shape.FIELDS.items()}
        handed = self.carry_out(actions.hand_in, properties, desk_unit=self.token.connection.unit, unit=loket, **details)
        return self.answer(shape.Overdracht, _shown(handed, self.system), status=201)


class OverdrachtView(ApiView):
    scopes = {"GET": READS}

    @described(
        "overdrachtLezen", "Eén overdracht", TAG, answer=shape.Overdracht, of_one=True, scope=READS,
        text="Hoe het ermee staat, en wat de indiener ervan mag horen. Deze inzage staat in het inzagelogboek.",
    )  # fmt: skip
    def get(self, request: Request, pk: UUID) -> Response:
        return self.answer(shape.Overdracht, _shown(_found(pk, self.system), self.system))


class IntrekkenView(ApiView):
    scopes = {"POST": SENDS}

    @described(
        "overdrachtIntrekken", "Trek een overdracht in", TAG, answer=shape.Overdracht, reads=shape.Intrekken, of_one=True,
        scope=SENDS, states=True, text="Dat kan zolang het loket nog niet heeft geantwoord.",
    )  # fmt: skip
    def post(self, request: Request, pk: UUID) -> Response:
        found = _found(pk, self.system)
        self.sent(shape.Intrekken)
        self.carry_out(actions.withdraw_hand_in, {}, hand_in=found)
        return self.answer(shape.Overdracht, _shown(_found(pk, self.system), self.system))


def _found(pk: UUID, system: Any) -> HandIn:
    found = HandIn.objects.visible_to(system).select_related("unit").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _shown(found: HandIn, system: Any) -> dict[str, Any]:
    return shape.whole(sent_one(found, system))
