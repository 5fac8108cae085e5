"""Threats that the law names, marked in what was heard: the municipality's term for the first conversation, told once."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from casework import actions
from casework.models import Concern, Debt
from casework.signs import PLAIN, STATUTORY, Threat
from casework.threats import first_talk_by
from luisterloket.platform import today as vandaag
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed
from luisterloket.wijken.calendar import AMSTERDAM, add_working_days
from tests import writes
from tests.casework.heard import a_case, an_intake, waits_of

pytestmark = pytest.mark.django_db

MARK = {"domain": "housing", "severity": 2, "text": "De deurwaarder komt dinsdag", "sign": "eviction"}


@pytest.fixture
def case(city):
    """Without anything acute but what a test adds."""
    intake = an_intake(city.marit, city.unit("schilderswijk"))
    return actions.conclude_intake(actor=city.marit, intake=intake)


def owed(city, case, **details):
    told = {"creditor": "Haag Wonen", "kind": "rent", "sureness": "about", "least": 900_00, "threat": "eviction"}
    return actions.add_debt(actor=city.marit, case=case, **(told | details))


def now(city, thing):
    with acting(city.marit.acting):
        return type(thing).objects.get(pk=thing.pk)


def items(user, case):
    with acting(user.acting):
        shown = vandaag.page(user, everything=True)
    every = [*([shown.alarm] if shown.alarm else []), *shown.lines]
    return [line.item for line in every if line.item.case_id == case.pk]


def alarms(html):
    return html.count("note--acute")


def test_the_vocabulary_is_that_of_the_law_and_the_same_as_of_debts():
    assert Debt.Threat is Threat
    assert set(PLAIN) == set(STATUTORY) == set(Threat)


@pytest.mark.parametrize(
    ("noted", "by"),
    [
        (datetime(2026, 11, 26, 10, 0, tzinfo=AMSTERDAM), datetime(2026, 12, 1, 17, 0, tzinfo=AMSTERDAM)),
        # Christmas and a weekend are no working days.
        (datetime(2026, 12, 24, 10, 0, tzinfo=AMSTERDAM), datetime(2026, 12, 30, 17, 0, tzinfo=AMSTERDAM)),
    ],
)
def test_the_term_is_three_working_days(noted, by):
    assert first_talk_by(noted) == by


def test_a_marked_threat_is_acute_and_its_term_is_worked_out_once(city, case):
    concern = actions.add_concern(actor=city.marit, case=case, **MARK)
    due = now(city, concern).talk_by
    assert timezone.localtime(due).date() == add_working_days(timezone.localdate(), 3)
    assert now(city, concern).severity == 1
    with writes.allowed(), acting(city.marit.acting):
        Concern.objects.filter(pk=concern.pk).update(talk_by=due - timedelta(days=1))
    actions.amend(actor=city.marit, case=case, thing=concern, text="Dinsdag komt de deurwaarder", sign="eviction")
    assert now(city, concern).talk_by == due - timedelta(days=1)
    actions.amend(actor=city.marit, case=case, thing=concern, sign="")
    assert now(city, concern).talk_by is None


def test_the_alarm_of_the_conversation_names_the_threat_the_term_and_whose_it_is(city, sign_in):
    intake = an_intake(city.marit, city.unit("schilderswijk"))
    client = sign_in(city.marit)
    marks = reverse("casework:intake-marks", args=[intake.pk])
    sent = {"kind": "concern", "concern-severity": "1", "concern-domain": "housing", "quote": "Dinsdag staat hij op de stoep"}
    assert client.post(marks, sent | {"concern-sign": "eviction"}).status_code == 302
    page = client.get(marks)
    [threat] = page.context["page"].threats
    assert timezone.localtime(threat.due_at).date() == add_working_days(timezone.localdate(), 3)
    html = page.content.decode()
    assert threat.name in html
    assert "(" in threat.name
    assert "Wgs" in html
    case = actions.conclude_intake(actor=city.marit, intake=intake)
    [wait] = waits_of(client.get(case.get_absolute_url()))
    assert wait.due_at == threat.due_at


def test_a_mark_is_one_alarm_on_the_case_and_one_line_on_vandaag_with_its_date(city, sign_in, case):
    concern = actions.add_concern(actor=city.marit, case=case, **MARK)
    html = sign_in(city.marit).get(case.get_absolute_url()).content.decode()
    assert alarms(html) == 1
    [item] = items(city.marit, case)
    assert (item.tone, item.due_at, item.owner) == ("acute", now(city, concern).talk_by, "Marit Zwanenveld")


@pytest.mark.parametrize("first", ["mark", "debt"])
def test_a_debt_with_the_same_threat_is_one_thing_with_the_earliest_date(city, sign_in, case, first):
    concern, debt = actions.add_concern(actor=city.marit, case=case, **MARK), owed(city, case)
    early = timezone.now() - timedelta(days=7)
    with writes.allowed(), acting(city.marit.acting):
        if first == "mark":
            Concern.objects.filter(pk=concern.pk).update(talk_by=first_talk_by(early))
        else:
            Debt.objects.filter(pk=debt.pk).update(threatened_at=early)
    client = sign_in(city.marit)
    page = client.get(case.get_absolute_url())
    assert alarms(page.content.decode()) == 1
    assert [wait.due_at for wait in waits_of(page)] == [first_talk_by(early)]
    assert [item.due_at for item in items(city.marit, case)] == [first_talk_by(early)]
    [threat] = client.get(reverse("casework:case-money", args=[case.pk])).context["page"].threats
    assert threat.details["talk_by"] == first_talk_by(early)


def test_another_threat_on_a_debt_is_another_thing(city, sign_in, case):
    actions.add_concern(actor=city.marit, case=case, **MARK)
    owed(city, case, threat="water")
    page = sign_in(city.marit).get(case.get_absolute_url())
    assert alarms(page.content.decode()) == 2
    assert len(waits_of(page)) == 2


@pytest.mark.parametrize("held", ["mark", "debt"])
def test_one_conversation_serves_the_mark_and_the_debt(city, sign_in, case, held):
    concern, debt = actions.add_concern(actor=city.marit, case=case, **MARK), owed(city, case)
    client = sign_in(city.marit)
    if held == "mark":
        url = reverse("casework:case-threat-talked", args=[case.pk, concern.pk])
    else:
        url = reverse("casework:money-talked", args=[case.pk, debt.pk])
    for _tap in range(2):
        assert client.post(url, {"command_key": str(uuid4())}).status_code == 302
    assert now(city, concern).talked_on == now(city, debt).talked_on == timezone.localdate()
    page = client.get(case.get_absolute_url())
    assert waits_of(page) == []
    assert items(city.marit, case) == []


def test_a_threat_that_is_no_longer_acute_no_longer_alarms(city, sign_in, case):
    concern = actions.add_concern(actor=city.marit, case=case, **MARK)
    actions.amend(actor=city.marit, case=case, thing=concern, severity=3)
    assert waits_of(sign_in(city.marit).get(case.get_absolute_url())) == []


@pytest.mark.parametrize("name", ["bram", "noor", "joost", "eline"])
def test_others_see_nothing_of_it(city, sign_in, case, name):
    concern = actions.add_concern(actor=city.marit, case=case, **MARK)
    assert items(getattr(city, name), case) == []
    url = reverse("casework:case-threat-talked", args=[case.pk, concern.pk])
    assert sign_in(getattr(city, name)).post(url).status_code == 404
    with pytest.raises((NotAllowed, Concern.DoesNotExist)):
        actions.note_threat_talk(actor=getattr(city, name), case=case, concern=concern)
    assert now(city, concern).talked_on is None


def test_an_ordinary_concern_has_no_conversation_to_note(city, sign_in):
    case = a_case(city.marit, city.unit("schilderswijk"))
    with acting(city.marit.acting):
        concern = Concern.objects.filter(case=case).first()
    url = reverse("casework:case-threat-talked", args=[case.pk, concern.pk])
    assert sign_in(city.marit).post(url).status_code == 404


def test_the_summary_says_once_who_talks_about_it_and_until_when(city, case):
    actions.add_concern(actor=city.marit, case=case, **MARK)
    said = "zorgt dat er een eerste gesprek hierover is met Rachida, uiterlijk"
    text = actions.compose_summary(actor=city.marit, case=case, language="nl").as_composed.text
    assert text.count(said) == 1
    # A debt with the same threat says it with the creditor, in the place of the worry.
    owed(city, case)
    text = actions.compose_summary(actor=city.marit, case=case, language="nl").as_composed.text
    assert text.count(said) == 1
