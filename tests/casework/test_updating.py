"""What comes up later is added to the case, and what was heard can be put right, by who works on it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from casework import actions
from casework.models import Concern, Strength, SupportPerson
from luisterloket.convenant.models import Authorisation
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from tests import writes
from tests.casework.heard import a_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(city):
    return a_case(city.marit, city.unit("schilderswijk"))


@pytest.fixture
def concern(city, case):
    with acting(city.marit.acting):
        return Concern.objects.get(case=case, domain="finances")


def address(case):
    return reverse("casework:case-update", args=[case.pk])


def amending(case, kind, thing):
    return reverse("casework:case-amend", args=[case.pk, kind, thing.pk])


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "concern", "concern-domain": "work", "concern-severity": "3", "concern-text": "Contract loopt af"},
        {"kind": "strength", "strength-text": "Contract loopt af"},
        {"kind": "person", "person-name": "Contract loopt af"},
    ],
    ids=["concern", "strength", "person"],
)
def test_what_came_up_later_stands_in_the_case_once(city, sign_in, case, sent):
    client = sign_in(city.marit)
    sent |= {"command_key": str(uuid4())}
    for _tap in range(2):
        assert client.post(address(case), sent).status_code == 302
    html = client.get(case.get_absolute_url()).content.decode()
    assert html.count("Contract loopt af") == 1
    assert "Contract loopt af" in client.get(reverse("casework:case-summary", args=[case.pk])).content.decode()


def test_how_it_goes_now_replaces_how_it_went_and_the_past_is_kept(city, sign_in, case, concern):
    client = sign_in(city.marit)
    assert "Nog veertig euro" in client.get(amending(case, "concern", concern)).content.decode()
    sent = {"concern-domain": "finances", "concern-severity": "5", "concern-text": "De toeslag is er", "command_key": str(uuid4())}
    assert client.post(amending(case, "concern", concern), sent).status_code == 302
    with acting(city.marit.acting):
        after = Concern.objects.get(pk=concern.pk)
        assert (after.severity, after.text) == (5, "De toeslag is er")
        assert [past.text for past in after.history.order_by("history_date")][0] == "Nog veertig euro"
        assert {past.history_user_id for past in after.history.all()} == {city.marit.pk}


def test_who_helps_already_is_put_right_too(city, sign_in, case):
    with acting(city.marit.acting):
        person = SupportPerson.objects.get(case=case)
    client = sign_in(city.marit)
    assert 'name="person-name"' in client.get(amending(case, "person", person)).content.decode()
    assert client.post(amending(case, "person", person), {"person-name": "", "command_key": str(uuid4())}).status_code == 200
    assert (
        client.post(amending(case, "person", person), {"person-name": "Buurvrouw Fien", "command_key": str(uuid4())}).status_code
        == 302
    )
    with acting(city.marit.acting):
        assert SupportPerson.objects.get(case=case).name == "Buurvrouw Fien"


def test_a_refused_change_keeps_what_was_typed(city, sign_in, case, concern):
    sent = {"concern-domain": "finances", "concern-severity": "", "concern-text": "De toeslag is er"}
    html = sign_in(city.marit).post(amending(case, "concern", concern), sent).content.decode()
    assert "De toeslag is er" in html
    assert "id_concern-severity_error" in html


@pytest.mark.parametrize("name", ["bram", "noor", "joost", "eline", "daan"])
def test_a_case_of_others_cannot_be_updated(city, sign_in, case, concern, name):
    client = sign_in(getattr(city, name))
    for where in (address(case), amending(case, "concern", concern)):
        assert client.get(where).status_code == 404
        assert client.post(where, {"kind": "strength", "strength-text": "x"}).status_code == 404


def test_a_buddy_adds_and_changes_nothing(city, sign_in, case, concern):
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    client = sign_in(city.fatna)
    assert client.post(address(case), {"kind": "strength", "strength-text": "x"}).status_code == 403
    assert client.post(amending(case, "concern", concern), {}).status_code == 403
    with pytest.raises(NotAllowed):
        actions.add_strength(actor=city.fatna, case=case, text="x")


@pytest.mark.parametrize("name", ["bram", "hakan", "noor", "joost"])
def test_the_actions_themselves_refuse_who_has_no_part_in_the_case(city, case, concern, name):
    who = getattr(city, name)
    with pytest.raises(NotAllowed):
        actions.add_concern(actor=who, case=case, domain="work", severity=2, text="x")
    with pytest.raises(NotAllowed):
        actions.add_person(actor=who, case=case, name="x")
    with pytest.raises((NotAllowed, Concern.DoesNotExist)):
        actions.amend(actor=who, case=case, thing=concern, text="x")


def test_a_thing_of_another_case_is_not_there(city, sign_in, case):
    other = a_case(city.marit, city.unit("schilderswijk"), name="Iemand Anders")
    with acting(city.marit.acting):
        strength, person = Strength.objects.get(case=other), SupportPerson.objects.get(case=other)
    client = sign_in(city.marit)
    assert client.get(amending(case, "strength", strength)).status_code == 404
    assert client.get(amending(case, "person", person)).status_code == 404
    assert client.get(amending(case, "nonsense", person)).status_code == 404
    with pytest.raises(Strength.DoesNotExist):
        actions.amend(actor=city.marit, case=case, thing=strength, text="x")


def test_what_the_convenant_lets_one_only_read_is_not_added_to(city, case):
    with writes.allowed():
        Authorisation.objects.filter(purpose="listening", role="wijkwerker", category="finances").update(level="read")
    with pytest.raises(NotAllowed):
        actions.add_concern(actor=city.marit, case=case, domain="finances", severity=2, text="Schuld")
    assert actions.add_concern(actor=city.marit, case=case, domain="work", severity=2, text="Werk")


def test_nothing_but_what_was_heard_changes(city, case, concern):
    changed = actions.amend(
        actor=city.marit, case=case, thing=concern, text="Anders", case_id=uuid4(), unit_id=uuid4(), heard_at=None
    )
    assert (changed.case_id, changed.unit_id, changed.heard_at) == (concern.case_id, concern.unit_id, concern.heard_at)


def test_a_mark_never_ends_up_without_words(city, case, concern):
    with pytest.raises(Refused):
        actions.amend(actor=city.marit, case=case, thing=concern, text=" ", quote="")


def test_something_acute_that_came_up_later_comes_on_vandaag(city, sign_in, case):
    client = sign_in(city.marit)
    assert case.get_absolute_url() in client.get(reverse("today")).content.decode()
    with writes.allowed(), acting(city.marit.acting):
        Concern.objects.filter(case=case, severity=1).update(severity=2)
    assert case.get_absolute_url() not in client.get(reverse("today")).content.decode()
    actions.add_concern(actor=city.marit, case=case, domain="housing", severity=1, text="Toch weer op straat")
    assert case.get_absolute_url() in client.get(reverse("today")).content.decode()
