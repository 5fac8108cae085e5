"""A question of each desk, and someone who is away from a desk and from a team."""

from typing import Any

from backoffice import actions
from backoffice.models import Desk
from tests.backoffice.presence_scene import away, colleague
from tests.city import TestCity


def ask_and_be_away(city: TestCity, keep: Any) -> None:
    leads = {"mine": ("wonen", city.ilse), "other": ("jeugd", colleague(city, "leidster", "jeugd", "desk_lead"))}
    for relation, (key, lead) in leads.items():
        desk = Desk.objects.get(unit=city.unit(key))
        question = actions.add_question(actor=lead, desk=desk, text="Tot wanneer?", kind="date")
        keep("desk question", relation, pk=desk.pk, question=question.pk)
    for relation, (unit, user) in {"mine": ("wonen", city.joost), "team": ("schilderswijk", city.bram)}.items():
        absence = away(city, user, since=1, unit=unit)
        keep("absences of", relation, unit=absence.unit_id)
        keep("absence", relation, unit=absence.unit_id, pk=absence.pk)
