"""Help of a minute, attempts to reach someone and money sheets for the demo city. All people are made up."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from luisterloket.platform.demo import City, part

from . import actions
from .models import CaseMember, ContactMoment, ShortContact

# Who noted it, what was done, life domain, who it was, text, days ago.
SHORT = [
    ("marit", "letter", "finances", "meneer met de fiets", "Brief van de belasting: hij moet niets doen, het was een kopie.", 0),
    ("marit", "phone", "housing", "", "Gebeld met de verhuurder over een lekkende kraan. Ze komen donderdag.", 1),
    ("marit", "form", "", "de moeder van Yara", "Samen het formulier voor het schoolreisje ingevuld.", 3),
    ("hakan", "information", "participation", "", "Verteld wanneer de taalles is, dinsdag om tien uur.", 2),
]
# How, what came of it, words, days ago; the newest last.
TRIED: dict[str, list[tuple[str, str, str, int]]] = {
    "gulsen": [
        ("phone", "not_reached", "", 12),
        ("message", "message_left", "Gevraagd of woensdag schikt", 11),
        ("home_visit", "reached", "Thee gedronken. Zij durft de post weer open te maken als Fatna erbij is.", 9),
    ],
    "joke": [
        ("phone", "not_reached", "", 6),
        ("phone", "not_reached", "", 4),
        ("letter", "message_left", "Briefje met mijn nummer", 3),
    ],
}
# Kind, how sure, euros at least, euros at most, how often, text.
INCOME = [
    ("benefit", "about", 1_180, None, "month", ""),
    ("allowance", "exact", 437, None, "month", "Huurtoeslag en zorgtoeslag"),
]
COSTS = [
    ("rent", "exact", 652, None, "month", ""),
    ("energy", "between", 160, 210, "month", ""),
    ("health_insurance", "about", 165, None, "month", ""),
    ("groceries", "about", 85, None, "week", ""),
    ("phone", "unknown", None, None, "month", "Zit in één rekening met Elif"),
]


@part(115)
def help_of_a_minute(city: City) -> None:
    for name, done, domain, who, text, days_ago in SHORT:
        contact = actions.note_short_contact(
            actor=city.people[name], unit=city.units["schilderswijk"], done=done, domain=domain, who=who, text=text
        )
        ShortContact.objects.filter(pk=contact.pk).update(noted_at=_ago(days_ago))


@part(115)
def reaching_people(city: City) -> None:
    for key, times in TRIED.items():
        case = city.cases[key]
        for kind, result, text, days_ago in times:
            moment = actions.note_contact_moment(
                actor=case.owner,
                case=case,
                on=_ago(days_ago).date(),
                part_of_day="morning",
                kind=kind,
                result=result,
                text=text,
            )
            ContactMoment.objects.filter(pk=moment.pk).update(noted_at=_ago(days_ago))


@part(115)
def a_daughters_study_money(city: City) -> None:
    """Story 4: a small benefit, the daughter's study money reclaimed, savings eaten up, several creditors at once."""
    case, marit = city.cases["gulsen"], city.people["marit"]
    daughter = CaseMember.objects.get(case=case, part=CaseMember.Part.CHILD).resident_id
    for add, lines in ((actions.add_income, INCOME), (actions.add_cost, COSTS)):
        for kind, sureness, least, most, period, text in lines:
            add(actor=marit, case=case, kind=kind, sureness=sureness, **_cents(least, most), period=period, text=text)
    today = timezone.localdate()
    debts: list[dict[str, Any]] = [
        {
            "creditor": "DUO",
            "kind": "duo",
            "sureness": "about",
            **_cents(9_400),
            "whose_id": daughter,
            "since": "sinds Elif stopte met haar studie",
            "status": "paused",
            "paused_by": "Wim Dekkers, Desk Schuldhulp",
            "paused_until": today + timedelta(days=5),
        },
        {
            "creditor": "Deurwaarderskantoor Van der Wal, voor de telefoon",
            "kind": "phone",
            "sureness": "between",
            **_cents(600, 900),
            "status": "bailiff",
            "text": "Belt elke dag",
        },
        {"creditor": "Haar zwager", "kind": "family", "sureness": "unknown", "text": "Zij praat er liever niet over"},
        {"creditor": "Gemeente", "kind": "gemeente", "sureness": "exact", **_cents(318), "status": "arrangement"},
    ]
    for details in debts:
        actions.add_debt(actor=marit, case=case, **details)


@part(115)
def no_heating(city: City) -> None:
    """A threat in the sense of the law: the owner sees by when there must be a conversation."""
    case = city.cases["sjaan"]
    threat = {"threat": "gas", "threat_on": timezone.localdate() + timedelta(days=9)}
    actions.add_debt(
        actor=case.owner,
        case=case,
        creditor="Stadsgas",
        kind="energy",
        sureness="about",
        **_cents(740),
        since="deze winter",
        **threat,
    )


def _cents(least: int | None, most: int | None = None) -> dict[str, int | None]:
    return {"least": least * 100 if least else None, "most": most * 100 if most else None}


def _ago(days: int) -> Any:
    return timezone.now() - timedelta(days=days, minutes=25)
