"""The sheets of a conversation: each saves as it is, and only two things are ever obliged."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.actions import LONGEST, ChangedMeanwhile, household_of
from casework.models import CaseMember, Intake
from casework.questions import LONGEST as LONGEST_ANSWER
from casework.questions import PREFIX, questions_for
from luisterloket.people.models import Unit
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.forms import ActionForm

ROW = re.compile(r"^member-(\d{1,2})-(name|part|born)$")
ROWS_AT_MOST = 20


class StartForm(ActionForm):
    """In which wijk the conversation is, for who works in more than one."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("In which wijk is this conversation?"), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, units: Iterable[Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=units).order_by("name")  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        # A blank sheet is used again, so this needs no key.
        return {"unit": self.cleaned_data["unit"]}


# The sheets ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Both:
    """One field that two windows changed."""

    label: Any
    theirs: str
    mine: str


class SheetForm(ActionForm):
    """A part of the sheet. Its revision guards it, so it needs no command key; when it is stale both texts are shown."""

    mark_optional = False
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any = None, *, intake: Intake):
        self.intake = intake
        self.both: list[Both] = []
        super().__init__(data)
        del self.fields["command_key"]
        self.initial = {"revision": intake.revision, **sheet_values(intake, self.fields)}

    def run(self, action: Callable[..., Any], **known: Any) -> Any:
        if not self.is_valid():
            return None
        try:
            return action(**known, **self.details())
        except ChangedMeanwhile as changed:
            self._show_both(changed.current)
            self.add_error(None, changed)
        except Refused as refusal:
            field = getattr(refusal, "field", None)
            self.add_error(field if field in self.fields else None, refusal)
        return None

    def details(self) -> dict[str, Any]:
        values = {name: text for name, text in self.cleaned_data.items() if name in LONGEST or name.startswith(PREFIX)}
        return {"revision": self.cleaned_data["revision"], "values": values}

    def _show_both(self, current: Intake) -> None:
        """Keep what was typed, show what is there; whoever sends again has seen both."""
        there = sheet_values(current, self.fields)
        self.data = {**{name: self.data.get(name, "") for name in self.data}, "revision": str(current.revision)}
        for name, theirs in there.items():
            mine = self.data.get(name, "")
            if theirs.replace("\r\n", "\n") != mine.replace("\r\n", "\n"):
                self.both.append(Both(self.fields[name].label, theirs, mine))


def _text(label: Any, name: str, *, rows: int = 0, hint: Any = "", **attrs: Any) -> forms.CharField:
    widget = (
        forms.Textarea({"rows": rows, "class": "textarea--4" if rows > 4 else "textarea--2", **attrs})
        if rows
        else forms.TextInput({"autocomplete": "off", **attrs})
    )
    return forms.CharField(label=label, required=False, strip=False, max_length=LONGEST[name], help_text=hint, widget=widget)


class StoryForm(SheetForm):
    """The resident's own words first; then what was asked, and what lies behind it."""

    own_words = _text(
        _("What does the resident tell?"), "own_words", rows=14, hint=_("Just type along. Everything is saved by itself.")
    )
    quote = _text(
        _("One sentence to keep, just as it was said"), "quote", rows=2, hint=_("It stays on top, in the resident's own voice.")
    )
    asked_question = _text(_("What is the question?"), "asked_question", rows=2)
    question_behind = _text(_("What is the question behind it?"), "question_behind", rows=2)


class QuestionsForm(SheetForm):
    """The questions that this wijk asks of its own. None of them is obliged."""

    def __init__(self, data: Any = None, *, intake: Intake):
        self.questions = questions_for(intake)
        super().__init__(data, intake=intake)
        for one in self.questions:
            self.fields[one.field] = forms.CharField(
                label=one.text, required=False, strip=False, max_length=LONGEST_ANSWER, widget=forms.Textarea({"rows": 3})
            )
        self.initial = {"revision": intake.revision, **{one.field: one.answer for one in self.questions}}


