"""Forms of letters: to whom and from which text, the words, whether a colleague finds them right, and when it went out."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.actions import LONGEST_LETTER
from casework.letter_templates import LANGUAGES
from casework.letter_texts import LetterText
from casework.letters import WayOfReaching
from casework.models import Letter, Resident
from luisterloket.platform.forms import ActionForm
from luisterloket.platform.renderers import Choice

NOBODY_ELSE = "outside"


class WriteLetterForm(ActionForm):
    """Which letter, to whom, and how it gets there."""

    text = forms.ChoiceField(
        label=_("Which letter?"),
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose which letter.")),
    )
    whom = forms.ChoiceField(
        label=_("To whom?"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose to whom.")),
    )
    to_name = forms.CharField(
        label=_("Name of who gets it"),
        required=False,
        max_length=200,
        help_text=_("Only for someone else, such as an energy company."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    to_address = forms.CharField(
        label=_("Address of who gets it"), required=False, max_length=500, widget=forms.Textarea({"rows": 3, "autocomplete": "off"})
    )
    way = forms.ChoiceField(
        label=_("How does it get there?"),
        choices=Letter.Way.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose how it gets there.")),
    )

    def __init__(self, *args: Any, texts: Iterable[LetterText], ways: Iterable[WayOfReaching], **kwargs: Any):
        super().__init__(*args, **kwargs)
        ways = list(ways)
        by_language: dict[str, list[tuple[str, Any]]] = {}
        for text in texts:
            by_language.setdefault(LANGUAGES[text.language], []).append((text.key, text.name))
        fields: Any = self.fields
        fields["text"].choices = [("", "–"), *by_language.items()]
        fields["whom"].choices = [
            *((str(way.resident_id), Choice(way.name or "–", hint=_hint(way))) for way in ways),
            (NOBODY_ELSE, _("Someone else")),
        ]
        first = ways[0] if ways else None
        self.initial.setdefault("whom", str(first.resident_id) if first else NOBODY_ELSE)
        self.initial.setdefault("way", Letter.Way.IN_HAND if first and first.rather_in_hand else Letter.Way.POST)

    def details(self) -> dict[str, Any]:
        details = dict(self.cleaned_data)
        whom = details.pop("whom")
        if whom == NOBODY_ELSE:
            return details | {"to": Letter.To.OUTSIDE}
        # The choices are those of the household that this person may see.
        return details | {"to": Letter.To.HOUSEHOLD, "resident": Resident(pk=UUID(whom)), "to_name": "", "to_address": ""}


def _hint(way: WayOfReaching) -> Any:
    """Why rather in hand, or who gets the mail."""
    if way.never_write:
        return _("Never send a letter. Give it in hand.")
    if way.secret:
        return _("The address is secret. Give it in hand.")
    if way.representatives:
        return _("%(who)s decides on the money: send letters about money there.") % {"who": way.representatives[0].details["name"]}
    return _("At home someone may read along. Rather give it in hand.") if way.kept_at_home else ""


class RewordLetterForm(ActionForm):
    """The words of a letter that is being written."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    to_name = forms.CharField(
        label=_("Name of who gets it"), max_length=200, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    to_address = forms.CharField(
        label=_("Address of who gets it"), required=False, max_length=500, widget=forms.Textarea({"rows": 3, "autocomplete": "off"})
    )
    subject = forms.CharField(
        label=_("Subject"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Write what the letter is about.")},
    )
    body = forms.CharField(
        label=_("The letter"),
        max_length=LONGEST_LETTER,
        widget=forms.Textarea({"rows": 18}),
        error_messages={"required": _("Write something in the letter.")},
    )

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("revision", "to_name", "to_address", "subject", "body"):
            self.initial.setdefault(name, getattr(letter, name))
        for name in ("subject", "body"):
            self.fields[name].widget.attrs |= {"lang": letter.language, "dir": "auto"}
        if letter.to == Letter.To.HOUSEHOLD:
            del self.fields["to_name"], self.fields["to_address"]


class FixLetterForm(ActionForm):
    """A button on the letter as it was read."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class JudgeLetterForm(ActionForm):
    """What a colleague finds of it."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    found = forms.ChoiceField(
        label=_("What do you find?"),
        choices=Letter.Found.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose what you find.")),
    )
    note = forms.CharField(label=_("What must not be in it?"), required=False, max_length=1_000, widget=forms.Textarea({"rows": 2}))


class SentForm(ActionForm):
    """On which day it went out."""

    sent_on = forms.DateField(
        label=_("On which day?"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(["required", "invalid"], _("Choose the day.")),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("sent_on", timezone.localdate())


class LetterTemplateForm(ActionForm):
    """A letter to begin from."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("What is it called?"), max_length=100, error_messages={"required": _("Write what the letter is called.")}
    )
    category = forms.ChoiceField(
        label=_("What kind of data is in it?"),
        help_text=_("Also when nothing is filled in: a letter to a creditor tells of money."),
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose what kind of data is in it.")),
    )
    subject = forms.CharField(label=_("Subject"), max_length=200, error_messages={"required": _("Write what the letter is about.")})
    body = forms.CharField(
        label=_("The letter"),
        max_length=8_000,
        widget=forms.Textarea({"rows": 18}),
        error_messages={"required": _("Write something in the letter.")},
    )
    is_offered = forms.BooleanField(label=_("Offer this letter"), required=False)

    def __init__(self, *args: Any, categories: dict[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = list(categories.items())  # type: ignore[attr-defined]


class NewLetterTemplateForm(LetterTemplateForm):
    """The first version of a new one."""

    code = forms.SlugField(
        label=_("A short name without spaces"),
        max_length=40,
        error_messages=dict.fromkeys(["required", "invalid"], _("Use small letters, figures and dashes only.")),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES.items())
    field_order = ["code", "language"]
