"""What stands still goes up step by step, can be put off for a while, and is seen by who can do something about it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from backoffice import actions, stall_panels
from backoffice.ladders import patience_of, plan
from backoffice.models import Clock, SpecialistRequest, Stall, StallRule
from backoffice.stall_kinds import KINDS, Level, Measure, Patience
from backoffice.stalls_page import of_my_wijk, stalls_page
from backoffice.sweep import sweep
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry, OutboxEvent
from luisterloket.platform.tasks import deliver_outbox
from tests import writes
from tests.backoffice import scene

pytestmark = pytest.mark.django_db
QUICK = Patience(Measure.OPENING_HOURS, grace=1, lead=2, coordinator=3, wethouder=4, snooze_days=5)


def swept(times: int = 1) -> None:
    for _each in range(times):
        with scene.as_jobs():
            sweep()


def stall_of(request: SpecialistRequest) -> Stall:
    with scene.as_jobs():
        return Stall.objects.get(request_id=request.pk, ended_at=None)


def mailed() -> list[str]:
    mail.outbox.clear()
    with scene.as_jobs():
        deliver_outbox()
    return sorted(one.to[0].split("@")[0] for one in mail.outbox)


def test_every_clock_is_a_kind_with_an_owner_a_next_step_and_an_order_that_goes_up():
    assert set(Clock.values) <= set(KINDS)
    for kind in KINDS.values():
        usual = kind.usual
        assert usual.grace < usual.lead <= usual.coordinator < usual.wethouder
        assert kind.next_step in Stall.NextStep.values
        assert kind.ladder[-1] == Level.WETHOUDER


# The rules -------------------------------------------------------------------------------------------------------


def test_the_moments_are_worked_out_once_when_the_clock_starts(city):
    request = scene.now_of(scene.sent(city), city.marit)
    assert request.flag_at == request.due_at
    assert len(request.rungs) == 3
    assert request.rungs == sorted(request.rungs)
    before = request.rungs
    actions.keep_stall_rule(actor=city.ilse, unit=city.unit("wonen"), kind=KINDS["pick_up"], patience=QUICK)
    assert scene.now_of(request, city.marit).rungs == before
    after = scene.now_of(scene.sent(city), city.marit)
    assert after.flag_at > after.due_at
    assert after.rungs[2] < before[2]
    told = scene.now_of(scene.answered(city), city.marit)
    # In a team the coordinator is who leads.
    assert len(told.rungs) == 2


def test_the_rule_of_whose_turn_it_is_counts_before_that_of_the_city(city):
    kind = KINDS["pick_up"]
    assert patience_of(kind, city.unit("wonen").pk) == kind.usual
    actions.keep_stall_rule(actor=city.petra, unit=None, kind=kind, patience=QUICK)
    assert patience_of(kind, city.unit("wonen").pk) == QUICK
    own = Patience(Measure.OPENING_HOURS, 0, 1, 2, 3, 1)
    actions.keep_stall_rule(actor=city.ilse, unit=city.unit("wonen"), kind=kind, patience=own)
    assert (patience_of(kind, city.unit("wonen").pk), patience_of(kind, city.unit("jeugd").pk)) == (own, QUICK)
    actions.drop_stall_rule(actor=city.ilse, unit=city.unit("wonen"), kind=kind)
    assert patience_of(kind, city.unit("wonen").pk) == QUICK
    with pytest.raises(Refused):
        actions.drop_stall_rule(actor=city.ilse, unit=city.unit("wonen"), kind=kind)


@pytest.mark.parametrize(
    ("who", "unit", "kind"),
    [("joost", "wonen", "pick_up"), ("ilse", "jeugd", "pick_up"), ("marit", "schilderswijk", "tell"), ("hakan", None, "tell")],
)
def test_nobody_else_keeps_a_rule(city, who, unit, kind):
    with pytest.raises(NotAllowed):
        actions.keep_stall_rule(actor=getattr(city, who), unit=city.unit(unit) if unit else None, kind=KINDS[kind], patience=QUICK)


def test_a_rule_goes_up_in_order_is_for_ones_own_turn_and_not_endless(city):
    told = {"actor": city.ilse, "unit": city.unit("wonen")}
    for wrong in ((0, 3, 2, 5, 5), (2, 2, 3, 4, 5), (0, 1, 2, 3, 99)):
        with pytest.raises(Refused):
            actions.keep_stall_rule(**told, kind=KINDS["pick_up"], patience=Patience(Measure.WORKING_DAYS, *wrong))
    with pytest.raises(Refused):
        actions.keep_stall_rule(**told, kind=KINDS["tell"], patience=QUICK)
    # Twice as patient as the city and no more.
    with pytest.raises(Refused):
        actions.keep_stall_rule(**told, kind=KINDS["pick_up"], patience=Patience(Measure.WORKING_DAYS, 0, 1, 3, 11, 5))
    assert not StallRule.objects.exists()


def test_a_due_moment_that_is_moved_takes_the_ladder_along(city):
    request = scene.now_of(scene.sent(city), city.marit)
    with writes.allowed(), acting(city.marit.acting):
        SpecialistRequest.objects.filter(pk=request.pk).update(due_at=request.due_at + timedelta(days=2))
    moved = scene.now_of(request, city.marit)
    assert moved.flag_at - request.flag_at == timedelta(days=2)
    assert [new - old for new, old in zip(moved.rungs, request.rungs, strict=True)] == [timedelta(days=2)] * 3


@pytest.mark.parametrize("clock", ["outcome", "contest", "nobodys"])
def test_a_kind_that_comes_later_is_flagged_and_raised_by_the_same_statements(city, clock):
    request = scene.now_of(scene.taken_up(city), city.marit)
    request.clock, request.due_at = clock, timezone.now() - timedelta(days=400)
    plan(request, scene.desk(city))
    with writes.allowed(), acting(city.marit.acting):
        request.save(update_fields=["clock", "due_at", "flag_at", "rungs"])
    swept(4)
    stall = stall_of(request)
    assert (stall.level, stall.owner_id) == ("wethouder", city.marit.pk if clock == "outcome" else None)


# The ladder ------------------------------------------------------------------------------------------------------


def test_it_goes_up_one_step_at_a_time_and_each_hears_of_it_once(city):
    request = scene.taken_up(city)
    mailed()
    scene.run_out(request, city.marit, minutes=60 * 24 * 365)
    heard = []
    for _step in range(6):
        swept()
        heard.append((stall_of(request).level, mailed()))
    assert heard[:4] == [("lead", ["ilse", "joost"]), ("coordinator", ["hakan"]), ("wethouder", ["eline"]), ("wethouder", [])]
    assert stall_of(request).next_at is None
    with acting(city.joost.acting):
        assert HistoryEntry.objects.filter(thing_id=request.pk, verb="request.stall_raised").count() == 3


def test_at_the_loket_the_coordinator_is_the_next_to_hear(city):
    request = scene.answered(city)
    mailed()
    scene.run_out(request, city.marit, minutes=60 * 24 * 365)
    swept(4)
    assert mailed() == ["eline", "hakan", "marit"]
    assert stall_of(request).rung == 2


def test_what_goes_on_again_goes_up_no_further(city):
    request = scene.sent(city)
    scene.raised(request, city.marit, "lead")
    mailed()
    actions.take_up_request(actor=city.joost, request=request)
    swept(3)
    assert mailed() == []
    with scene.as_jobs():
        assert not Stall.objects.filter(ended_at=None).exists()


def test_a_flag_of_nobody_is_the_coordinators_from_the_start(city):
    request = scene.answered(city)
    with writes.allowed():
        marit = city.marit
        marit.is_active = False
        marit.save(update_fields=["is_active"])
    mailed()
    with writes.allowed(), acting(city.hakan.acting):
        SpecialistRequest.objects.filter(pk=request.pk).update(due_at=timezone.now() - timedelta(minutes=1))
    swept()
    stall = stall_of(request)
    assert (stall.owner_kind, stall.owner_id, stall.level) == ("coordinator", None, "coordinator")
    assert mailed() == ["hakan"]
    with acting(city.hakan.acting):
        assert [item.case_id for item in stall_panels.stalled_in_the_wijk(city.hakan)] == [request.case_id]


def test_a_specialist_sees_their_own_and_what_is_nobodys_and_the_lead_what_came_up(city):
    mine, nobodys = scene.taken_up(city), scene.sent(city)
    for request in (mine, nobodys):
        scene.run_out(request, city.marit)
    swept()

    def seen(user):
        with acting(user.acting):
            return {item.url for item in stall_panels.stalled_at_my_desk(user)}

    assert seen(city.joost) == {mine.get_absolute_url(), nobodys.get_absolute_url()}
    assert seen(city.ilse) == {nobodys.get_absolute_url()}
    scene.raised(mine, city.marit, "lead")
    assert seen(city.ilse) == {mine.get_absolute_url(), nobodys.get_absolute_url()}


def test_two_stalls_of_one_case_are_one_line(city):
    case = scene.a_case(city)
    for request in (scene.sent(city, case), scene.sent(city, case)):
        scene.raised(request, city.marit, "coordinator")
    with acting(city.hakan.acting):
        assert len(stall_panels.stalled_in_the_wijk(city.hakan)) == 1
    with acting(city.joost.acting):
        assert len(stall_panels.stalled_at_my_desk(city.joost)) == 1


# Putting off -----------------------------------------------------------------------------------------------------


def in_days(days: int):
    return timezone.localdate() + timedelta(days=days)


def test_what_is_put_off_stands_still_and_comes_back(city):
    request = scene.taken_up(city)
    scene.run_out(request, city.marit)
    swept()
    before, stall = scene.now_of(request, city.joost).rungs, stall_of(request)
    stall = actions.snooze_stall(actor=city.joost, stall=stall, until=in_days(7), reason="outside")
    assert stall.is_asleep
    assert timezone.localdate(stall.snoozed_until) >= in_days(7)
    after = scene.now_of(request, city.joost).rungs
    assert all(new > old and new > stall.snoozed_until for new, old in zip(after, before, strict=True))
    with acting(city.joost.acting):
        assert stall_panels.stalled_at_my_desk(city.joost) == []
        [entry] = HistoryEntry.objects.filter(thing_id=request.pk, verb="request.stall_snoozed")
    assert entry.details["reason"] == "outside"
    mailed()
    swept(2)
    assert (stall_of(request).level, mailed()) == ("owner", [])
    with writes.allowed(), acting(city.joost.acting):
        past = timezone.now() - timedelta(minutes=1)
        Stall.objects.filter(pk=stall.pk).update(snoozed_until=past, next_at=past)
    swept(3)
    stall = stall_of(request)
    assert (stall.level, stall.snoozed_until, stall.next_at) == ("owner", None, after[0])
    assert mailed() == ["joost"]


def test_the_asker_does_not_see_on_vandaag_what_was_put_off(city, sign_in):
    request = scene.answered(city)
    scene.run_out(request, city.marit)
    swept()
    assert request.get_absolute_url() in sign_in(city.marit).get("/vandaag/").content.decode()
    actions.snooze_stall(actor=city.marit, stall=stall_of(request), until=in_days(3), reason="agreed")
    assert request.get_absolute_url() not in sign_in(city.marit).get("/vandaag/").content.decode()


@pytest.mark.parametrize(("days", "reason"), [(0, "outside"), (-1, "outside"), (15, "outside"), (3, "because"), (3, "")])
def test_one_puts_off_until_a_day_that_is_not_too_far_with_a_reason(city, days, reason):
    request = scene.taken_up(city)
    scene.run_out(request, city.marit)
    swept()
    with pytest.raises(Refused):
        actions.snooze_stall(actor=city.joost, stall=stall_of(request), until=in_days(days), reason=reason)


def test_one_puts_off_once_at_each_step_and_never_what_the_wethouder_sees(city):
    request = scene.taken_up(city)
    told = {"until": in_days(2), "reason": "planned"}
    scene.raised(request, city.marit, "lead")
    actions.snooze_stall(actor=city.ilse, stall=stall_of(request), **told)
    with writes.allowed(), acting(city.joost.acting):
        Stall.objects.update(snoozed_until=None)
    with pytest.raises(Refused):
        actions.snooze_stall(actor=city.joost, stall=stall_of(request), **told)
    other = scene.taken_up(city)
    scene.raised(other, city.marit, "wethouder")
    with pytest.raises(Refused):
        actions.snooze_stall(actor=city.ilse, stall=stall_of(other), **told)
    actions.answer_request(actor=city.joost, request=other, result="granted", answer="Het kan.")
    with scene.as_jobs():
        over = Stall.objects.get(request_id=other.pk)
    with pytest.raises(Refused):
        actions.snooze_stall(actor=city.ilse, stall=over, **told)


@pytest.mark.parametrize(
    ("state", "may", "may_not"),
    [
        ("sent", ["ilse"], ["joost", "marit"]),
        ("taken_up", ["joost", "ilse"], ["marit"]),
        ("answered", ["marit", "hakan"], ["joost", "bram"]),
    ],
)
def test_whose_turn_it_is_and_who_leads_them_may_put_it_off(city, state, may, may_not):
    for who in [*may, *may_not]:
        request = scene.AT[state](city)
        scene.run_out(request, city.marit)
        swept()
        stall, told = stall_of(request), {"until": in_days(2), "reason": "absent"}
        if who in may:
            with acting(getattr(city, who).acting):
                assert actions.snooze_stall(actor=getattr(city, who), stall=stall, **told).is_asleep or who == "hakan"
        else:
            with pytest.raises((NotAllowed, Stall.DoesNotExist, SpecialistRequest.DoesNotExist)):
                actions.snooze_stall(actor=getattr(city, who), stall=stall, **told)


# The wijkwethouder -----------------------------------------------------------------------------------------------


def test_a_wijkwethouder_sees_numbers_and_references_of_their_wijk_and_nothing_of_anyone(city, sign_in):
    request, early = scene.sent(city), scene.taken_up(city)
    stall = scene.raised(request, city.marit, "wethouder")
    scene.run_out(early, city.marit)
    swept()
    with acting(city.eline.acting):
        assert [line.id for line in of_my_wijk()] == [stall.pk]
        [count] = stalls_page(city.eline).counts
        assert (count.desk, count.total) == ("Desk Wonen en opvang", 2)
        assert not Stall.objects.exists()
    page = sign_in(city.eline).get(reverse("backoffice:stalls")).content.decode()
    assert stall.reference in page
    for secret in ("Rachida", "Slaapplek", "Marit", "Joost", str(request.pk), str(request.case_id)):
        assert secret not in page
    for other in (city.tamara, city.ravi, city.gerda, city.olga):
        with acting(other.acting):
            assert of_my_wijk() == []


def test_the_wijkwethouder_asks_who_leads_to_act(city, sign_in):
    request = scene.sent(city)
    stall = scene.raised(request, city.marit, "wethouder")
    mailed()
    client = sign_in(city.eline)
    client.post(reverse("backoffice:stall-ask", args=[stall.pk]), {"what": "tell_me"})
    assert mailed() == ["hakan", "ilse"]
    stall = stall_of(request)
    assert (stall.asked, stall.asked_by_id) == ("tell_me", city.eline.pk)
    with acting(city.eline.acting):
        entry = HistoryEntry.objects.get(verb="request.stall_asked", thing_id=request.pk)
    assert (entry.actor_id, entry.details) == (city.eline.pk, {"what": "tell_me"})
    assert stall.get_asked_display() in sign_in(city.ilse).get(request.get_absolute_url()).content.decode()
    assert stall.get_asked_display() in sign_in(city.hakan).get(reverse("backoffice:stalls")).content.decode()


def test_nobody_else_asks_and_only_of_what_came_to_them(city):
    stall = scene.raised(scene.sent(city), city.marit, "coordinator")
    with pytest.raises(NotAllowed):
        actions.ask_to_act(actor=city.hakan, stall_id=stall.pk, what="tell_me")
    for who in (city.eline, city.tamara):
        with pytest.raises(Refused):
            actions.ask_to_act(actor=who, stall_id=stall.pk, what="tell_me")
    with pytest.raises(Refused):
        actions.ask_to_act(actor=city.eline, stall_id=stall.pk, what="something else")
    with scene.as_jobs():
        assert not OutboxEvent.objects.filter(event="request.stall_asked").exists()


# Pages -----------------------------------------------------------------------------------------------------------


def test_who_leads_finds_it_in_the_list_and_puts_it_off_there(city, sign_in):
    request = scene.sent(city)
    stall = scene.raised(request, city.marit, "coordinator")
    for who, there in ((city.hakan, True), (city.ilse, True), (city.sef, False), (city.wim, False)):
        page = sign_in(who).get(reverse("backoffice:stalls")).content.decode()
        assert (stall.reference in page) is there
        assert "Rachida" not in page
    form = {"until": in_days(3).isoformat(), "reason": "planned", "list": "1"}
    response = sign_in(city.ilse).post(reverse("backoffice:stall-snooze", args=[stall.pk]), form)
    assert response.url == reverse("backoffice:stalls")
    assert stall_of(request).is_asleep
    # A second time is told why not.
    page = sign_in(city.ilse).post(reverse("backoffice:stall-snooze", args=[stall.pk]), form, follow=True).content.decode()
    assert "note" in page


def test_a_protected_case_is_in_nobodys_list_but_of_who_is_named_and_the_desk(city, sign_in):
    from tests.casework.protected import protect

    case = scene.a_case(city)
    stall = scene.raised(scene.sent(city, case), city.marit, "coordinator")
    protect(city, case)
    assert stall.reference not in sign_in(city.hakan).get(reverse("backoffice:stalls")).content.decode()
    assert stall.reference in sign_in(city.ilse).get(reverse("backoffice:stalls")).content.decode()


def test_the_rules_are_kept_on_their_page(city, sign_in):
    client, unit = sign_in(city.ilse), city.unit("wonen")
    assert client.get(reverse("backoffice:stall-rules")).status_code == 200
    address = reverse("backoffice:stall-rule", args=[unit.pk, "pick_up"])
    assert client.get(address).status_code == 200
    form = {"measure": "opening_hours", "grace": 1, "lead": 2, "coordinator": 3, "wethouder": 4, "snooze_days": 5}
    wrong = client.post(address, {**form, "coordinator": 9})
    assert 'value="9"' in wrong.content.decode()
    assert not StallRule.objects.exists()
    assert client.post(address, form).status_code == 302
    assert patience_of(KINDS["pick_up"], unit.pk) == QUICK
    assert client.post(address, {"drop": "1"}).status_code == 302
    assert not StallRule.objects.exists()
    city_rule = reverse("backoffice:stall-rule-city", args=["tell"])
    assert client.get(city_rule).status_code == 403
    client = sign_in(city.petra)
    assert client.post(city_rule, {**form, "grace": 0}).status_code == 302
    assert patience_of(KINDS["tell"], None).wethouder == 4
