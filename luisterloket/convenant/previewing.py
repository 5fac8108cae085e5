"""A preview: the page that a role would see, made by the page itself, for a person who is made up and taken back.

All happens in one transaction that is never kept. The made-up person acts down to the database, so that its wall holds as well.
"""

import copy
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, QueryDict
from django.urls import resolve
from django.utils.safestring import SafeString

from luisterloket.people.models import Unit, User
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.inert import inert
from luisterloket.platform.writing import writing

from .actions.previews import set_stage
from .disclosure import at_most, filling_a_sample
from .models import ConvenantVersion, deciding
from .previews import Given, Seat, Stage, given_to, running, samples


@dataclass(frozen=True)
class Shown:
    """One page as this role gets it: its content, or why there is none."""

    label: Any
    content: SafeString | None = None
    # The thing is there, and is not for this role (403); or to this role it does not exist (404).
    is_told: bool = False
    # Why it could not come that far, in the words in which an action refused it.
    refused: str = ""


@dataclass(frozen=True)
class Preview:
    seat: Seat
    pages: list[Shown]
    given: list[Given]

    @property
    def granted(self) -> list[Given]:
        return [row for row in self.given if row.cells]

    @property
    def withheld(self) -> list[Given]:
        return [row for row in self.given if not row.cells]

    @property
    def seen(self) -> list[Shown]:
        return [page for page in self.pages if page.content is not None]

    @property
    def not_seen(self) -> list[Shown]:
        return [page for page in self.pages if page.content is None]


def of_made_up_case(request: HttpRequest, seat: Seat, version: ConvenantVersion) -> Preview:
    """What this role would see of a made-up case if `version` decided. Nothing stays of it."""
    with _taken_back(), deciding(version):
        stage = set_stage(actor=request.user, seat=seat)
        return Preview(seat, _pages(request, stage, made_up=stage.builder.posts[0].organisation_id), given_to(seat))


def of_case(request: HttpRequest, seat: Seat, case: Any, team: Unit, *, most: frozenset[str]) -> Preview:
    """What this role would see of a real case: in the categories of `most`, which who asks may see themself, and nothing of a
    case that is closed to who asks. Nothing stays of it; the look itself is kept by who calls this.
    """
    with _taken_back(), at_most(most):
        stage = set_stage(actor=request.user, seat=seat, team=team, case=case)
        return Preview(seat, _pages(request, stage), given_to(seat))


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic(), running(), writing("convenant.preview"):
        try:
            yield
        finally:
            transaction.set_rollback(True)


def _pages(request: HttpRequest, stage: Stage, made_up: UUID | None = None) -> list[Shown]:
    """Each page that a floor offers for this role; who fills a made-up case may write all of it, whatever the version says."""
    shown: list[Shown] = []
    for offer in samples:
        try:
            with transaction.atomic(), filling_a_sample(made_up) if made_up else nullcontext():
                sample = offer(stage)
        except Refused as refusal:
            shown.append(Shown("", refused=" ".join(refusal.messages)))
            continue
        if sample is not None:
            shown.append(_shown(request, stage, sample.label, sample.url))
    return shown


def _shown(request: HttpRequest, stage: Stage, label: Any, url: str) -> Shown:
    """The page at this address, asked by who plays the part."""
    user = User.objects.get(pk=stage.stand_in.pk)
    behind = None if stage.helpers else stage.builder.pk
    match = resolve(url)
    asked = _asked(request, user, url, match)
    with acting(replace(user.acting, behind=behind)):
        try:
            response = match.func(asked, *match.args, **match.kwargs)
        except Http404:
            return Shown(label)
        except PermissionDenied:
            return Shown(label, is_told=True)
    return Shown(label, inert(response.content.decode())) if response.status_code == 200 else Shown(label)


def _asked(request: HttpRequest, user: User, url: str, match: Any) -> HttpRequest:
    """The request as that person would send it, with nothing of the session or the messages of who looks along."""
    asked = copy.copy(request)
    asked.method, asked.path, asked.path_info = "GET", url, url
    asked.GET = asked.POST = QueryDict("")  # type: ignore[assignment]
    asked.META = {**request.META, "REQUEST_METHOD": "GET", "PATH_INFO": url, "QUERY_STRING": ""}
    asked.user, asked.resolver_match, asked.session = user, match, {}  # type: ignore[assignment]
    asked._messages = []  # type: ignore[attr-defined]
    return asked
