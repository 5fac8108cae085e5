"""Forms about the people of a case."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import CaseMember, ParentalTie, Representative, Resident
from luisterloket.platform.forms import ActionForm

from .sheets import rough_date


def _text(label: Any, *, longest: int = 200, hint: Any = "", rows: int = 0, **attrs: Any) -> forms.CharField:
    widget = forms.Textarea({"rows": rows, **attrs}) if rows else forms.TextInput({"autocomplete": "off", **attrs})
    return forms.CharField(label=label, required=False, max_length=longest, help_text=hint, widget=widget)


def _day(label: Any, *, hint: Any = "", required: bool = False, **details: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=hint, widget=widget, **details)


class MemberForm(ActionForm):
    """Someone of the household."""

    name = _text(_("Name"), longest=2_000)
    part = forms.ChoiceField(label=_("Who is this?"), choices=CaseMember.Part.choices[1:])
    born = _text(_("Born"), hint=_("A year is enough. Or a day, such as 3-5-1997."))
    authority = forms.ChoiceField(
        label=_("Who has authority over this child (gezag)?"),
        required=False,
        choices=CaseMember.Authority.choices,
        initial=CaseMember.Authority.UNKNOWN,
        help_text=_("Only for a child. The court keeps a public register of who has authority (gezagsregister)."),
    )
    since = _day(_("In the household since"), hint=_("Leave it empty when they have been together as long as you know them."))

    def clean_born(self) -> str:
        return rough_date(self.cleaned_data["born"])


class ChangeMemberForm(MemberForm):
    """The same of someone who is there already, and until when."""

    until = _day(_("No longer in the household since"), hint=_("Empty it when someone came back."))
    identity_number = _text(
        _("Identity number (BSN)"), longest=20, hint=_("Nine digits. Only when your work needs it."), inputmode="numeric"
    )
    forget_number = forms.BooleanField(label=_("Remove the identity number that is known"), required=False)

    def __init__(self, *args: Any, is_main: bool = False, with_number: bool = False, number_known: str = "", **kwargs: Any):
        """Without `with_number` there is no field for it, whatever is sent. `number_known` is what shows of the known one."""
        super().__init__(*args, **kwargs)
        if not with_number:
            del self.fields["identity_number"]
        if number_known:
            self.fields["identity_number"].help_text = _("Known: %(number)s. Leave this empty to keep it.") % {
                "number": number_known
            }
        else:
            del self.fields["forget_number"]
        if is_main:
            self.fields["part"].choices = CaseMember.Part.choices[:1]  # type: ignore[attr-defined]
            self.fields["part"].widget = forms.HiddenInput()
            del self.fields["until"], self.fields["authority"]


class LeavesForm(ActionForm):
    """From when on someone is no longer there."""

    until = _day(_("Since when?"), required=True, initial=timezone.localdate, error_messages={"required": _("Choose the day.")})


class TieForm(ActionForm):
    """A parent or guardian of a child."""

    kind = forms.ChoiceField(
        label=_("What is this person to the child?"), choices=ParentalTie.Kind.choices, widget=forms.RadioSelect
    )
    adult = forms.ModelChoiceField(
        CaseMember.objects.none(), label=_("Someone of the household"), required=False, empty_label=_("Nobody of the household")
    )
    name = _text(
        _("Or the name of someone else"), longest=2_000, hint=_("A parent who lives elsewhere, a guardian or an institution.")
    )
    has_authority = forms.BooleanField(label=_("Has authority over this child (gezag)"), required=False)
    since = _day(_("Since"))

    def __init__(self, *args: Any, adults: Iterable[tuple[CaseMember, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        names = {member.pk: name for member, name in adults}
        field: Any = self.fields["adult"]
        field.queryset = CaseMember.objects.filter(pk__in=names)
        field.label_from_instance = lambda member: names[member.pk]


class ReachForm(ActionForm):
    """How someone is reached, and what may never be done."""

    phone = _text(_("Telephone"), longest=2_000, inputmode="tel")
    never_call = forms.BooleanField(
        label=_("Never call this number"), required=False, help_text=_("For example because someone else may answer.")
    )
    never_message = forms.BooleanField(label=_("Never leave a message"), required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={"invalid": _("Write an address such as name@example.nl.")},
    )
    address = _text(_("Where can we reach this person?"), longest=2_000, hint=_("An address, or a place such as the library."))
    never_write = forms.BooleanField(label=_("Never send a letter"), required=False)
    channel = forms.ChoiceField(
        label=_("How would this person like to be reached?"), required=False, choices=[("", "–"), *Resident.Channel.choices]
    )
    through = _text(_("Through whom?"), hint=_("Only when it goes through someone else."))
    best_moments = _text(_("Best moments"), hint=_("For example: in the morning, not on Friday."))
    language = _text(_("Language that is easiest"), longest=50)
    interpreter = _text(_("Interpreter needed"), longest=50, hint=_("In which language. Leave it empty when none is needed."))


class RepresentativeForm(ActionForm):
    """Someone who decides or speaks for a resident."""

    # What may stay empty depends on who it is; the hints say so.
    mark_optional = False
    kind = forms.ChoiceField(label=_("What is this person?"), choices=Representative.Kind.choices)
    scope = forms.ChoiceField(label=_("About what?"), choices=Representative.Scope.choices)
    matter = _text(_("Which matter?"), longest=2_000, hint=_("Only when it is about one matter."))
    name = _text(_("Name"), longest=2_000)
    organisation = _text(_("Organisation"), longest=2_000)
    phone = _text(_("Telephone"), longest=2_000, inputmode="tel")
    document_seen = forms.BooleanField(
        label=_("I saw the decision or the authorisation on paper"),
        required=False,
        help_text=_("Your name and today are kept with it."),
    )
    since = _day(_("From"))
    until = _day(_("Ended on"))
    reason = _text(
        _("Why does this person speak for the resident?"), longest=2_000, rows=2, hint=_("Only for who speaks for the resident.")
    )
    pass_phrase = _text(
        _("Pass phrase"),
        hint=_("Ask for it on the phone before you tell anything. It is only shown when you ask for it, and that is kept."),
    )

    def __init__(self, *args: Any, has_phrase: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if has_phrase:
            self.fields["pass_phrase"].help_text = _("One was agreed. Leave this empty to keep it.")
