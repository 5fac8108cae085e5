"""Everything that happens to a data breach: reported, judged, told or not, mended, closed (AVG articles 33 and 34)."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luisterloket.convenant import permissions
from luisterloket.convenant.models import Breach, BreachStep
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit

Kind, Told, Risk = BreachStep.Kind, Breach.Told, Breach.Risk
ABOUT = re.compile(r"[a-z_-]{1,20}:[0-9a-f-]{36}")


@command
def report_breach(*, actor: User, what: str, discovered_at: datetime, data: Iterable[str], people: str, about: str = "") -> Breach:
    """For anyone with an appointment. The clock of 72 hours runs from `discovered_at`, not from the report.

    Raises `Refused` without a word on what happened, and for a moment to come.
    """
    permissions.check_may_report_breach(actor)
    if not what.strip():
        raise Refused(_("Write down what happened."), code="no_text")
    if discovered_at > timezone.now():
        raise Refused(_("This moment is still to come. Choose when it was discovered."), code="moment")
    breach = Breach(
        unit_id=actor.posts[0].unit_id, reported_by=actor, discovered_at=discovered_at, what=what.strip(), data=sorted(set(data)),
        people=people, about=about if ABOUT.fullmatch(about) else "",
    ).put()  # fmt: skip
    record(actor, "breach.reported", breach)
    emit("breach.reported", breach)
    return breach


@command
def assess_breach(*, actor: User, breach: Breach, risk: str, text: str) -> Breach:
    """How likely it harms people, and why. A heavier judgement undoes an earlier decision not to tell the authority."""
    breach = _open(actor, breach)
    if risk not in Risk.values:
        raise Refused(_("Choose how likely it is that people are harmed."), code="risk")
    _step(actor, breach, Kind.ASSESSED, text, _("Write down why you judge so."), risk=risk)
    breach.risk = risk
    if risk != Risk.UNLIKELY and breach.ap == Told.NOT:
        breach.ap = ""
    return _kept(actor, breach, "breach.assessed")


@command
def tell_authority(*, actor: User, breach: Breach, moment: datetime, text: str) -> Breach:
    """It was told to the Autoriteit Persoonsgegevens. `text`: under what number, and, after 72 hours, why so late (AVG 33(1))."""
    breach = _open(actor, breach)
    _past(breach, moment)
    missing = (
        _("It is later than 72 hours. Write down why, and the number of the notice.")
        if moment > breach.due_at
        else _("Write down the number of the notice.")
    )
    _step(actor, breach, Kind.AP_TOLD, text, missing, moment=moment)
    breach.ap, breach.ap_told_at = Told.TOLD, moment
    return _kept(actor, breach, "breach.ap_told")


@command
def spare_authority(*, actor: User, breach: Breach, text: str) -> Breach:
    """It is not told, with why. Only what was judged to be probably no risk need not be told (AVG 33(1))."""
    breach = _open(actor, breach)
    if breach.ap == Told.TOLD:
        raise Refused(_("It was told already."), code="told")
    if breach.risk != Risk.UNLIKELY:
        raise Refused(_("Judge the risk first. What is a risk for people must be told to the authority."), code="risk")
    _step(actor, breach, Kind.AP_NOT, text, _("Write down why it is not told."))
    breach.ap = Told.NOT
    return _kept(actor, breach, "breach.ap_not")


@command
def tell_residents(*, actor: User, breach: Breach, moment: datetime, text: str) -> Breach:
    """The people whose data it is were told, in plain words (AVG 34). `text`: how, and what they were told to do."""
    breach = _open(actor, breach)
    _past(breach, moment)
    _step(actor, breach, Kind.RESIDENTS_TOLD, text, _("Write down how they were told."), moment=moment)
    breach.residents, breach.residents_told_at = Told.TOLD, moment
    return _kept(actor, breach, "breach.residents_told")


@command
def spare_residents(*, actor: User, breach: Breach, text: str) -> Breach:
    """They are not told, with why. With a high risk that needs one of the grounds of AVG 34(3), which the text names."""
    breach = _open(actor, breach)
    if breach.residents == Told.TOLD:
        raise Refused(_("They were told already."), code="told")
    if not breach.risk:
        raise Refused(_("Judge the risk first."), code="risk")
    _step(actor, breach, Kind.RESIDENTS_NOT, text, _("Write down why they are not told."))
    breach.residents = Told.NOT
    return _kept(actor, breach, "breach.residents_not")


@command
def note_measure(*, actor: User, breach: Breach, text: str) -> Breach:
    """What was done to end it, to limit the harm, or so that it does not happen again."""
    breach = _open(actor, breach)
    _step(actor, breach, Kind.MEASURE, text, _("Write down which measure was taken."))
    return _kept(actor, breach, "breach.measure")


@command
def close_breach(*, actor: User, breach: Breach, text: str) -> Breach:
    """Everything was decided. Raises `Refused` with what is missing; after this nothing is added."""
    breach = _open(actor, breach)
    missing = [
        said
        for is_missing, said in (
            (not breach.risk, _("the risk is not judged yet")),
            (not breach.ap, _("it is not decided yet whether the authority is told")),
            (not breach.residents, _("it is not decided yet whether the people it is about are told")),
            (not breach.steps.filter(kind=Kind.MEASURE).exists(), _("no measure is noted yet")),
        )
        if is_missing
    ]
    if missing:
        raise Refused(_("This cannot be closed: %(missing)s.") % {"missing": "; ".join(missing)}, code="missing")
    _step(actor, breach, Kind.CLOSED, text, _("Write down what is learnt from it."))
    breach.closed_at = timezone.now()
    return _kept(actor, breach, "breach.closed")


def _open(actor: User, breach: Breach) -> Breach:
    permissions.check_may_handle_breaches(actor)
    found: Breach = Breach.objects.select_for_update(no_key=True).get(pk=breach.pk)
    if found.closed_at:
        raise Refused(_("This was closed. Report what is new as a breach of its own."), code="closed")
    return found


def _past(breach: Breach, moment: datetime) -> None:
    if not breach.discovered_at <= moment <= timezone.now():
        raise Refused(_("This moment is to come, or before it was discovered."), code="moment")


def _step(actor: User, breach: Breach, kind: str, text: str, missing: str, **details: Any) -> None:
    if not text.strip():
        raise Refused(missing, code="no_text")
    BreachStep(breach=breach, kind=kind, text=text.strip(), by=actor, **details).put()


def _kept(actor: User, breach: Breach, verb: str) -> Breach:
    # The clocks of the job are not the application's to change.
    breach.save(update_fields=["risk", "ap", "ap_told_at", "residents", "residents_told_at", "closed_at"])
    record(actor, verb, breach)
    return breach
