"""Real pictures of the main pages of the demo city, for docs/screens: `make screens`."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg2
from playwright.sync_api import Page

from tests import browser

ROOT = Path(__file__).resolve().parent.parent
SCREENS = ROOT / "docs" / "screens"
DATABASE = "luisterloket_screens"
SIZES = {"desktop": (1280, 900), "phone": (360, 740)}


def _go(path: str) -> Callable[[Page], None]:
    return lambda page: page.goto(path) and None


def _click(selector: str) -> Callable[[Page], None]:
    def click(page: Page) -> None:
        page.locator(selector).first.click()
        page.wait_for_load_state()

    return click


def _find(text: str) -> Callable[[Page], None]:
    def find(page: Page) -> None:
        page.locator("main [name=q]").fill(text)
        page.locator("main [name=q]").press("Enter")
        page.wait_for_load_state()

    return find


def _in_case(of: str, part: str) -> list[Callable[[Page], None]]:
    """To a part of the case of someone, by its link on the page of the case."""
    return [_go("/casework/inwoners/"), _click(f"main a:has-text('{of}')"), _click(f"main a[href$='/{part}/']")]


# Name: who looks, and how they get there from where they start.
PAGES: dict[str, tuple[str, list[Callable[[Page], None]]]] = {
    "login": ("", []),
    "today": ("marit", [_go("/vandaag/")]),
    "intake": ("marit", [_go("/vandaag/"), _click("main a[href*='/intakes/']")]),
    "case": ("marit", [_go("/vandaag/"), _click("main a[href*='/verzoeken/']"), _click("main a[href*='/casussen/']")]),
    "short-contacts": ("marit", [_go("/casework/kort/")]),
    "money": ("marit", [_go("/casework/inwoners/"), _click("main a:has-text('Gülşen')"), _click("main a[href$='/geld/']")]),
    "request-new": (
        "marit",
        [_go("/casework/inwoners/"), _click("main a[href*='/casussen/']"), _click("main a[href*='/verzoek/']")],
    ),
    "search": ("marit", [_go("/casework/inwoners/"), _find("rasjida")]),
    "people": ("hakan", [_go("/casework/inwoners/"), _click("main a:has-text('Samira')"), _click("main a[href$='/mensen/']")]),
    "summary": (
        "marit",
        [_go("/casework/inwoners/"), _click("main a[href*='/casussen/']"), _click("main a[href$='/samenvatting/']")],
    ),
    "meldcode": ("marit", [_go("/casework/inwoners/"), _click("main a:has-text('Rachida')"), _click("main a[href$='/meldcode/']")]),
    "kept-at-home": (
        "hakan",
        [_go("/casework/inwoners/"), _click("main a:has-text('Samira')"), _click("main a[href$='/achterhouden/']")],
    ),
    "plan": ("marit", _in_case("Gülşen", "plan")),
    "plan-paper": ("marit", [*_in_case("Gülşen", "plan"), _click("main a[href*='/plan/papier/']")]),
    "next-contact": ("marit", _in_case("Gülşen", "opvolging")),
    "ending": ("marit", _in_case("Gülşen", "afronden")),
    "early-signs": ("marit", [_go("/casework/vroegsignalen/")]),
    "conference": ("mirjam", [_go("/casework/overleggen/"), _click("main a[href*='/overleggen/']")]),
    "exceptions": ("marit", _in_case("Beata", "uitzonderingen")),
    "handover": ("noor", _in_case("Idris", "overdracht")),
    "contract": ("petra", [_go("/casework/contracten/"), _click("main li a")]),
    "documents": ("marit", _in_case("Gülşen", "documenten")),
    "letter": ("marit", [*_in_case("Gülşen", "brieven"), _click("main li a")]),
    "timeline": ("marit", _in_case("Gülşen", "tijdlijn")),
    "identity-numbers": ("petra", [_go("/convenant/burgerservicenummer/")]),
    "together": ("marit", [_go("/vandaag/"), _click("main a[href*='/intakes/']"), _click("a[href$='/samen/']")]),
    "way-of-working": ("hakan", [_go("/casework/inwoners/"), _click("main a[href*='/werkwijze/']")]),
    "queue": ("joost", [_go("/")]),
    "desk-terms": ("ilse", [_go("/"), _click("main a[href$='/termijnen/']")]),
    "request-desk": ("joost", [_go("/"), _click(".queue__link")]),
    "desk": ("ilse", [_go("/"), _click("main a[href$='/over/']")]),
    "absence": ("ilse", [_go("/"), _click("main a[href*='/afwezig/']")]),
    "request": ("marit", [_go("/vandaag/"), _click("main a[href*='/verzoeken/']")]),
    "messages": ("marit", [_go("/berichten/")]),
    "hand-in": ("sanne", [_go("/backoffice/overdrachten/"), _click("main .line-link, main li a")]),
    "received": ("marit", [_go("/backoffice/overgedragen/"), _click("main a[href*='/overgedragen/']")]),
    "standing-still": ("eline", [_go("/backoffice/stilstand/")]),
    "put-before": ("eline", [_go("/backoffice/voorgelegd/"), _click("main a[href*='/voorgelegd/']")]),
    "connection": ("ilse", [_go("/beheer/koppelingen/"), _click("main li a")]),
    "budget": ("eline", [_go("/wijkbegroting/")]),
    "grant": ("eline", [_go("/"), _click(".decide h2 a")]),
    "convenant": ("petra", [_go("/convenant/")]),
    "access-log": ("daan", [_go("/convenant/inzage/")]),
}
LOOKS = [("desktop", "light", "nl"), ("phone", "light", "nl")]
MORE_LOOKS = {
    "today": [("desktop", "dark", "nl"), ("desktop", "light", "en")],
    "case": [("desktop", "dark", "nl"), ("phone", "dark", "nl"), ("desktop", "light", "en")],
    "plan": [("desktop", "dark", "nl"), ("phone", "dark", "nl"), ("desktop", "light", "en")],
}


def main() -> None:
    parts = urlsplit(os.environ["DATABASE_URL"])
    address = urlunsplit(parts._replace(path=f"/{DATABASE}"))
    _make_city(urlunsplit(parts._replace(path="/postgres")), address)
    port = _free_port()
    served = {**os.environ, "LUISTERLOKET_ENV": "demo", "DATABASE_URL": address}
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "luisterloket.wsgi",
        "--threads",
        "4",
        "--bind",
        f"127.0.0.1:{port}",
        "--log-level",
        "error",
    ]
    server = subprocess.Popen(command, cwd=ROOT, env=served)
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz")
        _draw(f"http://127.0.0.1:{port}")
    finally:
        server.terminate()
        server.wait()


def _make_city(server: str, address: str) -> None:
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{DATABASE}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{DATABASE}"')
    connection.close()
    owner = {**os.environ, "LUISTERLOKET_ENV": "demo", "DATABASE_URL": address}
    for step in (["migrate", "-v0"], ["demo_data"]):
        subprocess.run([sys.executable, "manage.py", *step], cwd=ROOT, env=owner, check=True)


def _draw(site: str) -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    with browser.chromium() as chromium:
        for name, (who, steps) in PAGES.items():
            for size, scheme, language in LOOKS + MORE_LOOKS.get(name, []):
                width, height = SIZES[size]
                context = chromium.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme=scheme,  # type: ignore[arg-type]
                    base_url=site,
                )
                context.add_cookies([{"name": "language", "value": language, "url": site}])
                page = context.new_page()
                page.goto("/inloggen/")
                if who:
                    page.locator(f"button[value='{who}@oefenstad.example']").click()
                    page.wait_for_load_state()
                for step in steps:
                    step(page)
                page.screenshot(path=str(SCREENS / f"{name}-{size}-{scheme}-{language}.png"))
                context.close()
                sys.stdout.write(f"{name}-{size}-{scheme}-{language}\n")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            urlopen(address, timeout=2)  # noqa: S310
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The demo city did not come up.")


if __name__ == "__main__":
    main()
