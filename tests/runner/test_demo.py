"""The demo's own sentences and rules; that it runs as a whole is what `make demo` shows."""

import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from runner import demo, session
from runner.process import Family


def test_a_busy_port_is_named_with_a_way_out() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SystemExit, match=f"Port {port} is in use.*PORT="):
            demo.check_port(port)
    demo.check_port(port)


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "8000; true"])
def test_a_port_that_is_none_is_refused(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(SystemExit, match="PORT must be"):
        demo.wanted_port()


def test_without_a_port_it_is_8000(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "")
    assert demo.wanted_port() == 8000


@pytest.mark.parametrize(("status", "well"), [(200, True), (503, False)])
def test_the_site_is_open_when_it_says_that_it_is_well(status: int, well: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with HTTPServer(("127.0.0.1", 0), Site) as site:
        threading.Thread(target=site.handle_request).start()
        assert demo.answers(site.server_port) is well
    assert demo.answers(site.server_port) is False


def test_a_second_demo_says_that_one_runs(tmp_path: Path) -> None:
    first = Family(tmp_path / "run" / "demo")
    assert first.take()
    with pytest.raises(SystemExit, match="runs already"):
        demo.run(tmp_path, 8000, Family(tmp_path / "run" / "demo"))
    first.leave()


def test_a_part_that_ends_by_itself_is_named_with_the_end_of_its_log(tmp_path: Path) -> None:
    family = Family(tmp_path / "run")
    assert family.take()
    show = demo.Demo(family, tmp_path, 8000, None)
    family.start("worker", [sys.executable, "-c", "raise SystemExit('no queue')"], environment={}, log=show.log("worker")).wait()
    with pytest.raises(SystemExit, match="(?s)The worker ended by itself.*no queue"):
        show.check_alive()
    family.leave()


def test_an_embedded_server_is_not_bent_by_the_callers_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPORT", "6000")
    embedded = session.environment(kind="demo", var=tmp_path, address="postgresql://luisterloket@/x?host=%2Fs")
    assert "PGPORT" not in embedded
    assert embedded["DATABASE_URL"].endswith("host=%2Fs")
    monkeypatch.setenv("DATABASE_URL", "postgresql://own/x")
    own = session.environment(kind="demo", var=tmp_path, address=None)
    assert (own["PGPORT"], own["DATABASE_URL"]) == ("6000", "postgresql://own/x")


def test_a_given_server_is_used_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://own/x")
    with session.database(tmp_path, "postgres-test") as address:
        assert address is None
    assert not list(tmp_path.iterdir())
