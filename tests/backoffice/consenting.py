"""A case in which something goes to a desk only with the resident's own yes, made through the actions."""

import json
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from backoffice import actions, sharing
from backoffice.models import SpecialistRequest
from casework import actions as casework
from casework.models import Case, CaseMember, ConsentStep, Resident
from luisterloket.platform.acting import acting
from tests.backoffice import scene
from tests.city import TestCity

SECRET = "Ligt nachten wakker van wat hij zag"
FAMILY = "De school belt elke week"
TITLE, QUESTION = "Begeleiding na een zwaar jaar", "Kan er iemand meekijken, omdat hij nachten wakker ligt?"
MENTAL = "Hoe het voelt"
PURPOSE, CATEGORY = "youth", "mental_health"


def a_case(city: TestCity, actor: Any = None, *, born: str = "1990", unit: str = "schilderswijk") -> Case:
    """Someone who told how it feels, with a child at home."""
    actor = actor or city.marit
    intake = casework.start_intake(actor=actor, unit=city.unit(unit))
    values = {
        "own_words": "Wij redden het niet meer.", "name": "Jayden Cruden", "phone": "06 00 00 45 13", "born": born,
        "household": json.dumps([{"name": "Milan", "part": "child", "born": "2013"}]),
    }  # fmt: skip
    casework.save_sheet(actor=actor, intake=intake, revision=0, values=values)
    casework.mark_concern(actor=actor, intake=intake, domain="family", severity=2, text=FAMILY)
    casework.mark_concern(actor=actor, intake=intake, domain="mental_health", severity=2, text=SECRET)
    return casework.conclude_intake(actor=actor, intake=intake)


def in_dutch(text: str) -> str:
    """A text of the house as its pages say it."""
    with translation.override("nl"):
        return gettext(text)


def main_of(case: Case, actor: Any, part: str = "main") -> Resident:
    with acting(actor.acting):
        return CaseMember.objects.select_related("resident").get(case=case, part=part).resident


def says(city: TestCity, case: Case, state: str, *, actor: Any = None, **more: Any) -> ConsentStep:
    """The resident says yes or no at the table, or takes it back."""
    actor = actor or city.marit
    told = {"purpose": PURPOSE, "category": CATEGORY, "organisation": scene.desk(city, "jeugd").unit.organisation, "state": state}
    resident = more.pop("resident", None) or main_of(case, actor)
    return casework.note_consent(actor=actor, case=case, resident=resident, **(told | more))


def ask(city: TestCity, case: Case, *, only: tuple[str, ...] = (), **details: Any) -> SpecialistRequest:
    """A request to the desk with everything of these categories that may go along."""
    desk = scene.desk(city, "jeugd")
    with acting(city.marit.acting):
        items = sharing.shareable(city.marit, case, desk).items
    chosen = [key for key, item in items.items() if not only or item.category in only]
    return scene.sent(city, case, to="jeugd", items=chosen, title=TITLE, question=QUESTION, **details)


def taken_up(city: TestCity, case: Case, **details: Any) -> SpecialistRequest:
    request = ask(city, case, **details)
    actions.open_request(actor=city.karim, request=request)
    return actions.take_up_request(actor=city.karim, request=request)
