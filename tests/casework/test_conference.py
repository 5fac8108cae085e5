"""An overleg: who sits there sees what the purpose allows and no more, and what was said stays at the table."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from casework import actions
from casework.conference_disclosures import on_the_table
from casework.models import (
    Case,
    CaseConference,
    ConferenceAgreement,
    ConferenceItem,
    ConferenceParticipant,
    ConferenceRecord,
    PlanStep,
)
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from tests import writes
from tests.casework.heard import a_case

pytestmark = pytest.mark.django_db
# One word in each life domain, in the story, and in what is said at the table.
MARKED = {
    "family": "merk-gezin",
    "justice": "merk-politie",
    "finances": "merk-geld",
    "mental_health": "merk-gemoed",
    "addiction": "merk-drank",
}
SAID = "Hij wil niet dat zijn vader dit hoort"


@pytest.fixture
def case(city):
    case = a_case(city.marit, city.unit("schilderswijk"), name="Samira Merk", household=1, own_words="merk-verhaal")
    for domain, text in MARKED.items():
        actions.add_concern(actor=city.marit, case=case, domain=domain, severity=2, text=text)
    actions.add_concern(actor=city.marit, case=case, domain="family", severity=1, sign="violence", text="merk-veilig")
    return case


def planned(city, case, kind="conference", **more):
    told = {"starts_at": timezone.now() + timedelta(days=1), "agenda": ["Hoe gaat het op school"], "resident_part": "informed"} | more
    return actions.plan_conference(actor=city.marit, case=case, kind=kind, **told)


def seat(user):
    post = user.posts[0]
    return f"{user.pk}:{post.unit_id}:{post.role.code}"


def with_all(city, conference, *people):
    """These people at the table, and on it everything that may lie there."""
    for user in people:
        actions.invite(actor=city.marit, conference=conference, guest=seat(user))
    from casework.conference_table import can_lie_there

    with acting(city.marit.acting):
        everything = list(can_lie_there(city.marit, conference))
    return actions.lay_on_table(actor=city.marit, conference=conference, items=everything)


def read(user, conference):
    with acting(user.acting), writes.allowed():
        return " ".join(item.text for item in on_the_table(conference, user))


def held(city, conference, *came):
    with writes.allowed(), acting(city.marit.acting):
        CaseConference.objects.filter(pk=conference.pk).update(starts_at=timezone.now() - timedelta(hours=2))
        seats = list(ConferenceParticipant.objects.filter(conference=conference, user__in=came))
    return actions.hold_conference(actor=city.marit, conference=conference, came=seats)


def test_each_reads_of_the_table_what_the_purpose_gives_their_post(city, case):
    general = with_all(city, planned(city, case), city.karim, city.mirjam)
    assert {text for text in MARKED.values() if text in read(city.mirjam, general)} == {"merk-gezin"}
    assert "merk-verhaal" in read(city.karim, general)
    assert "merk-verhaal" not in read(city.mirjam, general)
    assert "merk-geld" in read(city.marit, general)
    for text in ("merk-politie", "merk-gemoed", "merk-drank", "merk-veilig"):
        assert text not in read(city.marit, general)
    safety = with_all(city, planned(city, case, "conference_safety"), city.karim, city.mirjam, city.ruud)
    assert "merk-veilig" in read(city.karim, safety)
    assert {text for text in MARKED.values() if text in read(city.ruud, safety)} == {"merk-politie"}
    assert "merk-veilig" not in read(city.ruud, safety)
    assert "merk-geld" not in read(city.marit, safety)


def test_the_police_cannot_be_invited_to_a_general_overleg(city, case):
    conference = with_all(city, planned(city, case), city.mirjam)
    with pytest.raises(Refused):
        actions.invite(actor=city.marit, conference=conference, guest=seat(city.ruud))
    with pytest.raises(NotAllowed):
        read(city.ruud, conference)
