"""The pages of hand-ins: what the sender sees is the same whoever it is about, and nothing typed is lost."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from backoffice import actions
from backoffice.models import HandIn
from casework import actions as casework
from luisterloket.convenant.models import AccessLogEntry, Authorisation
from luisterloket.platform.acting import acting
from luisterloket.platform.tasks import deliver_outbox
from tests import writes

from . import consenting
from .consenting import in_dutch
from .handing_in import SAID, accepted, arrears, handed_in, now_of, reception_of
from .scene import a_case, as_jobs

pytestmark = pytest.mark.django_db
CONTACT = "There was contact with the resident"
FILLED_IN = {
    "kind": "arrears", "name": "Rachida Amrani", "phone": "06 00 00 45 12", "text": "Drie maanden geen water betaald",
    "category": "finances", "urgency": "normal", "knows": "not", "partner": "water", "amount": "231,40",
}  # fmt: skip


def as_read(answer) -> bytes:
    """A page without what differs by itself: ids, proof of origin, the nonce of scripts and the time of the day."""
    page = re.sub(rb'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": "|nonce="|nonce&quot;:&quot;)[^"&]*', b"", answer.content)
    page = re.sub(rb"[0-9a-f]{8}-[0-9a-f-]{27}", b"", page)
    return re.sub(rb"\d\d[.:]\d\d", b"", page)


def test_a_reporter_hands_in_and_reads_what_became_of_it(city, sign_in):
    sanne = sign_in(city.sanne)
    assert sanne.get(reverse("start")).url == reverse("backoffice:hand-ins")
    form = sanne.get(reverse("backoffice:hand-in-new")).content.decode()
    assert "Luisterloket Schilderswijk" in form
    assert 'value="finances"' in form
    assert 'value="work"' not in form, "for which a reporter of arrears has no ground"
    answer = sanne.post(
        reverse("backoffice:hand-in-new"),
        {**FILLED_IN, "unit": city.unit("schilderswijk").pk, "desk_unit": city.unit("bron").pk},
    )
    with acting(city.sanne.acting):
        hand_in = HandIn.objects.get()
    assert answer.url == hand_in.get_absolute_url()
    assert hand_in.amount == 231_40
    assert "Rachida Amrani" in sanne.get(reverse("backoffice:hand-ins")).content.decode()


def test_what_is_missing_comes_back_with_all_that_was_typed(city, sign_in):
    answer = sign_in(city.sanne).post(
        reverse("backoffice:hand-in-new"),
        {**FILLED_IN, "phone": "", "unit": city.unit("schilderswijk").pk, "desk_unit": city.unit("bron").pk},
    )
    page = answer.content.decode()
    assert "Drie maanden geen water betaald" in page
    assert 'id="id_phone_error"' in page


@pytest.mark.parametrize("end", ["sent", "accepted", "sent_back", "concluded"])
def test_the_sender_gets_the_same_page_byte_for_byte_whether_the_resident_was_known(city, sign_in, end):
    case = a_case(city)
    known, unknown = handed_in(city), handed_in(city)
    for hand_in, into in ((known, {"how": "case", "case": case}), (unknown, {"how": "conversation"})):
        if end == "sent_back":
            actions.send_back_hand_in(actor=city.marit, hand_in=hand_in, reason="other_place")
        elif end != "sent":
            actions.accept_hand_in(actor=city.marit, hand_in=hand_in, **into)
        if end == "concluded":
            actions.conclude_hand_in(actor=city.marit, hand_in=hand_in, contact_made=True, plan_made=True)
    thijs = sign_in(city.thijs)
    first, second = (as_read(thijs.get(one.get_absolute_url())) for one in (known, unknown))
    assert first == second
    assert b"Marit" not in first


def test_handing_in_answers_the_same_for_who_is_known(city, sign_in):
    """The answer to sending, and how many times the database was asked."""
    a_case(city)
    thijs, answers, asked = sign_in(city.thijs), [], []
    # The first only fills what the process remembers of itself.
    for name in ("Nog Iemand", "Iemand Anders", "Rachida Amrani"):
        told = {**FILLED_IN, "kind": "collection", "name": name, "unit": city.unit("schilderswijk").pk}
        with CaptureQueriesContext(connection) as queries:
            answers.append(thijs.post(reverse("backoffice:hand-in-new"), {**told, "desk_unit": city.unit("invordering").pk}))
        asked.append(len(queries))
    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert asked[1] == asked[2]
    assert len(answers[1].url) == len(answers[2].url)


def test_the_sender_hears_what_came_of_it_only_while_the_convenant_lets_them(city, sign_in):
    hand_in = accepted(city)
    actions.conclude_hand_in(actor=city.marit, hand_in=hand_in, contact_made=True, plan_made=False)
    thijs = sign_in(city.thijs)
    assert in_dutch(CONTACT) in thijs.get(hand_in.get_absolute_url()).content.decode()
    with writes.allowed():
        Authorisation.objects.filter(purpose="hand_in").delete()
    page = thijs.get(hand_in.get_absolute_url()).content.decode()
    assert in_dutch(CONTACT) not in page
    assert in_dutch("Concluded") in page


def test_who_may_be_known_stands_at_the_loket_and_the_look_is_kept(city, sign_in):
    a_case(city)
    hand_in = handed_in(city)
    page = sign_in(city.marit).get(reverse("backoffice:received", args=[hand_in.pk])).content.decode()
    assert in_dutch("Maybe known already") in page
    assert SAID in page
    with acting(city.daan.acting):
        assert AccessLogEntry.objects.filter(actor_id=city.marit.pk, what="hand-in", purpose="hand_in").exists()


def test_the_loket_takes_it_on_from_its_page(city, sign_in):
    hand_in = handed_in(city)
    marit = sign_in(city.marit)
    answer = marit.post(reverse("backoffice:received-accept", args=[hand_in.pk]), {"how": "conversation"})
    assert "/intakes/" in answer.url
    again = marit.post(reverse("backoffice:received-accept", args=[hand_in.pk]), {"how": "conversation"})
    assert again.status_code == 200
    assert "error-summary" in again.content.decode()


def test_the_loket_links_it_to_a_case_and_reads_it_there(city, sign_in):
    case, hand_in = a_case(city), handed_in(city)
    marit = sign_in(city.marit)
    page = marit.get(reverse("backoffice:received-link", args=[hand_in.pk])).content.decode()
    assert str(case.pk) in page, "the search begins with the name that was handed in"
    answer = marit.post(reverse("backoffice:received-link", args=[hand_in.pk]), {"case": case.pk})
    assert answer.url == case.get_absolute_url()
    assert SAID in marit.get(case.get_absolute_url()).content.decode()


def test_sent_back_and_concluded_from_the_page(city, sign_in):
    back, on = handed_in(city), accepted(city)
    marit = sign_in(city.marit)
    refused = marit.post(reverse("backoffice:received-send-back", args=[back.pk]), {"reason": "incomplete"})
    assert refused.status_code == 200
    marit.post(reverse("backoffice:received-send-back", args=[back.pk]), {"reason": "incomplete", "words": "Welk adres?"})
    assert "Welk adres?" in sign_in(city.thijs).get(back.get_absolute_url()).content.decode()
    marit = sign_in(city.marit)
    marit.post(reverse("backoffice:received-conclude", args=[on.pk]), {"contact_made": "on"})
    assert now_of(on, city.thijs).status == "concluded"
    assert marit.get(reverse("backoffice:received-all")).status_code == 200
    assert marit.get(reverse("today")).status_code == 200


# Jobs ------------------------------------------------------------------------------------------------------------


def long_ago(hand_in, user, **fields):
    with writes.allowed(), acting(user.acting):
        HandIn.objects.filter(pk=hand_in.pk).update(**fields)


def test_what_nobody_answers_is_flagged_once_and_told_to_who_sees_to_it(city):
    from backoffice.hand_in_sweep import flag_late

    hand_in = handed_in(city)
    long_ago(hand_in, city.thijs, due_on=timezone.localdate() - timedelta(days=1))
    with as_jobs():
        deliver_outbox()
        mail.outbox.clear()
        assert [flag_late(), flag_late()] == [1, 0]
        deliver_outbox()
    assert [message.to for message in mail.outbox] == [[city.hakan.email]]
    assert "Rachida" not in mail.outbox[0].body
    actions.accept_hand_in(actor=city.marit, hand_in=hand_in, how="conversation")
    assert now_of(hand_in, city.thijs).late_flagged_at is None


def test_the_sender_gets_the_same_mail_for_who_was_known(city):
    known, unknown = handed_in(city), handed_in(city)
    with as_jobs():
        deliver_outbox()
    mail.outbox.clear()
    actions.accept_hand_in(actor=city.marit, hand_in=known, how="case", case=a_case(city))
    actions.accept_hand_in(actor=city.marit, hand_in=unknown, how="conversation")
    with as_jobs():
        deliver_outbox()
    mine = [message for message in mail.outbox if message.to == [city.thijs.email]]
    assert len({re.sub(r"[0-9a-f-]{36}", "", message.body) for message in mine}) == 1
    assert len(mine) == 2


def test_what_the_sender_wrote_is_wiped_and_what_came_into_the_case_stays(city, settings):
    from backoffice.hand_in_sweep import wipe_answered

    case = a_case(city)
    hand_in = actions.accept_hand_in(actor=city.marit, hand_in=handed_in(city), how="case", case=case)
    waits = handed_in(city)
    days = settings.HAND_IN_DAYS
    assert days <= 183
    long_ago(hand_in, city.marit, answered_at=timezone.now() - timedelta(days=days + 1))
    with as_jobs():
        assert [wipe_answered(), wipe_answered()] == [1, 0]
    wiped = now_of(hand_in, city.thijs)
    assert (wiped.name, wiped.text, wiped.reference, wiped.phone) == ("", "", "", "")
    assert now_of(waits, city.thijs).text == SAID
    assert reception_of(hand_in, city.marit).text == SAID


def test_a_loket_with_someone_who_waits_is_not_left_behind(city):
    from backoffice.in_hands import hand_ins

    arrears(city)
    unit = city.unit("schilderswijk")
    with acting(city.olga.acting):
        assert len(hand_ins(None, unit.pk)) == 1
        assert hand_ins(city.marit.pk, unit.pk) == []


def test_a_copy_of_everything_tells_what_was_handed_in(city):
    from backoffice.rights import handed_in as copied

    case = a_case(city)
    actions.accept_hand_in(actor=city.marit, hand_in=handed_in(city), how="case", case=case)
    with acting(city.marit.acting):
        [section, _pauses] = copied(city.marit, [case.pk], [consenting.main_of(case, city.marit).pk])
    assert [line.text for line in section.lines] == [SAID]
    assert "Desk Invordering, Gemeente Den Haag" in section.lines[0].details.values()


def test_what_was_handed_in_goes_along_only_when_chosen(city):
    from backoffice import sharing

    from .scene import desk

    case = a_case(city)
    actions.accept_hand_in(actor=city.marit, hand_in=handed_in(city), how="case", case=case)
    at = desk(city, "schuldhulp")
    with acting(city.marit.acting):
        what = sharing.shareable(city.marit, case, at)
    mine = [key for key, item in what.items.items() if item.kind == "handed_in"]
    assert len(mine) == 1
    assert not set(mine) & set(sharing.usual(what.items.values(), at, what.subjects[0]))


def test_joining_the_case_opens_what_came_into_it(city):
    case = a_case(city)
    hand_in = actions.accept_hand_in(actor=city.marit, hand_in=handed_in(city), how="case", case=case)
    casework.join_case(actor=city.bram, case=case, reason="asked")
    with acting(city.bram.acting):
        assert HandIn.objects.received_by(city.bram).filter(pk=hand_in.pk).exists()
