"""A served demo city on a database of its own, and a browser for each person in it."""

import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page

from luisterloket.wsgi import application
from tests import browser as real
from tests.city import TestCity

# Playwright runs an event loop in this thread; the database is used beside it, not inside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Requests of a test are not worth a line."""


class Server(ThreadedWSGIServer):
    daemon_threads = False

    def process_request_thread(self, *args: Any) -> None:
        """Each request has its own thread, and so its own connection: close it behind it."""
        super().process_request_thread(*args)
        connections.close_all()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if real.CHROMIUM is None:
        if real.REQUIRED:
            pytest.fail("No Chromium was found, and REQUIRE_BROWSER says that the browser tests must run.")
        pytest.skip("No Chromium was found: this browser test did not run.")
    with real.chromium() as browser:
        yield browser


@pytest.fixture
def site(own_database: str, django_db_blocker: Any) -> Iterator[str]:
    """The address of the served city."""
    with django_db_blocker.unblock():
        server = Server(("127.0.0.1", 0), QuietHandler)
        server.set_app(application)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            connections.close_all()


class Person:
    """Someone at their own browser. `page` is Playwright's; `reach` goes somewhere and lets axe look at it."""

    def __init__(self, context: BrowserContext, site: str):
        self.context, self.site = context, site
        self.page: Page = context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)

    def sign_in(self, name: str) -> None:
        self.page.goto(f"{self.site}/inloggen/")
        self.page.get_by_role("button", name=name).click()

    def reach(self, path: str) -> None:
        self.page.goto(self.site + path)
        self.looks_right()

    def looks_right(self) -> None:
        """axe finds nothing, the page does not scroll sideways, and the browser reports no error."""
        assert real.axe_findings(self.page) == [], self.page.url
        width = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert width <= 0, f"{self.page.url} scrolls {width} px sideways"
        assert self.errors == [], self.page.url


@pytest.fixture
def person(chromium: Browser, site: str) -> Iterator[Callable[..., Person]]:
    """`person("Marit Zwanenveld")` signs someone in, in a session of their own."""
    contexts = []

    def arrive(name: str, *, phone: bool = False) -> Person:
        size = {"width": 360, "height": 740} if phone else {"width": 1280, "height": 900}
        context = chromium.new_context(viewport=size, locale="nl-NL")  # type: ignore[arg-type]
        contexts.append(context)
        someone = Person(context, site)
        someone.sign_in(name)
        return someone

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture
def city(site: str) -> TestCity:
    return TestCity()
