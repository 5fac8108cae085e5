"""Forms about what a resident was told and what they said yes or no to."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.consent_page import ConsentPage
from casework.models import ConsentStep, Document, Informing
from luisterloket.people.models import Organisation
from luisterloket.platform.forms import ActionForm

CHOOSE_HOW = dict.fromkeys(["required", "invalid_choice"], _("Choose how it was told."))
CHOOSE_WHAT = dict.fromkeys(["required", "invalid_choice"], _("Choose what you told about."))


class InformForm(ActionForm):
    """One press: for which purpose, and how it was told."""

    purposes = forms.MultipleChoiceField(error_messages=CHOOSE_WHAT)
    how = forms.ChoiceField(choices=Informing.How.choices, error_messages=CHOOSE_HOW)

    def __init__(self, *args: Any, page: ConsentPage, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["purposes"].choices = [(part.purpose, part.name) for part in page.parts]  # type: ignore[attr-defined]


class SaidForm(ActionForm):
    """Who said it and how. Without more it is what the resident just said at the table."""

    given_by = forms.ChoiceField(
        label=_("Who said it?"), choices=ConsentStep.GivenBy.choices, initial=ConsentStep.GivenBy.SELF, widget=forms.RadioSelect
    )
    who = forms.ChoiceField(label=_("Who decides for them?"), required=False)
    how = forms.ChoiceField(
        label=_("How?"), choices=ConsentStep.How.choices, initial=ConsentStep.How.SPOKEN, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("A note"), required=False, max_length=1_000, widget=forms.Textarea({"rows": 2}),
        help_text=_("Only when there is something to remember. No reason is needed, for yes nor for no."),
    )  # fmt: skip

    def __init__(self, *args: Any, page: ConsentPage, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.page = page
        self.fields["who"].choices = [("", _("Nobody else")), *page.deciders]  # type: ignore[attr-defined]


class ConsentForm(SaidForm):
    """A yes, a no, or taking back, about one line of the page: each is a button."""

    about = forms.CharField(widget=forms.HiddenInput)
    state = forms.ChoiceField(choices=ConsentStep.State.choices)
    document = forms.TypedChoiceField(label=_("Which paper was signed?"), required=False, coerce=UUID, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        papers = [("", _("Not on file")), *((str(pk), text) for pk, text in self.page.papers)]
        self.fields["document"].choices = papers  # type: ignore[attr-defined]

    def clean_about(self) -> Any:
        line = next((line for line in self.page.lines if line.key == self.cleaned_data["about"]), None)
        if line is None:
            raise forms.ValidationError(_("This is not asked any more. Look at what stands here now."), code="gone")
        return line.use

    def details(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        use, paper = told.pop("about"), told.pop("document")
        told["document"] = Document.objects.get(pk=paper, case=self.page.case) if paper else None
        organisation = Organisation.objects.get(pk=use.organisation_id)
        return told | {"purpose": use.purpose, "category": use.category, "organisation": organisation}
