"""People with a story, so that the demo city can be walked through. The stories are of the essay; all people are made up."""

import json
from datetime import timedelta
from typing import Any

from django.utils import timezone

from luisterloket.platform.demo import City, part

from . import actions
from .demo_stories import FAIR, HEARING, STORIES, Story
from .models import Case, CaseSummary, Concern, Intake, Involvement, Strength, SupportPerson


@part(105)
def what_a_wijk_asks(city: City) -> None:
    """One wijk asks something of its own; the others show the conversation without it."""
    way = city.units["schilderswijk"].wijk.way_of_working
    questions = [
        {"text": "Wie ken je hier in de straat?", "category": "network"},
        {"text": "Wat zou je zelf voor een ander kunnen doen?", "category": "strengths"},
    ]
    actions.choose_way_of_working(
        actor=city.people["hakan"], unit=city.units["schilderswijk"], domain_order=way.domain_order, questions=questions,
        team_is_involved=way.team_is_involved,
    )  # fmt: skip


@part(110)
def people_with_a_story(city: City) -> None:
    """Each story is heard as in the office: through the actions, by who listened."""
    for story in STORIES:
        city.cases[story.key] = _case(city, story)
    fatna = city.people["fatna"]
    actions.involve(actor=city.people["marit"], case=city.cases["rachida"], user=fatna, kind=Involvement.Kind.BUDDY)
    actions.involve(actor=city.people["marit"], case=city.cases["gulsen"], user=fatna, kind=Involvement.Kind.BUDDY)
    _goes_on(city)
    hearing = _hear(city, HEARING)
    marit, bram = city.people["marit"], city.people["bram"]
    actions.let_write_along(actor=marit, intake=hearing, colleague=bram)
    actions.note_conversation(actor=marit, intake=hearing, held_on=timezone.localdate(), place="loket", present="Haar buurvrouw")
    rachida = Intake.objects.filter(case=city.cases["rachida"]).first()
    if rachida is not None:
        actions.check_seen(actor=marit, intake=rachida, what="identity", moment="natural", note="Paspoort gezien")
        actions.postpone_check(actor=marit, intake=rachida, what="income", until=timezone.localdate() + timedelta(days=5))


def _goes_on(city: City) -> None:
    """After the summary was agreed, something went better: the page of it says so, and what it was before is kept."""
    marit, case = city.people["marit"], city.cases["gulsen"]
    phone = Concern.objects.get(case=case, domain="mental_health")
    actions.amend(
        actor=marit, case=case, thing=phone, severity=FAIR, text="Neemt de telefoon weer op als Elif erbij is", who_helps="Elif"
    )
    actions.add_strength(actor=marit, case=case, text="Belde zelf de deurwaarder terug", domain="finances")


def _case(city: City, story: Story) -> Case:
    actor = _listener(city, story)
    case = actions.conclude_intake(actor=actor, intake=_hear(city, story))
    if story.agreed:
        version = actions.compose_summary(actor=actor, case=case, language="nl")
        if story.reworded:
            before, after = story.reworded
            key = next(part.key for part in version.as_composed.parts if before in part.text)
            version = actions.edit_summary(actor=actor, version=version, revision=version.revision, wording={key: after})
        actions.agree_summary(
            actor=actor, version=version, agreed_on=timezone.localdate(), agreed_how=CaseSummary.How.IN_PERSON, read_back_by=actor
        )
    _some_time_ago(case, story)
    return case


def _hear(city: City, story: Story) -> Intake:
    actor = _listener(city, story)
    intake = actions.start_intake(actor=actor, unit=city.units[story.unit])
    household = [{"name": name, "part": part_of, "born": born} for name, part_of, born in story.household]
    values = {
        "own_words": story.own_words,
        "quote": story.quote,
        "asked_question": story.asked,
        "question_behind": story.behind,
        "name": story.name,
        "known_as": story.known_as,
        "born": story.born,
        "phone": story.phone,
        "address": story.address,
        "language": story.language,
        "household": json.dumps(household) if household else "",
    }
    intake = actions.save_sheet(actor=actor, intake=intake, revision=0, values=values)
    for domain, severity, text, since, who_helps in story.concerns:
        actions.mark_concern(
            actor=actor, intake=intake, domain=domain, severity=severity, text=text, since=since, who_helps=who_helps
        )
    for text, domain in story.strengths:
        actions.mark_strength(actor=actor, intake=intake, text=text, domain=domain)
    for name, relation, can_do in story.people:
        actions.mark_person(actor=actor, intake=intake, name=name, relation=relation, can_do=can_do)
    return intake


def _listener(city: City, story: Story) -> Any:
    return city.people[story.owner]


def _some_time_ago(case: Case, story: Story) -> None:
    """The demo city did not begin today: spread what was heard over the past weeks."""
    opened = timezone.now() - timedelta(days=story.days_ago, minutes=20 + 7 * len(story.name))
    last = timezone.now() - timedelta(days=story.quiet_for, minutes=5 + 3 * len(story.name))
    Case.objects.filter(pk=case.pk).update(opened_at=opened, last_activity_at=max(last, opened))
    Intake.objects.filter(case=case).update(started_at=opened - timedelta(minutes=45), saved_at=opened)
    for kind in (Concern, Strength, SupportPerson):
        kind.objects.filter(case=case).update(heard_at=opened)
