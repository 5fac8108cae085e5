"""An answer is contested: looked at again by someone else, then put before the wijkwethouder, who reads of nobody."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from backoffice import actions
from backoffice.models import Contest, Escalation, SpecialistRequest
from backoffice.sweep import sweep
from luisterloket.people.models import User
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.tasks import deliver_outbox
from tests import writes
from tests.casework.erasing import as_owner

from . import consenting
from .scene import answered, as_jobs, closed, now_of, run_out, taken_up
from .test_pauses import granted, pause_of

pytestmark = pytest.mark.django_db
WHY = "Zij heeft een brief van de huisarts die er nog niet bij was."
DILEMMA = "De regel vraagt drie maanden inschrijving. Die heeft deze moeder niet, en de kinderen slapen buiten."
RULE = "Wmo 2015, artikel 1.2.1"
NO = {"result": "refused", "answer": "Het kan niet.", "refused_under": RULE, "next_step": "Bel de wijk."}


def refused(city):
    return actions.answer_request(actor=city.joost, request=taken_up(city), **NO)


def contested(city, request=None):
    return actions.contest_answer(actor=city.marit, request=request or refused(city), why=WHY)


def stays(city):
    return actions.reconsider_answer(actor=city.ilse, request=contested(city), **NO)


def escalated(city):
    return actions.escalate(actor=city.marit, request=stays(city), dilemma=DILEMMA)


def escalation_of(city, request):
    with acting(city.marit.acting):
        return Escalation.objects.get(request=request)


def page(sign_in, user, request):
    answer = sign_in(user).get(request.get_absolute_url())
    return answer.content.decode() if answer.status_code == 200 else ""


def test_someone_else_looks_again_and_what_was_answered_first_is_kept(city, sign_in):
    request = contested(city)
    assert (request.status, request.clock, request.assigned_to) == ("contested", "reconsider", None)
    assert WHY in page(sign_in, city.ilse, request)
    with pytest.raises(NotAllowed):
        actions.reconsider_answer(actor=city.joost, request=request, **NO)
    now = actions.reconsider_answer(actor=city.ilse, request=request, result="granted", answer="Met die brief kan het wel.")
    assert (now.status, now.clock, now.result, now.answered_by) == ("answered", "tell", "granted", city.ilse)
    with acting(city.marit.acting):
        contest = Contest.objects.get(request=request)
    assert (contest.status, contest.answered_by, contest.answer) == ("changed", city.joost, "Het kan niet.")
    html = page(sign_in, city.marit, request)
    assert "Met die brief kan het wel." in html
    assert "Het kan niet." in html


def test_the_database_refuses_the_first_decider_too(city):
    request = contested(city)
    with writes.allowed(), acting(city.joost.acting), pytest.raises(IntegrityError), transaction.atomic():
        Contest.objects.filter(request=request).update(decided_by=city.joost, decided_at=request.sent_at, status="stays")


def test_after_it_was_told_and_closed_what_went_along_opens_again(city, sign_in):
    request = closed(city)
    with acting(city.joost.acting):
        assert not request.items.exists()
    request = contested(city, request)
    with acting(city.ilse.acting):
        assert request.items.exists()
    actions.reconsider_answer(actor=city.ilse, request=request, **NO)
    actions.tell_resident(actor=city.marit, request=request, told_how="phone", outcome="not")
    with acting(city.ilse.acting):
        assert not request.items.exists()
    assert page(sign_in, city.ilse, request)


def test_it_is_contested_once_and_then_goes_to_the_wijkwethouder(city):
    request = stays(city)
    with pytest.raises(Refused) as again:
        contested(city, request)
    assert again.value.code == "contested"
    with pytest.raises(Refused) as too_early:
        actions.escalate(actor=city.marit, request=refused(city), dilemma=DILEMMA)
    assert too_early.value.code == "not_contested"


def test_who_else_may_not_contest_nor_take_it_back(city):
    request = refused(city)
    for user in (city.joost, city.noor, city.eline, city.fatna):
        with pytest.raises((NotAllowed, SpecialistRequest.DoesNotExist)):
            actions.contest_answer(actor=user, request=request, why=WHY)
    request = contested(city, request)
    back = actions.take_contest_back(actor=city.marit, request=request)
    assert (back.status, back.clock, back.answer) == ("answered", "tell", "Het kan niet.")


def test_the_wijkwethouder_reads_the_words_the_desk_and_the_rule_and_nothing_else(city, sign_in):
    request = escalated(city)
    escalation = escalation_of(city, request)
    client = sign_in(city.eline)
    html = client.get(escalation.get_absolute_url()).content.decode()
    assert DILEMMA in html
    assert RULE in html
    for hidden in (request.title, request.question, "Rachida", WHY, request.answer):
        assert hidden not in html
    assert client.get(request.get_absolute_url()).status_code == 404
    assert escalation.get_absolute_url() in client.get(reverse("backoffice:escalations")).content.decode()
    with acting(city.eline.acting):
        assert not SpecialistRequest.objects.exists()
        assert not Contest.objects.exists()
    # The desk is not told what was written of it, and another wijkwethouder nothing at all.
    assert DILEMMA not in page(sign_in, city.ilse, request)
    assert sign_in(city.tamara).get(escalation.get_absolute_url()).status_code == 404
    assert sign_in(city.marit).get(escalation.get_absolute_url()).status_code == 404


def test_a_name_never_goes_to_the_wijkwethouder(city):
    request = stays(city)
    with pytest.raises(Refused) as named:
        actions.escalate(actor=city.marit, request=request, dilemma="Rachida moet vannacht ergens slapen.")
    assert (named.value.code, named.value.field) == ("name", "dilemma")


@pytest.mark.parametrize("outcome", ["stays", "look_again", "wijk"])
def test_what_the_wijkwethouder_decides_comes_back_to_the_loket_with_a_day(city, outcome):
    request = escalated(city)
    decided = actions.decide_escalation(
        actor=city.eline, escalation=escalation_of(city, request), outcome=outcome, words="Dit kan zo niet."
    )
    assert (decided.status, decided.decided_by) == (outcome, city.eline)
    now = now_of(request, city.marit)
    assert (now.status, now.clock) == ("answered", "tell")
    assert now.due_at is not None
    if outcome == "look_again":
        # Only the loket shares: it asks again. At a desk of two it is who did not decide last.
        again = contested(city, request)
        with pytest.raises(NotAllowed):
            actions.reconsider_answer(actor=city.ilse, request=again, **NO)
        assert actions.reconsider_answer(actor=city.joost, request=again, result="granted", answer="Ja.").answered_by == city.joost
    else:
        with pytest.raises(Refused):
            contested(city, request)


def test_only_the_wijkwethouder_of_that_wijk_decides_and_the_database_says_so(city):
    request = escalated(city)
    escalation = escalation_of(city, request)
    for user in (city.tamara, city.marit, city.hakan, city.joost, city.petra):
        with pytest.raises((NotAllowed, Escalation.DoesNotExist)):
            actions.decide_escalation(actor=user, escalation=escalation, outcome="wijk", words="Ja.")
    with acting(city.hakan.acting), connection.cursor() as cursor, pytest.raises(DatabaseError, match="only who decided"):
        cursor.execute("SELECT request_after_escalation(%s, now())", [escalation.pk])


def test_nothing_of_it_is_forgotten(city, mailoutbox):
    request = contested(city)
    with as_jobs():
        deliver_outbox()
    assert city.ilse.email in {one for mail in mailoutbox for one in mail.to}
    run_out(request, city.marit)
    with as_jobs():
        assert sweep() == 1
    with acting(city.marit.acting):
        stall = request.stalls.get()
    assert (stall.clock, stall.owner_kind, stall.next_step) == ("reconsider", "desk", "reconsider")
    actions.reconsider_answer(actor=city.ilse, request=request, **NO)
    put_before = actions.escalate(actor=city.marit, request=request, dilemma=DILEMMA)
    mailoutbox.clear()
    with as_jobs():
        deliver_outbox()
    assert city.eline.email in {one for mail in mailoutbox for one in mail.to}
    assert not [mail for mail in mailoutbox if DILEMMA[:10] in mail.body]
    run_out(put_before, city.marit)
    with as_jobs():
        assert sweep() == 1
    with acting(city.marit.acting):
        assert request.stalls.get(ended_at=None).owner_kind == "wethouder"


def test_with_nobody_else_at_the_desk_it_goes_straight_to_the_wijkwethouder(city):
    request = refused(city)
    with as_owner(), writes.as_the_owner(connection):
        city.ilse.appointments.update(since="2026-01-01", until="2026-01-02")
    with pytest.raises(Refused) as alone:
        contested(city, request)
    assert alone.value.code == "contested"
    assert actions.escalate(actor=city.marit, request=request, dilemma=DILEMMA).status == "escalated"


def test_a_granted_answer_is_not_put_before_the_wijkwethouder(city):
    with pytest.raises(Refused):
        actions.escalate(actor=city.marit, request=answered(city), dilemma=DILEMMA)


def test_contesting_opens_nothing_that_was_closed_since(city, sign_in):
    """A yes was taken back after the answer: neither the item nor the words of before are there when the desk looks again."""
    with as_owner(), writes.as_the_owner(connection):
        city.ilse.appointments.create(unit=city.unit("jeugd"), role="desk_lead", since="2026-01-01")
    lead = User.objects.get(pk=city.ilse.pk)
    case = consenting.a_case(city)
    consenting.says(city, case, "given")
    request = actions.answer_request(actor=city.karim, request=consenting.taken_up(city, case), **NO)
    consenting.says(city, case, "withdrawn")
    actions.reword_question(actor=city.marit, request=request, title="Begeleiding", question="Kan er iemand meekijken?")
    request = contested(city, now_of(request, city.marit))
    html = page(sign_in, lead, request)
    assert html
    for gone in (consenting.SECRET, consenting.QUESTION, WHY):
        assert gone not in html, "the loket reads its words over first"
    actions.reword_question(actor=city.marit, request=request, title="Begeleiding", question="Kan er iemand meekijken?")
    html = page(sign_in, lead, request)
    assert WHY in html
    assert consenting.SECRET not in html
    assert consenting.QUESTION not in html


def test_what_collecting_waited_for_is_over_when_the_answer_becomes_no(city):
    request = granted(city)
    assert pause_of(request, city.marit).paused_until
    with as_owner(), writes.as_the_owner(connection):
        city.ilse.appointments.create(unit=city.unit("invordering"), role="desk_lead", since="2026-01-01")
    lead = User.objects.get(pk=city.ilse.pk)
    request = contested(city, request)
    actions.reconsider_answer(actor=lead, request=request, **NO)
    assert pause_of(request, city.marit).paused_until is None
