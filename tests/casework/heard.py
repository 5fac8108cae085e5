"""Conversations and cases for these tests, made as a worker makes them, and where their pages are."""

import json
from typing import Any

from django.urls import reverse

from casework import actions
from casework.models import Case, Intake

STORY = {
    "own_words": "Wij slapen vannacht nergens.",
    "quote": "Laat mijn kinderen slapen.",
    "name": "Rachida Amrani",
    "phone": "06 00 00 45 12",
}


def an_intake(actor: Any, unit: Any, **values: str) -> Intake:
    """A conversation with something typed."""
    intake = actions.start_intake(actor=actor, unit=unit)
    return actions.save_sheet(actor=actor, intake=intake, revision=intake.revision, values=STORY | values)


def a_case(actor: Any, unit: Any, *, household: int = 0, **values: str) -> Case:
    """A concluded conversation with a concern, a strength and someone around."""
    others = [{"name": f"Kind {number}", "part": "child", "born": "2020"} for number in range(household)]
    intake = an_intake(actor, unit, household=json.dumps(others) if others else "", **values)
    actions.mark_concern(actor=actor, intake=intake, domain="housing", severity=1, text="Vannacht geen plek", since="zondag")
    actions.mark_concern(actor=actor, intake=intake, domain="finances", severity=2, text="Nog veertig euro", who_helps="haar zus")
    actions.mark_strength(actor=actor, intake=intake, text="Spreekt vier talen", domain="participation")
    actions.mark_person(actor=actor, intake=intake, name="Hatice", relation="buurvrouw", can_do="op de kinderen passen")
    return actions.conclude_intake(actor=actor, intake=intake)


def address(name: str, case: Case, *rest: Any) -> str:
    """Where a page of a case is."""
    return reverse(f"casework:{name}", args=[case.pk, *rest])


def waits_of(answer: Any) -> list[Any]:
    """What waits on the page of a case, but for the next contact, which every case has."""
    return [wait for wait in answer.context["page"].waits if "/opvolging/" not in wait.url]
