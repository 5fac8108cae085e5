"""What the pages of the breach register show, and the register as a file."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import actions
from .forms.breaches import AssessForm, CloseForm, MeasureForm, ToldForm, WhyForm
from .models import Breach, BreachStep


@dataclass(frozen=True)
class Act:
    """A step that can be taken: its form, its button and its action."""

    title: Any
    form: type
    action: Callable[..., Any]
    # Which of the steps that must be taken it is, or nothing.
    of: str = ""


ACTS = {
    "beoordelen": Act(gettext_lazy("Judge the risk"), AssessForm, actions.assess_breach, "risk"),
    "ap-gemeld": Act(gettext_lazy("It was told to the authority"), ToldForm, actions.tell_authority, "ap"),
    "ap-niet": Act(gettext_lazy("It is not told to the authority"), WhyForm, actions.spare_authority, "ap"),
    "mensen-ingelicht": Act(gettext_lazy("The people were told"), ToldForm, actions.tell_residents, "residents"),
    "mensen-niet": Act(gettext_lazy("The people are not told"), WhyForm, actions.spare_residents, "residents"),
    "maatregel": Act(gettext_lazy("Note a measure"), MeasureForm, actions.note_measure),
    "sluiten": Act(gettext_lazy("Close"), CloseForm, actions.close_breach),
}


def steps_of(breach: Breach) -> list[BreachStep]:
    return list(breach.steps.select_related("by"))


def register() -> list[Breach]:
    """All breaches: the clock that runs out first on top, then the newest."""
    found = list(Breach.objects.defer("what"))
    running = sorted((one for one in found if one.clock_runs), key=lambda one: one.due_at)
    return [*running, *(one for one in found if not one.clock_runs)]


def as_csv() -> str:
    """The register without a word on what happened and without a name: kinds, numbers and moments."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(
        [
            _("Number"), _("Discovered"), _("Reported"), _("Kind of data"), _("People"), _("Risk"), _("Authority"),
            _("Authority told"), _("People told"), _("People told at"), _("Closed"),
        ]
    )  # fmt: skip
    for one in Breach.objects.defer("what").order_by("discovered_at"):
        cells = [
            one.number, _at(one.discovered_at), _at(one.reported_at), ", ".join(one.data_names), one.get_people_display(),
            one.get_risk_display(), one.get_ap_display(), _at(one.ap_told_at), one.get_residents_display(),
            _at(one.residents_told_at), _at(one.closed_at),
        ]  # fmt: skip
        writer.writerow(list(map(str, cells)))
    # A spreadsheet that opens it takes it as UTF-8.
    return "\ufeff" + out.getvalue()


def _at(moment: Any) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""
