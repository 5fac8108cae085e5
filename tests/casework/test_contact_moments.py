"""Reaching someone: noted in half a minute, told on the timeline, and after three times in vain another way."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from casework import actions
from casework.contacts import reaching
from casework.models import ContactMoment
from luisterloket.convenant.models import AccessLogEntry
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from tests.casework.heard import a_case

pytestmark = pytest.mark.django_db
WORDS = "Haar zus nam op"


@pytest.fixture
def case(city):
    return a_case(city.marit, city.unit("schilderswijk"))


def tried(city, case, result="not_reached", kind="phone", days_ago=0, **more):
    on = timezone.localdate() - timedelta(days=days_ago)
    return actions.note_contact_moment(actor=city.marit, case=case, on=on, part_of_day="morning", kind=kind, result=result, **more)


def address(case):
    return reverse("casework:case-contact", args=[case.pk])


def test_it_is_noted_once_with_today_standing_ready(city, sign_in, case):
    client = sign_in(city.marit)
    form = client.get(address(case)).context["form"]
    sent = {name: str(form[name].value()) for name in ("on", "part_of_day")}
    assert sent["on"] == f"{timezone.localdate():%Y-%m-%d}"
    sent |= {"kind": "message", "result": "message_left", "text": WORDS, "command_key": str(uuid4())}
    for _tap in range(2):
        assert client.post(address(case), sent).url == f"{case.get_absolute_url()}#timeline"
    html = client.get(address(case)).content.decode()
    assert html.count(WORDS) == 1
    with acting(city.marit.acting):
        assert ContactMoment.objects.get(case=case).spoke == city.marit


def test_the_timeline_tells_it_and_the_case_page_shows_no_words(city, sign_in, case):
    for result in ContactMoment.Result:
        tried(city, case, result, text=WORDS)
    page = sign_in(city.marit).get(case.get_absolute_url())
    assert [moment.icon for moment in page.context["page"].timeline][:4] == ["minus", "mail", "phone", "chat"]
    assert all("Marit Zwanenveld" in moment.text for moment in page.context["page"].timeline)
    assert WORDS not in page.content.decode()


@pytest.mark.parametrize(
    ("results", "in_vain", "hint"),
    [
        (["not_reached", "not_reached"], 2, False),
        (["not_reached", "message_left", "not_reached"], 3, True),
        (["not_reached", "not_reached", "reached", "not_reached"], 1, False),
        (["reached", "not_reached", "not_reached", "not_reached"], 3, True),
        (["not_reached", "not_reached", "not_reached", "call_back"], 0, False),
    ],
)
def test_three_times_in_a_row_in_vain_asks_for_another_way(city, case, results, in_vain, hint):
    for day, result in enumerate(results):
        tried(city, case, result, days_ago=len(results) - day)
    with acting(city.marit.acting):
        found = reaching(case)
    assert (found.in_vain, found.try_another_way) == (in_vain, hint)


def test_the_hint_names_what_was_not_tried_and_stands_beside_what_is_known(city, sign_in, case):
    for kind in ("phone", "phone", "letter"):
        tried(city, case, kind=kind)
    page = sign_in(city.marit).get(address(case))
    found = page.context["page"].reaching
    labels = {kind: kind.label for kind in ContactMoment.Kind}
    assert set(found.tried) == {labels["phone"], labels["letter"]}
    assert labels["home_visit"] in found.untried
    html = page.content.decode()
    for known in ("note--waiting", "06 00 00 45 12", "Hatice"):
        assert known in html
    assert "#ways" in sign_in(city.marit).get(case.get_absolute_url()).content.decode()


def test_a_day_to_come_is_refused_and_what_was_typed_stays(city, sign_in, case):
    tomorrow = timezone.localdate() + timedelta(days=1)
    sent = {"on": f"{tomorrow:%Y-%m-%d}", "part_of_day": "morning", "kind": "phone", "result": "reached", "text": WORDS}
    html = sign_in(city.marit).post(address(case), sent).content.decode()
    assert "id_on_error" in html
    assert WORDS in html
    with pytest.raises(Refused):
        tried(city, case, days_ago=-1)


def test_a_buddy_notes_nothing_and_a_desk_neither(city, case):
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    for name in ("fatna", "joost", "bram"):
        with pytest.raises(NotAllowed):
            actions.note_contact_moment(
                actor=getattr(city, name), case=case, on=timezone.localdate(), part_of_day="evening", kind="card", result="reached"
            )


def test_the_look_is_kept_with_what_was_shown(city, sign_in, case):
    tried(city, case)
    sign_in(city.marit).get(address(case))
    with acting(city.daan.acting):
        look = AccessLogEntry.objects.get(what="contact moments")
    assert set(look.categories) == {"identity", "contact", "network", "story"}


def test_it_takes_as_many_queries_for_many_as_for_one(city, sign_in, case, django_assert_max_num_queries):
    client = sign_in(city.marit)
    tried(city, case)
    client.get(address(case))
    with django_assert_max_num_queries(42) as few:
        client.get(address(case))
    for number in range(12):
        tried(city, case, text=f"Keer {number}")
    with django_assert_max_num_queries(len(few)):
        client.get(address(case))


@pytest.mark.parametrize(("hour", "part"), [(0, "morning"), (11, "morning"), (12, "afternoon"), (17, "afternoon"), (18, "evening")])
def test_the_parts_of_the_day_are_those_of_the_standard(hour, part):
    assert ContactMoment.part_of(hour) == part


def test_a_slip_is_put_right_and_what_was_noted_first_is_kept(city, sign_in, case):
    moment = tried(city, case, text=WORDS)
    client = sign_in(city.marit)
    amend = reverse("casework:case-contact-amend", args=[case.pk, moment.pk])
    assert WORDS in client.get(amend).content.decode()
    sent = {
        "on": f"{moment.on:%Y-%m-%d}",
        "part_of_day": "evening",
        "kind": "phone",
        "result": "reached",
        "text": "Zij belde terug",
    }
    assert client.post(amend, sent).url == address(case)
    with acting(city.marit.acting):
        after = ContactMoment.objects.get(pk=moment.pk)
        was = [(one.result, one.text) for one in after.history.order_by("history_date")]
    assert was == [("not_reached", WORDS), ("reached", "Zij belde terug")]
    assert client.get(reverse("casework:case-contact-amend", args=[case.pk, uuid4()])).status_code == 404
