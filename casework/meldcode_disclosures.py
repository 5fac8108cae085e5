"""What the convenant lets someone read of the steps of the meldcode: the steps as a whole, and each that was written."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from luisterloket.convenant.disclosure import Item, Scope, source
from luisterloket.platform.templatetags.ui import when_amid

from .models import MeldcodeStep, MeldcodeTrack, StepName, next_step
from .signs import CAREFUL, SAFETY, SafetySign


@source(SAFETY)
def meldcode(scope: Scope, categories: frozenset[str]) -> Iterator[Item]:
    if scope.case_id is None:
        return
    found = MeldcodeTrack.objects.filter(case_id=scope.case_id).select_related("owner", "noted_by", "begun_by", "ended_by")
    for track in found.prefetch_related("steps__by", "signs"):
        steps = list(track.steps.all())
        yield _item(
            "meldcode", track, _("The steps of the meldcode"), str(track.get_status_display()), _of_track(track, steps), scope
        )
        for step in steps:
            yield _item("meldcode_step", step, StepName(step.number).label, in_words(step), _of_step(step), scope)


def _item(kind: str, thing: Any, label: Any, text: str, details: dict[str, Any], scope: Scope) -> Item:
    return Item(SAFETY, kind, scope.subjects[0], thing.pk, label, text, details, careful=CAREFUL)


def _of_track(track: MeldcodeTrack, steps: list[MeldcodeStep]) -> dict[str, Any]:
    return {
        "status": track.status,
        "status_name": track.get_status_display(),
        "unfinished": track.unfinished,
        # Each once, of what is still a sign of this.
        "signs": list(dict.fromkeys(one.get_sign_display() for one in track.signs.all() if one.sign in SafetySign.values)),
        "owner": track.owner,
        "due_on": track.due_on,
        "next": next_step(steps),
        "waits_for_report": any(step.waits_for_report for step in steps),
        "noted_by": track.noted_by.name,
        "noted_at": track.noted_at,
        "begun_by": track.begun_by.name if track.begun_by else "",
        "begun_at": track.begun_at,
        "ended_by": track.ended_by.name if track.ended_by else "",
        "ended_at": track.ended_at,
        "why": track.why,
    }


def _of_step(step: MeldcodeStep) -> dict[str, Any]:
    fields = (
        "number",
        "on",
        "found",
        "why_not",
        "with_whom",
        "veilig_thuis",
        "reports",
        "reported_on",
        "helps",
        "help",
        "revision",
    )
    return {name: getattr(step, name) for name in fields} | {
        "track": step.track_id,
        "by": step.by.name,
        "is_done": step.is_done,
        "veilig_thuis_name": step.get_veilig_thuis_display() if step.veilig_thuis else "",
    }


def in_words(step: MeldcodeStep) -> str:
    """A step as whole sentences, for where only a text goes along."""
    said = [step.found, step.with_whom]
    if step.veilig_thuis:
        said.append(_("Veilig Thuis: %(how)s") % {"how": step.get_veilig_thuis_display()})
    if step.why_not:
        said.append(_("Not done: %(why)s") % {"why": step.why_not})
    if step.reports is not None:
        said.append(_("A report is needed") if step.reports else _("A report is not needed"))
    if step.reported_on:
        said.append(_("Reported %(day)s") % {"day": when_amid(step.reported_on)})
    if step.helps is not None:
        said.append(_("Help is possible: %(what)s") % {"what": step.help} if step.helps else _("Help is not possible now"))
    return ". ".join(one.strip().rstrip(".") for one in map(str, said) if one.strip()) + "."
