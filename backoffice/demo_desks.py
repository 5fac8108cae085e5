"""What the desks of the demo city say of themselves and ask, and someone who is away. All people are made up."""

from datetime import date, timedelta

from django.utils import timezone

from casework.models import Case
from luisterloket.convenant.demo import someone
from luisterloket.convenant.models import DataCategory
from luisterloket.people import actions as people
from luisterloket.people.models import User
from luisterloket.platform.acting import acting
from luisterloket.platform.demo import City, part

from . import actions, intake, sharing
from .models import Desk, DeskQuestion, SpecialistRequest

Kind = DeskQuestion.Kind
# Who joins which desk, as what: enough people to stand in for each other.
COLLEAGUES = {
    "saskia": ("Saskia Wolters", "specialist", "wonen"),
    "yusuf": ("Yusuf Aydın", "specialist", "wonen"),
    "mieke": ("Mieke van der Laan", "desk_lead", "inkomen"),
    "dewi": ("Dewi Soekarno", "specialist", "schuldhulp"),
    "femke": ("Femke Brandsma", "desk_lead", "jeugd"),
}
# Desk: who leads it, its specialisms, how much it takes a week and for each person.
SAYS = {
    "wonen": ("ilse", ["Crisisopvang", "Urgentieverklaring", "Ontruiming voorkomen", "Briefadres"], 20, 8),
    "inkomen": ("mieke", ["Bijstand", "Bijzondere bijstand", "Toeslagen"], 1, None),
    "schuldhulp": ("wim", ["Schuldregeling", "Beslag en beslagvrije voet", "Vroegsignalering"], 10, None),
    "jeugd": ("femke", ["Opvoedhulp", "Van 18- naar 18+"], None, 6),
}
# Desk: question, a line under it, kind, answers to choose from, what it tells of.
ASKS: dict[str, list[tuple[str, str, str, list[str], str]]] = {
    "wonen": [
        ("Waar slaapt iemand de komende nachten?", "Zo precies als nodig, zonder adres.", Kind.WORDS, [], "housing"),
        ("Tot en met welke dag kan dat?", "", Kind.DATE, [], "housing"),
        ("Met wie is iemand?", "", Kind.CHOICE, ["Alleen", "Met partner", "Met kinderen"], "household"),
    ],
    "schuldhulp": [
        ("Is er loonbeslag of een ontruiming aangezegd?", "Kijk op de brief van de deurwaarder.", Kind.YES_NO, [], "finances"),
        ("Hoe veel schuldeisers zijn er ongeveer?", "", Kind.CHOICE, ["1 tot 5", "6 tot 10", "Meer dan 10"], "finances"),
    ],
    "jeugd": [("Weet het kind of de ouder van deze vraag?", "", Kind.YES_NO, [], "")],
}


@part(122)
def what_the_desks_say(city: City) -> None:
    for key, (name, role, unit) in COLLEAGUES.items():
        user = city.people[key] = someone(key, name)
        people.appoint(actor=_now(city, "olga"), user=user, unit=city.units[unit], role=role, since=date(2026, 1, 1))
    for key, (lead, specialisms, week, person) in SAYS.items():
        desk = city.desks[key]
        desk = city.desks[key] = actions.describe_desk(
            actor=_now(city, lead), desk=desk, description=desk.description, domains=desk.domains, specialisms=specialisms,
            week_capacity=week, person_capacity=person,
        )  # fmt: skip
        for text, hint, kind, choices, category in ASKS.get(key, []):
            actions.add_question(
                actor=_now(city, lead), desk=desk, text=text, hint=hint, kind=kind, choices=choices,
                category=DataCategory.objects.get(pk=category) if category else None,
            )  # fmt: skip


@part(195)
def who_is_away(city: City) -> None:
    """Saskia had taken something up and is away; Yusuf stands in and is away too, so that Joost answers for both."""
    case = city.cases.get("gulsen")
    if case is not None:
        actions.take_up_request(actor=_now(city, "saskia"), request=_asked(city, case))
    today = timezone.localdate()
    for name, stand_in, days in (("saskia", "yusuf", 9), ("yusuf", "joost", 4)):
        actions.note_absence(
            actor=_now(city, name), unit=city.units["wonen"], user=_now(city, name), since=today,
            until=today + timedelta(days=days), stand_in=_now(city, stand_in),
        )  # fmt: skip


def _asked(city: City, case: Case) -> SpecialistRequest:
    """A request with what the desk asks answered."""
    desk, asker = Desk.objects.get(pk=city.desks["wonen"].pk), User.objects.get(pk=case.owner_id)
    with acting(asker.acting):
        what = sharing.shareable(asker, case, desk)
        questions = {one.kind: str(one.code) for one in intake.questions_for(desk, case)}
    told = {Kind.WORDS: "Thuis, maar er is een huurachterstand van twee maanden.", Kind.CHOICE: "Met kinderen"}
    return actions.route_request(
        actor=asker, case=case, desk=desk, title="Huurachterstand en een kleine woning", urgency="normal", knows=True,
        question="De verhuurder dreigt met een procedure. Kan er een regeling komen, en is ruilen met een buur mogelijk?",
        items=sharing.usual(what.items.values(), desk, what.subjects[0]),
        answers={questions[kind]: text for kind, text in told.items() if kind in questions},
    )  # fmt: skip


def _now(city: City, name: str) -> User:
    """With the appointments as they are now."""
    return User.objects.get(pk=city.people[name].pk)
