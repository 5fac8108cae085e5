"""Ways around the convenant: by a preview, a request of a resident, a copy, an account, or an appointment that should have ended."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from backoffice import actions as desks
from backoffice import sharing
from casework import actions
from casework.conference_table import can_lie_there
from casework.models import Case, Concern, RightsRequest
from luisterloket.convenant.models import AccessLogEntry, Authorisation, ConvenantVersion, DataCategory, LegalGround
from luisterloket.people import actions as people
from luisterloket.people.models import Appointment, Organisation
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.wijken.models import WayOfWorking
from tests import writes
from tests.backoffice import consenting, scene
from tests.casework.heard import a_case, address
from tests.casework.protected import protect
from tests.casework.rights import asked, in_hand
from tests.casework.test_consent import needs_yes
from tests.convenant.drafting import a_draft, offered
from tests.convenant.test_previews import of_case, seen
from tests.security.test_intruders import a_table, lays_all, seat

pytestmark = pytest.mark.django_db
SECRET = "zilverberk"
MUSSEN = "Stichting Buurthuis De Mussen"


@pytest.fixture
def case(city):
    return a_case(city.marit, city.unit("schilderswijk"), own_words=f"Zij vertelde {SECRET}")


def as_a_team(unit):
    """The whole team is involved in every case of this wijk."""
    with writes.allowed():
        WayOfWorking.objects.create(wijk=unit.wijk, version=2, starts_on="2026-02-01", team_is_involved=True, domain_order=[])


def also_handles_rights(user, unit):
    with writes.allowed():
        Appointment.objects.create(user=user, unit=unit, role="rights_handler", since=timezone.localdate())
    return type(user).objects.get(pk=user.pk)


# Through the eyes of another -------------------------------------------------------------------------------------


def test_nobody_reads_through_the_eyes_of_another_what_a_resident_closed_to_them(city, sign_in):
    case = consenting.a_case(city)
    needs_yes("listening", "mental_health", MUSSEN)
    with writes.allowed():
        gemeente = Organisation.objects.get(name="Gemeente Den Haag")
        version = ConvenantVersion.in_force()
        party = version.parties.get(organisation=gemeente)
        law = LegalGround.objects.filter(party=party).first().law
        for category in ("mental_health", "family"):
            ground, _new = LegalGround.objects.get_or_create(
                party=party, purpose_id="listening", category_id=category, defaults={"law": law, "avg_basis": "6(1)(e)"}
            )
            Authorisation.objects.create(
                version=version, party=party, role="coordinator", purpose_id="listening", category_id=category, level="read",
                ground=ground,
            )  # fmt: skip
        Appointment.objects.filter(user=city.hakan).update(on_behalf_of=gemeente)
    client = sign_in(city.marit)
    shown = seen(of_case(client, case, "coordinator", city.unit("schilderswijk")))
    assert consenting.FAMILY in shown
    assert consenting.SECRET not in shown


# By the rights of a resident -------------------------------------------------------------------------------------


def test_who_reads_a_copy_along_gets_the_copy_and_never_the_protected_case(city, sign_in, case):
    as_a_team(city.unit("schilderswijk"))
    protect(city, case, city.hakan)
    client = sign_in(city.bram)
    assert client.get(case.get_absolute_url()).status_code == 404
    actions.ask_copy_reader(actor=city.lotte, request=in_hand(city, case), reader=city.bram)
    with acting(city.bram.acting):
        request = RightsRequest.objects.get(case=case)
        assert not Case.objects.visible_to(city.bram).filter(pk=case.pk).exists()
    assert client.get(reverse("casework:rights-copy", args=[request.pk])).status_code == 200
    for url in (case.get_absolute_url(), address("case-timeline", case), address("case-join", case)):
        assert client.get(url).status_code == 404, url
    with pytest.raises(NotAllowed):
        actions.add_strength(actor=city.bram, case=case, text="Kan goed koken")


def test_who_has_a_request_in_hand_does_not_work_on_the_protected_case_by_it(city, sign_in, case):
    as_a_team(city.unit("schilderswijk"))
    protect(city, case, city.hakan)
    bram = also_handles_rights(city.bram, city.unit("schilderswijk"))
    request = actions.take_rights_request(actor=bram, request=asked(city, case))
    client = sign_in(bram)
    assert SECRET in client.get(reverse("casework:rights-copy", args=[request.pk])).content.decode()
    assert client.get(case.get_absolute_url()).status_code == 404
    assert SECRET not in client.get(reverse("today")).content.decode()


def test_nobody_opens_every_case_of_a_person_by_writing_that_they_asked_for_it(city, case):
    marit = also_handles_rights(city.marit, city.unit("schilderswijk"))
    request = asked(city, case, actor=marit)
    with pytest.raises(Refused) as refusal:
        actions.take_rights_request(actor=marit, request=request)
    assert refusal.value.code == "same_person"
    assert actions.take_rights_request(actor=city.lotte, request=request).handler_id == city.lotte.pk


def test_what_a_resident_closed_does_not_show_where_they_say_what_is_wrong_and_the_look_is_kept(city, sign_in):
    case = consenting.a_case(city)
    needs_yes("listening", "mental_health", MUSSEN)
    request = asked(city, case, "correction")
    page = sign_in(city.marit).get(reverse("casework:case-rights-request", args=[case.pk, request.pk]))
    assert page.status_code == 200
    assert consenting.FAMILY in page.content.decode()
    assert consenting.SECRET not in page.content.decode()
    with acting(city.daan.acting):
        look = AccessLogEntry.objects.get(what="what is wrong", actor_id=city.marit.pk, case_id=case.pk)
    assert "family" in look.categories
    assert "mental_health" not in look.categories


def test_nobody_new_comes_to_a_table_on_which_something_lies_that_the_resident_objects_to(city, case):
    conference = lays_all(city, a_table(city, case, city.mirjam))
    asked(city, case, "objection", purpose="conference")
    with pytest.raises(Refused) as refusal:
        actions.invite(actor=city.marit, conference=conference, guest=seat(city.karim))
    assert refusal.value.code == "sharing_stopped"
    # Who has no account reads nothing here.
    actions.invite(actor=city.marit, conference=conference, name="De buurvrouw")


def test_under_a_restriction_a_resident_can_still_close_and_be_kept_safe(city):
    case = consenting.a_case(city)
    consenting.says(city, case, "given")
    conference, sent = a_table(city, case), consenting.ask(city, case)
    request = in_hand(city, case, "restriction")
    actions.decide_rights_request(actor=city.lotte, request=request, decision="granted")
    actions.call_off_conference(actor=city.marit, conference=conference)
    desks.withdraw_request(actor=city.marit, request=sent, reason="resident")
    consenting.says(city, case, "withdrawn")
    with pytest.raises(Refused) as refusal:
        consenting.says(city, case, "given")
    assert refusal.value.code == "restricted"
    actions.keep_out(actor=city.marit, case=case, user=city.bram, reason="kin")
    protect(city, case, city.hakan)
    with acting(city.marit.acting):
        concern = Concern.objects.filter(case=case).first()
    resident = consenting.main_of(case, city.marit, "child")
    actions.withhold(actor=city.marit, case=case, things=[("concern", concern.pk)], residents=[resident], reason="Te jong")


def test_who_lays_or_sends_something_of_a_case_that_is_not_theirs_is_in_the_log(city, case):
    conference = a_table(city, case)
    desk = scene.desk(city, "jeugd")
    with acting(city.noor.acting):
        for tried in (lambda: can_lie_there(city.noor, conference), lambda: sharing.shareable(city.noor, case, desk)):
            with pytest.raises(NotAllowed), writes.allowed():
                tried()
    with acting(city.daan.acting):
        denied = AccessLogEntry.objects.filter(actor_id=city.noor.pk, result="denied", ground_id=case.pk)
        assert sorted(denied.values_list("what", flat=True)) == ["conference table", "request.new"]


def test_what_is_kept_back_from_a_copy_is_in_no_other_part_of_it(city, case, sign_in):
    told = {"domain": "family", "severity": 2}
    kept = actions.add_concern(actor=city.marit, case=case, text="kastanje-achtergehouden", **told)
    actions.add_concern(actor=city.marit, case=case, text="kastanje-onveilig", sign="violence", **told)
    lays_all(city, a_table(city, case, city.karim))
    how = {"starts_at": timezone.now() + timedelta(days=1), "agenda": ["kastanje-agenda"], "resident_part": "informed"}
    over_safety = actions.plan_conference(actor=city.marit, case=case, kind="conference_safety", **how)
    actions.invite(actor=city.marit, conference=over_safety, guest=seat(city.ruud))
    lays_all(city, over_safety)
    with acting(city.marit.acting):
        items = list(sharing.shareable(city.marit, case, scene.desk(city, "jeugd")).items)
    desks.route_request(
        actor=city.marit, case=case, desk=scene.desk(city, "jeugd"), title="Hulp", question="Wat kan?", urgency="normal",
        items=items, knows=True,
    )  # fmt: skip
    me = consenting.main_of(case, city.marit)
    actions.withhold(actor=city.marit, case=case, things=[("concern", kept.pk)], residents=[me], reason="Nog niet")
    request = in_hand(city, case)
    page = sign_in(city.lotte).get(reverse("casework:rights-copy", args=[request.pk])).context["copy"]
    told = " ".join(f"{line.text} {line.label} {line.details}" for section in page.sections for line in section.lines)
    assert page.kept_counts["withheld"] == 1
    assert "kastanje" not in told
    assert "zorgwekkend" not in told


# By accounts and appointments ------------------------------------------------------------------------------------


def test_an_appointment_never_gets_longer_by_ending_it(city):
    day = timezone.localdate()
    post = Appointment.objects.get(user=city.daan)
    with writes.allowed():
        Appointment.objects.filter(pk=post.pk).update(until=day + timedelta(days=1))
    with pytest.raises(Refused) as refusal:
        people.end_appointment(actor=city.olga, appointment=post, until=day + timedelta(days=3650))
    assert refusal.value.code == "longer"
    assert Appointment.objects.get(pk=post.pk).until == day + timedelta(days=1)


@pytest.mark.parametrize("first", ["address", "factor"])
def test_no_one_account_administrator_gets_into_the_account_of_another(city, first):
    # Of someone with a role that two give, nobody changes the address alone at all (test_accounts.py).
    bram = city.bram
    with writes.allowed():
        Authenticator.objects.create(user=bram, type="totp", data={})

    def address():
        people.change_account(actor=city.olga, user=bram, email="een-ander@oefenstad.example", name=bram.name)

    def factor():
        people.reset_second_factor(actor=city.olga, user=bram, reason="lost")

    one, other = (address, factor) if first == "address" else (factor, address)
    one()
    with pytest.raises(Refused) as refusal:
        other()
    assert refusal.value.code == "two"


# By what nobody thought of ---------------------------------------------------------------------------------------


def test_no_kind_of_data_is_kept_for_ever_because_the_convenant_names_no_term_for_it(city):
    terms = set(ConvenantVersion.in_force().retention_terms.values_list("category_id", flat=True))
    assert set(DataCategory.objects.values_list("pk", flat=True)) == terms


def test_no_version_is_offered_under_which_something_would_never_be_erased(city):
    draft = a_draft(city)
    with writes.allowed():
        draft.retention_terms.filter(category="story").delete()
    with pytest.raises(Refused) as refusal:
        offered(city, draft)
    assert refusal.value.code == "no_term"
