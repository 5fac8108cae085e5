"""What goes along: never more than the convenant lets this desk see, never more than was ticked, and fixed at sending."""

import pytest

from backoffice import actions, sharing
from backoffice.models import RequestItem, SpecialistRequest
from casework import actions as casework
from casework.models import Concern, Resident
from luisterloket.convenant.disclosure import collect
from luisterloket.convenant.models import Authorisation, ConvenantVersion
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import Refused
from tests import writes
from tests.backoffice import scene

ASK = {"title": "Slaapplek", "question": "Kan dat?", "urgency": "normal"}
# From the matrix of the demo convenant: what each desk may see for its purpose.
MAY_SEE = {
    "wonen": {"identity", "contact", "household", "story", "housing", "family"},
    "inkomen": {"identity", "contact", "household", "story", "finances", "work"},
    "schuldhulp": {"identity", "contact", "household", "story", "finances"},
    "jeugd": {"identity", "contact", "household", "story", "family", "strengths"},
}
# And only with the resident's own yes, which nobody gave here.
WITH_A_YES = {"jeugd": {"mental_health"}}


def items_of(request, user):
    with acting(user.acting):
        return list(RequestItem.objects.filter(request=request))


@pytest.mark.parametrize("key", MAY_SEE)
def test_no_more_can_go_along_than_the_matrix_lets_this_desk_see(city, key):
    case = scene.a_case(city)
    desk = scene.desk(city, key)
    with acting(city.marit.acting):
        what = sharing.shareable(city.marit, case, desk)
    assert set(what.allowed) == MAY_SEE[key] | WITH_A_YES.get(key, set())
    assert {item.category for item in what.items.values()} <= MAY_SEE[key]
    request = actions.route_request(actor=city.marit, case=case, desk=desk, items=list(what.items), **ASK)
    assert {item.category for item in items_of(request, city.marit)} <= MAY_SEE[key]
    assert items_of(request, city.marit)


def test_each_thing_of_the_case_outside_the_matrix_is_refused_whatever_the_form_says(city):
    from casework.disclosures import scope_of

    case = scene.a_case(city)
    desk = scene.desk(city)
    with acting(city.marit.acting):
        everything = list(collect(scope_of(case), frozenset({"finances", "health", "strengths", "work", "mental_health"})))
    assert {"finances", "health", "strengths"} == {item.category for item in everything}
    for item in everything:
        with pytest.raises(Refused) as refusal:
            actions.route_request(actor=city.marit, case=case, desk=desk, items=[item.key], **ASK)
        assert refusal.value.code == "not_shareable"
    with acting(city.marit.acting):
        assert not SpecialistRequest.objects.filter(case=case).exists()


def test_something_of_another_case_or_made_up_is_refused(city):
    case, other = scene.a_case(city), scene.a_case(city, name="Gülsen Yıldız")
    desk = scene.desk(city)
    for key in [*scene.keys(city.marit, other, desk, "phone"), "concern:00000000-0000-0000-0000-000000000000", "nonsense", ""]:
        with pytest.raises(Refused):
            actions.route_request(actor=city.marit, case=case, desk=desk, items=[key], **ASK)


def test_only_what_was_ticked_goes_along_and_a_quotation_is_a_thing_like_any_other(city):
    case = scene.a_case(city)
    desk = scene.desk(city)
    usual = scene.usual(city.marit, case, desk)
    without = actions.route_request(actor=city.marit, case=case, desk=desk, items=usual, **ASK)
    assert "story" not in {item.category for item in items_of(without, city.marit)}
    assert scene.QUOTE not in " ".join(item.text for item in items_of(without, city.joost))
    [quote] = scene.keys(city.marit, case, desk, "quote")
    with_quote = actions.route_request(actor=city.marit, case=case, desk=desk, items=[quote], **ASK)
    assert [(item.kind, item.text) for item in items_of(with_quote, city.joost)] == [("quote", scene.QUOTE)]


def test_each_item_carries_the_legal_ground_of_its_category(city):
    request = scene.sent(city)
    assert {item.legal_ground for item in items_of(request, city.joost)} == {"Wmo 2015 art. 1.2.1 c"}


