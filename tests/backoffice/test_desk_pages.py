"""The page of a desk, what its lead keeps on it, whether it is busy, and the page on which absence is noted."""

import pytest
from django.core import mail
from django.urls import reverse

from backoffice import absence_panels, actions, capacity
from backoffice.models import Absence
from backoffice.presence import Load
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry
from luisterloket.platform.tasks import deliver_outbox
from tests.backoffice import scene
from tests.backoffice.consenting import in_dutch
from tests.backoffice.presence_scene import away, colleague, day

pytestmark = pytest.mark.django_db
SAID = {"description": "Opvang en urgentie", "domains": ["housing", "network"], "specialisms": ["Ontruiming", "Briefadres"]}


def page(sign_in, user, name, *args):
    return sign_in(user).get(reverse(f"backoffice:{name}", args=args))


def described(city, **details):
    return actions.describe_desk(actor=city.ilse, desk=scene.desk(city), **(SAID | details))


def today_of(user):
    with acting(user.acting):
        return [(item.title, item.why) for item in absence_panels.absences(user)]


# What a desk says of itself --------------------------------------------------------------------------------------


def test_who_sends_reads_what_a_desk_is_for_and_who_leads_it(city, sign_in):
    described(city)
    text = page(sign_in, city.marit, "desk", scene.desk(city).pk).content.decode()
    for shown in ("Opvang en urgentie", "Ontruiming", "Briefadres", city.joost.name, city.ilse.name):
        assert shown in text
    assert text.index(city.ilse.name) < text.index(city.joost.name), "who leads comes first"


def test_who_is_away_is_told_to_the_desk_and_not_to_others(city, sign_in):
    kees = colleague(city, "kees")
    away(city, city.joost, kees)
    pk, says = scene.desk(city).pk, in_dutch("Absent")
    assert says in page(sign_in, city.ilse, "desk", pk).content.decode()
    assert says not in page(sign_in, city.marit, "desk", pk).content.decode()
    assert says not in page(sign_in, city.anouk, "desk", pk).content.decode()


def test_the_lead_says_what_it_is_for_and_nobody_else(city, sign_in):
    desk = scene.desk(city)
    form = {
        "description": "Bed en dak",
        "domains": ["housing"],
        "specialisms": "Opvang\n\n Urgentie \nOpvang",
        "week_capacity": "20",
    }
    assert sign_in(city.ilse).post(reverse("backoffice:desk-change", args=[desk.pk]), form).status_code == 302
    desk.refresh_from_db()
    assert (desk.description, desk.specialisms, desk.week_capacity, desk.person_capacity) == (
        "Bed en dak", ["Opvang", "Urgentie"], 20, None,
    )  # fmt: skip
    with acting(city.ilse.acting):
        assert HistoryEntry.objects.filter(verb="desk.described", thing_id=desk.pk).count() == 1
    for other in (city.joost, city.wim, city.marit, city.petra):
        with pytest.raises(NotAllowed):
            actions.describe_desk(actor=other, desk=desk, **SAID)


@pytest.mark.parametrize(
    ("details", "field"),
    [({"description": " "}, "description"), ({"domains": ["roof"]}, "domains"), ({"specialisms": ["x" * 61]}, "specialisms")],
)
def test_what_cannot_be_said_is_refused_beside_its_field(city, details, field):
    with pytest.raises(Refused) as refusal:
        described(city, **details)
    assert refusal.value.field == field


def test_a_life_domain_puts_the_desk_first_for_a_case_with_that_concern(city, sign_in):
    case = scene.a_case(city)
    lead = colleague(city, "leider", "jeugd", "desk_lead")
    actions.describe_desk(
        actor=lead, desk=scene.desk(city, "jeugd"), description="Jeugd", domains=["physical_health"], specialisms=[]
    )
    text = page(sign_in, city.marit, "request-new", case.pk).content.decode()
    assert text.index("Desk Jeugd") > 0
    assert 'class="choice__label">Desk Jeugd en gezin' in text


# Busy ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("week", "person", "waiting", "people", "says"),
    [
        (None, None, 999, 2, ""),
        (10, None, 10, 2, ""),
        (10, None, 11, 2, "Busy: expect about 2 weeks."),
        (10, None, 121, 2, "Busy: expect more than 12 weeks."),
        (None, 3, 6, 2, ""),
        (None, 3, 7, 2, "Busy: expect an answer at the end of the term, or later."),
        (100, 3, 7, 2, "Busy: expect about 1 week."),
        (None, None, 0, 0, "Nobody of this desk is there today."),
    ],
)
def test_busy_in_words(city, week, person, waiting, people, says):
    from django.utils import translation

    desk = described(city, week_capacity=week, person_capacity=person)
    with translation.override("en"):
        assert capacity.busy_in_words(desk, Load(waiting, people)) == says


def test_a_sender_reads_that_a_desk_is_busy_and_can_send_all_the_same(city, sign_in):
    described(city, person_capacity=1)
    case = scene.a_case(city)
    for _each in range(3):
        scene.sent(city, case)
    busy = in_dutch("Busy: expect an answer at the end of the term, or later.")
    assert busy in page(sign_in, city.marit, "request-new", case.pk).content.decode()
    with acting(city.noor.acting):
        assert list(capacity.busy([scene.desk(city), scene.desk(city, "jeugd")]).values()) == [busy]
    scene.sent(city, case)


def test_who_is_away_takes_nothing(city):
    desk = described(city, person_capacity=1)
    scene.sent(city)
    scene.sent(city)
    with acting(city.marit.acting):
        assert capacity.loads_of([desk])[desk.unit_id] == Load(2, 2)
    away(city, city.joost)
    with acting(city.marit.acting):
        assert capacity.loads_of([desk])[desk.unit_id].people == 1
        assert capacity.busy([desk])


