"""Forms about the goals of a plan, and how it goes."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.domains import LifeDomain, Severity
from casework.models import Goal, Resident, Review
from casework.plan_page import PlanPage
from luisterloket.platform.forms import ActionForm

from .fresh import LONGEST_TEXT, FreshForm, a_day, with_version

NOT_SPOKEN = 0


class GoalForm(FreshForm):
    """What the resident wants. The words come first; the rest may stay empty."""

    mark_optional = False
    text = forms.CharField(
        label=_("What would you like?"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=_("In the resident’s own words, as they say it."),
        widget=forms.Textarea({"rows": 2}),
    )
    domain = forms.ChoiceField(
        label=_("What is it about?"),
        required=False,
        choices=[("", _("Everything together")), *LifeDomain.choices],
        help_text=_("This decides who may read it."),
    )
    resident = forms.ModelChoiceField(
        Resident.objects.none(), label=_("Whose goal is it?"), required=False, empty_label=_("Of all of them together")
    )

    def __init__(self, *args: Any, household: Iterable[tuple[UUID, str]], **kwargs: Any):
        super().__init__(*args, values=goal_values, **kwargs)
        names = dict(household)
        field: Any = self.fields["resident"]
        field.queryset = Resident.objects.filter(pk__in=names)
        field.label_from_instance = lambda one: names[one.pk]
        if len(names) < 2 and not self.initial.get("resident"):
            del self.fields["resident"]

    def details(self) -> dict[str, Any]:
        return with_version(self.cleaned_data)


def goal_values(goal: Goal) -> dict[str, Any]:
    return {"text": goal.text, "domain": goal.domain, "resident": goal.resident_id}


class SettleForm(ActionForm):
    """How it is with a goal: each answer is a button."""

    to = forms.ChoiceField(choices=Goal.Status.choices)


class ReviewForm(ActionForm):
    """How it goes, per life domain, on the scale of five. Nothing chosen is not spoken about."""

    mark_optional = False
    kind = forms.ChoiceField(label=_("Which moment is this?"), choices=Review.Kind.choices)
    on = a_day(_("On which day?"), initial=timezone.localdate)

    def __init__(self, *args: Any, domains: Iterable[LifeDomain], heard: dict[LifeDomain, int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.domains = list(domains)
        choices = [(NOT_SPOKEN, _("Not spoken about")), *((one.value, one.label) for one in reversed(Severity))]
        for domain in self.domains:
            self.fields[domain.value] = forms.TypedChoiceField(
                label=domain.label, choices=choices, coerce=int, required=False, empty_value=str(NOT_SPOKEN),
                initial=heard.get(domain, NOT_SPOKEN),
            )  # fmt: skip

    @property
    def asked(self) -> list[Any]:
        """The questions, in the order of the wijk."""
        return [self[domain.value] for domain in self.domains]

    def details(self) -> dict[str, Any]:
        details = {name: self.cleaned_data[name] for name in ("kind", "on", "command_key")}
        return details | {"readings": {domain: int(self.cleaned_data[domain.value]) for domain in self.domains}}


def goal_named(page: PlanPage, text: str) -> UUID | None:
    """The goal that an address names, when it is one of this plan and shown."""
    try:
        pk = UUID(text)
    except ValueError:
        return None
    return pk if page.has("goal", pk) else None
