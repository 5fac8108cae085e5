"""Ways by which someone without the category of safety could learn that someone is not safe (decision 0017)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils import timezone

from backoffice.sending import send_page
from casework import actions
from casework.meldcode_panels import steps_that_wait
from casework.models import CaseMember, Involvement, MeldcodeTrack
from luisterloket.convenant.models import Authorisation
from luisterloket.people.models import Appointment
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from tests import writes
from tests.casework.heard import a_case, an_intake
from tests.casework.meldcode import SIGN, WORDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_posts(city):
    """The coordinator may not read about safety in this wijk, and may in another where he works too."""
    with writes.allowed():
        Authorisation.objects.filter(category_id="safety", role="coordinator").delete()
    case = a_case(city.marit, city.unit("schilderswijk"), household=1)
    actions.involve(actor=city.marit, case=case, user=city.hakan, kind=Involvement.Kind.CO_WORKER)
    with writes.allowed():
        Appointment.objects.create(
            user=city.hakan, unit=city.unit("moerwijk"), role="wijkwerker", since=timezone.localdate() - timedelta(days=1)
        )
    return case


def track_of(city, case):
    with acting(city.marit.acting):
        return MeldcodeTrack.objects.get(case=case)


def test_a_post_in_another_wijk_opens_nothing_of_safety_here(city, sign_in, two_posts):
    case = two_posts
    actions.add_concern(actor=city.marit, case=case, **SIGN)
    steps = reverse("casework:case-meldcode", args=[case.pk])
    sign_in(city.marit).get(steps)
    client = sign_in(city.hakan)
    assert client.get(steps).status_code == 403
    for page in (case.get_absolute_url(), reverse("today"), reverse("casework:case-access", args=[case.pk])):
        html = client.get(page).content.decode()
        assert steps not in html
        assert WORDS not in html
        assert "eldcode" not in html


def test_a_post_in_another_wijk_lets_nobody_write_about_safety_here(city, sign_in, two_posts):
    case = two_posts
    assert 'value="violence"' not in sign_in(city.hakan).get(reverse("casework:case-update", args=[case.pk])).content.decode()
    with pytest.raises(NotAllowed):
        actions.add_concern(actor=city.hakan, case=case, **SIGN)
    with pytest.raises(NotAllowed):
        actions.open_meldcode(actor=city.hakan, case=case)
    with pytest.raises(NotAllowed):
        actions.mark_concern(actor=city.hakan, intake=an_intake(city.hakan, city.unit("schilderswijk")), **SIGN)
    track = actions.open_meldcode(actor=city.marit, case=case)
    with pytest.raises(NotAllowed):
        actions.begin_meldcode(actor=city.hakan, track=track)
    with pytest.raises(Refused):
        actions.plan_meldcode(actor=city.marit, track=track, owner=city.hakan, due_on=timezone.localdate())


def test_vandaag_does_not_tell_of_steps_in_a_wijk_where_they_are_not_for_this_reader(city, two_posts):
    """He is the owner of the case, and who had the steps has left it."""
    case = a_case(city.hakan, city.unit("schilderswijk"))
    actions.involve(actor=city.hakan, case=case, user=city.marit, kind=Involvement.Kind.CO_WORKER)
    actions.add_concern(actor=city.marit, case=case, **SIGN)
    with acting(city.marit.acting), writes.allowed():
        Involvement.objects.filter(case=case, user=city.marit).update(until=timezone.now())
    with acting(city.hakan.acting):
        assert steps_that_wait(city.hakan) == []


def test_the_desks_that_fit_do_not_tell_of_a_concern_that_is_not_for_this_reader(city, two_posts):
    case = two_posts
    actions.add_concern(actor=city.marit, case=case, **{**SIGN, "domain": "family"})
    with acting(city.hakan.acting):
        cards = send_page(case, city.hakan).cards
        assert [card.desk.unit.name for card in cards if card.fits and "Jeugd" in card.desk.unit.name] == []


@pytest.mark.parametrize("name", ["joost", "eline", "petra", "bram", "fatna", "ravi"])
def test_the_actions_themselves_refuse(city, name):
    case = a_case(city.marit, city.unit("schilderswijk"), household=1)
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind=Involvement.Kind.BUDDY)
    actions.add_concern(actor=city.marit, case=case, **SIGN)
    track, actor = track_of(city, case), getattr(city, name)
    soon = timezone.localdate()
    for attempt in (
        lambda: actions.open_meldcode(actor=actor, case=case),
        lambda: actions.begin_meldcode(actor=actor, track=track),
        lambda: actions.decline_meldcode(actor=actor, track=track, why="nee"),
        lambda: actions.write_meldcode_step(actor=actor, track=track, number=1, revision=0, due_on=soon, found="x"),
        lambda: actions.plan_meldcode(actor=actor, track=track, owner=actor, due_on=soon),
        lambda: actions.close_meldcode(actor=actor, track=track),
        lambda: actions.reopen_meldcode(actor=actor, track=track, why="x"),
    ):
        with pytest.raises((NotAllowed, ObjectDoesNotExist)):
            attempt()


def ended(city, how):
    case = a_case(city.marit, city.unit("schilderswijk"))
    actions.add_concern(actor=city.marit, case=case, **SIGN)
    track, day = track_of(city, case), timezone.localdate()
    if how == "declined":
        return case, actions.decline_meldcode(actor=city.marit, track=track, why="Het was een misverstand.")
    actions.write_meldcode_step(
        actor=city.marit, track=track, number=5, revision=0, due_on=day, reports=False, helps=False, found="Geen reden."
    )
    return case, actions.close_meldcode(actor=city.marit, track=track)


@pytest.mark.parametrize("how", ["declined", "closed"])
def test_steps_that_ended_are_taken_up_with_a_reason_only(city, sign_in, how):
    """Also for who kept the button of before in another tab."""
    case, track = ended(city, how)
    with pytest.raises(Refused):
        actions.begin_meldcode(actor=city.marit, track=track)
    url = reverse("casework:case-meldcode-act", args=[case.pk, track.pk, "beginnen"])
    sign_in(city.marit).post(url, {"command_key": str(uuid4())})
    assert track_of(city, case).status == how


@pytest.mark.parametrize("how", ["declined", "closed"])
def test_there_are_never_two_sets_of_steps_at_once(city, how):
    case, track = ended(city, how)
    actions.add_concern(actor=city.marit, case=case, **SIGN)
    with pytest.raises(Refused):
        actions.reopen_meldcode(actor=city.marit, track=track, why="Toch weer.")
    with acting(city.marit.acting):
        assert MeldcodeTrack.objects.unfinished().filter(case=case).count() == 1


def test_why_something_is_kept_back_is_told_to_who_may_see_what_it_is(city, sign_in):
    """The reason of what is kept tells as much as the thing."""
    case = a_case(city.marit, city.unit("schilderswijk"), household=1)
    actions.involve(actor=city.marit, case=case, user=city.hakan, kind=Involvement.Kind.CO_WORKER)
    concern = actions.add_concern(actor=city.marit, case=case, **SIGN)
    with acting(city.marit.acting):
        child = CaseMember.objects.select_related("resident").get(case=case, part="child").resident
    actions.withhold(actor=city.marit, case=case, things=[("concern", concern.pk)], residents=[child], reason="Er is gemeld.")
    with writes.allowed():
        Authorisation.objects.filter(category_id="safety", role="coordinator").delete()
    page = reverse("casework:case-withheld", args=[case.pk])
    assert "Er is gemeld." in sign_in(city.marit).get(page).content.decode()
    html = sign_in(city.hakan).get(page).content.decode()
    assert "Er is gemeld." not in html
    assert WORDS not in html
