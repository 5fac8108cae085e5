"""Forms of the summary: in which language it is made, how it is worded, and what was agreed about it."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.actions import LONGEST_PART
from casework.models import CaseSummary, Resident
from casework.texts import Part
from luisterloket.people.models import User
from luisterloket.platform.forms import ActionForm


class ComposeForm(ActionForm):
    """In which language, of which only those that are complete are offered, and for whom."""

    language = forms.ChoiceField(
        label=_("Language"),
        error_messages={"invalid_choice": _("In this language the sentences of the summary are not complete. Choose another one.")},
    )

    reader = forms.ModelChoiceField(
        Resident.objects.none(),
        label=_("For whom is this copy?"),
        required=False,
        blank=True,
        empty_label=_("Everyone at home"),
        widget=forms.RadioSelect,
        help_text=_("For everyone at home leaves out the most. A copy for one of them is not to lie on the table."),
        error_messages={"invalid_choice": _("Choose someone of this household.")},
    )
    mark_optional = False

    def __init__(self, *args: Any, languages: Iterable[tuple[str, str]], household: Iterable[tuple[UUID, str]] = (), **kwargs: Any):
        """`household` is only asked for where something is kept from someone at home; else a copy is for everyone."""
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = list(languages)  # type: ignore[attr-defined]
        self.initial.setdefault("language", get_language())
        names = dict(household)
        if not names:
            del self.fields["reader"]
            return
        field: Any = self.fields["reader"]
        field.queryset = Resident.objects.filter(pk__in=names)
        field.label_from_instance = lambda one: names[one.pk]


# Above which parts of the text a heading stands, by how their block begins.
HEADINGS = {
    "opening": _("How it begins"),
    "strengths": _("What goes well"),
    "concern": _("What is hard"),
    "people": _("The people around"),
    "waits": _("What waits"),
}


class WordingForm(ActionForm):
    """A text field for each part. Under it stands what the record says, and what was written before where that was lost."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: CaseSummary, earlier: Mapping[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("revision", version.revision)
        self.parts: list[Part] = list(version.as_composed.parts)
        written = {part.key: part.text for part in version.as_written.parts}
        for number, part in enumerate(self.parts, 1):
            self.fields[part.key] = forms.CharField(
                label=_("Part %(number)s") % {"number": number},
                max_length=LONGEST_PART,
                initial=written[part.key],
                widget=forms.Textarea({"rows": 2 + len(written[part.key]) // 90, "lang": version.language, "dir": "auto"}),
                error_messages={"required": _("This stands in the case, so it stays in the summary. Say it in other words.")},
                help_text=self._hint(part, written[part.key], earlier.get(part.key, "")),
            )

    @property
    def blocks(self) -> list[tuple[Any, list[Any]]]:
        """The fields under their headings."""
        grouped = groupby(self.parts, key=lambda part: part.block.split("-")[0])
        return [(HEADINGS[block], [self[part.key] for part in parts]) for block, parts in grouped]

    @property
    def typed(self) -> str:
        """All parts as they stand in the fields now."""
        return " ".join(str(self[part.key].value() or "") for part in self.parts)

    def details(self) -> dict[str, Any]:
        wording = {part.key: self.cleaned_data[part.key] for part in self.parts}
        return {
            "command_key": self.cleaned_data["command_key"],
            "revision": self.cleaned_data["revision"],
            "wording": wording,
        }

    @staticmethod
    def _hint(part: Part, written: str, earlier: str) -> Any:
        if written != part.text:
            return _("In the case: %(text)s") % {"text": part.text}
        return _("In the version before this one: %(text)s") % {"text": earlier} if earlier else ""


class AgreeForm(ActionForm):
    """When, how, by whom, and who read it back."""

    agreed_how = forms.ChoiceField(
        label=_("How was it read back?"),
        choices=CaseSummary.How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it was read back.")},
    )
    agreed_by = forms.ChoiceField(
        label=_("Who agrees?"), choices=CaseSummary.By.choices, widget=forms.RadioSelect, initial=CaseSummary.By.RESIDENT
    )
    representative = forms.CharField(
        label=_("Who speaks for the resident"),
        required=False,
        max_length=200,
        help_text=_("A name, only when someone else agrees."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    read_back_by = forms.ModelChoiceField(User.objects.none(), label=_("Read back by"), empty_label=None)
    agreed_on = forms.DateField(label=_("On what day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, colleagues: Any, reader: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["read_back_by"].queryset = colleagues  # type: ignore[attr-defined]
        self.initial.setdefault("read_back_by", reader.pk)
        self.initial.setdefault("agreed_on", timezone.localdate())
