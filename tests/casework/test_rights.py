"""What a resident asks about their data: from the desk until they were told, with its legal term, and read by nobody else."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework import actions
from casework.models import Case, Concern, RightsRequest
from casework.rights_page import rights_list
from casework.rights_sweep import flag_terms
from casework.rights_terms import ANSWER, EXTENSION, due
from luisterloket.convenant.models import AccessLogEntry
from luisterloket.platform import today as vandaag
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry
from luisterloket.platform.registries import erasers_on_request
from luisterloket.platform.tasks import deliver_outbox
from tests import writes
from tests.backoffice.scene import as_jobs
from tests.casework.heard import a_case, address
from tests.casework.rights import asked, in_hand, now_of, resident_of

pytestmark = pytest.mark.django_db
WORDS = "Ik wil weten wat er over mij staat"


@pytest.fixture
def case(city):
    case = a_case(city.marit, city.unit("schilderswijk"), household=1)
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    return case


def waits_for(user):
    with acting(user.acting), writes.allowed():
        page = vandaag.page(user, everything=True)
    return [line.item for line in ([page.alarm] if page.alarm else []) + page.lines if "/rechten/" in line.item.url]


def moved_to(request, day):
    """Time went by: no action does this."""
    with writes.allowed(), acting(request.recorded_by.acting):
        RightsRequest.objects.filter(pk=request.pk).update(due_on=day)


# From the desk until they were told ------------------------------------------------------------------------------


def test_it_goes_from_the_desk_to_who_handles_it_and_back_to_the_resident(city, case):
    request = asked(city, case, "objection", identity_how="", purpose="debt")
    assert (request.status, request.due_on) == ("received", due(timezone.localdate()))
    with pytest.raises(Refused):
        actions.take_rights_request(actor=city.lotte, request=request)
    request = actions.check_rights_identity(actor=city.marit, request=request, identity_how="document")
    request = actions.take_rights_request(actor=city.lotte, request=request)
    with pytest.raises(Refused):
        actions.decide_rights_request(actor=city.lotte, request=request, decision="refused", reason=" ")
    request = actions.decide_rights_request(actor=city.lotte, request=request, decision="granted")
    request = actions.tell_rights_decision(actor=city.lotte, request=request, told_how="letter")
    assert (request.status, request.handler) == ("told", city.lotte)
    with acting(city.marit.acting):
        verbs = set(HistoryEntry.objects.filter(thing_id=request.pk).values_list("verb", flat=True))
    assert verbs == {"rights.recorded", "rights.identified", "rights.taken", "rights.decided", "rights.told"}


def test_who_is_not_sure_to_be_them_is_refused_and_opens_nothing(city, case):
    request = asked(city, case, identity_how="")
    with pytest.raises(Refused):
        actions.decide_rights_request(actor=city.lotte, request=request, decision="granted")
    actions.decide_rights_request(actor=city.lotte, request=request, decision="refused", reason="Niet zeker wie het vraagt")
    with acting(city.lotte.acting):
        assert not Case.objects.exists()


def test_only_the_right_people_do_each_thing(city, case):
    for user in (city.fatna, city.noor, city.joost, city.daan, city.lotte):
        with pytest.raises(NotAllowed):
            asked(city, case, actor=user, resident=resident_of(city.marit, case))
    request = asked(city, case)
    for user in (city.marit, city.daan, city.petra):
        with pytest.raises(NotAllowed):
            actions.take_rights_request(actor=user, request=request)
    request = actions.take_rights_request(actor=city.lotte, request=request)
    for user in (city.marit, city.daan):
        with pytest.raises((NotAllowed, RightsRequest.DoesNotExist)):
            actions.decide_rights_request(actor=user, request=request, decision="granted")
    with pytest.raises(Refused):
        asked(city, case, resident=resident_of(city.noor, a_case(city.noor, city.unit("vreewijk"))))


def test_the_database_holds_who_decided_and_told(city, case):
    request = asked(city, case)
    for wrong in ({"status": "in_hand"}, {"status": "decided"}, {"status": "told"}, {"identity_at": None}):
        with writes.allowed(), acting(city.marit.acting), pytest.raises(IntegrityError), transaction.atomic():
            RightsRequest.objects.filter(pk=request.pk).update(**wrong)


def test_erasure_that_is_granted_starts_what_erases_with_every_row_of_the_person(city, case, monkeypatch):
    begun = []
    monkeypatch.setattr(erasers_on_request, "_entries", [(10, lambda actor, request, rows: begun.append((request.pk, set(rows))))])
    other = a_case(city.marit, city.unit("schilderswijk"))
    actions.merge_residents(actor=city.marit, case=case, other=other, keep="other", reason="Zelfde vrouw.")
    request = in_hand(city, case, "erasure")
    actions.decide_rights_request(actor=city.lotte, request=request, decision="partly", reason="De betaling blijft zeven jaar")
    both = {resident_of(city.marit, case).pk, resident_of(city.marit, other).pk}
    assert begun == [(request.pk, both)]
    refused = in_hand(city, case, "erasure")
    actions.decide_rights_request(actor=city.lotte, request=refused, decision="refused", reason="De wet vraagt het te bewaren")
    assert len(begun) == 1


# Who reads -------------------------------------------------------------------------------------------------------


def test_the_handler_gets_through_the_wall_only_while_it_is_in_hand(city, case):
    other = a_case(city.noor, city.unit("vreewijk"), name="Iemand Anders")
    request = asked(city, case)
    for user in (city.lotte, city.daan):
        with acting(user.acting):
            assert not Case.objects.exists()
            assert not Concern.objects.exists()
    actions.take_rights_request(actor=city.lotte, request=request)
    with acting(city.lotte.acting):
        assert set(Case.objects.values_list("pk", flat=True)) == {case.pk}
        assert Concern.objects.filter(case=case).exists()
        assert not Case.objects.filter(pk=other.pk).exists()
        # The pages of the case stay shut: this is no part in it.
        assert not Case.objects.visible_to(city.lotte).exists()
    actions.decide_rights_request(actor=city.lotte, request=request, decision="refused", reason="Nee")
    actions.tell_rights_decision(actor=city.lotte, request=request, told_how="letter")
    with acting(city.lotte.acting):
        assert not Case.objects.exists()
        assert not Concern.objects.exists()


def test_a_closed_case_opens_to_the_handler_and_never_to_who_is_kept_out(city, case):
    actions.protect(actor=city.marit, case=case, resident=resident_of(city.marit, case), reason="safety", named=[city.bram])
    request = asked(city, case)
    with acting(city.lotte.acting):
        assert [one.pk for one in rights_list(city.lotte).open] == [request.pk]
    actions.take_rights_request(actor=city.lotte, request=request)
    with acting(city.lotte.acting):
        assert Concern.objects.filter(case=case).exists()
    actions.keep_out(actor=city.marit, case=case, user=city.lotte, reason="kin")
    with acting(city.lotte.acting):
        assert rights_list(city.lotte).open == []
        assert not Concern.objects.exists()
        assert not RightsRequest.objects.exists()
    with pytest.raises((NotAllowed, RightsRequest.DoesNotExist)):
        actions.decide_rights_request(actor=city.lotte, request=request, decision="granted")


def test_who_supervises_sees_kinds_and_terms_and_not_whom(city, case, sign_in):
    asked(city, case, "erasure", text=WORDS)
    html = sign_in(city.daan).get(reverse("casework:rights")).content.decode()
    assert "AVG art. 17" in html
    assert "Rachida" not in html
    assert str(case.pk) not in html
    with acting(city.daan.acting):
        assert not RightsRequest.objects.exists()


def test_what_was_asked_is_read_by_who_has_it_in_hand_and_each_look_is_kept(city, case, sign_in):
    request = asked(city, case, text=WORDS)
    url = reverse("casework:rights-request", args=[request.pk])
    answer = sign_in(city.lotte).get(url)
    assert answer.status_code == 200
    assert WORDS not in answer.content.decode()
    actions.take_rights_request(actor=city.lotte, request=request)
    assert WORDS in sign_in(city.lotte).get(url).content.decode()
    with acting(city.daan.acting):
        assert AccessLogEntry.objects.filter(actor_id=city.lotte.pk, what="rights request", case_id=case.pk).exists()
    for user in (city.marit, city.daan, city.sef):
        assert sign_in(user).get(url).status_code == 404


def test_a_worker_writes_it_down_on_the_page_of_the_case(city, case, sign_in):
    url = address("case-rights", case)
    client = sign_in(city.marit)
    told = {"resident": resident_of(city.marit, case).pk, "kind": "copy", "how": "desk", "text": WORDS, "received_on": "2026-01-05"}
    assert "id_text_error" in client.post(url, told | {"text": ""}).content.decode()
    assert client.post(url, told).status_code == 302
    html = client.get(url).content.decode()
    assert "5 feb" in html or "5 Feb" in html
    assert sign_in(city.fatna).get(url).status_code == 403
    assert sign_in(city.noor).get(url).status_code == 404


# The term --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "first", "extended"),
    [
        # A month; three months when extended.
        (date(2026, 3, 2), date(2026, 4, 2), date(2026, 6, 2)),
        # The last day of a shorter month.
        (date(2025, 12, 31), date(2026, 2, 2), date(2026, 3, 31)),
        # 26 December and Sunday 27 December move to Monday.
        (date(2026, 11, 26), date(2026, 12, 28), date(2027, 2, 26)),
        # Whit Monday of 2026.
        (date(2026, 4, 25), date(2026, 5, 26), date(2026, 7, 27)),
    ],
)
def test_the_term_is_of_calendar_months_moved_by_the_law(received, first, extended):
    assert due(received) == first
    assert due(received, extended=True) == extended
    assert all(term.law and term.article and term.checked_on for term in (ANSWER, EXTENSION))


def test_it_is_extended_once_with_a_reason_and_before_it_is_over(city, case):
    request = in_hand(city, case)
    with pytest.raises(Refused):
        actions.extend_rights_request(actor=city.lotte, request=request, because="")
    request = actions.extend_rights_request(actor=city.lotte, request=request, because="Er zijn veel stukken")
    assert request.due_on == due(request.received_on, extended=True)
    with pytest.raises(Refused):
        actions.extend_rights_request(actor=city.lotte, request=request, because="Nog meer")
    late = in_hand(city, case, received_on=timezone.localdate() - timedelta(days=60))
    with pytest.raises(Refused):
        actions.extend_rights_request(actor=city.lotte, request=late, because="Te laat")


def test_what_nears_and_what_passes_its_term_is_told_once_to_who_can_act(city, case, mailoutbox):
    def told():
        mailoutbox.clear()
        with as_jobs():
            flagged = flag_terms()
            deliver_outbox()
        return flagged, {mail.to[0] for mail in mailoutbox}

    request = asked(city, case)
    assert told() == (0, {city.lotte.email})
    moved_to(request, timezone.localdate() + timedelta(days=3))
    assert told() == (1, {city.lotte.email})
    assert told() == (0, set())
    moved_to(request, timezone.localdate() - timedelta(days=1))
    assert told() == (1, {city.lotte.email, city.daan.email})
    assert told() == (0, set())
    assert [item.tone for item in waits_for(city.daan)] == ["acute"]
    assert [item.tone for item in waits_for(city.lotte)] == ["acute"]
    for mail in mailoutbox:
        assert "Rachida" not in mail.body
    request = actions.take_rights_request(actor=city.lotte, request=request)
    actions.decide_rights_request(actor=city.lotte, request=request, decision="refused", reason="Nee")
    actions.tell_rights_decision(actor=city.lotte, request=request, told_how="letter")
    assert waits_for(city.daan) == waits_for(city.lotte) == []


def test_it_stays_with_the_case_for_the_worker(city, case, sign_in):
    asked(city, case)
    assert address("case-rights", case) in sign_in(city.marit).get(case.get_absolute_url()).content.decode()
    request = in_hand(city, case, "erasure")
    actions.withdraw_rights_request(actor=city.marit, request=request)
    assert now_of(request, city.marit).status == "withdrawn"
    with acting(city.lotte.acting):
        assert not Case.objects.exists()
