"""Break-glass: for a reason, some categories, some hours, one case; told at once, judged afterwards, and never for who may not."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from casework import actions, emergencies
from casework.emergency_disclosures import opened
from casework.emergency_sweep import flag_late
from casework.models import BreakGlass, BreakGlassWord, Case, CaseGuard, Concern, SearchKey
from luisterloket.convenant.models import AccessLogEntry, Authorisation
from luisterloket.people.models import Appointment
from luisterloket.platform import today as vandaag
from luisterloket.platform.acting import Acting, acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry
from luisterloket.platform.tasks import deliver_outbox
from tests import writes
from tests.backoffice.scene import as_jobs, sent
from tests.casework.heard import a_case, address
from tests.casework.protected import protect

pytestmark = pytest.mark.django_db
WHO = "Samira el Haddaoui 14-3-1985"
REASON = "Bilal is weg van school en zijn moeder neemt niet op"
ASKED = ["identity", "contact", "household"]


def case_of(city, owner="noor", unit="vreewijk", **more):
    told = {
        "name": "Samira el Haddaoui",
        "born": "1985-03-14",
        "household": 1,
        "own_words": "Niemand mag weten waar wij zijn",
    } | more
    return a_case(getattr(city, owner), city.unit(unit), **told)


def broken(actor, **more):
    return actions.break_glass(**{"actor": actor, "reason": REASON, "categories": ASKED, "hours": 1, "sought": WHO} | more)


def waiting(user):
    with acting(user.acting), writes.allowed():
        return [line for page in [vandaag.page(user, everything=True)] for line in [page.alarm, *page.lines] if line]


def emergencies_of(user):
    return [line.item for line in waiting(user) if line.item.icon == "warning" and "nood" in line.item.url]


def seen(user, emergency):
    with acting(user.acting), writes.allowed():
        return opened(emergency, user)


def hold(city, user, role):
    with writes.allowed(), writes.as_the_owner(connection):
        Appointment.objects.create(user=user, unit=city.unit("schilderswijk"), role=role, since=timezone.localdate())


def hold_instead(city, user, role):
    """This role, and no longer what this person did: nobody has them together (decision 33)."""
    with writes.allowed():
        Appointment.objects.filter(user=user).update(until=timezone.localdate() - timedelta(days=1))
    hold(city, user, role)


def over(emergency, **how):
    """Make it pass, as the clock would: who asked may not do this, so the trigger is off for a moment."""
    with writes.allowed(), acting(emergency.who.acting), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; RESET ROLE; ALTER TABLE casework_breakglass DISABLE TRIGGER as_asked")
        BreakGlass.objects.filter(pk=emergency.pk).update(
            since=timezone.now() - timedelta(hours=2), until=timezone.now() - timedelta(seconds=1)
        )
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE casework_breakglass ENABLE TRIGGER as_asked; SET ROLE luisterloket_app; SET CONSTRAINTS ALL DEFERRED"
        )
    return emergency


# What it opens ---------------------------------------------------------------------------------------------------


def test_of_another_wijk_it_opens_what_was_asked_and_nothing_else(city):
    case = case_of(city)
    with acting(city.marit.acting):
        assert not Case.objects.filter(pk=case.pk).exists()
    emergency = broken(city.marit)
    assert (emergency.case_id, emergency.unit_id, emergency.sought) == (case.pk, city.unit("vreewijk").pk, "")
    disclosed = seen(city.marit, emergency)
    assert {item.category for item in disclosed} == set(ASKED)
    assert disclosed.text("name") == "Samira el Haddaoui"
    assert "Niemand mag weten" not in " ".join(item.text for item in disclosed)
    with acting(city.noor.acting):
        look = AccessLogEntry.objects.get(ground_kind="break_glass")
    assert (look.actor_id, look.purpose, look.case_id, look.ground_id) == (city.marit.pk, "emergency", case.pk, emergency.pk)
    assert look.role == "wijkwerker"
    assert set(look.categories) == set(ASKED)


def test_the_case_stays_shut_on_every_other_page(city, sign_in):
    case = case_of(city)
    emergency = broken(city.marit)
    client = sign_in(city.marit)
    assert "Samira el Haddaoui" in client.get(reverse("casework:emergency-open", args=[emergency.pk])).content.decode()
    for name in ("case", "case-join", "case-plan", "case-people", "case-money"):
        assert client.get(address(name, case)).status_code == 404, name
    with acting(city.marit.acting):
        assert not Case.objects.visible_to(city.marit).filter(pk=case.pk).exists()
        assert not Concern.objects.filter(case=case).exists()


def test_who_is_protected_is_found_only_after_it_was_told(city):
    case = case_of(city, "marit", "schilderswijk")
    protect(city, case, city.bram)
    # Of who is protected an ordinary search still finds nothing, and there is no key that it could read.
    with acting(city.hakan.acting):
        assert not SearchKey.objects.filter(resident__memberships__case=case).exists()
    emergency = broken(city.hakan)
    assert emergency.case_id == case.pk
    assert seen(city.hakan, emergency).text("name") == "Samira el Haddaoui"
    with acting(city.hakan.acting):
        assert not Case.objects.filter(pk=case.pk).exists()
        assert HistoryEntry.objects.filter(verb="emergency.opened", thing_id=emergency.pk).exists()


def test_who_was_protected_before_is_found_as_well_by_the_reference_too(city):
    case = case_of(city, "marit", "schilderswijk")
    protect(city, case, city.bram)
    with acting(city.marit.acting):
        reference = SearchKey.objects.get(resident__memberships__case=case, kind="ref").key
    assert broken(city.hakan, sought=reference).case_id == case.pk
    # Less than all of it is nobody.
    with pytest.raises(Refused):
        broken(city.hakan, sought=reference[:9])


def test_a_desk_opens_more_than_what_was_sent_and_only_of_a_case_it_was_asked_about(city, sign_in):
    case = case_of(city, "marit", "schilderswijk")
    other = case_of(city, "marit", "schilderswijk", name="Iemand Anders")
    sent(city, case, to="wonen")
    client = sign_in(city.joost)
    url = reverse("casework:emergency-case", args=[case.pk])
    assert client.get(url).status_code == 200
    assert client.get(reverse("casework:emergency-case", args=[other.pk])).status_code == 404
    told = {"reason": REASON, "categories": ["identity", "safety"], "hours": "1"}
    answer = client.post(url, told)
    assert answer.status_code == 302
    assert "Samira el Haddaoui" in client.get(answer.url).content.decode()
    with pytest.raises(NotAllowed):
        broken(city.joost, case_id=other.pk, categories=["identity"])
    # The story is not in the cells of a desk in an emergency.
    with pytest.raises(Refused):
        broken(city.joost, case_id=case.pk, categories=["identity", "story"])


def test_what_one_may_see_anyway_is_no_emergency(city):
    case_of(city, "bram", "schilderswijk")
    with pytest.raises(Refused) as refusal:
        broken(city.marit)
    assert refusal.value.code == "ordinary"
    with acting(city.marit.acting):
        assert not BreakGlass.objects.exists()


def test_known_in_two_wijken_opens_both(city):
    cases = {case_of(city).pk, case_of(city, "imke", "goedebuur").pk}
    broken(city.marit)
    with acting(city.marit.acting):
        assert set(BreakGlass.objects.values_list("case_id", flat=True)) == cases


# What it refuses -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["eline", "ravi", "gerda", "petra", "daan", "lotte", "fatna", "mirjam", "ruud"])
def test_it_is_never_for_who_decides_pays_supervises_or_comes_along(city, sign_in, name):
    case_of(city)
    user = getattr(city, name)
    with pytest.raises(NotAllowed):
        broken(user)
    client = sign_in(user)
    told = {"sought": WHO, "reason": REASON, "categories": ASKED, "hours": "1"}
    assert client.get(reverse("casework:emergency")).status_code == 403
    assert client.post(reverse("casework:emergency"), told).status_code == 403
    with acting(city.daan.acting):
        assert not BreakGlass.objects.exists()


def test_it_needs_a_reason_a_person_known_whole_categories_of_the_convenant_and_hours_within_the_maximum(city):
    case_of(city)
    for wrong in (
        {"reason": " "},
        {"categories": []},
        {"categories": ["finances"]},
        {"categories": ["identity", "story"]},
        {"categories": ["bsn"]},
        {"hours": settings.BREAK_GLASS_MAX_HOURS + 1},
        {"hours": 0},
        {"hours": 3},
        {"sought": "Samira el Haddaoui"},
        {"sought": "Samira el Haddaoui 1985"},
        {"sought": "14-3-1985"},
    ):
        with pytest.raises(Refused):
            broken(city.marit, **wrong)
    # The database holds to a day whatever is configured.
    emergency = broken(city.marit)
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic(), writes.allowed(), acting(city.marit.acting):
        BreakGlass(
            unit_id=emergency.unit_id, who=city.marit, role="wijkwerker", who_unit_id=emergency.who_unit_id, categories=["identity"],
            until=timezone.now() + timedelta(hours=25), review_by=timezone.localdate(),
        ).save(force_insert=True)  # fmt: skip


def test_without_cells_in_the_convenant_nothing_can_be_had(city):
    case_of(city)
    emergency = broken(city.marit)
    assert seen(city.marit, emergency).items
    with writes.allowed():
        Authorisation.objects.filter(purpose="emergency", category="contact").delete()
    assert {item.category for item in seen(city.marit, emergency)} == {"identity", "household"}
    with pytest.raises(Refused):
        broken(city.marit)


def test_who_is_kept_out_finds_nothing_as_when_there_is_nothing(city, sign_in):
    case = case_of(city, "marit", "schilderswijk")
    actions.keep_out(actor=city.marit, case=case, user=city.bram, reason="kin")
    client = sign_in(city.bram)
    told = {"reason": REASON, "categories": ASKED, "hours": "1"}
    pages = []
    for sought in (WHO, "Niemand Hier 1-1-1990"):
        answer = client.post(reverse("casework:emergency"), told | {"sought": sought})
        pages.append(client.get(answer.url).content.decode())
    assert client.get(reverse("casework:emergency-case", args=[case.pk])).status_code == 404
    assert "Samira" not in pages[0]
    kept, nobody = (page.split("page-header")[1].split("data-list")[0] for page in pages)
    assert kept == nobody
    # Both were told to the privacy officer, and only who judges sees what was typed.
    with acting(city.daan.acting):
        assert set(BreakGlass.objects.values_list("case_id", flat=True)) == {None}
    assert len(emergencies_of(city.daan)) == 2
    assert emergencies_of(city.marit) == []
    # And no longer than until it was judged.
    with acting(city.daan.acting):
        first, second = BreakGlass.objects.all()
        assert all([first.sought, second.sought])
    judged = actions.judge_emergency(actor=city.daan, emergency=first, outcome="not_rightful", text="Niets gevonden")
    assert judged.sought == ""


def test_who_is_kept_out_later_loses_it_at_once(city):
    case = case_of(city)
    emergency = broken(city.marit)
    assert seen(city.marit, emergency).items
    with writes.allowed(), acting(city.noor.acting):
        CaseGuard.objects.create(unit_id=case.unit_id, case=case, user=city.marit, kind="excluded", reason="kin")
    with pytest.raises(NotAllowed):
        seen(city.marit, emergency)


def test_nobody_else_uses_it_and_no_other_case_is_opened_with_it(city, sign_in):
    case_of(city)
    other = case_of(city, name="Iemand Anders", born="1990-01-01")
    emergency = broken(city.marit)
    for user in (city.bram, city.hakan, city.joost, city.eline):
        assert sign_in(user).get(reverse("casework:emergency-open", args=[emergency.pk])).status_code == 404
        assert sign_in(user).post(reverse("casework:emergency-end", args=[emergency.pk])).status_code == 404
        with pytest.raises(NotAllowed):
            seen(user, emergency)
    emergency.case_id = other.pk
    with pytest.raises(NotAllowed):
        seen(city.marit, emergency)


def test_the_database_itself_opens_it_to_nobody_else_and_finds_only_for_who_wrote_it_down(city):
    case = case_of(city, "marit", "schilderswijk")
    protect(city, case, city.bram)
    emergency = broken(city.hakan)
    asked = Acting(user_id=city.eline.pk, units=(city.unit("schilderswijk").pk,), cases=(case.pk,), emergency=emergency.pk)
    with acting(asked):
        assert not Case.objects.filter(pk=case.pk).exists()
    # What was opened already is no way to look up the next one.
    with acting(city.hakan.acting):
        assert emergencies.find(emergency, case_id=case.pk, keys=[]) == []


# How it ends -----------------------------------------------------------------------------------------------------


def test_the_clock_ends_it_without_any_job(city, sign_in):
    case = case_of(city, "marit", "schilderswijk")
    protect(city, case, city.bram)
    emergency = over(broken(city.hakan))
    with pytest.raises(NotAllowed):
        seen(city.hakan, emergency)
    html = sign_in(city.hakan).get(reverse("casework:emergency-open", args=[emergency.pk])).content.decode()
    assert "Samira" not in html
    assert "emergency-bar" not in html
    # Not by the database either, for who says that it is still used.
    with emergencies.using(emergency, city.hakan):
        assert not Case.objects.filter(pk=case.pk).exists()


def test_it_may_be_ended_early_and_is_never_made_longer(city, sign_in):
    case_of(city)
    emergency = broken(city.marit)
    for change in (
        {"until": timezone.now() + timedelta(hours=5)},
        {"categories": ["health"]},
        {"who": city.bram},
        {"since": timezone.now()},
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), writes.allowed(), acting(city.marit.acting):
            BreakGlass.objects.filter(pk=emergency.pk).update(**change)
    client = sign_in(city.marit)
    page = client.get(reverse("account")).content.decode()
    assert "emergency-bar" in page
    assert reverse("casework:emergency-open", args=[emergency.pk]) in page
    client.post(reverse("casework:emergency-end", args=[emergency.pk]))
    assert "emergency-bar" not in client.get(reverse("account")).content.decode()
    with pytest.raises(NotAllowed):
        seen(city.marit, emergency)
    with pytest.raises(Refused):
        actions.end_emergency(actor=city.marit, emergency=emergency)
    with pytest.raises(DatabaseError), transaction.atomic(), writes.allowed(), acting(city.marit.acting):
        BreakGlass.objects.filter(pk=emergency.pk).update(ended_at=None)
    # Again is a new one, and the reviewer sees that.
    again = broken(city.marit)
    html = sign_in(city.daan).get(reverse("casework:emergency-review", args=[again.pk])).content.decode()
    assert client.get(reverse("casework:emergency-review", args=[again.pk])).context["page"].before == 1
    assert REASON in html


def test_who_lost_the_post_lost_what_was_opened(city):
    case_of(city)
    emergency = broken(city.marit)
    with writes.allowed():
        city.marit.appointments.update(until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(NotAllowed):
        seen(city.marit, emergency)


# Who is told, and who judges -------------------------------------------------------------------------------------


def test_officer_coordinator_and_owner_are_told_at_once_and_nobody_else(city, mailoutbox):
    case_of(city)
    broken(city.marit)
    for user in (city.daan, city.sef, city.noor):
        assert len(emergencies_of(user)) == 1, user
    for user in (city.marit, city.bram, city.hakan, city.eline, city.joost, city.imke, city.petra):
        assert emergencies_of(user) == [], user
    with as_jobs():
        deliver_outbox()
    assert {mail.to[0] for mail in mailoutbox} == {city.daan.email, city.sef.email, city.noor.email}
    for mail in mailoutbox:
        assert not any(word in mail.body for word in ("Samira", "Marit", REASON, "Vreewijk"))


def test_of_a_protected_case_only_who_may_know_of_it_is_told(city, mailoutbox):
    case = case_of(city, "marit", "schilderswijk")
    protect(city, case, city.bram)
    actions.keep_out(actor=city.marit, case=case, user=city.hakan, reason="kin")
    hold(city, city.imke, "wijkwerker")
    emergency = broken(city.imke)
    assert emergency.case_id == case.pk
    assert emergencies_of(city.hakan) == []
    assert len(emergencies_of(city.marit)) == 1
    with pytest.raises(NotAllowed):
        actions.say_of_emergency(actor=city.hakan, emergency=emergency, text="?")
    with as_jobs():
        deliver_outbox()
    assert city.hakan.email not in {mail.to[0] for mail in mailoutbox}
    assert city.marit.email in {mail.to[0] for mail in mailoutbox}


def test_the_coordinator_says_a_word_and_the_officer_decides_without_the_file(city, sign_in):
    case_of(city)
    emergency = broken(city.marit)
    seen(city.marit, emergency)
    word = actions.say_of_emergency(actor=city.sef, emergency=emergency, text="Ik had haar net aan de lijn")
    assert word.kind == BreakGlassWord.Kind.WORD
    assert emergencies_of(city.sef) == []
    client = sign_in(city.daan)
    url = reverse("casework:emergency-review", args=[emergency.pk])
    html = client.get(url).content.decode()
    for told in (REASON, "Ik had haar net aan de lijn", "Marit Zwanenveld", "Gezin"):
        assert told in html
    for kept in ("Samira", "Niemand mag weten", "06 00 00 45 12"):
        assert kept not in html
    client.post(url, {"outcome": "more_needed", "text": "Heb je de school gebeld?"})
    assert [item.url for item in emergencies_of(city.marit)] == [reverse("casework:emergency-open", args=[emergency.pk])]
    sign_in(city.marit).post(reverse("casework:emergency-say", args=[emergency.pk]), {"text": "Ja, twee keer"})
    html = sign_in(city.daan).get(url).content.decode()
    assert "Ja, twee keer" in html
    client.post(url, {"outcome": "rightful", "text": "Het kon niet anders"})
    with acting(city.daan.acting):
        done = BreakGlass.objects.get(pk=emergency.pk)
    assert (done.status, done.reviewed_by) == ("rightful", city.daan)
    with pytest.raises(Refused):
        actions.judge_emergency(actor=city.daan, emergency=emergency, outcome="not_rightful", text="Toch niet")
    with pytest.raises(Refused):
        actions.say_of_emergency(actor=city.sef, emergency=emergency, text="Nog iets")
    assert (
        "Het kon niet anders" in sign_in(city.marit).get(reverse("casework:emergency-open", args=[emergency.pk])).content.decode()
    )


def test_nobody_judges_who_is_no_officer_and_no_officer_themself(city, sign_in):
    case_of(city)
    emergency = broken(city.marit)
    for user in (city.marit, city.sef, city.noor, city.eline, city.petra):
        with pytest.raises(NotAllowed):
            actions.judge_emergency(actor=user, emergency=emergency, outcome="rightful", text="Goed")
    assert sign_in(city.sef).post(reverse("casework:emergency-review", args=[emergency.pk])).status_code == 403
    for user in (city.hakan, city.bram, city.eline, city.joost):
        assert sign_in(user).get(reverse("casework:emergency-review", args=[emergency.pk])).status_code == 404
    hold_instead(city, city.marit, "privacy_officer")
    with pytest.raises(NotAllowed):
        actions.judge_emergency(actor=city.marit, emergency=emergency, outcome="rightful", text="Goed")
    with pytest.raises(IntegrityError), transaction.atomic(), writes.allowed(), acting(city.daan.acting):
        BreakGlass.objects.filter(pk=emergency.pk).update(reviewed_by=city.marit, reviewed_at=timezone.now(), status="rightful")


def test_the_resident_can_see_in_the_case_that_it_happened(city, sign_in):
    case = case_of(city)
    emergency = broken(city.marit)
    seen(city.marit, emergency)
    html = sign_in(city.noor).get(address("case-access", case)).content.decode()
    assert "Marit Zwanenveld" in html
    assert "Handelen in een noodsituatie" in html
    assert "Marit Zwanenveld" in sign_in(city.noor).get(address("case", case)).content.decode()


def test_a_late_review_is_flagged_once(city, mailoutbox):
    case_of(city)
    emergency = broken(city.marit)
    with as_jobs():
        assert flag_late() == 0
    with writes.allowed(), acting(city.daan.acting):
        BreakGlass.objects.filter(pk=emergency.pk).update(review_by=timezone.localdate() - timedelta(days=1))
    with as_jobs():
        assert (flag_late(), flag_late()) == (1, 0)
        deliver_outbox()
    assert sum(mail.to == [city.daan.email] for mail in mailoutbox) == 2


def test_its_words_pass_no_wall_they_should_not(city):
    case_of(city)
    emergency = broken(city.marit)
    actions.say_of_emergency(actor=city.marit, emergency=emergency, text="Het was dringend")
    for user in (city.hakan, city.joost, city.eline, city.petra, city.imke):
        with acting(user.acting):
            assert not BreakGlass.objects.exists(), user
            assert not BreakGlassWord.objects.exists(), user
    for user in (city.marit, city.sef, city.daan):
        with acting(user.acting):
            assert BreakGlassWord.objects.count() == 1
    with as_jobs(), pytest.raises(DatabaseError), transaction.atomic():
        list(BreakGlass.objects.values_list("reason", flat=True))
