"""Plans for the demo city, made at the table with who they are about. All people are made up."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from luisterloket.platform.demo import City, part

from . import actions
from .demo_people import as_owner
from .models import Case, PlanStep, Strength, SupportPerson

HELPS = PlanStep.Effect.HELPS


@part(116)
def plans(city: City) -> None:
    for key, story in (("rachida", _rachida), ("gulsen", _gulsen), ("denise", _denise)):
        case = city.cases[key]
        with as_owner(case):
            story(case)


def _rachida(case: Case) -> None:
    """Story 1: tonight first; what she can do herself, and for others, is in the plan from the first day."""
    _review(case, "start", timezone.localdate(), {"housing": 1, "finances": 2, "family": 3})
    sleep = _goal(case, "Dat mijn kinderen vannacht ergens slapen waar ze niet bang zijn.", "housing")
    request = _step(case, sleep, "request", "Slaapplek voor vannacht, voor drie personen", 0)
    minding = _step(case, sleep, "network", "Past woensdag en vrijdag op Sofia", 2, person=_person(case, "Hatice"))
    money = _goal(case, "Weer zelf over mijn geld gaan.", "finances")
    allowance = _step(case, money, "resident", "Vraagt de kinderbijslag op haar eigen rekening", 3, resident=_main(case))
    call = _step(case, money, "loket", "Belt de Belastingdienst over de toeslagen, samen met Rachida", 4)
    _step(
        case, None, "local_offer", "Tolkt bij de taalmaatjes, als het rustiger is", 40, where="Buurthuis De Mussen",
        talent=_strength(case, "vier talen"),
    )  # fmt: skip
    for one in (request, minding, allowance, call):
        _says(case, one, "agreed")
    actions.move_step(actor=case.owner, step=request, to="doing")


def _gulsen(case: Case) -> None:
    """Story 4: three weeks on. The phone is quiet, and one offer she did not want."""
    _review(case, "start", timezone.localdate() - timedelta(days=21), {"finances": 2, "mental_health": 3, "participation": 4})
    rest = _goal(case, "Dat ik niet meer schrik als de telefoon gaat.", "mental_health")
    calls = _step(case, rest, "loket", "Belt elke deurwaarder: voortaan alleen nog brieven", 1)
    group = _step(case, rest, "local_offer", "Een wandelgroep op donderdag", 9, where="Gezondheidscentrum Rubenshoek")
    study = _goal(case, "Dat Elif weer kan leren.", "work")
    letters = _step(case, study, "network", "Legt de brieven op volgorde, elke zaterdag", 5, person=_person(case, "Elif"))
    _step(case, study, "loket", "Vraagt bij DUO hoe Elif weer kan beginnen", 6)
    _step(
        case,
        None,
        "resident",
        "Kookt voor de eetgroep en denkt mee over het menu",
        12,
        resident=_main(case),
        talent=_strength(case, "Kookt"),
    )
    for one in (calls, letters):
        _says(case, one, "agreed")
    _says(case, group, "declined")
    actions.move_step(actor=case.owner, step=calls, to="done", effect=HELPS, effect_word="Zij slaapt weer door")
    actions.move_step(actor=case.owner, step=letters, to="doing")
    _review(case, "review", timezone.localdate() - timedelta(days=2), {"finances": 2, "mental_health": 4, "participation": 4})


def _denise(case: Case) -> None:
    """Story 2: a year of work, and the last stretch of a driving licence."""
    _review(case, "start", timezone.localdate() - timedelta(days=6), {"work": 3, "finances": 4})
    job = _goal(case, "Mijn baan houden.", "work")
    letter = _step(case, job, "network", "Schrijft een brief over haar contract", 4, person=_person(case, "Wendy"))
    lessons = _step(case, job, "maatwerk", "De laatste lessen en het examen", 14)
    for one in (letter, lessons):
        _says(case, one, "agreed")
    actions.move_step(actor=case.owner, step=letter, to="done", effect=HELPS)


def _goal(case: Case, text: str, domain: str) -> Any:
    return actions.add_goal(actor=case.owner, case=case, text=text, domain=domain, resident=_main(case))


def _step(case: Case, goal: Any, kind: str, text: str, days: int, **more: Any) -> PlanStep:
    due_on = timezone.localdate() + timedelta(days=days)
    return actions.add_step(actor=case.owner, case=case, kind=kind, text=text, guard=case.owner, due_on=due_on, goal=goal, **more)


def _says(case: Case, step: PlanStep, answer: str) -> None:
    actions.answer_step(actor=case.owner, step=step, version=step.version, answer=answer)


def _review(case: Case, kind: str, on: Any, readings: dict[Any, int]) -> None:
    actions.note_review(actor=case.owner, case=case, kind=kind, on=on, readings=readings)


def _main(case: Case) -> Any:
    return case.members.get(part="main").resident


def _person(case: Case, name: str) -> SupportPerson:
    return next(one for one in SupportPerson.objects.filter(case=case) if one.name == name)


def _strength(case: Case, word: str) -> Strength:
    return next(one for one in Strength.objects.filter(case=case) if word in one.text)