# Questions -------------------------------------------------------------------------------------------------------


def test_the_lead_adds_changes_orders_and_takes_away_a_question(city, sign_in):
    desk = scene.desk(city)
    questions, ilse = reverse("backoffice:desk-questions", args=[desk.pk]), sign_in(city.ilse)
    for form in (
        {"text": "Waar slaapt iemand?", "kind": "words"},
        {"text": "Met wie?", "kind": "choice", "choices": "Alleen\nMet kinderen", "required": "on"},
    ):
        assert ilse.post(questions, form).status_code == 302
    refused = ilse.post(questions, {"text": "Kies", "kind": "choice", "choices": "Een"})
    assert refused.status_code == 200
    assert "Kies" in refused.content.decode()
    first, second = desk.questions.asked_now()
    ilse.post(reverse("backoffice:desk-question-up", args=[desk.pk, second.pk]))
    assert [one.text for one in desk.questions.asked_now()] == ["Met wie?", "Waar slaapt iemand?"]
    address = reverse("backoffice:desk-question", args=[desk.pk, first.pk])
    assert "Waar slaapt iemand?" in ilse.get(address).content.decode()
    assert ilse.post(address, {"text": "Waar slaapt iemand nu?", "kind": "words"}).status_code == 302
    assert ilse.get(address).status_code == 404, "another version is asked now"
    ilse.post(reverse("backoffice:desk-question-away", args=[desk.pk, second.pk]))
    assert [one.text for one in desk.questions.asked_now()] == ["Waar slaapt iemand nu?"]
    assert desk.questions.count() == 3
    desk.refresh_from_db()
    assert desk.questions_version == 4


def test_a_desk_is_offered_only_what_it_may_know_to_ask_about(city, sign_in):
    text = page(sign_in, city.ilse, "desk-questions", scene.desk(city).pk).content.decode()
    assert 'value="housing"' in text
    assert 'value="health"' not in text


# Absence ---------------------------------------------------------------------------------------------------------


def test_one_notes_that_one_is_away_and_is_back(city, sign_in):
    kees, unit = colleague(city, "kees"), city.unit("wonen")
    address, joost = reverse("backoffice:absences", args=[unit.pk]), sign_in(city.joost)
    assert city.ilse.name in joost.get(address).content.decode(), "who may stand in"
    form = {"user": city.joost.pk, "since": day().isoformat(), "until": day(5).isoformat(), "stand_in": kees.pk}
    assert joost.post(address, form).status_code == 302
    assert kees.name in joost.get(address).content.decode()
    with acting(city.joost.acting):
        absence = Absence.objects.get()
    again = joost.post(address, form | {"since": day(2).isoformat()})
    assert again.status_code == 200
    assert 'id="id_since_error"' in again.content.decode()
    change = reverse("backoffice:absence", args=[unit.pk, absence.pk])
    assert joost.post(change, {"until": day(9).isoformat(), "stand_in": city.ilse.pk}).status_code == 302
    joost.post(reverse("backoffice:absence-back", args=[unit.pk, absence.pk]))
    assert in_dutch("Everyone is there.") in joost.get(address).content.decode()


def test_one_notes_only_oneself_and_who_leads_anyone(city, sign_in):
    address = reverse("backoffice:absences", args=[city.unit("wonen").pk])
    form = {"user": city.ilse.pk, "since": day().isoformat()}
    assert sign_in(city.joost).post(address, form).status_code == 200
    assert sign_in(city.ilse).post(address, form | {"user": city.joost.pk}).status_code == 302
    with acting(city.ilse.acting):
        assert [one.user_id for one in Absence.objects.all()] == [city.joost.pk]


def test_in_one_press_everything_goes_to_who_stands_in_who_is_told(city, sign_in):
    kees, request = colleague(city, "kees"), scene.taken_up(city)
    absence = away(city, city.joost, kees)
    text = page(sign_in, city.ilse, "absences", absence.unit_id).content.decode()
    press = reverse("backoffice:absence-pass-on", args=[absence.unit_id, absence.pk])
    assert press in text
    sign_in(city.ilse).post(press)
    assert scene.now_of(request, city.ilse).assigned_to_id == kees.pk
    assert press not in page(sign_in, city.ilse, "absences", absence.unit_id).content.decode(), "nothing is left to pass on"
    mail.outbox.clear()
    with scene.as_jobs():
        deliver_outbox()
    told = [
        one
        for one in mail.outbox
        if one.to == [kees.email] and in_dutch("A request of a colleague who is away came to you.") in one.body
    ]
    assert len(told) == 1


def test_vandaag_tells_who_stands_in_and_who_leads(city):
    kees, roos = colleague(city, "kees"), colleague(city, "roos")
    scene.taken_up(city)
    away(city, city.joost, kees)
    assert len(today_of(kees)) == 1, "for whom one stands in"
    assert len(today_of(city.ilse)) == 1, "work lies still"
    assert today_of(roos) == []
    assert today_of(city.joost) == []
    away(city, kees, roos)
    assert [len(today_of(one)) for one in (kees, roos)] == [0, 1], "and of Kees himself nothing waits"


def test_vandaag_of_a_coordinator_tells_that_an_answer_waits_for_who_is_away(city):
    scene.answered(city)
    away(city, city.marit, city.bram, unit="schilderswijk")
    assert len(today_of(city.hakan)) == 1
    assert len(today_of(city.bram)) == 1
    assert today_of(city.noor) == []


def test_the_account_page_leads_to_noting_absence(city, sign_in):
    text = sign_in(city.joost).get(reverse("account")).content.decode()
    assert reverse("backoffice:absences", args=[city.unit("wonen").pk]) in text
    assert "/afwezig/" not in sign_in(city.olga).get(reverse("account")).content.decode()
