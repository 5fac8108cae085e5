"""What the people of a desk keep among themselves, for the matrix."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from backoffice import actions
from backoffice.models import Desk, SpecialistRequest
from tests.city import TestCity


def keep_desk_work(city: TestCity, keep: Callable[..., None], secret: str) -> None:
    """Of the desk for housing what is its own, and a text of another desk."""
    desks = {relation: Desk.objects.select_related("unit").get(unit=city.unit(key)) for relation, key in
             {"mine": "wonen", "other": "schuldhulp"}.items()}  # fmt: skip
    for relation, lead in {"mine": city.ilse, "other": city.wim}.items():
        text = actions.make_answer_template(actor=lead, desk=desks[relation], name="Vol", answer="Alles is vol.")
        keep("desk text", relation, pk=text.pk)
    for relation, owner in {"mine": city.joost, "team": city.ilse}.items():
        own = actions.save_filter(actor=owner, desk=desks["mine"], name=secret, criteria={"urgency": "today"})
        keep("queue filter", relation, pk=own.pk)


def keep_words_of_desk(city: TestCity, keep: Callable[..., None], secret: str, relation: str, request: SpecialistRequest) -> None:
    """What was written about this request at the desk for housing; of another desk's there is nothing."""
    opinion: Any = uuid4()
    if relation == "routed":
        actions.note_at_desk(actor=city.joost, request=request, text=secret)
        asked = {"colleague": city.joost, "question": secret}
        opinion = actions.ask_second_opinion(actor=city.ilse, request=request, **asked).pk
    keep("request opinion", relation, pk=request.pk, opinion=opinion)
