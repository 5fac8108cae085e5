"""Someone is handed in at a loket: who may, what becomes of it, and what the sender hears of that."""

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from backoffice import actions
from backoffice.models import HandIn, Reception
from casework import actions as casework
from casework.models import EarlySign, Intake
from luisterloket.convenant.models import Authorisation
from luisterloket.people.roles import ROLES, Permission
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry
from tests import writes

from .handing_in import SAID, accepted, arrears, handed_in, now_of, reception_of
from .scene import a_case

pytestmark = pytest.mark.django_db


def test_a_desk_hands_someone_in_with_a_ground_and_a_day(city):
    hand_in = handed_in(city)
    assert (hand_in.status, hand_in.name, hand_in.text) == ("sent", "Rachida Amrani", SAID)
    assert "art. 3" in hand_in.legal_ground
    assert hand_in.due_on > timezone.localdate()
    assert reception_of(hand_in, city.marit).owner is None


def test_who_only_hands_in_opens_no_file_and_reads_only_what_their_own_organisation_sent(city):
    mine, other = arrears(city), handed_in(city)
    assert city.sanne.acting.units == ()
    with acting(city.sanne.acting):
        assert list(HandIn.objects.all()) == [mine]
        assert list(HandIn.objects.visible_to(city.sanne)) == [mine]
        assert not Reception.objects.exists()
        assert not HandIn.objects.received_by(city.sanne).exists()
    with acting(city.thijs.acting):
        assert list(HandIn.objects.all()) == [other]
    with acting(city.noor.acting):
        assert not HandIn.objects.exists()
    with acting(city.marit.acting):
        assert set(HandIn.objects.received_by(city.marit)) == {mine, other}
        assert not HandIn.objects.visible_to(city.marit).exists()


@pytest.mark.parametrize("name", ["marit", "fatna", "eline", "daan", "olga", "mirjam"])
def test_who_has_no_such_role_hands_in_nobody(city, name):
    with pytest.raises(NotAllowed):
        handed_in(city, by=name)


def test_nobody_hands_in_for_another_organisation(city):
    with pytest.raises(NotAllowed):
        handed_in(city, by="sanne", at="invordering")
    forged = HandIn(
        unit=city.unit("schilderswijk"), desk_unit=city.unit("invordering"), sent_by=city.sanne, kind="desk", category="finances",
        knows="not", convenant_version_id=city.sanne.pk, due_on=timezone.localdate(),
    )  # fmt: skip
    with pytest.raises(Error), transaction.atomic(), writes.allowed(), acting(city.sanne.acting):
        forged.save(force_insert=True)


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"name": " "}, "name"),
        ({"text": ""}, "text"),
        ({"phone": ""}, "phone"),
        ({"category": "health"}, "category"),
        ({"kind": "arrears"}, "partner"),
        ({"reference": "x" * 101}, "reference"),
        ({"to": "wonen"}, "unit"),
    ],
)
def test_what_is_missing_or_has_no_ground_is_refused_beside_its_field(city, details, field):
    with pytest.raises(Refused) as refusal:
        handed_in(city, **details)
    assert refusal.value.field == field


def test_without_a_cell_in_the_convenant_nothing_is_handed_in(city):
    with writes.allowed():
        Authorisation.objects.filter(purpose="hand_in", category="contact").delete()
    with pytest.raises(Refused) as refusal:
        handed_in(city)
    assert refusal.value.code == "no_convenant"


def test_a_signal_of_arrears_with_a_threat_is_answered_within_the_days_of_the_law(city):
    usual, threat = arrears(city), arrears(city, threat="water")
    assert threat.due_on <= usual.due_on


def test_the_same_key_hands_in_once(city):
    key = "7f1f4c2e-6a57-4f1c-9a5c-6f3d7e1b2a90"
    assert handed_in(city, command_key=key) == handed_in(city, command_key=key)
    with acting(city.marit.acting):
        assert HandIn.objects.count() == 1


def test_taken_on_as_a_conversation_the_person_stands_on_the_sheet_and_the_words_stay_theirs(city):
    hand_in = accepted(city, born="1984")
    reception = reception_of(hand_in, city.marit)
    with acting(city.marit.acting):
        intake = Intake.objects.get(pk=reception.intake_id)
    assert (intake.name, intake.born, intake.phone) == ("Rachida Amrani", "1984", "06 00 00 45 12")
    assert intake.own_words == ""
    assert (reception.text, reception.how, reception.owner) == (SAID, "conversation", city.marit)
    assert hand_in.status == "accepted"


def test_it_is_of_the_case_that_its_conversation_becomes(city):
    reception = reception_of(accepted(city), city.marit)
    case = casework.conclude_intake(actor=city.marit, intake=reception.intake, own_words="Ik durf de post niet meer te openen.")
    assert reception_of(reception.hand_in, city.marit).case_id == case.pk


def test_a_conversation_that_is_thrown_away_lets_it_wait_again(city):
    hand_in = accepted(city)
    casework.discard_intake(actor=city.marit, intake=reception_of(hand_in, city.marit).intake)
    hand_in, reception = now_of(hand_in, city.marit), reception_of(hand_in, city.marit)
    assert (hand_in.status, hand_in.due_on, hand_in.answered_at) == ("sent", timezone.localdate(), None)
    assert (reception.how, reception.intake, reception.text) == ("", None, "")


def test_a_signal_of_arrears_can_become_an_early_sign_with_its_term(city):
    hand_in = actions.accept_hand_in(actor=city.marit, hand_in=arrears(city, threat="water"), how="early_sign")
    with acting(city.marit.acting):
        sign = EarlySign.objects.get(pk=reception_of(hand_in, city.marit).sign_id)
    assert (sign.kind, sign.partner, sign.amount, sign.threat) == ("arrears", "water", 231_40, "water")
    assert (sign.about, sign.place) == ("Rachida Amrani", "Hoefkade 12")
    # The words of a sign have a wipe of their own: no second copy stays here.
    assert reception_of(hand_in, city.marit).text == ""


