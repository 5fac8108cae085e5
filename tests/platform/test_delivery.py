"""Nothing that was to be told is lost or told twice, whatever fails, and to each person in the order in which it happened."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse

from luisterloket.platform import notifications, outbox
from luisterloket.platform.models import MailQueue, Notification, OutboxEvent
from luisterloket.platform.tasks import deliver_outbox
from luisterloket.platform.writing import writing
from tests.backoffice.scene import as_jobs

pytestmark = pytest.mark.django_db
# A Tuesday that has been: the database looks at its own clock.
START = datetime(2026, 11, 24, 9, tzinfo=UTC)


class Server(BaseEmailBackend):
    """A mail server that can be down, refuse an address, or die after it took a mail."""

    is_down = False
    refuses: set[str] = set()
    dies_after: int | None = None
    tries = 0

    def open(self):
        Server.tries += 1
        if Server.is_down:
            raise ConnectionRefusedError
        return True

    def send_messages(self, messages):
        for message in messages:
            if set(message.to) & Server.refuses:
                raise SMTPRecipientsRefused({message.to[0]: (550, b"unknown")})
            mail.outbox.append(message)
            if Server.dies_after == len(mail.outbox):
                Server.dies_after = None
                raise KeyboardInterrupt
        return len(messages)


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    Server.is_down, Server.refuses, Server.dies_after, Server.tries = False, set(), None, 0
    return Server


@pytest.fixture
def clock(monkeypatch):
    """Stands still until it is moved."""
    now = [START]
    monkeypatch.setattr("django.utils.timezone.now", lambda: now[0])

    def wait(**time):
        now[0] += timedelta(**time)

    return wait


@pytest.fixture
def heard(monkeypatch, city):
    """What was told of test events, in order; each goes to Marit and Hakan. An event in `fails` cannot be told."""
    told, fails, two = [], set(), [city.marit.pk, city.hakan.pk]

    def handler(event):
        if event.event in fails:
            raise RuntimeError("not now")
        told.append(event.event)
        notifications.notify(event, two, notifications.kinds["request.answered"], "/")

    for name in ("a", "b", "c"):
        monkeypatch.setitem(outbox._handlers, name, [handler])
    return told, fails


def happens(name, thing):
    with writing("scene"):
        outbox.emit(name, thing)


def deliver():
    with as_jobs():
        return deliver_outbox()


def sent_to(user):
    return [one.extra_headers["Message-ID"] for one in mail.outbox if one.to == [user.email]]


def in_order(user):
    with as_jobs():
        told = Notification.objects.filter(recipient_id=user.pk).order_by("at")
        return [f"<{one.pk}@localhost>" for one in told]


def test_after_a_day_without_a_mail_server_all_is_mailed_once_and_in_order(city, server, clock, heard):
    server.is_down = True
    for _hour in range(24):
        happens("a", city.marit)
        for _run in range(3):
            deliver()
            clock(minutes=20)
    # In the application it was there at once, and nothing was lost or tried without end.
    assert len(in_order(city.marit)) == 24
    assert mail.outbox == []
    assert server.tries < 24 * 4
    server.is_down = False
    deliver()
    clock(minutes=16)
    deliver()
    for user in (city.marit, city.hakan):
        assert sent_to(user) == in_order(user)
        assert len(sent_to(user)) == 24
    with as_jobs():
        assert not MailQueue.objects.filter(attempts__gt=0).exists()


def test_an_address_that_is_refused_holds_up_nobody_else_and_its_own_mails_keep_their_order(city, server, clock, heard):
    server.refuses = {city.marit.email}
    for _many in range(12):
        happens("a", city.marit)
        deliver()
        clock(days=1, minutes=1)
    assert sent_to(city.marit) == []
    assert len(sent_to(city.hakan)) == 12
    server.refuses = set()
    deliver()
    assert sent_to(city.marit) == in_order(city.marit)


def test_a_worker_that_dies_after_the_server_took_a_mail_sends_it_again_with_the_same_message_id(city, server, clock, heard):
    for _many in range(3):
        happens("a", city.marit)
        clock(seconds=1)
    server.dies_after = 2
    with pytest.raises(KeyboardInterrupt):
        deliver()
    deliver()
    for user in (city.marit, city.hakan):
        assert list(dict.fromkeys(sent_to(user))) == in_order(user)
    assert len(mail.outbox) == 7


def test_an_event_that_fails_is_tried_after_longer_and_longer_and_never_given_up(city, server, clock, heard):
    told, fails = heard
    fails.add("a")
    happens("a", city.marit)
    pauses = []
    for _try in range(20):
        deliver()
        with as_jobs():
            event = OutboxEvent.objects.get(event="a")
        pauses.append(event.next_try_at)
        clock(days=1, seconds=1)
    assert event.attempts == 20
    assert pauses[1] - pauses[0] < pauses[12] - pauses[0]
    fails.clear()
    deliver()
    assert told == ["a"]


def test_what_came_later_about_the_same_thing_waits_and_everything_else_goes_on(city, server, clock, heard):
    told, fails = heard
    fails.add("a")
    for name, thing in (("a", city.marit), ("b", city.marit), ("c", city.hakan)):
        happens(name, thing)
        clock(seconds=1)
    deliver()
    assert told == ["c"]
    fails.clear()
    clock(minutes=1)
    deliver()
    deliver()
    assert told == ["c", "a", "b"]


def test_what_waits_too_long_is_told_to_the_administrators_once_a_day_and_they_let_it_be_tried_again(
    city, server, clock, heard, sign_in
):
    server.is_down = True
    happens("a", city.marit)
    deliver()
    clock(hours=5)
    for _run in range(3):
        deliver()
        clock(minutes=1)
    olga = city.olga
    with as_jobs():
        assert [one.kind for one in Notification.objects.filter(recipient_id=olga.pk)] == ["deliveries.late"]
    browser = sign_in(olga)
    page = browser.get(reverse("deliveries")).content.decode()
    assert "ConnectionRefusedError" in page
    assert city.marit.email not in page
    assert "Marit" not in page
    server.is_down = False
    deliver()
    assert mail.outbox == []
    browser.post(reverse("deliveries-retry"))
    deliver()
    assert len(sent_to(city.marit)) == 1


def test_the_application_itself_tells_nobody_and_rewrites_nothing(city, server, clock, heard):
    from django.db import ProgrammingError, transaction

    from luisterloket.platform.acting import acting

    happens("a", city.marit)
    deliver()
    for write in (
        lambda: Notification.objects.update(path="/elders/"),
        lambda: Notification.objects.all().delete(),
        lambda: MailQueue.objects.exists(),
    ):
        with acting(city.marit.acting), writing("scene"), pytest.raises(ProgrammingError), transaction.atomic():
            write()
