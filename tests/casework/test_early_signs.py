"""A worry before there is a conversation: no file, an owner and a day, and words that go away again."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from casework import actions
from casework.models import Case, EarlySign, FollowUp, Intake, Resident, SignAttempt
from casework.sweep import sweep, wipe_settled_signs
from luisterloket.convenant.models import AccessLogEntry
from luisterloket.platform import today as vandaag
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.wijken.calendar import add_working_days
from tests import writes
from tests.backoffice.scene import as_jobs
from tests.casework.heard import a_case

pytestmark = pytest.mark.django_db
MARKER = "zilverberk achter de gordijnen"
ARREARS = {"kind": "arrears", "partner": "energy", "amount": 412_50}


def noted(city, actor=None, **more):
    told = {"kind": "neighbour", "seen": MARKER, "about": "de man van 12", "place": "Hoefkade"} | more
    return actions.note_early_sign(actor=actor or city.marit, unit=city.unit("schilderswijk"), **told)


def sought(city, sign, **more):
    today = timezone.localdate()
    told = {"kind": "phone", "result": "not_reached", "on": today, "part_of_day": "morning", "next_on": today, "text": MARKER}
    return actions.seek_contact(actor=city.marit, sign=sign, **(told | more))


def signs_of(user):
    with acting(user.acting):
        page = vandaag.page(user, everything=True)
    lines = [*page.lines, *([page.alarm] if page.alarm else [])]
    return [line.item for line in lines if "/vroegsignalen/" in line.item.url]


def now_of(city, sign):
    with acting(city.marit.acting):
        return EarlySign.objects.get(pk=sign.pk)


def test_it_makes_no_file_and_has_an_owner_and_the_day_of_the_law(city):
    today = timezone.localdate()
    assert noted(city, **ARREARS).due_on == today + timedelta(weeks=4)
    assert noted(city, **ARREARS, threat="gas").due_on == add_working_days(today, 3)
    assert noted(city).owner == city.marit
    with acting(city.marit.acting):
        assert not Resident.objects.exists()
        assert not Case.objects.exists()
    with pytest.raises(Refused):
        noted(city, kind="arrears")
    with pytest.raises(Refused):
        noted(city, seen=" ")
    with pytest.raises(Refused):
        noted(city, owner=city.noor)


def test_its_words_are_for_who_works_in_the_wijk_and_each_look_is_kept(city, sign_in):
    sign = noted(city)
    sought(city, sign)
    urls = ["/casework/vroegsignalen/", f"/casework/vroegsignalen/{sign.pk}/"]
    for user in (city.bram, city.hakan):
        assert MARKER in sign_in(user).get(urls[1]).content.decode()
        assert "de man van 12" in sign_in(user).get(urls[0]).content.decode()
    with acting(city.daan.acting):
        assert AccessLogEntry.objects.filter(actor_id=city.bram.pk, what="early sign", ground_id=sign.pk).count() == 1
    for user in (city.noor, city.fatna, city.joost, city.daan):
        for url in urls:
            answer = sign_in(user).get(url)
            assert MARKER not in answer.content.decode()
            assert "de man van 12" not in answer.content.decode()
        sought_by = {"kind": "phone", "result": "reached", "on": timezone.localdate(), "part_of_day": "morning"}
        with pytest.raises(NotAllowed):
            actions.seek_contact(actor=user, sign=sign, next_on=timezone.localdate(), **sought_by)


def test_it_becomes_a_conversation_and_a_case_with_the_text_along(city):
    sign = noted(city)
    intake = actions.start_intake_from_sign(actor=city.marit, sign=sign)
    assert MARKER in intake.own_words
    assert intake.known_as == "de man van 12"
    assert actions.start_intake_from_sign(actor=city.marit, sign=sign) == intake
    # A conversation that was thrown away does not take the sign along.
    actions.discard_intake(actor=city.marit, intake=intake)
    assert now_of(city, sign).status == "contacted"
    intake = actions.start_intake_from_sign(actor=city.marit, sign=sign)
    case = actions.conclude_intake(actor=city.marit, intake=intake)
    assert now_of(city, sign).case_id == case.pk
    with acting(city.marit.acting):
        assert Intake.objects.get(case=case).own_words
        assert FollowUp.objects.to_come().filter(case=case).count() == 1


def test_it_belongs_to_a_case_and_wakes_it(city, sign_in):
    case = a_case(city.marit, city.unit("schilderswijk"))
    actions.end_case(actor=city.marit, case=case, goes="better", changed="Klaar")
    actions.link_sign_to_case(actor=city.marit, sign=noted(city), case=case)
    with acting(city.marit.acting):
        assert Case.objects.get(pk=case.pk).status == "active"
    with pytest.raises(NotAllowed):
        actions.link_sign_to_case(actor=city.marit, sign=noted(city), case=a_case(city.noor, city.unit("vreewijk")))


def test_it_is_settled_only_after_it_was_sought_and_who_told_it_heard(city):
    sign = noted(city, wants_to_hear=True)
    for wrong in ({"outcome": "no_help"}, {"outcome": "nothing_needed"}, {"outcome": "conversation"}):
        with pytest.raises(Refused):
            actions.settle_early_sign(actor=city.marit, sign=sign, **wrong)
    sought(city, sign, result="reached")
    actions.settle_early_sign(actor=city.marit, sign=sign, outcome="no_help", heard_back=True)
    with pytest.raises(Refused):
        sought(city, sign)


def test_a_late_one_is_flagged_once_and_goes_to_the_coordinator(city):
    sign = noted(city)
    assert signs_of(city.marit) == signs_of(city.hakan) == []
    day = timezone.localdate() - timedelta(days=9)
    with writes.allowed(), acting(city.marit.acting):
        EarlySign.objects.filter(pk=sign.pk).update(due_on=day, late_on=day)
    with as_jobs():
        assert [sweep(), sweep()] == [1, 0]
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            list(EarlySign.objects.values_list("seen"))
    assert len(signs_of(city.marit)) == len(signs_of(city.hakan)) == 1
    assert signs_of(city.noor) == []


def test_the_words_of_a_settled_sign_are_wiped_by_a_job_that_cannot_read_them(city):
    sign = noted(city)
    sought(city, sign)
    actions.settle_early_sign(actor=city.marit, sign=sign, outcome="not_reached")
    with as_jobs():
        assert wipe_settled_signs() == 0
    with writes.allowed(), acting(city.marit.acting):
        EarlySign.objects.filter(pk=sign.pk).update(settled_at=timezone.now() - timedelta(days=31))
    with as_jobs():
        assert [wipe_settled_signs(), wipe_settled_signs()] == [1, 0]
    wiped = now_of(city, sign)
    assert (wiped.seen, wiped.about, wiped.place, wiped.outcome) == ("", "", "", "not_reached")
    with acting(city.marit.acting):
        assert SignAttempt.objects.get(sign=sign).text == ""
