"""Forms of who keeps the convenant: a version, its parties, its texts, its signatures, and the laws it rests on."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.models import ConvenantParty, DataCategory, Law, Purpose, RetentionTerm
from luisterloket.people.models import Organisation
from luisterloket.platform.forms import ActionForm

WHICH_DAY = dict.fromkeys(["required", "invalid"], _("Choose the day."))
CHOOSE = dict.fromkeys(["required", "invalid_choice"], _("Choose one from the list."))


def day(label: Any, *, hint: Any = "", required: bool = True) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget, required=required, error_messages=WHICH_DAY)


def line(label: Any, longest: int, *, missing: Any = "", hint: Any = "") -> forms.CharField:
    """What may stay empty has no word for when it is missing."""
    widget = forms.TextInput({"autocomplete": "off"})
    said = {"required": missing}
    return forms.CharField(
        label=label, max_length=longest, required=bool(missing), help_text=hint, widget=widget, error_messages=said
    )


def words(label: Any, longest: int, *, missing: Any = "", hint: Any = "", rows: int = 4) -> forms.CharField:
    field = line(label, longest, missing=missing, hint=hint)
    field.widget = forms.Textarea({"rows": rows})
    field.widget.is_required = field.required
    return field


class DetailsForm(ActionForm):
    """Name and days of a version."""

    name = line(_("Name of the convenant"), 200, missing=_("Give the convenant a name."))
    starts_on = day(_("First day"))
    ends_on = day(_("Last day"))
    review_on = day(
        _("To be reviewed before"), hint=_("After this day nothing new is shared until a version with a later day is in force.")
    )
    reason = line(_("Why is there a new version?"), 500, hint=_("In a few words, for everyone who reads it."))


class EditDetailsForm(DetailsForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)


class PartyForm(ActionForm):
    """An organisation as a party."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.order_by("name"), label=_("Organisation"), empty_label=_("Choose"), error_messages=CHOOSE
    )
    kind = forms.ChoiceField(
        label=_("How does it take part?"), choices=ConvenantParty.Kind.choices, widget=forms.RadioSelect, error_messages=CHOOSE,
        initial=ConvenantParty.Kind.CORE,
        help_text=_("A core partner signs before it can be in force. An incidental one comes until a day, and signs for secrecy."),
    )  # fmt: skip
    ends_on = day(_("Until which day?"), hint=_("Only for an incidental partner."), required=False)
    task = words(_("What is its task, by which law?"), 500, rows=2)
    contact = line(_("Whom to ask about privacy there"), 200, hint=_("For example the data protection officer, with an address."))


class OrganisationForm(ActionForm):
    """An organisation that is not known here yet."""

    name = line(_("Name of the organisation"), 200, missing=_("Write the name of the organisation."))
    kvk_number = line(_("KvK number"), 11, hint=_("8 digits."))


class SignForm(ActionForm):
    """Who signed for a party, from the paper."""

    name = line(_("Who signed?"), 150, missing=_("Write who signed."))
    function = line(_("In what function?"), 150, missing=_("Write in what function."))
    signed_on = day(_("On which day?"))
    secrecy_signed_on = day(_("On which day was the statement of secrecy signed?"), required=False)

    def __init__(self, *args: Any, incidental: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not incidental:
            del self.fields["secrecy_signed_on"]


class PurposeForm(ActionForm):
    """One more purpose."""

    purpose = forms.ModelChoiceField(
        Purpose.objects.order_by("name"), label=_("A purpose that is known"), required=False,
        empty_label=_("A new one, named below"),
        error_messages=CHOOSE,
    )  # fmt: skip
    name = line(_("Name of a new purpose"), 150)
    why = words(_("Why are data needed, and when does that stop?"), 2000)


class WhyForm(ActionForm):
    why = words(_("Why are data needed, and when does that stop?"), 2000)


class ClauseForm(ActionForm):
    """One article of the text."""

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=999, error_messages={"required": _("Write the number.")})
    title = line(_("Title"), 150, missing=_("Give the article a title."))
    text = words(_("Text"), 10_000, missing=_("Write what the article says."), rows=10)


class RetentionForm(ActionForm):
    """How long a category is kept."""

    category = forms.ModelChoiceField(DataCategory.objects.all(), label=_("Data"), empty_label=_("Choose"), error_messages=CHOOSE)
    months = forms.IntegerField(
        label=_("How many months?"), min_value=1, max_value=1200, error_messages={"required": _("Write how many months.")}
    )
    starts = forms.ChoiceField(
        label=_("From when?"), choices=RetentionTerm.Starts.choices, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    law = line(_("By what law or list?"), 200, missing=_("Write the law, or the list of the archives, that this term comes from."))
    article = line(_("Article"), 100)
    checked_on = day(_("When did you last read that it says so?"))


class EndForm(ActionForm):
    reason = words(_("Why does it end?"), 500, missing=_("Write why it ends."), rows=3)


class AddLawForm(ActionForm):
    name = line(_("Name of the law"), 200, missing=_("Write the name of the law."))
    note = line(_("Note"), 500)


class LawForm(ActionForm):
    """Since when a law is in force, and when that was read."""

    since = day(_("In force since"), hint=_("A day to come is kept: from then on its grounds count."))
    checked_on = day(_("When did you read that?"))
    note = line(_("Note"), 500)


class ChoosePartiesForm(DetailsForm):
    """A file, or the starter, with for each of its parties the organisations that take its place."""

    content = forms.CharField(widget=forms.HiddenInput, strip=False, required=False)

    def __init__(self, *args: Any, parties: Iterable[Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        del self.fields["reason"]
        known = Organisation.objects.order_by("name")
        self._parties = list(parties)
        for party in self._parties:
            field = forms.ModelMultipleChoiceField(
                known, label=party.name, required=False, help_text=party.task, widget=forms.CheckboxSelectMultiple
            )
            field.initial = [one.pk for one in known if one.name == party.name]
            self.fields[f"party_{party.key}"] = field

    def details(self) -> dict[str, Any]:
        data = self.cleaned_data
        known = {name: data[name] for name in ("content", "name", "starts_on", "ends_on", "review_on", "command_key")}
        return {**known, "organisations": {party.key: list(data[f"party_{party.key}"]) for party in self._parties}}


class FileForm(forms.Form):
    """The file itself."""

    use_required_attribute = False
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput({"accept": ".json,application/json"}),
        error_messages={"required": _("Choose the file.")},
    )


def law_initial(law: Law) -> dict[str, Any]:
    return {"since": law.in_force_since, "checked_on": law.checked_on, "note": law.note}
