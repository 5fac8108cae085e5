"""Whose turn it is in the steps of the meldcode, and that they are seen by few."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from backoffice.models import Desk
from backoffice.sharing import shareable, usual
from casework import actions
from casework.disclosures import scope_of
from casework.models import Involvement, MeldcodeTrack
from luisterloket.convenant.models import AccessLogEntry, Authorisation
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from tests import writes
from tests.casework.heard import a_case, an_intake
from tests.casework.meldcode import SIGN, WORDS, a_case_with_a_sign, address, lines, now, track_of, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(city):
    return a_case_with_a_sign(city)


@pytest.fixture
def track(city, case):
    return track_of(city, case)


# Whose turn ------------------------------------------------------------------------------------------------------


def test_vandaag_tells_the_owner_when_the_day_has_come_in_neutral_words(city, case, track):
    write(city, track, 1, found=WORDS, due_on=timezone.localdate() + timedelta(days=2))
    assert lines(city.marit, track) == []
    actions.plan_meldcode(actor=city.marit, track=track, owner=city.hakan, due_on=timezone.localdate())
    [item] = lines(city.hakan, track)
    assert "2" in str(item.title)
    assert WORDS not in f"{item.title} {item.why}"
    assert timezone.localtime(item.due_at).date() == timezone.localdate()
    assert lines(city.marit, track) == []


def test_the_owner_of_the_case_is_told_when_the_owner_of_the_steps_has_left_it(city, case, track):
    actions.plan_meldcode(actor=city.marit, track=track, owner=city.hakan, due_on=timezone.localdate())
    with writes.allowed(), acting(city.marit.acting):
        Involvement.objects.filter(case=case, user=city.hakan).update(until=timezone.now())
    assert len(lines(city.marit, track)) == 1


@pytest.mark.parametrize("name", ["fatna", "bram", "joost"])
def test_the_next_step_is_never_of_someone_who_may_not_read_it(city, case, track, name):
    with pytest.raises(Refused):
        actions.plan_meldcode(actor=city.marit, track=track, owner=getattr(city, name), due_on=timezone.localdate())


# Who sees it -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "status"),
    [("marit", 200), ("hakan", 200), ("fatna", 403), ("bram", 404), ("noor", 404), ("joost", 404), ("eline", 404)],
)
def test_only_who_works_on_the_case_opens_the_steps(city, sign_in, case, name, status):
    assert sign_in(getattr(city, name)).get(address(case)).status_code == status


def test_nothing_on_a_buddys_pages_hints_at_it(city, sign_in, case, track):
    write(city, track, 1, found="Blauwe plekken", due_on=timezone.localdate())
    client = sign_in(city.fatna)
    # The address is what they typed themselves.
    refusal = client.get(address(case)).content.decode().replace(address(case), "")
    case_page, history = client.get(case.get_absolute_url()), client.get(reverse("casework:case-history", args=[case.pk]))
    today = client.get(reverse("today"), follow=True)
    for html in (refusal, case_page.content.decode(), history.content.decode(), today.content.decode()):
        for hint in (WORDS, "Blauwe plekken", "eldcode", "Veilig Thuis", "eweld", "iolence"):
            assert hint not in html
    assert case_page.context["page"].acute == []


def test_what_turned_out_to_be_a_sign_takes_its_past_along(city, sign_in, case):
    concern = actions.add_concern(actor=city.marit, case=case, domain="network", severity=3, text="Ruzie met de buurman")
    read = reverse("casework:case-history", args=[case.pk])
    assert "Ruzie met de buurman" in sign_in(city.fatna).get(read).content.decode()
    actions.amend(actor=city.marit, case=case, thing=concern, sign="violence")
    assert "Ruzie met de buurman" not in sign_in(city.fatna).get(read).content.decode()
    assert "Ruzie met de buurman" in sign_in(city.marit).get(read).content.decode()


def test_it_is_never_in_the_summary(city, sign_in, case, track):
    write(city, track, 1, found="Blauwe plekken")
    html = sign_in(city.marit).get(reverse("casework:case-summary", args=[case.pk])).content.decode()
    assert WORDS not in html
    assert "Blauwe plekken" not in html
    intake = an_intake(city.marit, city.unit("schilderswijk"))
    actions.mark_concern(actor=city.marit, intake=intake, **SIGN)
    html = sign_in(city.marit).get(reverse("casework:intake-conclude", args=[intake.pk])).content.decode()
    assert WORDS not in html


def test_no_desk_is_offered_it_and_where_a_convenant_allows_it_it_is_never_ticked_beforehand(city, case, track):
    write(city, track, 1, found="Blauwe plekken")
    desk = Desk.objects.select_related("unit").get(unit=city.unit("jeugd"))
    with acting(city.marit.acting):
        offered = shareable(city.marit, case, desk).items
        assert not [item for item in offered.values() if item.category == "safety"]
        cell = Authorisation.objects.filter(purpose_id="youth", category_id="family").first()
        with writes.allowed():
            for role in ("specialist", "desk_lead"):
                Authorisation.objects.create(
                    version=cell.version, party=cell.party, role=role, purpose_id="youth", category_id="safety", level="read",
                    ground=cell.ground,
                )  # fmt: skip
        items = [item for item in shareable(city.marit, case, desk).items.values() if item.category == "safety"]
        assert {item.kind for item in items} == {"concern", "meldcode", "meldcode_step"}
        assert all(item.careful for item in items)
        desk.usually_needs = ["safety"]
        assert usual(items, desk, scope_of(case).subjects[0]) == []


def test_who_may_not_write_about_safety_is_not_offered_the_signs_and_cannot_mark_them(city, sign_in):
    with writes.allowed():
        Authorisation.objects.filter(category_id="safety", role="wijkwerker").delete()
    case = a_case(city.marit, city.unit("schilderswijk"))
    html = sign_in(city.marit).get(reverse("casework:case-update", args=[case.pk])).content.decode()
    assert 'value="violence"' not in html
    assert 'value="eviction"' in html
    with pytest.raises(NotAllowed):
        actions.add_concern(actor=city.marit, case=case, **SIGN)
    intake = an_intake(city.marit, city.unit("schilderswijk"))
    with pytest.raises(NotAllowed):
        actions.mark_concern(actor=city.marit, intake=intake, **SIGN)


def test_for_a_colleague_without_the_category_there_are_no_steps(city, sign_in, case, track):
    sign_in(city.marit).get(address(case))
    with writes.allowed():
        Authorisation.objects.filter(category_id="safety", role="coordinator").delete()
    actions.plan_meldcode(actor=city.marit, track=track, owner=city.marit, due_on=timezone.localdate())
    client = sign_in(city.hakan)
    assert client.get(address(case)).status_code == 403
    pages = [case.get_absolute_url(), reverse("today"), reverse("casework:case-access", args=[case.pk])]
    for html in (client.get(page).content.decode() for page in pages):
        assert address(case) not in html
        assert WORDS not in html
        assert "eldcode" not in html


def test_reading_the_steps_is_a_look_that_is_kept(city, sign_in, case, track):
    sign_in(city.hakan).get(address(case))
    with acting(city.daan.acting):
        entry = AccessLogEntry.objects.filter(what="meldcode").latest("at")
    assert (entry.actor_id, entry.case_id) == (city.hakan.pk, case.pk)
    assert "safety" in entry.categories


@pytest.mark.parametrize("name", ["fatna", "bram", "noor", "joost", "eline"])
def test_nobody_else_changes_the_steps(city, case, track, name):
    user = getattr(city, name)
    key = {"command_key": uuid4()}
    for refused in (
        lambda: actions.begin_meldcode(actor=user, track=track, **key),
        lambda: actions.decline_meldcode(actor=user, track=track, why="Nee"),
        lambda: actions.close_meldcode(actor=user, track=track),
        lambda: actions.open_meldcode(actor=user, case=case),
        lambda: actions.plan_meldcode(actor=user, track=track, owner=user, due_on=timezone.localdate()),
    ):
        with pytest.raises((NotAllowed, MeldcodeTrack.DoesNotExist)):
            refused()
    assert now(city, track).status == "to_begin"
