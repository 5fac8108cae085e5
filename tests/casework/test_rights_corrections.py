"""What a resident says is wrong is put right in the case, or goes on with their own statement; and an objection stops sharing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from backoffice import actions as desks
from backoffice.models import Message
from casework import actions
from casework.models import Concern, RightsCorrection
from luisterloket.convenant.sharing import sharing_stopped
from luisterloket.platform import today as vandaag
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.tasks import deliver_outbox
from tests import writes
from tests.backoffice.scene import as_jobs, asked_back, desk, keys, sent
from tests.casework.heard import a_case, address
from tests.casework.rights import asked, in_hand, resident_of

pytestmark = pytest.mark.django_db
WRONG, RIGHT = "Vannacht geen plek", "Zij slaapt bij haar zus"


@pytest.fixture
def case(city):
    return a_case(city.marit, city.unit("schilderswijk"))


def concern(city, case, text=WRONG):
    with acting(city.marit.acting):
        return next(one for one in Concern.objects.filter(case=case) if one.text == text)


def named(city, request, thing, actor=None):
    return actions.ask_correction(actor=actor or city.lotte, request=request, key=f"concern:{thing.pk}", must_be=RIGHT)


def put_right(city, case, thing):
    actions.amend(actor=city.marit, case=case, thing=thing, text=RIGHT)


def waits(user):
    with acting(user.acting), writes.allowed():
        return [line.item for line in vandaag.page(user, everything=True).lines if line.item.icon == "edit"]


# Correction ------------------------------------------------------------------------------------------------------


def test_it_is_named_put_right_by_who_keeps_the_case_and_what_it_said_stays_sealed(city, case, sign_in):
    request = in_hand(city, case, "correction")
    correction = named(city, request, concern(city, case))
    assert [item.url for item in waits(city.marit)] == [address("case-rights", case)]
    page = sign_in(city.marit).get(address("case-rights", case)).content.decode()
    assert RIGHT in page
    with pytest.raises(Refused):
        actions.correction_done(actor=city.marit, correction=correction)
    with pytest.raises(Refused):
        actions.decide_rights_request(actor=city.lotte, request=request, decision="granted")
    put_right(city, case, concern(city, case))
    sign_in(city.marit).post(reverse("casework:case-rights-corrected", args=[case.pk, correction.pk]))
    with acting(city.lotte.acting):
        done = RightsCorrection.objects.get(pk=correction.pk)
    assert (done.status, done.settled_by) == ("done", city.marit)
    assert waits(city.marit) == []
    html = sign_in(city.lotte).get(reverse("casework:rights-request", args=[request.pk])).content.decode()
    assert WRONG in html
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('luisterloket.units', %s, true)", [f"{{{case.unit_id}}}"])
        cursor.execute("SELECT was FROM casework_rightscorrection WHERE id = %s", [correction.pk])
        (was,) = cursor.fetchone()
    assert WRONG.encode() not in bytes(was)
    request = actions.decide_rights_request(actor=city.lotte, request=request, decision="granted")
    actions.tell_rights_decision(actor=city.lotte, request=request, told_how="phone")
    assert WRONG not in sign_in(city.lotte).get(reverse("casework:rights-request", args=[request.pk])).content.decode()


def test_who_got_it_before_is_told_that_it_was_put_right_and_not_what(city, case, mailoutbox):
    at = desk(city)
    thing = concern(city, case)
    key = next(key for key in keys(city.marit, case, at, "concern") if str(thing.pk) in key)
    request = sent(city, case, items=[key])
    desks.take_up_request(actor=city.joost, request=request)
    correction = named(city, in_hand(city, case, "correction"), thing)
    put_right(city, case, thing)
    done = actions.correction_done(actor=city.marit, correction=correction)
    assert done.told == 1
    with acting(city.joost.acting):
        [message] = Message.objects.filter(request=request)
    assert RIGHT not in message.text
    assert WRONG not in message.text
    mailoutbox.clear()
    with as_jobs():
        deliver_outbox()
    [mail] = [mail for mail in mailoutbox if mail.to == [city.joost.email]][-1:]
    assert "rechtgezet" in mail.body or "put right" in mail.body
    assert WRONG not in mail.body
    assert RIGHT not in mail.body


def test_what_stays_as_it_is_carries_the_statement_of_the_resident_wherever_it_goes(city, case, sign_in):
    request = in_hand(city, case, "correction")
    correction = named(city, request, concern(city, case))
    with pytest.raises(Refused):
        actions.refuse_correction(actor=city.lotte, correction=correction, statement="")
    actions.refuse_correction(actor=city.lotte, correction=correction, statement="Dit heb ik zo niet gezegd")
    assert "Dit heb ik zo niet gezegd" in sign_in(city.marit).get(case.get_absolute_url()).content.decode()
    at = desk(city)
    key = next(key for key in keys(city.marit, case, at, "concern") if str(correction.thing) in key)
    went = sent(city, case, items=[key])
    with acting(city.joost.acting):
        assert "Dit heb ik zo niet gezegd" in went.items.get().text


def test_a_worker_names_and_puts_right_at_the_desk_at_once(city, case, sign_in):
    request = asked(city, case, "correction")
    url = reverse("casework:case-rights-request", args=[case.pk, request.pk])
    client, thing = sign_in(city.marit), concern(city, case)
    assert "id_must_be_error" in client.post(url, {"key": f"concern:{thing.pk}", "must_be": ""}).content.decode()
    assert client.post(url, {"key": f"concern:{thing.pk}", "must_be": RIGHT}).status_code == 302
    with pytest.raises(Refused):
        named(city, request, thing, actor=city.marit)
    put_right(city, case, thing)
    with acting(city.marit.acting):
        correction = RightsCorrection.objects.get(case=case)
    assert actions.correction_done(actor=city.marit, correction=correction).status == "done"


def test_nobody_else_names_or_settles(city, case):
    request = in_hand(city, case, "correction")
    thing = concern(city, case)
    for user in (city.noor, city.joost, city.daan, city.fatna):
        with pytest.raises((NotAllowed, Refused)):
            named(city, request, thing, actor=user)
    correction = named(city, request, thing)
    for user in (city.noor, city.joost, city.daan):
        with pytest.raises(NotAllowed):
            actions.correction_done(actor=user, correction=correction)
    with pytest.raises(NotAllowed):
        actions.refuse_correction(actor=city.marit, correction=correction, statement="Nee")
    actions.withdraw_rights_request(actor=city.marit, request=request)
    with acting(city.marit.acting):
        assert RightsCorrection.objects.get(pk=correction.pk).status == "dropped"


# Objection and restriction ---------------------------------------------------------------------------------------


def may_send(city, case, to="wonen"):
    try:
        sent(city, case, to=to)
    except Refused as refusal:
        return refusal.code
    return True


def test_an_objection_stops_new_sharing_for_its_purpose_until_it_is_decided(city, case, sign_in):
    before = asked_back(city, case=case)
    request = asked(city, case, "objection", purpose="shelter")
    assert may_send(city, case) == "sharing_stopped"
    assert may_send(city, case, to="inkomen") is True
    with pytest.raises(Refused):
        desks.reply_to_desk(actor=city.marit, request=before, text="Zij zijn met z’n drieën")
    url = reverse("backoffice:request-new", args=[case.pk]) + f"?desk={desk(city).pk}"
    html = sign_in(city.marit).get(url).content.decode()
    assert "bezwaar" in html or "objected" in html
    request = actions.take_rights_request(actor=city.lotte, request=request)
    assert may_send(city, case) == "sharing_stopped"
    actions.decide_rights_request(actor=city.lotte, request=request, decision="refused", reason="Het is nodig voor de opvang")
    assert may_send(city, case) is True


def test_an_upheld_objection_stays_until_it_is_lifted_and_follows_the_person(city, case):
    other = a_case(city.marit, city.unit("schilderswijk"))
    actions.merge_residents(actor=city.marit, case=case, other=other, keep="other", reason="Zelfde vrouw.")
    request = in_hand(city, case, "objection")
    request = actions.decide_rights_request(actor=city.lotte, request=request, decision="granted")
    request = actions.tell_rights_decision(actor=city.lotte, request=request, told_how="phone")
    assert may_send(city, case) == may_send(city, other) == "sharing_stopped"
    unlike = a_case(city.marit, city.unit("schilderswijk"), name="Iemand Anders")
    assert may_send(city, unlike) is True
    with pytest.raises(NotAllowed):
        actions.lift_rights_hold(actor=city.marit, request=request)
    actions.lift_rights_hold(actor=city.lotte, request=request)
    assert may_send(city, case) is True


def test_it_stops_what_is_laid_on_a_table_and_leaves_what_lies_there(city, case):
    told = {"starts_at": timezone.now() + timedelta(days=1), "agenda": ["Hoe verder"], "resident_part": "informed"}
    conference = actions.plan_conference(actor=city.marit, case=case, kind="conference", **told)
    post = city.karim.posts[0]
    actions.invite(actor=city.marit, conference=conference, guest=f"{city.karim.pk}:{post.unit_id}:{post.role.code}")
    thing, other = (actions.add_concern(actor=city.marit, case=case, domain="family", severity=2, text=text) for text in ("a", "b"))
    actions.lay_on_table(actor=city.marit, conference=conference, items=[f"concern:{thing.pk}"])
    asked(city, case, "objection", purpose="conference")
    with pytest.raises(Refused):
        actions.lay_on_table(actor=city.marit, conference=conference, items=[f"concern:{thing.pk}", f"concern:{other.pk}"])
    actions.lay_on_table(actor=city.marit, conference=conference, items=[f"concern:{thing.pk}"])


def test_under_a_restriction_nothing_is_changed_or_shared_and_reading_goes_on(city, case, sign_in):
    request = in_hand(city, case, "restriction")
    actions.add_strength(actor=city.marit, case=case, text="Nog open")
    request = actions.decide_rights_request(actor=city.lotte, request=request, decision="granted")
    assert may_send(city, case) == "sharing_stopped"
    with pytest.raises(Refused) as refused:
        actions.add_strength(actor=city.marit, case=case, text="Mag nu niet")
    assert refused.value.code == "restricted"
    with acting(city.marit.acting):
        assert sharing_stopped([resident_of(city.marit, case).pk], "debt")
    assert sign_in(city.marit).get(case.get_absolute_url()).status_code == 200
    actions.lift_rights_hold(actor=city.lotte, request=request)
    actions.add_strength(actor=city.marit, case=case, text="Mag weer")


def test_who_sat_at_the_table_hears_it_too(city, case, mailoutbox):
    told = {"starts_at": timezone.now() + timedelta(days=1), "agenda": ["Hoe verder"], "resident_part": "informed"}
    conference = actions.plan_conference(actor=city.marit, case=case, kind="conference", **told)
    post = city.karim.posts[0]
    actions.invite(actor=city.marit, conference=conference, guest=f"{city.karim.pk}:{post.unit_id}:{post.role.code}")
    thing = actions.add_concern(actor=city.marit, case=case, domain="family", severity=2, text="Zij eet niet")
    actions.lay_on_table(actor=city.marit, conference=conference, items=[f"concern:{thing.pk}"])
    correction = named(city, in_hand(city, case, "correction"), thing)
    put_right(city, case, thing)
    assert actions.correction_done(actor=city.lotte, correction=correction).told == 1
    mailoutbox.clear()
    with as_jobs():
        deliver_outbox()
    assert "Zij eet niet" not in [mail for mail in mailoutbox if mail.to == [city.karim.email]][-1].body
