"""What a desk says of itself, and what it asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.models import DeskQuestion
from casework.domains import LifeDomain
from luisterloket.convenant.models import DataCategory
from luisterloket.platform.forms import ActionForm


class LinesField(forms.CharField):
    """Several short texts, each on a line of its own."""

    widget = forms.Textarea({"rows": 4, "class": "textarea--4"})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class DeskForm(ActionForm):
    """What the desk is for, and how much it takes."""

    description = forms.CharField(
        label=_("What is this desk for?"), max_length=200, help_text=_("In a few words. Whoever chooses a desk reads this."),
        error_messages={"required": _("Say in a few words what this desk is for.")},
    )  # fmt: skip
    domains = forms.MultipleChoiceField(
        label=_("Life domains it helps with"), choices=LifeDomain.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("A case with a concern in one of these shows this desk first."),
    )  # fmt: skip
    specialisms = LinesField(
        label=_("Specialisms"), required=False, max_length=1000,
        help_text=_("In your own words, each on a line. For example: eviction."),
    )  # fmt: skip
    week_capacity = forms.IntegerField(
        label=_("How many new requests a week can you take?"), required=False, min_value=1, max_value=5000,
        help_text=_("With more waiting, senders read how many weeks it takes. Nothing is kept out."),
    )  # fmt: skip
    person_capacity = forms.IntegerField(
        label=_("How many open requests for each person?"), required=False, min_value=1, max_value=500,
        help_text=_("Only people who are there count."),
    )  # fmt: skip


class QuestionForm(ActionForm):
    """One question of the desk."""

    text = forms.CharField(
        label=_("The question"), max_length=200, error_messages={"required": _("Write down the question.")},
        help_text=_("Ask only what you need for every request. Do not ask for an identity number."),
    )  # fmt: skip
    hint = forms.CharField(label=_("A line under it"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("How is it answered?"), choices=DeskQuestion.Kind.choices, widget=forms.RadioSelect,
        initial=DeskQuestion.Kind.WORDS,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose how it is answered.")),
    )  # fmt: skip
    choices = LinesField(
        label=_("The answers to choose from"), required=False, max_length=1000,
        help_text=_("Each on a line. Only for one of a few answers."),
    )  # fmt: skip
    category = forms.ModelChoiceField(
        DataCategory.objects.none(), label=_("What does the answer tell of?"), required=False,
        empty_label=_("Nothing about a person, such as a file number of the desk"),
        help_text=_("It is asked only where the convenant lets this desk know that."),
    )  # fmt: skip
    required = forms.BooleanField(label=_("The desk cannot begin without an answer"), required=False)

    def __init__(self, *args: Any, categories: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = categories  # type: ignore[attr-defined]
