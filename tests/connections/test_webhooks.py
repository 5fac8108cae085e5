"""What happens at a desk is told to its systems: signed, with a reference only, until it arrives or is given up."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from luisterloket.connections import actions, delivering, http
from luisterloket.connections.addresses import NotAllowedAddress, where_to
from luisterloket.connections.messages import secret_of, signature
from luisterloket.connections.models import Connection, Delivery, Webhook
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import OutboxEvent
from luisterloket.platform.tasks import deliver_outbox
from tests import writes
from tests.api.scene import HANDLES, a_connection
from tests.backoffice import scene
from tests.backoffice.scene import as_jobs

pytestmark = pytest.mark.django_db
SENT, TOLD = "nl.luisterloket.verzoek.verzonden", "nl.luisterloket.verzoek.verteld"


class Listener:
    """A system that listens on this machine, and answers with the status it is told to."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.status = 204
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                listener.got.append((dict(self.headers), body))
                self.send_response(listener.status)
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.end_headers()

            def log_message(self, *_args: Any) -> None:
                """Nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/in?van=loket"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def listener(settings: Any) -> Any:
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    found = Listener()
    yield found
    found.close()


@pytest.fixture
def webhook(city: Any, listener: Listener) -> Webhook:
    connection = a_connection(city)
    return actions.add_webhook(actor=city.ilse, connection=connection, address=listener.address, for_what=[SENT, TOLD])


def run() -> int:
    """The jobs, one after the other."""
    with as_jobs():
        deliver_outbox()
        return delivering.deliver(100)


def due_now() -> None:
    with writes.allowed():
        Delivery.objects.filter(delivered_at=None, given_up_at=None).update(next_at=timezone.now() - timedelta(seconds=1))


def test_what_happens_at_the_desk_is_told_with_a_reference_and_a_signature(city, listener, webhook):
    request = scene.sent(city)
    scene.sent(city, to="inkomen")
    assert run() == 1
    ((headers, body),) = listener.got
    event = json.loads(body)
    assert event["specversion"] == "1.0"
    assert (event["type"], event["subject"]) == (SENT, str(request.pk))
    assert event["source"].startswith("urn:nld:oin:")
    assert event["time"].endswith("Z")
    assert event["dataref"].endswith(f"/api/v1/verzoeken/{request.pk}")
    assert set(event) == {"specversion", "id", "source", "type", "subject", "time", "dataref"}
    assert headers["Content-Type"].startswith("application/cloudevents+json")
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    assert headers["webhook-signature"] == f"v1,{signature(secret_of(webhook), signed)}"
    assert headers["webhook-id"] == event["id"]


def test_what_it_did_not_ask_for_is_not_told(city, listener, webhook):
    scene.closed(city)
    run()
    assert [json.loads(body)["type"] for _headers, body in listener.got] == [SENT, TOLD]


def test_a_system_hears_only_of_what_it_may_read(city, listener):
    doer = a_connection(city, scopes=(HANDLES,), name="Doener")
    with pytest.raises(Refused):
        actions.add_webhook(actor=city.ilse, connection=doer, address=listener.address, for_what=[SENT])
    reader = a_connection(city, name="Lezer")
    actions.add_webhook(actor=city.ilse, connection=reader, address=listener.address, for_what=[SENT])
    with writes.allowed():
        Connection.objects.filter(pk=reader.pk).update(scopes=[HANDLES])
    scene.sent(city)
    run()
    assert listener.got == []


def test_an_event_that_comes_twice_is_told_once(city, listener, webhook):
    scene.sent(city)
    run()
    with writes.allowed():
        OutboxEvent.objects.filter(event="request.routed").update(delivered_at=None)
    run()
    assert len(listener.got) == 1


def test_what_does_not_arrive_is_told_again_later_with_the_same_id(city, listener, webhook):
    listener.status = 503
    scene.sent(city)
    assert run() == 0
    waits = Delivery.objects.get()
    assert (waits.attempts, waits.last_status) == (1, 503)
    assert waits.next_at > timezone.now() + timedelta(seconds=50)
    assert run() == 0
    assert len(listener.got) == 1
    listener.status = 200
    due_now()
    assert run() == 1
    assert len({json.loads(body)["id"] for _headers, body in listener.got}) == 1
    assert Webhook.objects.get().failing_since is None


def test_a_redirect_is_not_followed(city, listener, webhook):
    listener.status = 302
    scene.sent(city)
    assert run() == 0
    assert Delivery.objects.get().last_status == 302


def test_pauses_grow_to_six_hours():
    assert [delivering.pause_after(number) for number in (1, 2, 3)] == [timedelta(minutes=each) for each in (1, 2, 4)]
    assert delivering.pause_after(40) == timedelta(hours=6)


def test_after_days_of_silence_it_is_switched_off_and_the_lead_is_told(city, listener, webhook):
    listener.status = 500
    scene.sent(city)
    run()
    with writes.allowed():
        Webhook.objects.update(failing_since=timezone.now() - timedelta(days=6))
    due_now()
    run()
    assert Webhook.objects.get().switched_off_why == "failed"
    assert Delivery.objects.get().given_up_at is not None
    mail.outbox.clear()
    run()
    assert [one.to for one in mail.outbox] == [[city.ilse.email]]
    assert listener.address not in str(mail.outbox[0].body)


def test_after_a_new_secret_both_sign_for_a_week(city, listener, webhook):
    old = secret_of(webhook)
    renewed = actions.renew_secret(actor=city.ilse, webhook=webhook)
    assert secret_of(renewed) != old
    scene.sent(city)
    run()
    ((headers, body),) = listener.got
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    both = [f"v1,{signature(secret, signed)}" for secret in (secret_of(renewed), old)]
    assert headers["webhook-signature"].split() == both


def test_a_trial_says_no_more_than_that_it_is_one(city, listener, webhook):
    actions.try_webhook(actor=city.ilse, webhook=webhook)
    run()
    ((_headers, body),) = listener.got
    assert json.loads(body)["type"] == "nl.luisterloket.proef"
    assert "dataref" not in json.loads(body)


def test_what_is_switched_off_is_told_nothing(city, listener, webhook):
    scene.sent(city)
    with as_jobs():
        deliver_outbox()
    actions.switch_off(actor=city.olga, webhook=webhook)
    run()
    assert listener.got == []
    with pytest.raises(Refused):
        actions.try_webhook(actor=city.ilse, webhook=webhook)


def test_what_is_old_and_done_is_cleared_and_what_waits_stays(city, listener, webhook):
    scene.sent(city)
    scene.sent(city)
    with as_jobs():
        deliver_outbox()
    with writes.allowed():
        Delivery.objects.update(at=timezone.now() - timedelta(days=400))
        Delivery.objects.filter(pk=Delivery.objects.first().pk).update(delivered_at=timezone.now())
    with as_jobs():
        assert delivering.clear_old() == 1
    assert Delivery.objects.get().delivered_at is None


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/in",
        "https://10.0.0.8/in",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/in",
        "https://[::ffff:10.0.0.1]/in",
        "https://[fd00::1]/in",
        "ftp://zaken.example/in",
        "https://naam:geheim@zaken.example/in",
        "https://zaken.example:0/in",
        "https:///in",
        "zaken.example",
    ],
)
def test_an_address_inside_or_of_another_kind_cannot_be_given(city, address):
    with pytest.raises(Refused):
        actions.add_webhook(actor=city.ilse, connection=a_connection(city), address=address, for_what=[SENT])


def test_in_production_only_https(city, settings):
    settings.WEBHOOK_PLAIN_HTTP = False
    with pytest.raises(Refused):
        actions.add_webhook(actor=city.ilse, connection=a_connection(city), address="http://zaken.example/in", for_what=[SENT])


def test_a_name_that_turns_out_to_be_inside_is_not_reached(monkeypatch):
    inside = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("10.0.0.8", 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_args, **_kwargs: inside)
    with pytest.raises(NotAllowedAddress):
        where_to("zaken.example", 443)
    assert http.send("https://zaken.example/in", b"{}", {}) == http.NOTHING_CAME


def test_only_who_leads_the_desk_gives_an_address(city):
    connection = a_connection(city)
    for actor in (city.olga, city.joost, city.wim):
        with pytest.raises(NotAllowed):
            actions.add_webhook(actor=actor, connection=connection, address="https://zaken.example/in", for_what=[SENT])


def test_no_more_than_a_few_addresses(city):
    connection = a_connection(city)
    add = lambda: actions.add_webhook(  # noqa: E731
        actor=city.ilse, connection=connection, address="https://zaken.example/in", for_what=[SENT]
    )
    for _number in range(5):
        add()
    with pytest.raises(Refused):
        add()
