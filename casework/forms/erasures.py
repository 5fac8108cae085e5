"""Forms about what is erased and what is held."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Resident
from luisterloket.platform.forms import ActionForm

LONGEST = 2_000
NO_REASON = _("Say why: whoever decides after you must be able to judge it.")


class BecauseForm(ActionForm):
    """Why something is left out or called back."""

    mark_optional = False
    because = forms.CharField(
        label=_("Why?"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Without names: who decides does not need them."),
        error_messages={"required": NO_REASON},
    )


class ReviewForm(ActionForm):
    """It is still needed, until another day."""

    review_on = forms.DateField(
        label=_("When do you look at it again?"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(["required", "invalid"], _("Choose the day.")),
    )


class HoldForm(ReviewForm):
    """Why nothing of it may be erased, and for whom of the case."""

    mark_optional = False
    reason = forms.CharField(
        label=_("Why must it be kept?"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("For example: an objection or a complaint that is not decided yet, or the resident needs it as proof."),
        error_messages={"required": _("Say why it is held, and for whom or what.")},
    )
    resident = forms.ModelChoiceField(
        Resident.objects.none(), label=_("Whose data?"), required=False, empty_label=_("Everything of this case")
    )
    field_order = ["resident", "reason", "review_on"]

    def __init__(self, *args: Any, household: list[tuple[Any, str]] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        names = dict(household or [])
        field: Any = self.fields["resident"]
        if not names:
            del self.fields["resident"]
            return
        field.queryset = Resident.objects.filter(pk__in=names)
        field.label_from_instance = lambda one: names[one.pk]
