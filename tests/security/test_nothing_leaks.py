"""Who may not see a category finds nothing of it, on no page and in no paper, mail or log, whatever became of the request to a desk.

Generated: every role, every category, every state of the request, every page of a case and of its request.
"""

import io
import logging
import os
import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from backoffice.models import Desk, RequestItem, SpecialistRequest
from luisterloket.convenant.models import Authorisation, ConvenantVersion
from luisterloket.platform.acting import acting
from luisterloket.platform.tasks import deliver_outbox
from tests import writes
from tests.backoffice import scene
from tests.city import TestCity

from .marked_case import MARK, categories_of_marks, marked_case
from .matrix import MATRIX, PEOPLE

STATES = ("none", "routed", "taken up", "asked back", "answered", "closed", "withdrawn", "expired")
# At the desk, the data are there for as long as it works on the request.
OPEN_AT_DESK = {"routed", "taken up", "asked back", "answered"}
WORKS_ON = {"marit": "wijkwerker", "fatna": "buddy"}
EVERYONE = sorted({*PEOPLE.values(), "bram", "noor", "anouk"})
OF_A_CASE = sorted({row.name for row in MATRIX if row.method == "GET" and row.of == "case" and not row.extra and not row.in_data})
OF_A_REQUEST = sorted({row.name for row in MATRIX if row.method == "GET" and row.of == "request" and not row.extra})
LISTS = ("today", "casework:residents", "backoffice:requests", "casework:conferences", "access-log")
FULL = os.environ.get("PROOF") == "full"
DRAWN, DRAWN_FOR_PROOF = 25, 200


class Scene:
    """The marked case, with a request to the desk for housing that came this far."""

    def __init__(self, city: TestCity, state: str):
        self.city, self.state = city, state
        self.case = marked_case(city)
        self.categories = categories_of_marks(city, self.case)
        self.request = self._sent()
        self.sent = self._marks_sent()
        if state == "expired":
            with writes.allowed():
                yesterday = timezone.localdate() - timedelta(days=1)
                ConvenantVersion.objects.filter(status="in_force").update(ends_on=yesterday)

    def _sent(self) -> SpecialistRequest | None:
        made = {"expired": "taken_up", "routed": "sent"}.get(self.state, self.state.replace(" ", "_"))
        return scene.AT[made](self.city, case=self.case) if self.state != "none" else None

    def _marks_sent(self) -> set[str]:
        if self.request is None:
            return set()
        with acting(self.city.marit.acting):
            return {mark for item in RequestItem.objects.filter(request=self.request) for mark in MARK.findall(item.text)}

    def may_see(self, person: str) -> set[str]:
        """The marks that this person may read, from the matrix of the convenant and their part in the case."""
        if self.state == "expired":
            return set()
        if person in WORKS_ON:
            given = self._cells("listening", WORKS_ON[person]) | self._cells("payment", WORKS_ON[person])
            return {mark for mark, categories in self.categories.items() if categories & given}
        if person in {"joost", "ilse"} and self.state in OPEN_AT_DESK:
            given = self._cells("shelter", "specialist")
            return {mark for mark in self.sent if self.categories[mark] & given}
        return set()

    def _cells(self, purpose: str, role: str) -> set[str]:
        found = Authorisation.objects.filter(purpose=purpose, role=role, version__status="in_force")
        return set(found.values_list("category_id", flat=True))

    def addresses(self) -> list[str]:
        found = [reverse(name, kwargs={"pk": self.case.pk}) for name in OF_A_CASE]
        found += [reverse(name) for name in LISTS]
        found += [reverse("backoffice:queue", args=[desk.pk]) for desk in Desk.objects.all()]
        if self.request is not None:
            found += [reverse(name, kwargs={"pk": self.request.pk}) for name in OF_A_REQUEST]
        return found


@pytest.fixture(params=STATES)
def at(request: Any, city: TestCity) -> Scene:
    return Scene(city, request.param)


def read(response: Any) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if response.headers.get("Content-Type") == "application/pdf":
        body = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).encode()
    return body.decode(errors="replace") + str(dict(response.headers))


def answers(at: Scene, asked: list[tuple[str, str]]) -> Iterator[tuple[str, str, set[str]]]:
    """Per person and address the marks that came back; searching by name too."""
    browsers: dict[str, Client] = {}
    for person, address in asked:
        if person not in browsers:
            browsers[person] = Client()
            with writes.allowed():
                browsers[person].force_login(getattr(at.city, person))
        with transaction.atomic():
            if address == reverse("casework:residents"):
                response = browsers[person].post(address, {"q": "Moeder"}, headers={"HX-Request": "true"})
            else:
                response = browsers[person].get(address)
            marks = set(MARK.findall(read(response)))
            transaction.set_rollback(True)
        yield person, address, marks


def leaks(at: Scene, asked: list[tuple[str, str]]) -> list[str]:
    found = []
    for person, address, marks in answers(at, asked):
        if too_much := marks - at.may_see(person):
            kinds = sorted({category for mark in too_much for category in at.categories.get(mark, {"?"})})
            found.append(f"{person} reads {', '.join(kinds)} at {address} ({', '.join(sorted(too_much))})")
    return found


def everything(at: Scene) -> list[tuple[str, str]]:
    return [(person, address) for person in EVERYONE for address in at.addresses()]


def test_nobody_reads_a_category_that_is_not_theirs(at: Scene, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG, logger="luisterloket")
    asked = random.Random(at.state).sample(everything(at), DRAWN)  # noqa: S311
    # Who may most, at the pages that show most, whatever was drawn.
    asked += [(person, at.addresses()[OF_A_CASE.index("casework:case")]) for person in ("marit", "fatna", "joost", "bram", "noor")]
    assert leaks(at, asked) == []
    assert not MARK.search(caplog.text)


@pytest.mark.proof
def test_nobody_reads_a_category_that_is_not_theirs_anywhere(at: Scene, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    asked = everything(at)
    if not FULL:
        asked = random.Random(f"{at.state} in the proof").sample(asked, DRAWN_FOR_PROOF)  # noqa: S311
    assert leaks(at, asked) == []
    assert not [record for record in caplog.records if record.name != "django.db.backends" and MARK.search(record.getMessage())]
    print(f"{at.state}: {len(asked)} pages asked by {len(EVERYONE)} people, {len(at.categories)} marks")  # noqa: T201


def test_who_works_on_it_does_read_it(city: TestCity) -> None:
    """So the marks are there to leak, one at least in each category that the software knows."""
    at = Scene(city, "taken up")
    pages = [reverse(name, kwargs={"pk": at.case.pk}) for name in OF_A_CASE]
    seen = set().union(*(marks for _person, _address, marks in answers(at, [("marit", page) for page in pages])))
    categories = set().union(*(at.categories[mark] for mark in seen & set(at.categories)))
    spoken = {"identity", "contact", "household", "story", "strengths", "finances", "housing", "health", "justice", "safety"}
    assert spoken <= categories
    assert at.request is not None
    [(_person, _address, marks)] = answers(at, [("joost", reverse("backoffice:request", args=[at.request.pk]))])
    assert marks & at.sent


def test_no_mail_and_no_command_of_the_queue_holds_a_word(at: Scene) -> None:
    mail.outbox.clear()
    with scene.as_jobs():
        deliver_outbox()
    assert not [one for one in mail.outbox if MARK.search(one.subject + one.body)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(string_agg(o::text, ' '), '') FROM platform_outboxevent o")
        assert not MARK.search(cursor.fetchone()[0])