def test_it_becomes_part_of_a_case_only_for_who_works_on_it(city):
    case = a_case(city)
    hand_in = handed_in(city)
    with pytest.raises(NotAllowed):
        actions.accept_hand_in(actor=city.bram, hand_in=hand_in, how="case", case=case)
    with pytest.raises(Refused):
        actions.accept_hand_in(actor=city.marit, hand_in=hand_in, how="case")
    hand_in = actions.accept_hand_in(actor=city.marit, hand_in=hand_in, how="case", case=case)
    assert reception_of(hand_in, city.marit).case_id == case.pk
    with acting(city.bram.acting):
        assert not HandIn.objects.received_by(city.bram).filter(pk=hand_in.pk).exists()


def test_in_a_case_that_is_kept_for_others_it_is_not_there_for_a_colleague_in_the_database_either(city):
    case = a_case(city)
    hand_in = actions.accept_hand_in(actor=city.marit, hand_in=handed_in(city), how="case", case=case)
    casework.keep_out(actor=city.marit, case=case, user=city.bram, reason="kin")
    with acting(city.bram.acting):
        assert not HandIn.objects.filter(pk=hand_in.pk).exists()
        assert not Reception.objects.filter(hand_in=hand_in.pk).exists()
    assert now_of(hand_in, city.marit).status == "accepted"
    assert now_of(hand_in, city.thijs).status == "accepted"


@pytest.mark.parametrize("name", ["noor", "fatna", "joost", "thijs", "sanne"])
def test_only_who_works_in_the_wijk_answers(city, name):
    hand_in = handed_in(city)
    actor = getattr(city, name)
    for action, told in (
        (actions.accept_hand_in, {"how": "conversation"}),
        (actions.send_back_hand_in, {"reason": "other_wijk"}),
        (actions.conclude_hand_in, {"contact_made": True, "plan_made": False}),
        (actions.give_hand_in, {"owner": actor}),
    ):
        with pytest.raises(NotAllowed):
            action(actor=actor, hand_in=hand_in, **told)


def test_it_is_sent_back_with_a_reason_and_for_what_is_missing_with_words(city):
    hand_in = handed_in(city)
    for told in ({"reason": ""}, {"reason": "incomplete", "words": "  "}):
        with pytest.raises(Refused):
            actions.send_back_hand_in(actor=city.marit, hand_in=hand_in, **told)
    actions.send_back_hand_in(actor=city.marit, hand_in=hand_in, reason="incomplete", words="Wanneer belden jullie?")
    seen = now_of(hand_in, city.thijs)
    assert (seen.status, seen.sent_back, seen.sent_back_words) == ("sent_back", "incomplete", "Wanneer belden jullie?")
    with pytest.raises(Refused):
        actions.accept_hand_in(actor=city.marit, hand_in=hand_in, how="conversation")


def test_the_sender_takes_it_back_until_it_was_answered(city):
    hand_in = handed_in(city)
    with pytest.raises(NotAllowed):
        actions.withdraw_hand_in(actor=city.sanne, hand_in=hand_in)
    assert actions.withdraw_hand_in(actor=city.thijs, hand_in=hand_in).status == "withdrawn"
    with pytest.raises(Refused):
        actions.withdraw_hand_in(actor=city.thijs, hand_in=accepted(city))


def test_what_came_of_it_is_told_in_two_facts(city):
    hand_in = accepted(city)
    with pytest.raises(Refused):
        actions.conclude_hand_in(actor=city.marit, hand_in=hand_in, contact_made=False, plan_made=True)
    actions.conclude_hand_in(actor=city.marit, hand_in=hand_in, contact_made=True, plan_made=False)
    seen = now_of(hand_in, city.thijs)
    assert (seen.status, seen.contact_made, seen.plan_made) == ("concluded", True, False)


def test_a_colleague_takes_it_up(city):
    hand_in = handed_in(city)
    actions.give_hand_in(actor=city.hakan, hand_in=hand_in, owner=city.bram)
    assert reception_of(hand_in, city.marit).owner == city.bram
    with pytest.raises(Refused):
        actions.give_hand_in(actor=city.hakan, hand_in=hand_in, owner=city.noor)


def test_the_sender_reads_in_no_row_of_the_database_whether_the_resident_was_known(city):
    """The same rows, with the same columns filled, for who was known and who was not."""
    known, unknown = handed_in(city), handed_in(city)
    actions.accept_hand_in(actor=city.marit, hand_in=known, how="case", case=a_case(city))
    actions.accept_hand_in(actor=city.marit, hand_in=unknown, how="conversation")
    with acting(city.thijs.acting):
        rows = [HandIn.objects.get(pk=one.pk) for one in (known, unknown)]
        told = [list(HistoryEntry.objects.filter(thing_id=one.pk).order_by("at").values("verb", "details")) for one in rows]
        assert not Reception.objects.exists()
        assert not HistoryEntry.objects.filter(verb__startswith="reception").exists()
    same = [field.attname for field in HandIn._meta.concrete_fields if field.name not in {"id", "sent_at", "answered_at"}]
    first, second = ([getattr(one, name) for name in same] for one in rows)
    assert first == second
    assert told[0] == told[1]


def test_the_database_knows_the_same_roles_that_hand_in(city):
    hands_in = {code for code, role in ROLES.items() if Permission.HAND_IN in role.permissions}
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'reporting_units'")
        (source,) = cursor.fetchone()
    assert {code for code in ROLES if f"'{code}'" in source} == hands_in
