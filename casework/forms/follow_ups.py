"""Forms of the next contact of a case, of ending it, and of waking it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.actions.follow_ups import SAYABLE
from casework.actions.goals import NOT_SPOKEN
from casework.contacts import NOT_TO_CHOOSE
from casework.domains import LifeDomain, Severity
from casework.models import CaseEnding, ContactMoment, FollowUp
from luisterloket.people.models import User
from luisterloket.platform.forms import ActionForm
from luisterloket.platform.registries import LooseEnd

WAYS = [(kind.value, kind.label) for kind in ContactMoment.Kind if kind not in NOT_TO_CHOOSE or kind == ContactMoment.Kind.LOKET]


def day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(["required", "invalid"], _("Choose the day.")),
        **more,
    )


def words(label: Any, *, rows: int = 2, needed: Any = "", **more: Any) -> forms.CharField:
    """A few words; when they are `needed`, that is what is said when they are not there."""
    wrong = {"required": needed}
    area = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, required=bool(needed), max_length=2_000, widget=area, error_messages=wrong, **more)


def colleague(label: Any, **more: Any) -> forms.ModelChoiceField:
    wrong = dict.fromkeys(["required", "invalid_choice"], _("Choose a colleague."))
    return forms.ModelChoiceField(User.objects.none(), label=label, error_messages=wrong, **more)


def among(people: Iterable[User]) -> Any:
    return User.objects.filter(pk__in=[user.pk for user in people]).order_by("name")


class DoForm(ActionForm):
    """How it went, and when the next one is. The one that it is about goes along: a colleague may be first."""

    follow_up = forms.UUIDField(widget=forms.HiddenInput)
    result = forms.ChoiceField(
        label=_("How did it go?"),
        choices=[(value.value, value.label) for value in SAYABLE],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose how it went.")),
    )
    kind = forms.ChoiceField(label=_("How?"), choices=WAYS, initial=ContactMoment.Kind.PHONE)
    text = words(_("What did you hear?"), help_text=_("Not needed. What you write stands with the contacts of this case."))
    next_on = day(_("When is the next one?"))
    next_who = colleague(_("Who does it?"), required=False, empty_label=None)
    next_about = forms.CharField(
        label=_("What about?"), required=False, max_length=200, widget=forms.TextInput({"autocomplete": "off"})
    )

    def __init__(self, *args: Any, colleagues: Iterable[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["next_who"].queryset = among(colleagues)  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        # The view fetched the follow-up itself.
        return {name: value for name, value in self.cleaned_data.items() if name != "follow_up"}


class MoveForm(ActionForm):
    """To another colleague or another day, and why."""

    follow_up = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    who = colleague(_("Who does it?"), empty_label=None)
    due_on = day(_("On which day at the latest?"))
    because = words(_("Why?"), needed=_("Say in a few words why."))

    def __init__(self, *args: Any, colleagues: Iterable[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["who"].queryset = among(colleagues)  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "follow_up"}


class WakeForm(ActionForm):
    """It is needed again: a few words of what was heard."""

    text = words(_("What did you hear?"), needed=_("Write in a few words what you heard."))


class EndForm(ActionForm):
    """What changed; waakvlam or the end; and for what is still open who goes on watching it."""

    mark_optional = False
    into = forms.ChoiceField(
        label=_("How does it go on?"),
        choices=[
            (CaseEnding.Into.WAAKVLAM.value, _("On waakvlam: we ask again how it goes, less and less often")),
            (CaseEnding.Into.ENDED.value, _("The case ends")),
        ],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose how it goes on.")),
    )
    goes = forms.ChoiceField(
        label=_("How does it go now?"),
        choices=CaseEnding.Goes.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose how it goes now.")),
    )
    changed = words(_("What changed?"), rows=3, needed=_("Write in a few words what changed."))
    own_words = words(_("What does the resident say of it, in their own words?"), rows=3)
    agreed_how = forms.ChoiceField(
        label=_("How did the resident agree that we ask again?"),
        choices=[("", "–"), *CaseEnding.AgreedHow.choices],
        required=False,
        help_text=_("Only for waakvlam. “Not now” is an answer too: then the next time is later."),
    )

    def __init__(
        self,
        *args: Any,
        open_things: Iterable[LooseEnd],
        colleagues: Iterable[User],
        domains: Iterable[LifeDomain],
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.domains = list(domains)
        scale = [(NOT_SPOKEN, _("Not spoken about")), *((one.value, one.label) for one in reversed(Severity))]
        for domain in self.domains:
            self.fields[f"now-{domain.value}"] = forms.TypedChoiceField(
                label=domain.label, choices=scale, coerce=int, required=False, empty_value=str(NOT_SPOKEN), initial=NOT_SPOKEN
            )
        self.open_things = list(open_things)
        people = among(colleagues)
        for one in self.open_things:
            self.fields[f"who-{one.key}"] = colleague(_("Who goes on watching it?"), required=False, empty_label="–")
            self.fields[f"who-{one.key}"].queryset = people  # type: ignore[attr-defined]
            self.fields[f"until-{one.key}"] = day(_("Until when?"), required=False)
            self.fields[f"because-{one.key}"] = words(_("Why is that right?"), rows=1)

    @property
    def asked(self) -> list[Any]:
        """How it goes per life domain, in the order of the wijk."""
        return [self[f"now-{domain.value}"] for domain in self.domains]

    @property
    def loose(self) -> list[dict[str, Any]]:
        """Each thing that is open, with its fields."""
        return [
            {"one": one, **{name: self[f"{name}-{one.key}"] for name in ("who", "until", "because")}} for one in self.open_things
        ]

    @property
    def ends(self) -> bool:
        return bool(self.cleaned_data.get("into") == CaseEnding.Into.ENDED)

    def details(self) -> dict[str, Any]:
        given = self.cleaned_data
        told = {name: given[name] for name in ("goes", "changed", "own_words", "command_key")}
        told["readings"] = {domain: int(given[f"now-{domain.value}"]) for domain in self.domains}
        if not self.ends:
            return told | {"agreed_how": given["agreed_how"]}
        decided = {
            one.key: {"who": given[f"who-{one.key}"], "until": given[f"until-{one.key}"], "because": given[f"because-{one.key}"]}
            for one in self.open_things
            if given[f"who-{one.key}"] and given[f"until-{one.key}"]
        }
        return told | {"decisions": decided}


def prefilled(follow_up: FollowUp, next_on: date) -> dict[str, Any]:
    return {"follow_up": follow_up.pk, "next_on": next_on, "next_who": follow_up.who_id, "kind": ContactMoment.Kind.PHONE}
