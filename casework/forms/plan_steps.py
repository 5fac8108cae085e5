"""Forms about a step of the plan: what happens, what the resident says of it, and what it brought."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.domains import LifeDomain
from casework.models import Goal, PlanStep, Resident, Strength, SupportPerson
from casework.plan_page import LOOKS, PlanPage
from luisterloket.people.models import User
from luisterloket.platform.forms import ActionForm
from luisterloket.platform.renderers import Choice

from .fresh import LONGEST_TEXT, FreshForm, a_day, a_line, with_version

DAYS = 7


class StepForm(FreshForm):
    """What happens, who does it, and when. Only what and who must be filled in; the rest is there already."""

    mark_optional = False
    kind = forms.ChoiceField(
        label=_("Who does this?"),
        choices=[(kind.value, Choice(kind.label, icon=LOOKS[kind][1])) for kind in PlanStep.Kind],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose who does this.")),
    )
    text = forms.CharField(
        label=_("What happens?"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 2, "class": "textarea--2"}),
    )
    due_on = a_day(_("When is it done?"))
    resident = forms.ModelChoiceField(
        Resident.objects.none(),
        label=_("Who of the household?"),
        required=False,
        empty_label=_("All of them together"),
        help_text=_("Only for what the resident does."),
    )
    person = forms.ModelChoiceField(
        SupportPerson.objects.none(),
        label=_("Who of the people around?"),
        required=False,
        empty_label=_("Nobody of these"),
        help_text=_("Only for people around them."),
    )
    where = a_line(
        _("Where, or of whom?"), longest=200, hint=_("For something in the neighbourhood: the place or the organisation.")
    )
    link = forms.ChoiceField(label=_("Which request or maatwerk is it?"), required=False)
    talent = forms.ModelChoiceField(
        Strength.objects.none(), label=_("Does it make use of something they are good at?"), required=False, empty_label=_("No")
    )
    goal = forms.ModelChoiceField(
        Goal.objects.none(), label=_("For which goal?"), required=False, empty_label=_("For none of these")
    )
    domain = forms.ChoiceField(
        label=_("What is it about?"),
        required=False,
        choices=[("", _("Everything together")), *LifeDomain.choices],
        help_text=_("This decides who may read it. A step of a goal is about the same as the goal."),
    )
    guard = forms.ModelChoiceField(User.objects.none(), label=_("Who keeps an eye on it?"), empty_label=None)

    def __init__(self, *args: Any, page: PlanPage, colleagues: Iterable[User], **kwargs: Any):
        kwargs["initial"] = {"due_on": timezone.localdate() + timedelta(days=DAYS), **kwargs.get("initial", {})}
        super().__init__(*args, values=step_values, **kwargs)
        self.fields["guard"].queryset = User.objects.filter(pk__in=[user.pk for user in colleagues]).order_by("name")  # type: ignore[attr-defined]
        self._choose("resident", Resident, dict(page.household))
        self._choose("person", SupportPerson, {item.ref: item.text for item in page.disclosed.of("support_person")})
        self._choose("talent", Strength, {item.ref: item.text for item in page.disclosed.of("strength")})
        self._choose("goal", Goal, {item.ref: item.text for item in page.disclosed.of("goal")})
        links = {one.key: one.text for found in page.links for one in found.links}
        # What it points at and is not for this person stays as it is, without a word of it.
        if now := self.initial.get("link"):
            links.setdefault(now, gettext("As it is now"))
        if links:
            self.fields["link"].choices = [("", _("None of these")), *links.items()]  # type: ignore[attr-defined]
        else:
            del self.fields["link"]

    def _choose(self, name: str, model: Any, texts: dict[UUID, str]) -> None:
        """Only out of what this person may see; nothing to choose is no question."""
        if not texts:
            del self.fields[name]
            return
        field: Any = self.fields[name]
        field.queryset = model.objects.filter(pk__in=texts)
        field.label_from_instance = lambda one: texts[one.pk]

    def details(self) -> dict[str, Any]:
        details = with_version(self.cleaned_data)
        if "link" in details:
            label, _colon, thing = details.pop("link").partition(":")
            details |= {"linked_label": label, "linked_id": UUID(thing) if thing else None}
        return details


def step_values(step: PlanStep) -> dict[str, Any]:
    return {
        "kind": step.kind,
        "text": step.text,
        "due_on": step.due_on,
        "resident": step.resident_id,
        "person": step.person_id,
        "where": step.where,
        "link": step.link_key,
        "talent": step.talent_id,
        "goal": step.goal_id,
        "domain": step.domain,
        "guard": step.guard_id,
    }


class StepActForm(ActionForm):
    """Where a step stands now, with in the same tap what it brought: each answer is a button."""

    # The state alone, or “done” with an effect behind it.
    to = forms.ChoiceField(
        choices=[*PlanStep.Status.choices, *((f"done-{code}", label) for code, label in PlanStep.Effect.choices)],
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose what happened with this step.")),
    )

    def details(self) -> dict[str, Any]:
        to, _dash, effect = self.cleaned_data["to"].partition("-")
        return {"to": to, "effect": effect, "command_key": self.cleaned_data["command_key"]}


class EffectForm(ActionForm):
    """What a step brought, with a word when someone wants to say more."""

    effect = forms.ChoiceField(
        label=_("Does it help?"),
        choices=PlanStep.Effect.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose whether it helps.")),
    )
    effect_word = a_line(_("In a few words"), hint=_("What is different now?"))


class AnswerForm(ActionForm):
    """What the resident says of a step that was read out."""

    mark_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    answer = forms.ChoiceField(
        label=_("What does the resident say?"),
        choices=[
            (PlanStep.Answer.AGREED.value, PlanStep.Answer.AGREED.label),
            (PlanStep.Answer.DECLINED.value, PlanStep.Answer.DECLINED.label),
        ],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose what the resident said.")),
    )
    said_by = forms.ChoiceField(
        label=_("Who said so?"), required=False, choices=PlanStep.SaidBy.choices, initial=PlanStep.SaidBy.RESIDENT
    )
    representative_agreed = forms.BooleanField(label=_("Who decides for the resident agreed too"), required=False)
    without_because = a_line(_("Or why were they not asked?"), hint=_("Without them it can be undone later."))

    def read_again(self, step: PlanStep) -> None:
        """What is on the page now is what the next answer is about."""
        self.data = {**{name: self.data.get(name, "") for name in self.data}, "version": str(step.version)}

    def clean_said_by(self) -> str:
        return self.cleaned_data["said_by"] or PlanStep.SaidBy.RESIDENT
