"""Noting who is away. Why is not asked."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.presence import works_on
from luisterloket.people.models import User
from luisterloket.platform.forms import ActionForm

WHICH_DAY = {"invalid": _("Choose the day."), "required": _("Choose the day.")}
WHO = dict.fromkeys(["required", "invalid_choice"], _("Choose someone from the list."))


def _day(label: Any, **details: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=WHICH_DAY, **details)


class ChangeAbsenceForm(ActionForm):
    """Until when, and who stands in."""

    until = _day(_("Last day"), required=False, help_text=_("Leave it empty when no end is known."))
    stand_in = forms.ModelChoiceField(
        User.objects.none(), label=_("Who stands in?"), required=False, error_messages=WHO,
        empty_label=_("Nobody: it goes to who leads"),
        help_text=_("New work comes to this person meanwhile. Is the stand-in away too? Then it goes on to theirs."),
    )  # fmt: skip

    def __init__(self, *args: Any, unit_id: Any, away: Any = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        colleagues = works_on(unit_id, timezone.localdate())
        self.fields["stand_in"].queryset = colleagues.exclude(pk=away.pk) if away else colleagues  # type: ignore[attr-defined]


class AbsenceForm(ChangeAbsenceForm):
    """Who is away, from when until when, and who stands in."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("Who is away?"), empty_label=None, error_messages=WHO)
    since = _day(_("First day"), initial=timezone.localdate)

    field_order = ["user", "since", "until", "stand_in"]

    def __init__(self, *args: Any, unit_id: Any, people: Any, **kwargs: Any):
        super().__init__(*args, unit_id=unit_id, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]


class PressForm(ActionForm):
    """One press."""
