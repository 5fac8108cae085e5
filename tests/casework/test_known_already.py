"""Nobody tells their story twice: who is known already is seen before a second resident is made."""

from uuid import uuid4

import pytest
from django.urls import reverse

from casework import actions
from casework.actions import Missing
from casework.models import Case, Concern, Intake, Involvement, Resident
from luisterloket.convenant.models import AccessLogEntry
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from tests.casework.heard import a_case, an_intake

pytestmark = pytest.mark.django_db
FACTS = {"name": "Rachida Amrani", "born": "1997-03-14", "phone": "06 12 34 56 78"}


@pytest.fixture
def case(city):
    return a_case(city.marit, city.unit("schilderswijk"), **FACTS)


def told(client, intake, **values):
    """What is shown while the sheet is typed."""
    answer = client.post(reverse("casework:intake-known", args=[intake.pk]), values, headers={"HX-Request": "true"})
    return answer.context["perhaps"]


@pytest.mark.parametrize(
    ("values", "seen"),
    [
        ({"name": "Rachida Amrani"}, True),
        ({"name": "Rashida Amrani"}, True),
        ({"name": "Amrani Rachida", "born": "1997"}, True),
        ({"name": "Rachida", "born": "14-3-1997"}, True),
        ({"name": "Onbekend", "phone": "0612345678"}, True),
        ({"name": "Rachida Amrani", "born": "1960"}, False),
        ({"name": "Rachida"}, False),
        ({"name": "Mo"}, False),
        ({"name": ""}, False),
        ({}, False),
    ],
)
def test_who_may_be_meant_is_shown_to_a_colleague_by_initials(city, sign_in, case, values, seen):
    intake = an_intake(city.bram, city.unit("schilderswijk"), name="", phone="")
    found = told(sign_in(city.bram), intake, **values)
    assert [(one.case_id, one.who, one.born, one.mine) for one in found] == ([(case.pk, "R. A.", "1997", False)] if seen else [])


def test_who_is_in_my_own_case_is_shown_by_name_and_the_look_is_kept(city, sign_in, case):
    intake = an_intake(city.marit, city.unit("schilderswijk"), name="", phone="")
    [one] = told(sign_in(city.marit), intake, name="rachida amrani")
    assert (one.who, one.mine) == ("Rachida Amrani", True)
    with acting(city.daan.acting):
        assert AccessLogEntry.objects.filter(what="perhaps known", actor_id=city.marit.pk).count() == 1


def test_nobody_of_another_wijk_is_shown(city, sign_in, case):
    intake = an_intake(city.noor, city.unit("vreewijk"), name="", phone="")
    assert told(sign_in(city.noor), intake, **FACTS) == []


def test_the_sheet_and_the_last_page_show_it_without_a_script_and_never_stand_in_the_way(city, sign_in, case):
    intake = an_intake(city.bram, city.unit("schilderswijk"), **FACTS)
    client = sign_in(city.bram)
    assert str(case.pk) in client.get(reverse("casework:intake-who", args=[intake.pk])).content.decode()
    page = reverse("casework:intake-conclude", args=[intake.pk])
    assert reverse("casework:intake-connect", args=[intake.pk, case.pk]) in client.get(page).content.decode()
    made = client.post(page, {"command_key": str(uuid4())}).url
    assert made != case.get_absolute_url()
    with acting(city.bram.acting):
        assert Resident.objects.count() == 2


def test_choosing_someone_on_the_sheet_first_keeps_what_was_typed(city, sign_in, case):
    intake = an_intake(city.bram, city.unit("schilderswijk"), **FACTS)
    client = sign_in(city.bram)
    typed = {"revision": "1", "name": "Rachida A", "connect": str(case.pk)}
    answer = client.post(reverse("casework:intake-who", args=[intake.pk]), typed)
    assert answer.url == reverse("casework:intake-connect", args=[intake.pk, case.pk])
    with acting(city.bram.acting):
        assert Intake.objects.get(pk=intake.pk).name == "Rachida A"


def test_a_conversation_is_added_to_the_case_with_a_reason_in_one_tap(city, sign_in, case):
    intake = an_intake(city.bram, city.unit("schilderswijk"), own_words="Nu is de kachel ook stuk.", quote="Het is koud.")
    actions.mark_concern(actor=city.bram, intake=intake, domain="housing", severity=2, text="De kachel is stuk")
    client = sign_in(city.bram)
    page = reverse("casework:intake-connect", args=[intake.pk, case.pk])
    html = client.get(page).content.decode()
    assert "R. A." in html
    assert "Rachida" not in html
    answer = client.post(page, {"reason": "calls", "command_key": str(uuid4())})
    assert answer.url == case.get_absolute_url()
    html = client.get(answer.url).content.decode()
    for part in (
        "De kachel is stuk",
        "Het is koud.",
        "Nu is de kachel ook stuk.",
        "Wij slapen vannacht nergens.",
        "Spreekt vier talen",
    ):
        assert part in html
    with acting(city.bram.acting):
        assert Resident.objects.count() == 1
        assert Case.objects.count() == 1
        assert Concern.objects.filter(case=case).count() == 3
        assert Intake.objects.get(pk=intake.pk).status == Intake.Status.CONCLUDED
        assert Involvement.objects.in_force().get(case=case, user=city.bram).reason == "calls"


def test_an_unknown_way_to_reach_is_filled_in_and_a_known_one_stays(city):
    unit = city.unit("schilderswijk")
    case = a_case(city.marit, unit, name="Rachida Amrani", phone="06 12 34 56 78", born="")
    intake = an_intake(city.marit, unit, name="Rachida Amrani", phone="06 99 99 99 99", born="1997", address="Bij haar zus")
    actions.connect_intake(actor=city.marit, intake=intake, case=case)
    with acting(city.marit.acting):
        one = Resident.objects.get()
        assert (one.phone, one.born, one.address) == ("06 12 34 56 78", "1997", "Bij haar zus")


def test_without_a_reason_or_a_story_it_is_asked_and_nothing_happens(city, sign_in, case):
    unit = city.unit("schilderswijk")
    with pytest.raises(Missing) as refusal:
        actions.connect_intake(actor=city.bram, intake=an_intake(city.bram, unit), case=case)
    assert refusal.value.field == "reason"
    silent = an_intake(city.marit, unit, own_words="")
    with pytest.raises(Missing) as refusal:
        actions.connect_intake(actor=city.marit, intake=silent, case=case)
    assert refusal.value.field == "own_words"
    page = reverse("casework:intake-connect", args=[silent.pk, case.pk])
    assert "id_own_words_error" in sign_in(city.marit).post(page, {}).content.decode()


def test_only_who_holds_the_conversation_and_only_within_the_wijk(city, case):
    intake = an_intake(city.bram, city.unit("schilderswijk"))
    with pytest.raises(NotAllowed):
        actions.connect_intake(actor=city.hakan, intake=intake, case=case, reason="calls")
    elsewhere = an_intake(city.noor, city.unit("vreewijk"))
    with pytest.raises((NotAllowed, Refused)):
        actions.connect_intake(actor=city.noor, intake=elsewhere, case=case, reason="calls")
