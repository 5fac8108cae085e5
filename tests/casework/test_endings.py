"""No case ends while something in it is open on which nobody decided."""

from datetime import timedelta

import pytest
from django.utils import timezone

from backoffice import actions as backoffice
from casework import actions
from casework.models import Case, LooseEndDecision, Reading
from luisterloket.convenant.models import Authorisation
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from tests import writes
from tests.backoffice.scene import desk, keys, sent
from tests.casework.heard import a_case, address
from tests.casework.meldcode import a_case_with_a_sign, track_of
from tests.casework.test_follow_ups import lines, to_come
from tests.casework.test_handover_carries import overleg
from tests.wijkbegroting.scene import ARGUMENT, SHOP, the_line
from wijkbegroting import actions as money

pytestmark = pytest.mark.django_db
CHANGED = "Er is een huis, en een regeling"


@pytest.fixture
def case(city):
    return a_case(city.marit, city.unit("schilderswijk"))


def end(city, case, **more):
    return actions.end_case(actor=city.marit, case=case, goes="better", changed=CHANGED, **more)


def opened(city, case):
    """A request, maatwerk and an appointment, all open."""
    request = sent(city, case, to="inkomen", actor=city.marit)
    grant = money.ask_maatwerk(
        actor=city.marit, case=case, line=the_line(unit=city.unit("schilderswijk").name), amount=85_00, **(ARGUMENT | SHOP)
    )
    soon = timezone.now() + timedelta(days=2)
    meeting = actions.plan_meeting(actor=city.marit, case=case, kind="phone", starts_at=soon, who=city.marit)
    return request, grant, meeting


def test_nothing_is_left_behind_without_a_decision(city, sign_in, case):
    request, grant, meeting = opened(city, case)
    with pytest.raises(actions.StillOpen) as refused:
        end(city, case)
    assert {one.ref for one in refused.value.left} == {request.pk, grant.pk, meeting.pk}
    until = timezone.localdate() + timedelta(days=7)
    client = sign_in(city.marit)
    form = {"into": "ended", "goes": "better", "changed": CHANGED, "own_words": "Ik kan weer slapen", "now-housing": "5"}
    html = client.post(address("case-end", case), form).content.decode()
    assert CHANGED in html
    assert "Ik kan weer slapen" in html
    for one in refused.value.left:
        form |= {f"who-{one.key}": city.marit.pk, f"until-{one.key}": until, f"because-{one.key}": "Zij weet ervan"}
    assert client.post(address("case-end", case), form).status_code == 302
    assert to_come(city.marit, case) == []
    with acting(city.marit.acting):
        assert Case.objects.get(pk=case.pk).status == Case.Status.ENDED
        assert Reading.objects.get(review__case=case, review__kind="end").domain == "housing"
    assert len(lines(city.marit, case, about="afspraken")) >= 1
    # When the thing itself is done, nobody needs to watch it any more.
    before = [item for item in lines(city.marit, case, about="") if item.icon == "hourglass"]
    actions.end_meeting(actor=city.marit, meeting=meeting, ended="called_off")
    after = [item for item in lines(city.marit, case, about="") if item.icon == "hourglass"]
    assert (len(before), len(after)) == (3, 2)
    # Past its day the coordinator sees it too.
    assert not [item for item in lines(city.hakan, case, about="") if item.icon == "hourglass"]
    with writes.allowed(), acting(city.marit.acting), pytest.raises(Exception, match="permission denied"):
        LooseEndDecision.objects.filter(case=case).update(until=timezone.localdate() - timedelta(days=1))


def test_an_ended_case_takes_nothing_new_and_says_why(city, case):
    end(city, case)
    at = desk(city, "inkomen")
    asked = {"title": "Vraag", "question": "Kan dit?", "urgency": "normal", "items": keys(city.marit, case, at, "name")}
    with pytest.raises(Refused, match="afgesloten|ended"):
        backoffice.route_request(actor=city.marit, case=case, desk=at, **asked)
    line = the_line(unit=city.unit("schilderswijk").name)
    with pytest.raises(Refused, match="afgesloten|ended"):
        money.ask_maatwerk(actor=city.marit, case=case, line=line, amount=85_00, **(ARGUMENT | SHOP))
    with pytest.raises(Refused, match="afgesloten|ended"):
        actions.plan_meeting(
            actor=city.marit, case=case, kind="phone", starts_at=timezone.now() + timedelta(days=2), who=city.marit
        )


def test_it_is_found_and_marked_and_not_in_the_daily_list(city, sign_in, case):
    end(city, case)
    client = sign_in(city.marit)
    url = f"/casework/casussen/{case.pk}/"
    assert url not in client.get("/casework/inwoners/").content.decode()
    assert url in client.get("/casework/inwoners/?afgesloten").content.decode()
    assert url in client.post("/casework/inwoners/", {"q": "Rachida Amrani"}).content.decode()
    html = client.get(url).content.decode()
    assert address("case-wake", case) in html
    assert lines(city.marit, case) == []


def test_only_who_works_on_it_ends_it(city, case):
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    for nobody in (city.fatna, city.bram, city.hakan, city.joost):
        with pytest.raises(NotAllowed):
            actions.end_case(actor=nobody, case=case, goes="better", changed=CHANGED)


def test_who_may_not_read_of_safety_is_not_told_of_the_meldcode_and_it_goes_on_with_its_owner(city, sign_in):
    case = a_case_with_a_sign(city)
    track = track_of(city, case)
    with pytest.raises(actions.StillOpen) as refused:
        end(city, case)
    assert [one.ref for one in refused.value.left] == [track.pk]
    with writes.allowed():
        Authorisation.objects.filter(purpose="listening", role="wijkwerker", category="safety").delete()
    page = sign_in(city.marit).get(address("case-end", case)).content.decode()
    assert "meldcode" not in page.lower()
    end(city, case)
    with acting(city.marit.acting):
        kept = LooseEndDecision.objects.get(case=case)
    assert (kept.ref, kept.who) == (track.pk, track.owner)


def test_a_planned_overleg_is_no_surprise_after_the_end_and_nothing_new_is_begun(city, case):
    table = overleg(city.marit, case)
    with pytest.raises(actions.StillOpen) as refused:
        end(city, case)
    assert [one.ref for one in refused.value.left] == [table.pk]
    actions.call_off_conference(actor=city.marit, conference=table)
    end(city, case)
    with pytest.raises(Refused) as over:
        overleg(city.marit, case)
    assert over.value.code == "ended"
