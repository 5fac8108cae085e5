"""What has passed its term is proposed, two people decide on it, it can be held and called back, and only then it is erased."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from casework import actions, erasure_sweep
from casework.models import Case, CaseMember, Concern, Document, ErasureBatch, ErasureLine, Goal, LegalHold, Resident
from luisterloket.convenant.models import RetentionTerm
from luisterloket.people.models import User
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.registries import erasers_on_request
from tests import writes
from tests.backoffice.scene import a_case, as_jobs, sent
from tests.wijkbegroting.scene import ARGUMENT, SHOP, the_line
from wijkbegroting import actions as money

from .erasing import all_gone, approved, as_owner, batches, days_pass, ended_long_ago, erased, lines, proposed, said_anywhere

pytestmark = pytest.mark.django_db
SIX_YEARS = timedelta(days=6 * 366)


@pytest.fixture
def case(city) -> Case:
    return a_case(city, name="Wilgenroosje")


@pytest.fixture
def batch(city, case) -> ErasureBatch:
    """One case whose last term has passed, proposed."""
    ended_long_ago(case)
    proposed()
    (one,) = batches(city)
    return one


def now_of(batch: ErasureBatch) -> ErasureBatch:
    with as_owner():
        return ErasureBatch.objects.select_related("unit").get(pk=batch.pk)


def erased_cases() -> set:
    with as_owner():
        return set(Case.objects.exclude(erased_at=None).values_list("pk", flat=True))


def held(actor: User, case: Case, **more) -> LegalHold:
    asked = {"reason": "Bezwaar loopt", "review_on": timezone.localdate() + timedelta(days=90)}
    return actions.set_hold(actor=actor, case=case, **asked | more)


def refused_by_the_database(line: ErasureLine, message: str) -> None:
    with as_jobs(), pytest.raises(DatabaseError, match=message), transaction.atomic(), writes.allowed():
        connection.cursor().execute("SELECT erase_line(%s)", [line.pk])


# What is proposed ------------------------------------------------------------------------------------------------


def test_the_demo_convenant_has_a_term_with_its_law_for_every_category(city):
    with as_owner():
        terms = {term.category_id: term for term in RetentionTerm.objects.all()}
    assert (terms["finances"].months, terms["story"].months, terms["payment"].months) == (60, 180, 84)
    assert all(term.law and term.checked_on for term in terms.values())


def test_nothing_is_proposed_before_its_term_has_passed(city, case):
    assert proposed() == 0
    ended_long_ago(case, ago=timedelta(days=4 * 365))
    assert proposed() == 0


def test_money_goes_before_the_rest(city, case):
    ended_long_ago(case, ago=SIX_YEARS)
    proposed()
    assert [(one.kind, one.category) for one in lines(city.lotte)] == [("case", "finances")]


def test_it_is_proposed_once(city, batch):
    assert proposed() == 0
    assert [(one.kind, one.category, one.months) for one in lines(city.lotte)] == [("case", "", 180)]


def test_the_report_tells_numbers_and_no_names(city, sign_in, batch):
    page = sign_in(city.lotte).get(batch.get_absolute_url()).content.decode()
    assert "Wmo 2015 art. 5.3.4" in page
    assert "Wilgenroosje" not in page


def test_who_supervises_sees_numbers_and_no_lines(city, sign_in, batch):
    (line,) = lines(city.lotte)
    page = sign_in(city.daan).get(batch.get_absolute_url()).content.decode()
    assert str(line.thing)[:8] not in page
    assert "Wmo 2015" in page


def test_without_a_term_in_the_convenant_nothing_is_ever_erased(city, case):
    ended_long_ago(case)
    with as_owner():
        RetentionTerm.objects.all().delete()
    assert proposed() == 0


# Two people -------------------------------------------------------------------------------------------------------


def test_two_people_agree_and_after_thirty_days_it_is_gone(city, case, batch):
    actions.approve_erasure(actor=city.lotte, batch=batch)
    assert now_of(batch).status == "proposed"
    actions.approve_erasure(actor=city.hakan, batch=batch)
    assert now_of(batch).erased_from == timezone.localdate() + timedelta(days=30)
    assert erased() == 0
    days_pass(batch, 30)
    assert erased() == 1
    assert now_of(batch).status == "erased"
    assert said_anywhere("Wilgenroosje") == {}


def test_one_person_never_agrees_twice(city, batch):
    actions.approve_erasure(actor=city.lotte, batch=batch)
    with pytest.raises(Refused) as no:
        actions.approve_erasure(actor=city.lotte, batch=batch)
    assert no.value.code == "same_person"
    with as_owner(), writes.as_the_owner(connection):
        city.lotte.appointments.create(unit=city.unit("schilderswijk"), role="coordinator", since="2026-01-01")
    both = User.objects.get(pk=city.lotte.pk)
    with pytest.raises(Refused) as no:
        actions.approve_erasure(actor=both, batch=batch)
    assert no.value.code == "same_person"
    with pytest.raises(IntegrityError), transaction.atomic(), writes.allowed(), acting(both.acting):
        ErasureBatch.objects.filter(pk=batch.pk).update(coordinator=both, coordinator_at=timezone.now())


def test_nobody_signs_in_the_name_of_another(city, batch):
    with pytest.raises(DatabaseError, match="only who agrees"), transaction.atomic(), writes.allowed(), acting(city.lotte.acting):
        ErasureBatch.objects.filter(pk=batch.pk).update(coordinator=city.hakan, coordinator_at=timezone.now())


@pytest.mark.parametrize("name", ["marit", "sef", "daan", "petra", "noor"])
def test_nobody_else_agrees(city, batch, name):
    with pytest.raises(NotAllowed):
        actions.approve_erasure(actor=getattr(city, name), batch=batch)


def test_a_rights_handler_of_another_city_neither_sees_nor_decides(city, batch, sign_in):
    with as_owner(), writes.as_the_owner(connection):
        city.lotte.appointments.update(until="2026-01-02")
        city.lotte.appointments.create(unit=city.unit("vreewijk"), role="rights_handler", since="2026-02-01")
    elsewhere = User.objects.get(pk=city.lotte.pk)
    with pytest.raises(NotAllowed):
        actions.approve_erasure(actor=elsewhere, batch=batch)
    assert sign_in(elsewhere).get(batch.get_absolute_url()).status_code == 404
    assert not ErasureBatch.objects.visible_to(elsewhere).exists()


def test_the_one_who_supervises_does_not_decide_whatever_else_they_are(city, batch):
    with as_owner(), writes.as_the_owner(connection):
        city.daan.appointments.create(unit=city.unit("schilderswijk"), role="rights_handler", since="2026-01-01")
    with pytest.raises(NotAllowed):
        actions.approve_erasure(actor=User.objects.get(pk=city.daan.pk), batch=batch)


def test_a_line_is_left_out_with_a_reason_and_asked_again_after_a_year(city, case, batch):
    (line,) = lines(city.hakan)
    with pytest.raises(Refused):
        actions.strike_out(actor=city.hakan, line=line, because=" ")
    actions.strike_out(actor=city.hakan, line=line, because="Nog nodig voor het jaarverslag")
    assert now_of(batch).status == "called_back"
    assert proposed() == 0
    with as_owner():
        ErasureLine.objects.update(decided_at=timezone.now() - timedelta(days=366))
    assert proposed() == 1


def test_a_case_that_is_kept_for_others_is_decided_on_without_opening_it(city, sign_in, case):
    with acting(city.marit.acting):
        resident = CaseMember.objects.get(case=case, part="main").resident
    actions.protect(actor=city.marit, case=case, resident=resident, reason="safety", named=[city.bram])
    ended_long_ago(case)
    proposed()
    (batch,) = batches(city)
    (line,) = lines(city.hakan)
    page = sign_in(city.hakan)
    assert page.get(f"{batch.get_absolute_url()}regels/{line.pk}/").status_code == 200
    held_by_form = {"reason": "Bezwaar", "review_on": "2099-01-01"}
    assert page.post(f"{batch.get_absolute_url()}regels/{line.pk}/vasthouden/", held_by_form).status_code == 403
    approved(city, batch)
    days_pass(batch)
    assert erased() == 1
    assert said_anywhere("Wilgenroosje") == {}


# Calling back, holding --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["lotte", "hakan", "daan"])
def test_it_is_called_back_and_nothing_is_erased(city, case, batch, name):
    approved(city, batch)
    actions.call_back_erasure(actor=getattr(city, name), batch=batch, because="Er is een vraag")
    days_pass(batch)
    assert erased() == 0
    assert erased_cases() == set()
    (line,) = lines(city.lotte)
    refused_by_the_database(line, "may not be erased")


def test_the_owner_calls_back_their_own_case_and_only_that(city, case):
    other = a_case(city, name="Klaproos")
    for one in (case, other):
        ended_long_ago(one)
    proposed()
    (batch,) = batches(city)
    approved(city, batch)
    actions.call_back_case(actor=city.marit, case=case, because="Zij is teruggekomen")
    days_pass(batch)
    erased()
    assert erased_cases() == {other.pk}
    with pytest.raises(NotAllowed):
        actions.call_back_case(actor=city.bram, case=case, because="Nee")


def test_the_case_shows_what_is_coming_and_what_is_held(city, sign_in, case, batch):
    approved(city, batch)
    page = sign_in(city.marit).get(case.get_absolute_url()).content.decode()
    assert 'id="erasing"' in page
    held(city.marit, case)
    page = sign_in(city.marit).get(f"/casework/casussen/{case.pk}/vasthouden/").content.decode()
    assert "Bezwaar loopt" in page


def test_what_is_held_is_not_proposed_and_not_erased(city, case):
    ended_long_ago(case)
    hold = held(city.marit, case)
    assert proposed() == 0
    actions.lift_hold(actor=city.lotte, hold=hold)
    assert proposed() == 1


def test_a_hold_that_comes_after_two_people_agreed_keeps_it(city, case, batch):
    approved(city, batch)
    hold = held(city.lotte, case)
    days_pass(batch)
    (line,) = lines(city.lotte)
    refused_by_the_database(line, "this is held")
    assert erased() == 0
    assert [one.status for one in lines(city.lotte)] == ["held"]
    assert now_of(batch).status == "erased"
    actions.lift_hold(actor=city.hakan, hold=hold)
    assert proposed() == 1


def test_a_hold_on_one_person_holds_wherever_they_are(city, case):
    with acting(city.marit.acting):
        child = CaseMember.objects.get(case=case, part="child").resident
    held(city.marit, case, resident=child)
    ended_long_ago(case)
    assert proposed() == 0


def test_who_set_a_hold_does_not_lift_it(city, case):
    hold = held(city.hakan, case)
    with pytest.raises(Refused) as no:
        actions.lift_hold(actor=city.hakan, hold=hold)
    assert no.value.code == "same_person"
    with pytest.raises(NotAllowed):
        actions.lift_hold(actor=city.marit, hold=hold)
    with pytest.raises(IntegrityError), transaction.atomic(), writes.allowed(), acting(city.hakan.acting):
        LegalHold.objects.filter(pk=hold.pk).update(lifted_by=city.hakan, lifted_at=timezone.now())


# What the database refuses -----------------------------------------------------------------------------------------


def test_the_database_erases_nothing_without_two_people(city, batch):
    (line,) = lines(city.lotte)
    refused_by_the_database(line, "may not be erased")
    actions.approve_erasure(actor=city.lotte, batch=batch)
    refused_by_the_database(line, "may not be erased")


def test_the_database_erases_nothing_too_early(city, batch):
    approved(city, batch)
    days_pass(batch, 29)
    (line,) = lines(city.lotte)
    refused_by_the_database(line, "may not be erased")


def test_only_the_job_may_ask_it_and_nobody_writes_that_it_was_done(city, batch):
    approved(city, batch)
    days_pass(batch)
    (line,) = lines(city.lotte)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), writes.allowed():
        connection.cursor().execute("SELECT erase_line(%s)", [line.pk])
    with pytest.raises(DatabaseError, match="was not erased"), transaction.atomic(), writes.allowed(), acting(city.hakan.acting):
        ErasureLine.objects.filter(pk=line.pk).update(status="erased")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), writes.allowed(), acting(city.hakan.acting):
        ErasureLine.objects.filter(pk=line.pk).update(thing=uuid4())


def test_history_loses_its_details_only_by_this_function(city, case):
    with as_owner(), connection.cursor() as cursor, pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        cursor.execute("UPDATE platform_historyentry SET verb = 'x'")
    with pytest.raises(DatabaseError), transaction.atomic(), writes.allowed(), acting(city.marit.acting):
        connection.cursor().execute("UPDATE platform_historyentry SET details = '{}'")


def test_a_case_that_came_back_meanwhile_is_not_erased(city, case, batch):
    approved(city, batch)
    days_pass(batch)
    with as_owner():
        Case.objects.filter(pk=case.pk).update(status="active")
    assert erased() == 0
    assert [one.status for one in lines(city.lotte)] == ["called_back"]
    with as_owner():
        Case.objects.filter(pk=case.pk).update(status="ended")


# What is erased ----------------------------------------------------------------------------------------------------


def test_of_the_money_only_the_money_goes(city, case):
    actions.add_debt(actor=city.marit, case=case, creditor="Madeliefje Energie", kind="energy", sureness="about", least=100_00)
    actions.add_goal(actor=city.marit, case=case, text="Rondkomen met Madeliefje", domain="finances")
    actions.add_goal(actor=city.marit, case=case, text="Een huis", domain="housing")
    file = actions.arrived(BytesIO(b"Madeliefje"), "brief.txt")
    actions.add_documents(actor=city.marit, case=case, files=[file], kind="letter", category="finances", title="Madeliefje")
    ended_long_ago(case, ago=SIX_YEARS)
    all_gone(city)
    assert said_anywhere("Madeliefje") == {}
    assert said_anywhere("veertig euro") == {}
    with acting(city.marit.acting):
        assert Case.objects.visible_to(city.marit).filter(pk=case.pk).exists()
        assert [goal.text for goal in Goal.objects.filter(case=case)] == ["Een huis"]
        told = {one.domain: one.text for one in Concern.objects.filter(case=case)}
        severities = {one.domain: one.severity for one in Concern.objects.filter(case=case)}
    assert told == {"housing": "Sinds zondag geen vast adres", "finances": "", "physical_health": "Slaapt slecht, medicijnen op"}
    assert severities["finances"] == 2
    assert said_anywhere("Wilgenroosje")


def test_the_page_of_a_case_tells_nothing_of_what_is_gone(city, sign_in, case):
    ended_long_ago(case, ago=SIX_YEARS)
    all_gone(city)
    page = sign_in(city.marit).get(case.get_absolute_url())
    assert page.status_code == 200
    assert "veertig euro" not in page.content.decode()


def test_an_erased_case_is_not_there_any_more(city, sign_in, case):
    ended_long_ago(case)
    all_gone(city)
    assert sign_in(city.marit).get(case.get_absolute_url()).status_code == 404
    assert sign_in(city.hakan).get(case.get_absolute_url()).status_code == 404


def test_who_is_in_another_case_that_lives_stays(city, case):
    """A child of this household has a case of their own by now."""
    other = a_case(city, name="Boterbloem")
    with as_owner():
        child = CaseMember.objects.get(case=case, part="child").resident
        Resident.objects.get(pk=child.pk)
        CaseMember(case=other, resident=child, unit_id=other.unit_id, part="other").put()
    ended_long_ago(case)
    all_gone(city)
    with as_owner():
        assert Resident.objects.get(pk=child.pk).name == "Sofia"
        assert not CaseMember.objects.filter(case=case).exists()
    assert said_anywhere("Wilgenroosje") == {}


def test_two_rows_of_one_person_go_together(city, case):
    other = a_case(city, name="Wilgenroosje")
    actions.merge_residents(actor=city.marit, case=case, other=other, keep="this", reason="Dezelfde")
    ended_long_ago(case)
    all_gone(city)
    with as_owner():
        names = {one.name for one in Resident.objects.all()}
    assert "Wilgenroosje" in names
    ended_long_ago(other)
    all_gone(city)
    assert said_anywhere("Wilgenroosje") == {}


def test_a_payment_keeps_its_own_term_and_its_amount_for_ever(city, sign_in, case):
    grant = money.ask_maatwerk(
        actor=city.marit, case=case, line=the_line(), amount=85_00, **(ARGUMENT | SHOP | {"payee_name": "Winkel Dotterbloem"})
    )
    money.cosign_grant(actor=city.hakan, grant=grant)
    money.pay_grant(actor=city.ravi, grant=grant, reference="X1")
    ended_long_ago(case)
    all_gone(city)
    assert set(said_anywhere("Dotterbloem")) == {"wijkbegroting_maatwerkgrant.payee_name"}
    for name in ("ravi", "hakan", "eline"):
        page = sign_in(getattr(city, name)).get(grant.get_absolute_url())
        assert page.status_code == 200, name
        assert "Wilgenroosje" not in page.content.decode()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE wijkbegroting_maatwerkgrant SET paid_at = paid_at - interval '8 years' WHERE id = %s", [grant.pk])
    all_gone(city)
    assert said_anywhere("Dotterbloem") == {}
    with as_owner():
        left = type(grant).objects.get(pk=grant.pk)
    assert (left.amount, left.status, left.decided_by_id) == (85_00, "paid", left.decided_by_id)


def test_what_never_became_a_case_goes_after_a_year(city):
    intake = actions.start_intake(actor=city.marit, unit=city.unit("schilderswijk"))
    actions.save_sheet(
        actor=city.marit, intake=intake, revision=0, values={"own_words": "Pinksterbloem vertelt", "name": "Pinksterbloem"}
    )
    actions.mark_concern(actor=city.marit, intake=intake, domain="housing", severity=2, text="Pinksterbloem")
    short = actions.note_short_contact(actor=city.marit, unit=city.unit("schilderswijk"), done="letter", text="Pinksterbloem")
    assert proposed() == 0
    with as_owner():
        type(intake).objects.filter(pk=intake.pk).update(saved_at=timezone.now() - timedelta(days=400))
        type(short).objects.filter(pk=short.pk).update(noted_at=timezone.now() - timedelta(days=400))
    all_gone(city)
    assert {one.kind: one.status for one in lines(city.lotte)} == {"intake": "erased", "short_contact": "erased"}
    assert said_anywhere("Pinksterbloem") == {}


def test_a_run_that_breaks_off_costs_only_time(city):
    for name in ("Wilgenroosje", "Klaproos", "Margriet"):
        ended_long_ago(a_case(city, name=name))
    proposed()
    (batch,) = batches(city)
    approved(city, batch)
    days_pass(batch)
    real, done = erasure_sweep._erase, []

    def killed(pk):
        if done:
            raise KeyboardInterrupt
        done.append(pk)
        return real(pk)

    with as_jobs(), patch.object(erasure_sweep, "_erase", killed), pytest.raises(KeyboardInterrupt):
        erasure_sweep.erase_due()
    assert len(erased_cases()) == 1
    assert now_of(batch).status == "approved"
    assert erased() == 2
    assert now_of(batch).status == "erased"
    assert erased() == 0


def test_files_that_a_broken_run_left_are_wiped_by_the_next(city, case):
    file = actions.arrived(BytesIO(b"Een brief"), "brief.txt")
    actions.add_documents(actor=city.marit, case=case, files=[file], kind="letter", category="housing", title="Een brief")
    with acting(city.marit.acting):
        name = Document.objects.get(case=case).storage_name
    path = Path(settings.DOCUMENTS_DIR) / name[:2] / name
    ended_long_ago(case)
    proposed()
    (batch,) = batches(city)
    approved(city, batch)
    days_pass(batch)
    with as_jobs(), patch.object(erasure_sweep, "_wipe_files", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        erasure_sweep.erase_due()
    assert path.exists()
    erased()
    assert not path.exists()
    assert [(one.files, one.to_wipe) for one in lines(city.lotte)] == [(1, [])]


def test_what_a_desk_was_told_goes_too_and_how_fast_it_answered_stays(city, case):
    request = sent(city, case, title="Gladiool", question="Wat met Gladiool?")
    ended_long_ago(case)
    all_gone(city)
    assert said_anywhere("Gladiool") == {}
    with as_owner():
        left = type(request).objects.get(pk=request.pk)
    assert (left.sent_at, left.urgency, left.subjects) == (request.sent_at, request.urgency, [])


# On request --------------------------------------------------------------------------------------------------------


class Asked:
    """A request of a resident, as far as this needs it."""

    def __init__(self):
        self.pk = uuid4()
        self.received_on = timezone.localdate()


def granted(city, asked: Asked, resident, *, by: str = "lotte") -> None:
    for erase in erasers_on_request:
        erase(getattr(city, by), asked, [resident])


def main_of(user, case):
    with acting(user.acting):
        return CaseMember.objects.get(case=case, part="main").resident_id


def test_a_resident_asks_and_the_same_two_people_decide(city, case):
    asked = Asked()
    with pytest.raises(Refused) as no:
        granted(city, asked, main_of(city.marit, case))
    assert no.value.code == "open"
    ended_long_ago(case, ago=timedelta(days=10))
    granted(city, asked, main_of(city.marit, case))
    (batch,) = batches(city)
    assert (batch.why, batch.request_id, batch.due_on > timezone.localdate() + timedelta(days=80)) == ("request", asked.pk, True)
    granted(city, asked, main_of(city.marit, case))
    assert len(lines(city.lotte)) == 1
    approved(city, batch)
    days_pass(batch)
    erased()
    assert said_anywhere("Wilgenroosje") == {}


def test_of_who_only_lives_there_only_what_is_theirs_goes(city, case):
    with acting(city.marit.acting):
        child = CaseMember.objects.get(case=case, part="child").resident_id
    ended_long_ago(case, ago=timedelta(days=10))
    granted(city, Asked(), child)
    (batch,) = batches(city)
    approved(city, batch)
    days_pass(batch)
    erased()
    with as_owner():
        assert Resident.objects.get(pk=child).name == ""
    assert said_anywhere("Wilgenroosje")
    assert not erased_cases()


def test_nobody_else_asks_it_for_a_resident(city, case):
    ended_long_ago(case, ago=timedelta(days=10))
    with pytest.raises(NotAllowed):
        granted(city, Asked(), main_of(city.marit, case), by="hakan")


# Pages -------------------------------------------------------------------------------------------------------------


def test_from_vandaag_to_the_certificate(city, sign_in, case, batch):
    page = sign_in(city.hakan)
    assert batch.get_absolute_url() in page.get("/vandaag/").content.decode()
    page.post(f"{batch.get_absolute_url()}akkoord/")
    assert batch.get_absolute_url() not in page.get("/vandaag/").content.decode()
    sign_in(city.lotte).post(f"{batch.get_absolute_url()}akkoord/")
    days_pass(batch)
    erased()
    certificate = sign_in(city.daan).get(batch.get_absolute_url()).content.decode()
    assert city.hakan.name in certificate
    assert city.lotte.name in certificate
    assert "Wilgenroosje" not in certificate


def test_leaving_out_without_a_reason_says_so(city, sign_in, batch):
    (line,) = lines(city.hakan)
    answer = sign_in(city.hakan).post(f"{batch.get_absolute_url()}regels/{line.pk}/schrappen/", {"because": ""})
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()
