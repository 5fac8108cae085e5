"""The demo city's desks with their terms, and requests in every state. All people are made up."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from casework.models import Case
from luisterloket.platform.acting import acting
from luisterloket.platform.demo import City, part
from luisterloket.wijken.calendar import is_working_day

from . import actions, ladders, sharing, terms
from .models import Clock, Desk, Kind, Measure, SpecialistRequest, Term, Urgency
from .sweep import sweep

BASIC = ["identity", "contact", "household"]
# Desk: purpose, what it helps with, life domains, what its question usually needs, working days until its answer.
DESKS = {
    "wonen": ("shelter", "Opvang, urgentie, ontruiming", ["housing"], [*BASIC, "housing"], 3),
    "inkomen": ("income", "Uitkering, toeslagen, bijzondere bijstand", ["finances", "work"], [*BASIC, "finances"], 3),
    "schuldhulp": ("debt", "Schulden regelen, beslag stoppen", ["finances"], [*BASIC, "finances"], 5),
    "jeugd": ("youth", "Hulp voor kinderen en hun ouders", ["family"], [*BASIC, "family"], 5),
    "invordering": ("collection", "Wachten met innen, een regeling treffen", ["finances"], ["identity", "finances"], 5),
}
HOURS, DAYS, WEEKS = Measure.OPENING_HOURS, Measure.WORKING_DAYS, Measure.WEEKS
# Since when the terms of the demo city hold.
SINCE = date(2026, 1, 1)
# A decision on an application takes eight weeks at most.
DECISION = {"amount": 8, "measure": WEEKS, "law": "Awb", "article": "art. 4:13 lid 2"}
READ_ON = date(2026, 11, 26)


def terms_of(days: int) -> list[tuple[str, str, int, str]]:
    """Urgency, clock, how much, of what."""
    today, normal = Urgency.TODAY, Urgency.NORMAL
    return [
        (today, Clock.PICK_UP, 1, HOURS),
        (today, Clock.ANSWER, 4, HOURS),
        (today, Clock.REPLY, 2, HOURS),
        (today, Clock.TELL, 1, DAYS),
        (today, Clock.RECONSIDER, 1, DAYS),
        (today, Clock.ESCALATE, 1, DAYS),
        (normal, Clock.PICK_UP, 1, DAYS),
        (normal, Clock.ANSWER, days, DAYS),
        (normal, Clock.REPLY, 2, DAYS),
        (normal, Clock.TELL, 2, DAYS),
        (normal, Clock.RECONSIDER, 10, DAYS),
        (normal, Clock.ESCALATE, 5, DAYS),
    ]


@part(30)
def desks(city: City) -> None:
    for order, (key, (purpose, description, domains, needs, days)) in enumerate(DESKS.items()):
        desk = city.desks[key] = Desk.objects.create(
            unit=city.units[key], purpose_id=purpose, description=description, domains=domains, usually_needs=needs, order=order,
            kinds=Kind.values, pauses_collection=purpose == "collection",
        )  # fmt: skip
        Term.objects.bulk_create(_terms(desk, days))


def _terms(desk: Desk, days: int) -> list[Term]:
    """A table for every kind: service terms, and for the decision on an application that of the law."""
    found = []
    for kind in Kind:
        for urgency, clock, amount, measure in terms_of(days):
            told: dict[str, Any] = {"amount": amount, "measure": measure}
            if kind == Kind.APPLICATION and clock == Clock.ANSWER:
                told = {**DECISION, "source": Term.Source.LAW, "checked_on": READ_ON}
            found.append(Term(desk=desk, kind=kind, urgency=urgency, clock=clock, valid_from=SINCE, **told))
    return found


@part(120)
def requests(city: City) -> None:
    """One request in each state a visitor may want to see, as far as these people have a case."""
    joost, anouk, wim, karim = (city.people[key] for key in ("joost", "anouk", "wim", "karim"))
    shelter = ask_for(
        city,
        "rachida",
        "wonen",
        "Slaapplek voor moeder met twee kinderen",
        "Zij staat vannacht op straat met twee kleine kinderen. Kunnen zij terecht in de crisisopvang? Drie adressen zijn al "
        "gebeld, alles is vol. Vanaf 1 december kan zij misschien bij haar zus.",
        Urgency.TODAY,
    )
    if shelter:
        actions.open_request(actor=joost, request=shelter)
        actions.take_up_request(actor=joost, request=shelter)
    benefits = ask_for(
        city, "rachida", "inkomen", "Toeslagen op naam van de ex", "De toeslagen gaan nog naar haar ex. Kan er een voorschot komen?"
    )
    if benefits:
        as_if_sent(benefits, working_days_ago=2)
    money_back = ask_for(
        city, "gulsen", "inkomen", "Terugvordering studiefinanciering", "Kan de terugvordering stoppen tot haar inkomen is bekeken?"
    )
    if money_back:
        actions.open_request(actor=anouk, request=money_back)
        actions.take_up_request(actor=anouk, request=money_back)
        actions.ask_back(actor=anouk, request=money_back, text="Vanaf welke maand kwam de terugvordering, en hoe hoog is die?")
    debts = ask_for(city, "gulsen", "schuldhulp", "Drie schuldeisers tegelijk", "Kan schuldhulp de schuldeisers vragen te wachten?")
    if debts:
        as_if_sent(debts, working_days_ago=6)
        actions.take_up_request(actor=wim, request=debts)
    care_leaver = ask_for(
        city,
        "jayden",
        "jeugd",
        "Jongere van 18 uit pleegzorg",
        "Hij werd 18 en zijn pleegzorg stopt. Kan hij bij zijn pleegouders blijven tot zijn examen?",
    )
    if care_leaver:
        actions.open_request(actor=karim, request=care_leaver)
        actions.take_up_request(actor=karim, request=care_leaver)
        actions.answer_request(
            actor=karim,
            request=care_leaver,
            result="refused",
            answer="Pleegzorg na 18 jaar kan alleen als dat vóór de verjaardag is aangevraagd.",
            refused_under="Jeugdwet: verlengde pleegzorg wordt vóór de verjaardag bepaald.",
            next_step="Vraag bijzondere bijstand aan voor de kamer. Wij sturen vandaag een brief mee die daarbij helpt.",
        )
        actions.judge_question(
            actor=karim,
            request=care_leaver,
            quality="incomplete",
            words="Zet de datum van de verjaardag erbij, dan zien wij de termijn.",
        )
    room = ask_for(
        city,
        "orlando",
        "wonen",
        "Inschrijfadres voor wie op banken slaapt",
        "Hij slaapt bij vrienden. Waar kan hij zich inschrijven?",
    )
    if room:
        actions.open_request(actor=joost, request=room)
        actions.take_up_request(actor=joost, request=room)
        actions.answer_request(
            actor=joost,
            request=room,
            result="granted",
            answer="Hij kan een briefadres krijgen. Maandag om 10.00 op het stadskantoor.",
        )
        actions.tell_resident(actor=room.asked_by, request=room, told_how="phone", outcome="helps", outcome_note="Hij gaat erheen.")
    sweep()


def ask_for(city: City, who: str, desk: str, title: str, question: str, urgency: str = Urgency.NORMAL) -> SpecialistRequest | None:
    """A request of the owner of the case, with what this desk usually needs; None when these people have no case here."""
    case: Case | None = city.cases.get(who)
    if case is None:
        return None
    asker: Any = case.owner
    with acting(asker.acting):
        what = sharing.shareable(asker, case, city.desks[desk])
    chosen = sharing.usual(what.items.values(), city.desks[desk], what.subjects[0])
    # In an acute question the resident's own words go along too.
    chosen += [key for key, item in what.items.items() if item.kind == "quote" and urgency == Urgency.TODAY]
    return actions.route_request(
        actor=asker, case=case, desk=city.desks[desk], title=title, question=question, urgency=urgency, items=chosen, knows=True
    )


def as_if_sent(request: SpecialistRequest, *, working_days_ago: int) -> None:
    """As if it was sent some days ago. Only the demo city may do this: no action moves a clock back."""
    sent_at = timezone.now()
    while working_days_ago:
        sent_at -= timedelta(days=1)
        working_days_ago -= is_working_day(timezone.localdate(sent_at))
    desk = Desk.objects.get(unit_id=request.desk_unit_id)
    picked_up_by = terms.due(desk, request.kind, request.urgency, Clock.PICK_UP, sent_at).at
    answered_by = terms.due(desk, request.kind, request.urgency, Clock.ANSWER, sent_at)
    request.due_at = picked_up_by
    ladders.plan(request, desk)
    SpecialistRequest.objects.filter(pk=request.pk).update(
        sent_at=sent_at,
        due_at=picked_up_by,
        pick_up_due_at=picked_up_by,
        answer_due_at=answered_by.at,
        answer_last_day=answered_by.last_day,
        flag_at=request.flag_at,
        rungs=request.rungs,
    )
