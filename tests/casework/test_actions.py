"""The rules of a conversation hold in the actions, whatever screen calls them."""

from itertools import product

import pytest

from casework import actions
from casework.models import Case, CaseMember, Concern, Intake, Involvement, SearchKey
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry
from tests import writes
from tests.casework.heard import a_case, an_intake

pytestmark = pytest.mark.django_db
Status = Intake.Status


@pytest.mark.parametrize(("before", "after"), list(product(Status, Status)))
def test_a_conversation_moves_only_along_its_table(before, after):
    allowed = {(Status.LISTENING, Status.CONCLUDED), (Status.LISTENING, Status.DISCARDED)}
    intake = Intake(status=before)
    if (before, after) in allowed:
        intake.move_to(after)
        assert intake.status == after
    else:
        with pytest.raises(Refused):
            intake.move_to(after)
        assert intake.status == before


def in_status(intake, status):
    with writes.allowed(), acting(intake.held_by.acting):
        Intake.objects.filter(pk=intake.pk).update(status=status)


@pytest.mark.parametrize("status", [Status.CONCLUDED, Status.DISCARDED])
@pytest.mark.parametrize(
    "do",
    [
        lambda who, intake: actions.save_sheet(actor=who, intake=intake, revision=1, values={"own_words": "Anders"}),
        lambda who, intake: actions.mark_concern(actor=who, intake=intake, domain="work", severity=2, text="Werk"),
        lambda who, intake: actions.mark_strength(actor=who, intake=intake, text="Sterk"),
        lambda who, intake: actions.mark_person(actor=who, intake=intake, name="Hatice"),
        lambda who, intake: actions.conclude_intake(actor=who, intake=intake),
        lambda who, intake: actions.discard_intake(actor=who, intake=intake),
    ],
)
def test_nothing_changes_in_a_conversation_that_ended(city, status, do):
    marit = city.marit
    intake = an_intake(marit, city.unit("schilderswijk"))
    in_status(intake, status)
    with pytest.raises(Refused):
        do(marit, intake)
    with acting(marit.acting):
        after = Intake.objects.get(pk=intake.pk)
        assert (after.status, after.own_words) == (status, "Wij slapen vannacht nergens.")
        assert not Concern.objects.exists()
        assert not Case.objects.exists()


@pytest.mark.parametrize("name", ["bram", "hakan", "noor", "fatna", "joost", "eline", "daan"])
def test_only_who_holds_a_conversation_may_write_in_it(city, name):
    intake = an_intake(city.marit, city.unit("schilderswijk"))
    who = getattr(city, name)
    # For who is outside the wall the row is not even there.
    with pytest.raises((NotAllowed, Intake.DoesNotExist)):
        actions.save_sheet(actor=who, intake=intake, revision=1, values={"own_words": "Anders"})
    with pytest.raises((NotAllowed, Intake.DoesNotExist)):
        actions.conclude_intake(actor=who, intake=intake)


def test_a_concluded_conversation_makes_owner_members_and_keys(city):
    marit = city.marit
    case = a_case(marit, city.unit("schilderswijk"), household=2)
    with acting(marit.acting):
        assert Involvement.objects.get(case=case).kind == Involvement.Kind.OWNER
        assert CaseMember.objects.filter(case=case).count() == 3
        assert set(SearchKey.objects.values_list("key", flat=True)) >= {"rachida", "amrani", "kind"}
        assert Concern.objects.filter(case=case).count() == 2
        assert HistoryEntry.objects.filter(case_id=case.pk, verb="case.opened").count() == 1


def test_history_holds_ids_and_codes_and_never_what_was_told(city):
    marit = city.marit
    a_case(marit, city.unit("schilderswijk"))
    with acting(marit.acting):
        kept = " ".join(str(entry.details) for entry in HistoryEntry.objects.all())
    for told in ("Rachida", "Hatice", "Vannacht", "talen", "slapen"):
        assert told not in kept


def test_joining_needs_a_reason_and_words_for_another_one(city):
    case = a_case(city.marit, city.unit("schilderswijk"))
    with pytest.raises(Refused):
        actions.join_case(actor=city.bram, case=case, reason="other", explanation=" ")
    assert actions.join_case(actor=city.bram, case=case, reason="other", explanation="Ik ken het gezin van school")


def test_joining_twice_is_joining_once(city):
    case = a_case(city.marit, city.unit("schilderswijk"))
    first = actions.join_case(actor=city.bram, case=case, reason="calls")
    assert actions.join_case(actor=city.bram, case=case, reason="opposite") == first


@pytest.mark.parametrize("name", ["noor", "sef", "fatna", "joost", "eline", "ravi", "daan"])
def test_only_colleagues_of_the_wijk_may_join(city, name):
    case = a_case(city.marit, city.unit("schilderswijk"))
    with pytest.raises(NotAllowed):
        actions.join_case(actor=getattr(city, name), case=case, reason="calls")


@pytest.mark.parametrize("name", ["bram", "noor", "fatna", "joost", "eline"])
def test_only_who_works_on_a_case_involves_others(city, name):
    case = a_case(city.marit, city.unit("schilderswijk"))
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    with pytest.raises(NotAllowed):
        actions.involve(actor=getattr(city, name), case=case, user=city.noor, kind="co_worker")