class WhoForm(SheetForm):
    """One way to know the person is enough; the rest when it comes up."""

    name = _text(_("Name"), "name", hint=_("A name or a nickname: one of the two is enough."))
    known_as = _text(_("Nickname"), "known_as")
    born = _text(_("Born"), "born", hint=_("A year is enough. Or a day, such as 3-5-1997."), inputmode="text")
    phone = _text(_("Telephone"), "phone", inputmode="tel")
    address = _text(_("Where can we reach this person?"), "address", hint=_("An address, or a place such as the library."))
    language = _text(_("Language that is easiest"), "language")

    def __init__(self, data: Any = None, *, intake: Intake, blank_rows: int = 1, without: int | None = None):
        self._data = data
        self.without = without
        self.numbers = self._numbers(data, intake, blank_rows)
        super().__init__(data, intake=intake)
        for number in self.numbers:
            self.fields[f"member-{number}-name"] = _text(_("Name"), "name")
            self.fields[f"member-{number}-part"] = forms.ChoiceField(
                label=_("Who is this?"), required=False, choices=[("", "–"), *CaseMember.Part.choices[1:]]
            )
            self.fields[f"member-{number}-born"] = _text(_("Year of birth"), "born", inputmode="numeric")
        self.initial = {"revision": intake.revision, **sheet_values(intake, self.fields)}

    @staticmethod
    def _numbers(data: Any, intake: Intake, blank_rows: int) -> list[int]:
        if data is not None:
            found = {int(match[1]) for match in map(ROW.match, data) if match}
        else:
            found = set(range(len(household_of(intake)) + blank_rows))
        return sorted(found)[:ROWS_AT_MOST]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The others of the household, as triples of fields."""
        return [
            {
                "number": number,
                "name": self[f"member-{number}-name"],
                "part": self[f"member-{number}-part"],
                "born": self[f"member-{number}-born"],
            }
            for number in self.numbers
        ]

    def clean_born(self) -> str:
        return rough_date(self.cleaned_data["born"])

    def details(self) -> dict[str, Any]:
        details = super().details()
        rows = {name: text for name, text in self.cleaned_data.items() if ROW.match(name)}
        if self.without is not None:
            rows = {name: text for name, text in rows.items() if not name.startswith(f"member-{self.without}-")}
        details["values"]["household"] = household_from(rows)
        return details


def sheet_values(intake: Intake, names: Iterable[str]) -> dict[str, str]:
    """What the sheet holds now, under the names of its form: texts by their own name, the household by row."""
    rows = {
        f"member-{number}-{part}": getattr(person, part)
        for number, person in enumerate(household_of(intake))
        for part in ("name", "part", "born")
    }
    values = {name: getattr(intake, name) for name in LONGEST if name in set(names) and name != "household"}
    if any(name.startswith(PREFIX) for name in names):
        values |= {one.field: one.answer for one in questions_for(intake)}
    return values | {name: rows.get(name, "") for name in names if ROW.match(name)}


def changed_since(intake: Intake, revision: int) -> dict[str, str]:
    """What was changed after this revision, under the names of the form."""
    names = {name for name, at in intake.changed_at.items() if at > revision}
    if "household" in names:
        names |= {f"member-{number}-{part}" for number in range(ROWS_AT_MOST) for part in ("name", "part", "born")}
    found = sheet_values(intake, names)
    return {name: text for name, text in found.items() if name in names and name != "household"}


def household_from(rows: Mapping[str, str]) -> str:
    """The household as it is kept, out of the rows of the form. A row without a name or a year is no person."""
    people: dict[int, dict[str, str]] = {}
    for name, text in rows.items():
        match = ROW.match(name)
        if match:
            people.setdefault(int(match[1]), {"name": "", "part": "", "born": ""})[match[2]] = text.strip()
    kept = [person for _number, person in sorted(people.items()) if person["name"] or person["born"]][:ROWS_AT_MOST]
    parts = set(CaseMember.Part.values) - {CaseMember.Part.MAIN}
    return (
        json.dumps(
            [person | {"part": person["part"] if person["part"] in parts else CaseMember.Part.OTHER.value} for person in kept]
        )
        if kept
        else ""
    )


def rough_date(text: str) -> str:
    """A year or a day as people write it, kept as ISO. Raises `ValidationError` when it cannot be read."""
    text = text.strip()
    parts = [int(part) for part in re.split(r"[-/. ]+", text)] if re.fullmatch(r"\d+([-/. ]+\d+){0,2}", text) else []
    today = date.today()
    try:
        if not text:
            return ""
        if len(parts) == 1 and 1900 <= parts[0] <= today.year:
            return str(parts[0])
        if len(parts) == 3:
            born = date(*parts) if parts[0] > 31 else date(parts[2], parts[1], parts[0])
            if born.year >= 1900 and born <= today:
                return born.isoformat()
    except ValueError:
        pass
    raise forms.ValidationError(_("Write a year such as 1997, or a day such as 3-5-1997."), code="born")


# Ending and joining ----------------------------------------------------------------------------------------------


class ConcludeForm(ActionForm):
    """Asks only for what is obliged and still empty."""

    own_words = forms.CharField(
        label=_("What did the resident tell, in their own words?"),
        required=False,
        strip=False,
        max_length=LONGEST["own_words"],
        widget=forms.Textarea({"rows": 4}),
    )
    name = forms.CharField(
        label=_("A name or a nickname"), required=False, max_length=LONGEST["name"], widget=forms.TextInput({"autocomplete": "off"})
    )
