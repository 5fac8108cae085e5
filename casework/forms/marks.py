"""What is marked in a story: a concern, a strength, a person."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.actions import LONGEST
from casework.domains import LifeDomain, Severity, Urgency
from casework.models import Strength
from casework.signs import THREAT_CHOICES, SafetySign
from luisterloket.platform.forms import ActionForm

# Marks -----------------------------------------------------------------------------------------------------------


class MarkForm(ActionForm):
    """One kind of mark. The quote is shared by the three kinds on the page, the other fields are each kind's own."""

    kind = ""
    shared = ("command_key", "quote")
    # Fields that are never empty: being filled, they say nothing of what someone meant to mark.
    chosen_beforehand: tuple[str, ...] = ()
    quote = forms.CharField(
        label=_("The words of the resident"),
        required=False,
        max_length=LONGEST["quote"],
        help_text=_("Select a piece of the story, or type it here. You may also leave this empty."),
        widget=forms.Textarea({"rows": 2, "data-quote": True}),
    )

    def add_prefix(self, field_name: str) -> str:
        return field_name if field_name in self.shared else f"{self.kind}-{field_name}"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "text" in self.fields and self.initial.get("text") and not self.initial.get("quote"):
            # Nothing was quoted that could say it in its place.
            self.fields["text"].required = True

    @property
    def is_filled(self) -> bool:
        """Whether something of this kind was typed."""
        names = set(self.fields) - {*self.shared, *self.chosen_beforehand}
        return any(self.data.get(self.add_prefix(name), "").strip() for name in names)

    @property
    def typed(self) -> dict[str, str]:
        return {name: self.data.get(self.add_prefix(name), "") for name in self.fields if name != "command_key"}


def _mark_text(label: Any, *, rows: int = 0, required: bool = False, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput({"autocomplete": "off"})
    return forms.CharField(label=label, required=required, max_length=2_000 if rows else 200, widget=widget, help_text=hint)


class ConcernForm(MarkForm):
    kind = "concern"
    severity = forms.TypedChoiceField(
        label=_("How is it going?"),
        coerce=int,
        choices=[(each.value, each.label) for each in reversed(Severity)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it is going."), "invalid_choice": _("Choose how it is going.")},
    )
    domain = forms.ChoiceField(
        label=_("What is it about?"),
        error_messages={"required": _("Choose what it is about."), "invalid_choice": _("Choose what it is about.")},
    )
    sign = forms.ChoiceField(
        label=_("Is it one of these?"),
        required=False,
        help_text=_("Then it is acute. What must be done, and by when, follows at once."),
    )
    text = _mark_text(_("What is going on?"), rows=2)
    urgency = forms.ChoiceField(
        label=_("When is help needed?"), required=False, choices=[("", _("Not spoken about")), *Urgency.choices]
    )
    wanted = _mark_text(_("What would the resident like?"))
    since = _mark_text(_("Since when?"), hint=_("For example: since Sunday."))
    who_helps = _mark_text(_("Who helps already?"))
    tried = _mark_text(_("What was tried already?"))

    def __init__(self, *args: Any, order: Iterable[LifeDomain], safety: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["domain"].choices = [("", "–"), *((domain.value, domain.label) for domain in order)]  # type: ignore[attr-defined]
        signs: list[tuple[Any, Any]] = [("", _("None of these"))]
        if safety:
            signs.append((_("Someone is not safe"), SafetySign.choices))
        signs.append((_("The municipality must talk about the debts soon"), THREAT_CHOICES))
        self.fields["sign"].choices = signs  # type: ignore[attr-defined]


class StrengthForm(MarkForm):
    kind = "strength"
    chosen_beforehand = ("kind_of",)
    kind_of = forms.ChoiceField(
        label=_("What is it?"), required=False, choices=Strength.Kind.choices, initial=Strength.Kind.GOES_WELL
    )
    text = _mark_text(_("What goes well, or what would this person like?"), rows=2)
    domain = forms.ChoiceField(label=_("What is it about?"), required=False)

    def __init__(self, *args: Any, order: Iterable[LifeDomain], safety: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["domain"].choices = [("", "–"), *((domain.value, domain.label) for domain in order)]  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        details = dict(self.cleaned_data)
        return details | {"kind": details.pop("kind_of") or Strength.Kind.GOES_WELL}


class PersonForm(MarkForm):
    kind = "person"
    name = forms.CharField(
        label=_("Who is it?"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Say who it is; a first name is enough.")},
    )
    relation = _mark_text(_("How do they know each other?"), hint=_("For example: neighbour, sister."))
    can_do = _mark_text(_("What can this person do?"))

    def __init__(self, *args: Any, order: Iterable[LifeDomain] = (), safety: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)


MARK_FORMS: dict[str, type[Any]] = {form.kind: form for form in (ConcernForm, StrengthForm, PersonForm)}


class MarkForms:
    """The three kinds on one page, of which one is sent at a time; the other two keep what was typed and miss nothing."""

    def __init__(self, data: Any, *, order: Iterable[LifeDomain], safety: bool):
        # The order of the life domains, and whether one may mark that someone is not safe.
        self.options: dict[str, Any] = {"order": list(order), "safety": safety}
        self.data = data
        self.each: dict[str, MarkForm] = {kind: form(data, **self.options) for kind, form in MARK_FORMS.items()}
        self.kind = self._kind() if data is not None else ""

    @property
    def sent(self) -> MarkForm | None:
        return self.each.get(self.kind)

    def context(self) -> dict[str, Any]:
        """What the template shows."""
        shown: dict[str, Any] = {"form": self.sent}
        for kind, form in self.each.items():
            kept = self.data is not None and kind != self.kind
            shown[kind] = MARK_FORMS[kind](initial=form.typed, **self.options) if kept else form
        return shown

    def _kind(self) -> str:
        # The Enter key presses the first button of a form, so an empty kind gives way to a filled one.
        kind = self.data.get("kind", "")
        kind = kind if kind in self.each else "concern"
        filled = [each for each, form in self.each.items() if form.is_filled]
        return kind if not filled or kind in filled else filled[0]
