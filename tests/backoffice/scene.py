"""Scenes at a state: a case with a story, and a request that came so far, made through the actions."""

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from backoffice import actions, sharing
from backoffice.models import Desk, SpecialistRequest, Stall
from backoffice.sweep import sweep
from casework import actions as casework
from casework.models import Case, CaseMember
from luisterloket.convenant.models import LegalGround
from luisterloket.platform.acting import NOBODY, acting
from tests import writes
from tests.city import TestCity

QUOTE = "Ik wil gewoon dat mijn kinderen vannacht ergens slapen."
CHILD = {"name": "Sofia", "part": "child", "born": "2025"}


def a_case(city: TestCity, actor: Any = None, unit: str = "schilderswijk", name: str = "Rachida Amrani") -> Case:
    """Someone with a roof problem, a money problem and a health problem."""
    actor = actor or city.marit
    intake = casework.start_intake(actor=actor, unit=city.unit(unit))
    values = {
        "own_words": "Vannacht staan we op straat.",
        "quote": QUOTE,
        "name": name,
        "phone": "06 00 00 45 12",
        "household": json.dumps([CHILD]),
    }
    casework.save_sheet(actor=actor, intake=intake, revision=0, values=values)
    casework.mark_concern(actor=actor, intake=intake, domain="housing", severity=1, text="Sinds zondag geen vast adres")
    casework.mark_concern(actor=actor, intake=intake, domain="finances", severity=2, text="Nog veertig euro tot vrijdag")
    casework.mark_concern(actor=actor, intake=intake, domain="physical_health", severity=3, text="Slaapt slecht, medicijnen op")
    casework.mark_strength(actor=actor, intake=intake, text="Spreekt vier talen")
    return casework.conclude_intake(actor=actor, intake=intake)


def desk(city: TestCity, key: str = "wonen") -> Desk:
    return Desk.objects.select_related("unit").get(unit=city.unit(key))


def usual(actor: Any, case: Case, at: Desk) -> list[str]:
    with acting(actor.acting):
        what = sharing.shareable(actor, case, at)
    return sharing.usual(what.items.values(), at, what.subjects[0])


def keys(actor: Any, case: Case, at: Desk, kind: str) -> list[str]:
    """The keys of the shareable items of one kind."""
    with acting(actor.acting):
        return [key for key, item in sharing.shareable(actor, case, at).items.items() if item.kind == kind]


def sent(city: TestCity, case: Case | None = None, *, to: str = "wonen", actor: Any = None, **details: Any) -> SpecialistRequest:
    actor = actor or city.marit
    case = case or a_case(city, actor)
    at = desk(city, to)
    asked = {"title": "Slaapplek voor vannacht", "question": "Kan zij in de opvang?", "urgency": "normal", "knows": True, **details}
    asked.setdefault("items", usual(actor, case, at))
    return actions.route_request(actor=actor, case=case, desk=at, **asked)


def taken_up(city: TestCity, **details: Any) -> SpecialistRequest:
    return actions.take_up_request(actor=city.joost, request=sent(city, **details))


def asked_back(city: TestCity, **details: Any) -> SpecialistRequest:
    return actions.ask_back(actor=city.joost, request=taken_up(city, **details), text="Hoe oud zijn de kinderen?")


def answered(city: TestCity, **details: Any) -> SpecialistRequest:
    return actions.answer_request(actor=city.joost, request=taken_up(city, **details), result="granted", answer="Er is plek.")


def closed(city: TestCity, **details: Any) -> SpecialistRequest:
    return actions.tell_resident(actor=city.marit, request=answered(city, **details), told_how="phone", outcome="helps")


def withdrawn(city: TestCity, **details: Any) -> SpecialistRequest:
    return actions.withdraw_request(actor=city.marit, request=sent(city, **details), reason="solved")


def ground_ended(city: TestCity, case: Case | None = None, **details: Any) -> SpecialistRequest:
    """It rested on a yes, which was taken back."""
    case, at = case or a_case(city), desk(city)
    with writes.allowed():
        LegalGround.objects.filter(purpose="shelter", category="housing").update(avg_basis="6(1)(a)")
    with acting(city.marit.acting):
        resident = CaseMember.objects.select_related("resident").get(case=case, part="main").resident
    said = {"purpose": "shelter", "category": "housing", "organisation": at.unit.organisation}
    casework.note_consent(actor=city.marit, case=case, resident=resident, state="given", **said)
    request = sent(city, case, items=keys(city.marit, case, at, "concern"), **details)
    casework.note_consent(actor=city.marit, case=case, resident=resident, state="withdrawn", **said)
    return now_of(request, city.marit)


def contested(city: TestCity, **details: Any) -> SpecialistRequest:
    return actions.contest_answer(actor=city.marit, request=answered(city, **details), why="Er is een brief bij gekomen.")


def escalated(city: TestCity, **details: Any) -> SpecialistRequest:
    told = {"answer": "Het kan niet.", "refused_under": "Wmo 2015, artikel 1.2.1", "next_step": "Bel de wijk."}
    stays = actions.reconsider_answer(actor=city.ilse, request=contested(city, **details), result="refused", **told)
    return actions.escalate(actor=city.marit, request=stays, dilemma="De regel past niet bij wie niets heeft.")


AT = {
    "sent": sent,
    "taken_up": taken_up,
    "asked_back": asked_back,
    "answered": answered,
    "closed": closed,
    "contested": contested,
    "escalated": escalated,
    "withdrawn": withdrawn,
    "ground_ended": ground_ended,
}


def now_of(request: SpecialistRequest, user: Any) -> SpecialistRequest:
    """The request as it is in the database, seen as `user`."""
    with acting(user.acting):
        return SpecialistRequest.objects.get(pk=request.pk)


@contextmanager
def as_jobs() -> Iterator[None]:
    """What a background job may do in the database, and no more."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE luisterloket_jobs")
        try:
            with acting(NOBODY):
                yield
        finally:
            cursor.execute("SET ROLE luisterloket_app")


def run_out(request: SpecialistRequest, user: Any, *, minutes: int = 1) -> None:
    """The clock that runs ran out a moment ago. No action does this: it only happens by waiting."""
    with writes.allowed(), acting(user.acting):
        SpecialistRequest.objects.filter(pk=request.pk).update(due_at=timezone.now() - timedelta(minutes=minutes))


def raised(request: SpecialistRequest, user: Any, level: str) -> Stall:
    """It ran out long ago, and went up to this level. No action does this: it only happens by waiting."""
    run_out(request, user, minutes=60 * 24 * 365)
    with writes.allowed(), acting(user.acting):
        long_ago = timezone.now() - timedelta(days=300)
        Stall.objects.filter(request_id=request.pk, ended_at=None).update(next_at=long_ago)
    for _step in range(4):
        with as_jobs():
            sweep()
            stall = Stall.objects.get(request_id=request.pk, ended_at=None)
        if stall.level == level:
            return stall
    raise AssertionError(f"{stall.level} is not {level}")


def in_threads(*functions: Callable[[], Any]) -> list[Any]:
    """All at the same moment, each on a connection of its own; what each gave, or the error it raised."""
    ready = threading.Barrier(len(functions))

    def run(function: Callable[[], Any]) -> Any:
        ready.wait()
        try:
            return function()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(functions)) as pool:
        return list(pool.map(run, functions))
