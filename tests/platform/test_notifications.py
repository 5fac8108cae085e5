"""What someone is told: in the application at once and once, by mail as they chose, and of whom or what it is in neither."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from backoffice import actions
from casework import actions as casework
from luisterloket.convenant import actions as convenant
from luisterloket.people import actions as people
from luisterloket.people.models import Appointment, NotificationSettings
from luisterloket.people.quiet import QuietHours
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.models import Notification, OutboxEvent
from luisterloket.platform.notifications import MOST_COUNTED
from luisterloket.platform.tasks import clear_old_traces, deliver_outbox
from luisterloket.wijken.calendar import AMSTERDAM
from tests import writes
from tests.backoffice import scene
from tests.casework.heard import an_intake

pytestmark = pytest.mark.django_db
# A Thursday; the Friday and the weekend after it come right behind.
NOON = datetime(2026, 11, 26, 11, tzinfo=UTC)
SECRETS = ["Rachida", "Amrani", "Slaapplek", "Wonen", "Desk", "Joost", "Er is plek"]


@pytest.fixture
def at(monkeypatch):
    """Let it be another moment from here on."""

    def move(moment):
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        return moment

    return move


def chosen(user, **details):
    mine = NotificationSettings.by_default()
    names = ("is_quiet", "quiet_from", "quiet_until", "days_off", "urgent_passes", "language", "choices")
    return people.choose_notifications(actor=user, **{name: getattr(mine, name) for name in names} | details)


def answered(city):
    """Joost answers a request of Marit, and nothing else is left to tell."""
    request = scene.taken_up(city)
    deliver()
    mail.outbox.clear()
    return actions.answer_request(actor=city.joost, request=request, result="granted", answer="Er is plek.")


def deliver():
    with scene.as_jobs():
        deliver_outbox()
    return mail.outbox


def of(user):
    with acting(user.acting):
        return list(Notification.objects.order_by("at"))


def test_what_happened_stands_in_the_application_at_once_and_once(city, sign_in):
    request = answered(city)
    deliver()
    with writes.allowed(), scene.as_jobs():
        OutboxEvent.objects.update(delivered_at=None)
    deliver()
    page = sign_in(city.marit).get(reverse("notifications")).content.decode()
    assert page.count("Er is antwoord op een verzoek van jou.") == 1
    assert " data-new>" in page
    assert not [word for word in SECRETS if word in page.partition("<main")[2].partition("</main>")[0]]
    assert str(request.pk) not in page


def test_opening_it_leads_to_what_it_is_about_and_is_reading_it(city, sign_in):
    request = answered(city)
    deliver()
    [one] = of(city.marit)
    browser = sign_in(city.marit)
    assert browser.get(reverse("notification", args=[one.pk])).headers["Location"] == reverse(
        "backoffice:request", args=[request.pk]
    )
    assert of(city.marit)[0].read_at
    assert " data-new>" not in browser.get(reverse("account")).content.decode()


def test_nobody_else_finds_it_and_the_database_shows_it_to_nobody_else(city, sign_in):
    answered(city)
    deliver()
    [one] = of(city.marit)
    assert of(city.hakan) == []
    theirs = sign_in(city.hakan).get(reverse("notification", args=[one.pk]))
    unknown = sign_in(city.hakan).get(reverse("notification", args=[one.event_id]))
    assert theirs.status_code == unknown.status_code == 404


def test_what_the_reader_may_not_see_any_more_opens_the_page_that_is_not_there(city, sign_in):
    scene.taken_up(city)
    deliver()
    [one] = of(city.ilse)
    with writes.allowed():
        Appointment.objects.filter(user=city.ilse).update(until=timezone.localdate() - timedelta(days=1))
    browser = sign_in(city.ilse)
    hidden = browser.get(reverse("notification", args=[one.pk]), follow=True)
    unknown = browser.get(reverse("backoffice:request", args=[one.pk]))
    assert hidden.status_code == unknown.status_code == 404


def test_all_is_read_up_to_what_the_page_showed(city, sign_in):
    answered(city)
    deliver()
    [shown] = of(city.marit)
    marit, later = city.marit, shown.at + timedelta(seconds=1)
    with writes.allowed(), scene.as_jobs():
        Notification(event_id=shown.pk, recipient_id=marit.pk, kind="case.joined", path="/", at=later).save(force_insert=True)
    sign_in(marit).post(reverse("notifications-read", args=[shown.pk]))
    assert [one.read_at is None for one in of(city.marit)] == [False, True]


def test_an_open_page_asks_how_many_are_new_and_mostly_hears_that_nothing_changed(city, sign_in, django_assert_max_num_queries):
    browser, address = sign_in(city.marit), reverse("notifications-count")
    first = browser.get(address)
    assert first.json()["number"] == 0
    # The session and the account, with the number in it.
    with django_assert_max_num_queries(2):
        assert browser.get(address, headers={"If-None-Match": first.json()["tag"], "X-Background": "1"}).status_code == 304
    answered(city)
    deliver()
    again = browser.get(address, headers={"If-None-Match": first.json()["tag"]})
    assert (again.status_code, again.json()["number"]) == (200, 1)


def test_many_are_counted_as_more_than_ninety_nine(city, sign_in):
    marit = city.marit
    with writes.allowed(), scene.as_jobs():
        Notification.objects.bulk_create(
            Notification(event_id=uuid4(), recipient_id=marit.pk, kind="case.joined", at=timezone.now())
            for _each in range(MOST_COUNTED + 5)
        )
    assert sign_in(marit).get(reverse("notifications-count")).json()["shown"] == "99+"


def test_who_chose_so_reads_it_only_in_the_application(city):
    chosen(city.marit, choices={"requests": "app"})
    answered(city)
    assert deliver() == []
    assert len(of(city.marit)) == 1


def test_a_digest_is_one_mail_on_the_next_morning_with_how_many_of_each_kind(city, at):
    at(NOON)
    chosen(city.marit, choices={"requests": "digest"}, is_quiet=True)
    for _twice in range(2):
        answered(city)
        assert deliver() == []
    at(datetime(2026, 11, 27, 6, 59, tzinfo=UTC))
    assert deliver() == []
    at(datetime(2026, 11, 27, 7, 1, tzinfo=UTC))
    [one] = deliver()
    assert one.to == [city.marit.email]
    assert "2 × Er is antwoord op een verzoek van jou." in one.body
    assert not [word for word in SECRETS if word in one.body + one.subject]
    assert len(deliver()) == 1


def test_what_was_read_meanwhile_is_not_mailed_any_more(city, at, sign_in):
    at(NOON)
    chosen(city.marit, choices={"requests": "digest"})
    answered(city)
    deliver()
    with acting(city.marit.acting):
        one = Notification.objects.get()
    sign_in(city.marit).get(reverse("notification", args=[one.pk]))
    at(NOON + timedelta(days=1))
    assert deliver() == []


def test_in_quiet_hours_mail_waits_until_they_are_over(city, at, settings):
    settings.QUIET_HOURS = "18:00-08:00"
    at(datetime(2026, 11, 27, 18, tzinfo=UTC))
    answered(city)
    assert deliver() == []
    assert len(of(city.marit)) == 1
    # Over the weekend, until Monday.
    at(datetime(2026, 11, 29, 12, tzinfo=UTC))
    assert deliver() == []
    at(datetime(2026, 11, 30, 7, 1, tzinfo=UTC))
    assert [one.to for one in deliver() if one.to == [city.marit.email]] == [[city.marit.email]]


@pytest.mark.parametrize(("passes", "mails"), [(True, 1), (False, 0)])
def test_what_is_urgent_passes_quiet_hours_when_the_person_allows_it(city, at, passes, mails):
    at(datetime(2026, 11, 26, 20, tzinfo=UTC))
    chosen(city.hakan, is_quiet=True, urgent_passes=passes)
    intake = an_intake(city.marit, city.unit("schilderswijk"))
    casework.mark_concern(actor=city.marit, intake=intake, domain="housing", severity=1, text="Vannacht geen plek")
    assert len(deliver()) == mails


def test_what_duty_asks_is_mailed_at_night_and_cannot_be_switched_off(city, at, settings, sign_in):
    settings.QUIET_HOURS = "18:00-08:00"
    at(datetime(2026, 11, 25, 22, tzinfo=UTC))
    page = sign_in(city.daan).get(reverse("notification-settings")).content.decode()
    assert "how_breaches" not in page
    with pytest.raises(Refused):
        chosen(city.daan, choices={"breaches": "app"})
    convenant.report_breach(actor=city.marit, what="Verkeerd adres", discovered_at=timezone.now(), data=["names"], people="one")
    assert [city.daan.email] in [one.to for one in deliver()]


def test_a_mail_is_in_the_language_of_who_gets_it(city):
    chosen(city.marit, language="en")
    answered(city)
    [one] = deliver()
    assert "There is an answer to a request of yours." in one.body


def test_the_page_keeps_what_was_chosen_and_shows_only_what_can_concern_someone(city, sign_in):
    browser, address = sign_in(city.marit), reverse("notification-settings")
    page = browser.get(address).content.decode()
    assert "how_requests" in page
    assert "how_upkeep" not in page
    groups = set(re.findall(r"name=\"(how_\w+)\"", page))
    sent = dict.fromkeys(groups, "mail") | {"how_requests": "digest", "how_conferences": "app"}
    hours = {"is_quiet": "on", "quiet_from": "19:00", "quiet_until": "19:00", "language": "nl"}
    refused = browser.post(address, {**sent, **hours})
    assert refused.context["form"].non_field_errors()
    assert "19:00" in refused.content.decode()
    assert browser.post(address, {**sent, **hours, "quiet_until": "07:30"}).status_code == 302
    with acting(city.marit.acting):
        kept = NotificationSettings.objects.get()
    assert kept.choices["requests"] == "digest"
    assert str(kept.quiet_until) == "07:30:00"
    with acting(city.hakan.acting):
        assert not NotificationSettings.objects.exists()


def test_who_is_blocked_is_not_mailed_what_waited(city, at, settings):
    settings.QUIET_HOURS = "18:00-08:00"
    at(datetime(2026, 11, 26, 20, tzinfo=UTC))
    answered(city)
    deliver()
    people.block_account(actor=city.olga, user=city.marit, reason="left")
    at(datetime(2026, 11, 27, 9, tzinfo=UTC))
    assert [city.marit.email] not in [one.to for one in deliver()]


def test_what_was_read_goes_by_itself_and_what_was_not_stays_longer(city, settings):
    answered(city)
    deliver()
    old = timezone.now() - timedelta(days=settings.NOTIFICATION_DAYS + 1)
    with writes.allowed(), acting(city.marit.acting):
        Notification.objects.update(read_at=old)
    assert len(of(city.ilse)) == 1
    with scene.as_jobs():
        clear_old_traces()
    assert of(city.marit) == []
    assert len(of(city.ilse)) == 1


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-26 12:00", "2026-11-26 12:00"),
        ("2026-11-26 18:00", "2026-11-27 08:00"),
        ("2026-11-26 03:00", "2026-11-26 08:00"),
        ("2026-11-27 19:00", "2026-11-30 08:00"),
        ("2026-12-25 12:00", "2026-12-28 08:00"),
        # The night in which the clock goes forward.
        ("2026-03-29 02:30", "2026-03-30 08:00"),
    ],
)
def test_quiet_hours_end_in_the_morning_of_a_working_day(now, then):
    night = QuietHours(datetime.min.replace(hour=18).time(), datetime.min.replace(hour=8).time(), days_off=True)
    assert night.after(moment(now)) == moment(then)
