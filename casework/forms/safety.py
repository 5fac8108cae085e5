"""Forms about who may open a case."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import CaseGuard, Protection, Resident
from luisterloket.people.models import User
from luisterloket.platform.forms import ActionForm

CHOOSE = {"required": _("Choose a colleague."), "invalid_choice": _("Choose a colleague.")}


class ProtectForm(ActionForm):
    """Whom, why, and who may open the case from now on."""

    mark_optional = False
    resident = forms.ModelChoiceField(
        Resident.objects.none(),
        label=_("Who is protected?"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who is protected."), "invalid_choice": _("Choose who is protected.")},
    )
    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=Protection.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why."), "invalid_choice": _("Choose why.")},
    )
    explanation = forms.CharField(
        label=_("What must the named people know about it?"), required=False, max_length=2_000, widget=forms.Textarea({"rows": 2})
    )
    named = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Who may open the case?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("You and the owner always. Choose at least one colleague who can step in."),
    )

    def __init__(self, *args: Any, residents: Iterable[tuple[UUID, str]], colleagues: Iterable[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        names = dict(residents)
        field: Any = self.fields["resident"]
        field.queryset = Resident.objects.filter(pk__in=names)
        field.label_from_instance = lambda one: names[one.pk]
        if len(names) == 1:
            field.initial = next(iter(names))
        _among(self.fields["named"], colleagues)

    def details(self) -> dict[str, Any]:
        return {**self.cleaned_data, "named": sorted(self.cleaned_data["named"], key=lambda user: user.name)}


class NameForm(ActionForm):
    """Who may open the case from now on."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("Colleague"), empty_label="–", error_messages=CHOOSE)

    def __init__(self, *args: Any, colleagues: Iterable[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        _among(self.fields["user"], colleagues)


class KeepOutForm(NameForm):
    """Who may not open the case, and why."""

    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=CaseGuard.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why."), "invalid_choice": _("Choose why.")},
    )


class TakeOverForm(ActionForm):
    """With whom a coordinator takes a protected case over."""

    colleague = forms.ModelChoiceField(
        User.objects.none(), label=_("Together with which colleague?"), empty_label="–", error_messages=CHOOSE
    )

    def __init__(self, *args: Any, colleagues: Iterable[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        _among(self.fields["colleague"], colleagues)


class LiftForm(ActionForm):
    protection = forms.ModelChoiceField(Protection.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, protections: Iterable[Protection], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["protection"].queryset = Protection.objects.filter(pk__in=[one.pk for one in protections])  # type: ignore[attr-defined]


def _among(field: Any, colleagues: Iterable[User]) -> None:
    field.queryset = User.objects.filter(pk__in=[user.pk for user in colleagues]).order_by("name")
