"""Story 8 of the essay as far as it goes: a worried school, and an overleg about a boy of eleven. And an exception for story 5."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from luisterloket.platform.acting import acting
from luisterloket.platform.demo import City, part

from . import actions
from .conference_table import can_lie_there
from .demo_people import as_owner
from .models import Case, CaseConference, ConferenceParticipant


@part(118)
def round_the_table(city: City) -> None:
    """Through the actions, as the owner of each case would."""
    _samira(city, city.cases["samira"])
    _beata(city, city.cases["beata"])


def _samira(city: City, case: Case) -> None:
    """One overleg about the household was held, with school and youth desk; one over safety is to come, with the police."""
    with as_owner(case) as (actor, _members):
        first = _planned(
            actor, case, "conference", days=2, place="Basisschool De Hoefkring", resident_part="comes",
            agenda=["Hoe gaat het met Bilal op school en thuis?", "Wat kan hij goed?", "Wie doet wat"],
        )  # fmt: skip
        for key in ("mirjam", "karim"):
            _invited(actor, first, city.people[key])
        _laid(actor, first, {"name", "member", "strength", "concern"})
        # It was two days ago; no action can put an overleg in the past.
        CaseConference.objects.filter(pk=first.pk).update(starts_at=timezone.now() - timedelta(days=2))
        with acting(actor.acting):
            seats = list(ConferenceParticipant.objects.filter(conference=first))
        first = actions.hold_conference(actor=actor, conference=first, came=seats, resident_came=True)
        by = {one.user_id: one for one in seats}
        soon = timezone.localdate() + timedelta(days=5)
        for key, text in {
            "mirjam": "Bilal mag twee middagen in het tekenlokaal werken",
            "karim": "Karim zoekt een jongerencoach die ook voetbalt",
        }.items():
            owner = by[city.people[key].pk]
            actions.agree(actor=actor, conference=first, text=text, owner=owner, due_on=soon, in_plan=True)
        actions.write_record(
            actor=actor, conference=first, revision=0,
            text="Samira vertelde eerst zelf. School ziet dat Bilal rustig wordt van tekenen. Niemand wil dat hij van school moet.",
        )  # fmt: skip
        second = _planned(
            actor, case, "conference_safety", days=1, place="Stadhuis, kamer 2.14", resident_part="informed",
            agenda=["Welke oudere jongens vragen Bilal om dingen te doen?", "Wat doet de wijkagent, en wat niet"],
        )  # fmt: skip
        for key in ("mirjam", "karim", "ruud"):
            _invited(actor, second, city.people[key])
        _laid(actor, second, {"name", "concern"})


def _beata(city: City, case: Case) -> None:
    """She lives in Rijswijk now, and the school of her children is here: the coordinator agreed that she is helped here."""
    with as_owner(case) as (actor, _members):
        today = timezone.localdate()
        one = actions.ask_exception(
            actor=actor, case=case, kind="other_wijk", since=today, review_on=today + timedelta(days=40),
            rule="Het loket is er voor wie in de wijk woont ingeschreven.",
            why="De regel verdeelt het werk over de loketten. Haar kinderen gaan hier naar school en haar huis was hier.",
        )  # fmt: skip
        actions.ask_exception(
            actor=actor, case=case, kind="papers", since=today, review_on=today + timedelta(days=40),
            rule="Zonder inschrijving geen plek op de lijst voor een woning.",
            why="De lijst moet eerlijk zijn. Zij stond zes jaar ingeschreven en verloor dat door één papier.",
        )  # fmt: skip
    hakan = city.people["hakan"]
    actions.join_case(actor=hakan, case=case, reason="asked")
    actions.answer_exception(actor=hakan, exception=one, agreed=True, answer="Eens. De school is het anker.")


def _planned(actor: Any, case: Case, kind: str, *, days: int, **told: Any) -> CaseConference:
    return actions.plan_conference(actor=actor, case=case, kind=kind, starts_at=timezone.now() + timedelta(days=days), **told)


def _invited(actor: Any, conference: CaseConference, user: Any) -> None:
    post = user.posts[0]
    actions.invite(actor=actor, conference=conference, guest=f"{user.pk}:{post.unit_id}:{post.role.code}")


def _laid(actor: Any, conference: CaseConference, kinds: set[str]) -> None:
    with acting(actor.acting):
        can = can_lie_there(actor, conference)
    items = [key for key, item in can.items() if item.kind in kinds and not item.careful]
    actions.lay_on_table(actor=actor, conference=conference, items=items)