def test_by_default_the_desk_gets_what_its_question_needs_and_the_name_of_no_child(city):
    request = scene.sent(city)
    assert [(item.kind, item.text) for item in items_of(request, city.joost) if item.category == "identity"] == [
        ("name", "Rachida Amrani")
    ]
    assert {item.category for item in items_of(request, city.joost)} == {"identity", "contact", "household", "housing"}


def test_what_went_along_stays_as_it_was_when_the_case_changes(city):
    case = scene.a_case(city)
    request = scene.sent(city, case)
    before = [(item.label, item.text) for item in items_of(request, city.joost)]
    with writes.allowed(), acting(city.marit.acting):
        resident = Resident.objects.get(memberships__case=case, memberships__part="main")
        resident.name, resident.phone = "Iemand Anders", "06 99 99 99 99"
        resident.save()
        concern = Concern.objects.get(case=case, domain="housing")
        concern.text = "Woont nu bij haar zus"
        concern.save()
    assert [(item.label, item.text) for item in items_of(request, city.joost)] == before


@pytest.mark.parametrize("how", ["ended", "expired", "left"])
def test_without_a_convenant_in_force_nothing_can_be_sent(city, how):
    case = scene.a_case(city)
    desk = scene.desk(city)
    with writes.allowed():
        if how == "ended":
            ConvenantVersion.objects.update(status="ended")
        elif how == "expired":
            from datetime import timedelta

            from django.utils import timezone

            ConvenantVersion.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
        else:
            from luisterloket.convenant.models import ConvenantParty

            ConvenantParty.objects.filter(organisation=desk.unit.organisation).update(left_on="2026-01-01")
    with pytest.raises(Refused) as refusal:
        actions.route_request(actor=city.marit, case=case, desk=desk, items=[], **ASK)
    assert refusal.value.code == "no_convenant"


def test_a_category_taken_out_of_the_matrix_is_refused_at_once_even_if_the_page_still_shows_it(city):
    case = scene.a_case(city)
    desk = scene.desk(city)
    [phone] = scene.keys(city.marit, case, desk, "phone")
    with writes.allowed():
        Authorisation.objects.filter(purpose_id="shelter", category_id="contact").delete()
    with pytest.raises(Refused):
        actions.route_request(actor=city.marit, case=case, desk=desk, items=[phone], **ASK)


def test_a_sender_cannot_share_what_they_may_not_see_themselves(city):
    case = scene.a_case(city)
    desk = scene.desk(city)
    [phone] = scene.keys(city.marit, case, desk, "phone")
    with writes.allowed():
        Authorisation.objects.filter(purpose_id="listening", role="wijkwerker", category_id="contact").delete()
    with pytest.raises(Refused):
        actions.route_request(actor=city.marit, case=case, desk=desk, items=[phone], **ASK)


def test_at_the_desk_a_role_sees_only_its_own_cells_of_the_matrix(city, sign_in):
    request = scene.sent(city)
    with writes.allowed():
        Authorisation.objects.filter(purpose_id="shelter", role="desk_lead", category_id="contact").delete()
    assert b"06 00 00 45 12" in sign_in(city.joost).get(request.get_absolute_url()).content
    assert b"06 00 00 45 12" not in sign_in(city.ilse).get(request.get_absolute_url()).content


@pytest.mark.parametrize("title", ["Slaapplek voor Rachida", "AMRANI: slaapplek", "Opvang (rachida)"])
def test_a_title_with_the_name_of_the_resident_is_refused(city, title):
    with pytest.raises(Refused) as refusal:
        scene.sent(city, title=title)
    assert refusal.value.field == "title"


def test_a_title_without_the_name_is_fine_also_with_a_word_of_a_long_name(city):
    case = scene.a_case(city, name="Jan van den Berg")
    assert scene.sent(city, case, title="Verlies van de woning")


def test_a_buddy_in_the_case_sees_no_request_of_it(city, sign_in):
    case = scene.a_case(city)
    casework.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    request = scene.sent(city, case)
    assert sign_in(city.fatna).get(request.get_absolute_url()).status_code == 404
