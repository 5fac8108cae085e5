"""A case in which every text carries a mark of its own, so that wherever a mark turns up one knows of what category it is."""

import json
import re
from collections import defaultdict
from datetime import timedelta
from io import BytesIO

from django.utils import timezone

from casework import actions
from casework.disclosures import scope_of
from casework.domains import LifeDomain
from casework.models import Case, CaseMember
from luisterloket.convenant.disclosure import collect
from luisterloket.convenant.models import DataCategory
from luisterloket.platform.acting import acting
from tests.city import TestCity

MARK = re.compile(r"qz\d{3}x")


class Marks:
    """Gives out texts, each with a new mark."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, words: str = "") -> str:
        self.count += 1
        return f"{words} qz{self.count:03d}x".strip()


def marked_case(city: TestCity) -> Case:
    """Marit's case of a mother with a child, with something of every kind that the sources know."""
    marit, text = city.marit, Marks()
    intake = actions.start_intake(actor=marit, unit=city.unit("schilderswijk"))
    child = {"name": text("Kind"), "part": "child", "born": "2020"}
    sheet = {
        "own_words": text("Wij slapen bij mijn zus."), "quote": text("Laat ze slapen."), "asked_question": text("Een huis"),
        "question_behind": text("Rust"), "name": text("Moeder"), "address": text("Straat 4"), "household": json.dumps([child]),
    }  # fmt: skip
    actions.save_sheet(actor=marit, intake=intake, revision=0, values=sheet)
    for domain in LifeDomain:
        details = {"since": text("sinds"), "who_helps": text("zus"), "tried": text("belde"), "wanted": text("graag")}
        actions.mark_concern(actor=marit, intake=intake, domain=domain.value, severity=2, text=text(domain.value), **details)
        actions.mark_strength(actor=marit, intake=intake, text=text("Kan goed"), domain=domain.value)
    actions.mark_person(actor=marit, intake=intake, name=text("Buurvrouw"), relation=text("buur"), can_do=text("oppassen"))
    case = actions.conclude_intake(actor=marit, intake=intake)
    actions.add_concern(actor=marit, case=case, domain="network", severity=1, text=text("bang"), sign="violence")
    today = timezone.localdate()
    how = {"on": today, "part_of_day": "morning", "kind": "phone", "result": "reached", "text": text("Gebeld")}
    actions.note_contact_moment(actor=marit, case=case, **how)
    soon = timezone.now() + timedelta(days=3)
    actions.plan_meeting(actor=marit, case=case, kind="phone", starts_at=soon, who=marit, place=text("Plein"))
    goal = actions.add_goal(actor=marit, case=case, text=text("Een eigen deur"), domain="housing")
    step = {"kind": "loket", "text": text("Wij bellen"), "guard": marit, "due_on": today + timedelta(days=7)}
    actions.add_step(actor=marit, case=case, goal=goal, **step)
    file = actions.arrived(BytesIO(text("Brief").encode()), "brief.txt")
    actions.add_documents(actor=marit, case=case, files=[file], kind="letter", category="finances", title=text("Aanmaning"))
    debt = {"creditor": text("Energie BV"), "kind": "energy", "sureness": "about", "least": 800_00}
    actions.add_debt(actor=marit, case=case, **debt)
    with acting(marit.acting):
        member = CaseMember.objects.select_related("resident").get(case=case, part="child")
        mother = CaseMember.objects.select_related("resident").get(case=case, part="main").resident
    actions.set_reach(actor=marit, case=case, resident=mother, through=text("Via zus"))
    actions.add_tie(actor=marit, case=case, child=member, kind="parent", name=text("Vader"))
    asked = {"kind": "bewindvoerder", "scope": "money", "name": text("J. de Wit"), "organisation": text("Bewind BV")}
    actions.add_representative(actor=marit, case=case, resident=mother, **asked)
    actions.involve(actor=marit, case=case, user=city.fatna, kind="buddy")
    return case


def categories_of_marks(city: TestCity, case: Case) -> dict[str, set[str]]:
    """For each mark the categories under which the sources give it, asked for everything that there is."""
    found: dict[str, set[str]] = defaultdict(set)
    with acting(city.marit.acting):
        categories = frozenset(DataCategory.objects.values_list("code", flat=True))
        for item in collect(scope_of(case), categories):
            for mark in MARK.findall(f"{item.text} {item.label} {item.details} {item.beside}"):
                found[mark].add(item.category)
    return found
