"""Who leads a desk keeps its hours, closed days, kinds and terms; terms only grow, and what runs keeps its date."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from backoffice import actions, terms
from backoffice.models import Clock, Desk, Kind, Term, Urgency
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry
from luisterloket.wijken.calendar import is_working_day
from tests import writes
from tests.backoffice import scene
from tests.backoffice.moments import a_monday

WEEK = [["08:30", "16:30"], ["08:30", "16:30"], None, ["08:30", "20:00"], ["09:00", "12:00"], None, None]
KEEPING = [
    (actions.set_desk_hours, {"week": WEEK}),
    (actions.close_desk_on, {"first": date(2099, 1, 5), "reason": "Studiedag"}),
    (actions.open_desk_on, {"day": date(2099, 1, 5)}),
    (actions.set_desk_kinds, {"kinds": ["advice"]}),
    (
        actions.set_term,
        {
            "kinds": ["advice"],
            "urgency": "normal",
            "clock": "answer",
            "amount": 4,
            "measure": "working_days",
            "valid_from": date(2099, 1, 5),
        },
    ),
]


def term(city, **wanted):
    asked = {"kinds": ["advice"], "urgency": "normal", "clock": "answer", "amount": 5, "measure": "working_days"}
    asked = {**asked, "valid_from": timezone.localdate(), **wanted}
    return actions.set_term(actor=city.ilse, desk=scene.desk(city), **asked)


@pytest.mark.parametrize(("action", "details"), KEEPING)
@pytest.mark.parametrize("who", ["joost", "marit", "karim", "petra"])
def test_only_the_lead_of_this_desk_keeps_it(city, who, action, details):
    with pytest.raises(NotAllowed):
        action(actor=getattr(city, who), desk=scene.desk(city), **details)


def test_a_new_term_holds_from_its_day_on_and_what_was_sent_keeps_its_date(city, at):
    monday = a_monday()
    at(monday, 10)
    before = scene.sent(city)
    term(city, amount=1, valid_from=monday + timedelta(days=1))
    assert scene.sent(city).answer_due_at == before.answer_due_at
    at(monday + timedelta(days=1), 10)
    assert timezone.localdate(scene.sent(city).answer_due_at) == monday + timedelta(days=2)
    assert scene.now_of(before, city.marit).answer_due_at == before.answer_due_at
    with acting(city.ilse.acting):
        rows = Term.objects.filter(desk=scene.desk(city), kind="advice", urgency="normal", clock="answer")
        assert [(one.amount, one.valid_from) for one in rows] == [(1, monday + timedelta(days=1)), (3, date(2026, 1, 1))]


def test_of_one_day_the_row_that_was_made_last_holds(city):
    term(city, amount=9)
    term(city, amount=2)
    found = terms.of_desks([scene.desk(city)], timezone.localdate())
    assert found[scene.desk(city).pk, Kind.ADVICE, Urgency.NORMAL, Clock.ANSWER].amount == 2


@pytest.mark.parametrize("change", [lambda rows: rows.update(amount=1), lambda rows: rows.delete()])
def test_the_database_refuses_to_change_a_term(city, change):
    with writes.allowed(), acting(city.ilse.acting), pytest.raises(DatabaseError), transaction.atomic():
        change(Term.objects.filter(desk=scene.desk(city)))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"valid_from": date(2026, 1, 2)}, "valid_from"),
        ({"amount": 13, "measure": "weeks"}, "amount"),
        ({"kinds": []}, "kinds"),
        ({"source": "law", "measure": "opening_hours"}, "measure"),
        ({"source": "law"}, "law"),
        ({"source": "law", "law": "Awb"}, "article"),
        ({"source": "law", "law": "Awb", "article": "art. 4:13"}, "checked_on"),
        ({"source": "law", "law": "Awb", "article": "art. 4:13", "checked_on": date(2099, 1, 1)}, "checked_on"),
    ],
)
def test_a_term_says_what_it_must(city, wrong, field):
    with pytest.raises(Refused) as refusal:
        term(city, **wrong)
    assert refusal.value.field == field


def test_a_closed_day_counts_for_no_service_term_that_starts_afterwards(city, at):
    monday = a_monday()
    at(monday, 10)
    before = scene.sent(city)
    actions.close_desk_on(actor=city.ilse, desk=scene.desk(city), first=monday + timedelta(days=2), reason="Studiedag")
    after = scene.sent(city)
    assert timezone.localdate(before.answer_due_at) == monday + timedelta(days=3)
    assert timezone.localdate(after.answer_due_at) == monday + timedelta(days=4)
    actions.open_desk_on(actor=city.ilse, desk=scene.desk(city), day=monday + timedelta(days=2))
    assert scene.sent(city).answer_due_at == before.answer_due_at


def test_days_on_which_the_desk_is_closed_anyway_are_not_kept(city, at):
    monday = a_monday()
    at(monday, 10)
    desk = actions.close_desk_on(
        actor=city.ilse,
        desk=scene.desk(city),
        first=monday + timedelta(days=3),
        last=monday + timedelta(days=7),
        reason="Verbouwing",
    )
    days = [monday + timedelta(days=n) for n in range(3, 8) if is_working_day(monday + timedelta(days=n))]
    assert sorted(desk.closed_days) == [day.isoformat() for day in days]
    with pytest.raises(Refused) as refusal:
        actions.close_desk_on(actor=city.ilse, desk=desk, first=monday + timedelta(days=5), reason="Vrij")
    assert refusal.value.field == "first"


def test_opening_hours_are_of_the_day(city, at):
    monday = a_monday()
    actions.set_desk_hours(actor=city.ilse, desk=scene.desk(city), week=WEEK)
    at(monday + timedelta(days=1), 16)
    request = scene.sent(city, urgency="today")
    # Half an hour on Tuesday; on Wednesday it is closed; on Thursday it opens at half past eight.
    assert timezone.localtime(request.due_at).replace(tzinfo=None).isoformat() == f"{monday + timedelta(days=3)}T09:00:00"


@pytest.mark.parametrize("week", [[None] * 7, [None] * 5 + [["09:00", "12:00"], None], [["17:00", "09:00"], *[None] * 6]])
def test_a_desk_is_open_on_some_weekday_and_closes_after_it_opens(city, week):
    with pytest.raises(Refused):
        actions.set_desk_hours(actor=city.ilse, desk=scene.desk(city), week=week)


def test_a_desk_says_which_requests_it_takes(city):
    actions.set_desk_kinds(actor=city.ilse, desk=scene.desk(city), kinds=["report", "advice"])
    assert scene.desk(city).kinds == ["advice", "report"]
    with pytest.raises(Refused) as refusal:
        scene.sent(city, kind="application")
    assert refusal.value.field == "kind"
    assert scene.sent(city, kind="report").kind == "report"


def test_a_kind_is_only_taken_when_all_its_terms_are_there(city):
    with writes.allowed():
        bare = Desk.objects.create(unit=city.unit("vreewijk"), purpose_id="shelter", description="Nieuw")
    with acting(city.ilse.acting):
        bare.unit = scene.desk(city).unit
    with pytest.raises(Refused) as refusal:
        actions.set_desk_kinds(actor=city.ilse, desk=bare, kinds=["advice"])
    assert refusal.value.code == "no_term"


def test_the_page_shows_the_table_with_its_history_and_saves_each_part(city, client):
    client.force_login(city.ilse)
    page = reverse("backoffice:desk-terms", args=[scene.desk(city).pk])
    assert page in client.get(scene.desk(city).get_absolute_url()).content.decode()
    typed = {"kinds": ["advice", "report"], "urgency": "normal", "clock": "answer", "amount": "6", "measure": "working_days",
             "valid_from": str(timezone.localdate()), "source": "convenant"}  # fmt: skip
    assert client.post(reverse("backoffice:desk-term", args=[scene.desk(city).pk]), typed).status_code == 302
    shown = client.get(page).content.decode()
    assert "6 werkdagen" in shown
    assert "3 werkdagen" in shown
    assert "Awb, art. 4:13 lid 2" in shown
    with acting(city.ilse.acting):
        entry = HistoryEntry.objects.get(verb="desk.term_set")
    assert (entry.actor_id, entry.details["kinds"]) == (city.ilse.pk, ["advice", "report"])


def test_a_law_fills_the_form_in_and_leaves_when_it_was_read_to_the_lead(city, client):
    client.force_login(city.ilse)
    shown = client.get(reverse("backoffice:desk-terms", args=[scene.desk(city).pk]), {"wet": "awb-4-13"})
    form = shown.context["forms"]["term"]
    assert (form["amount"].value(), form["measure"].value(), form["law"].value()) == (8, "weeks", "Awb")
    assert form["checked_on"].value() is None


def test_what_was_typed_stays_when_hours_are_refused(city, client):
    client.force_login(city.ilse)
    url = reverse("backoffice:desk-hours", args=[scene.desk(city).pk])
    refused = client.post(url, {"opens_0": "08:15", "closes_0": "", "opens_1": "17:00", "closes_1": "09:00"})
    assert refused.status_code == 200
    assert set(refused.context["forms"]["hours"].errors) == {"closes_0", "closes_1"}
    assert 'value="08:15"' in refused.content.decode()
    saved = client.post(url, {"opens_0": "08:15", "closes_0": "12:00"})
    assert saved.status_code == 302
    assert scene.desk(city).week == [["08:15", "12:00"], *[None] * 6]


def test_the_loket_chooses_a_kind_and_reads_until_when_it_takes(city, client):
    case = scene.a_case(city)
    client.force_login(city.marit)
    url = reverse("backoffice:request-new", args=[case.pk])
    desk = scene.desk(city)
    shown = client.get(url, {"desk": desk.pk})
    assert [card.kind for card in shown.context["page"].kinds] == list(Kind)
    typed = {
        "desk": desk.pk,
        "shown_desk": desk.pk,
        "kind": "application",
        "urgency": "normal",
        "title": "Urgentie",
        "question": "Kan dat?",
    }
    looked = client.post(url, {**typed, "preview": "1"})
    assert looked.context["page"].kind == "application"
    assert timezone.localtime(looked.context["page"].moments["normal"]["answer"]).hour == 23
    client.post(url, typed)
    with acting(city.marit.acting):
        assert case.requests.get().kind == "application"
