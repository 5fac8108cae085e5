"""The form in which a wijk chooses how it listens."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.actions.ways import LONGEST_QUESTION
from casework.domains import LifeDomain
from casework.questions import ASKABLE
from luisterloket.convenant.models import DataCategory
from luisterloket.platform.forms import ActionForm
from luisterloket.wijken.models import WayOfWorking

BLANK_ROWS = 2
ROWS_AT_MOST = 22

STEPS_AT_MOST, LONGEST_STEP = 12, 365


def _number(label: Any, *, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=most, required=False)


class WayForm(ActionForm):
    """The order of the life domains by number, the wijk's own questions by row, and whether the whole team is involved."""

    mark_optional = False
    team_is_involved = forms.BooleanField(
        label=_("The whole team is involved in every case of this wijk"),
        required=False,
        help_text=_("Without this one opens a colleague's case only with a reason, and the colleague is told."),
    )
    first_contact_days = _number(_("After how many days does one ask how it goes?"), most=60)
    waakvlam_rhythm = forms.CharField(
        label=_("Waakvlam: after how many days each time?"),
        help_text=_("Numbers with a comma between them, such as 14, 30, 60, 90. They grow: waakvlam fades out."),
        max_length=100,
        required=False,
    )
    late_after_days = _number(_("After how many working days is a next contact late?"), most=20)

    def __init__(self, data: Any = None, *, way: WayOfWorking | None, order: list[LifeDomain]):
        super().__init__(data)
        self.order = order
        stored = way.questions if way else []
        self.rows_shown = min(max(len(stored) + BLANK_ROWS, self._rows_sent(data)), ROWS_AT_MOST)
        categories = [(one.code, one.name) for one in DataCategory.objects.filter(code__in=ASKABLE).order_by("order")]
        for place, domain in enumerate(order, 1):
            self.fields[f"place-{domain.value}"] = forms.IntegerField(
                label=domain.label, min_value=1, max_value=99, initial=place, required=False
            )
        for number in range(self.rows_shown):
            kept = stored[number] if number < len(stored) else {}
            self.fields[f"code-{number}"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=kept.get("code", ""), max_length=40
            )
            self.fields[f"text-{number}"] = forms.CharField(
                label=_("Question %(number)s") % {"number": number + 1},
                required=False,
                initial=kept.get("text", ""),
                max_length=LONGEST_QUESTION,
            )
            self.fields[f"category-{number}"] = forms.ChoiceField(
                label=_("What the answer tells of"), required=False, choices=categories, initial=kept.get("category", "story")
            )
        if way is not None:
            self.initial.setdefault("team_is_involved", way.team_is_involved)
        shown = way or WayOfWorking()
        self.initial["first_contact_days"] = shown.first_contact_days
        self.initial["waakvlam_rhythm"] = ", ".join(map(str, shown.waakvlam_rhythm))
        self.initial["late_after_days"] = shown.late_after_days

    def clean_waakvlam_rhythm(self) -> list[int] | None:
        text = self.cleaned_data["waakvlam_rhythm"]
        if not text:
            return None
        days = [int(part) if part.strip().isascii() and part.strip().isdigit() else 0 for part in text.split(",") if part.strip()]
        if not days or len(days) > STEPS_AT_MOST or not all(0 < day <= LONGEST_STEP for day in days):
            raise forms.ValidationError(_("Write numbers of days with a comma between them, such as 14, 30, 60, 90."))
        return days

    @staticmethod
    def _rows_sent(data: Any) -> int:
        return sum(name.startswith("text-") for name in data) if data is not None else 0

    @property
    def places(self) -> list[Any]:
        return [self[f"place-{domain.value}"] for domain in self.order]

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {"code": self[f"code-{number}"], "text": self[f"text-{number}"], "category": self[f"category-{number}"]}
            for number in range(self.rows_shown)
        ]

    def details(self) -> dict[str, Any]:
        given = self.cleaned_data
        last = len(self.order) + 1
        ordered = sorted(self.order, key=lambda domain: given.get(f"place-{domain.value}") or last)
        rows = [{name: given[f"{name}-{number}"] for name in ("code", "text", "category")} for number in range(self.rows_shown)]
        return {
            "domain_order": [domain.value for domain in ordered],
            "questions": [row for row in rows if row["text"].strip()],
            "team_is_involved": given["team_is_involved"],
            "first_contact_days": given["first_contact_days"],
            "waakvlam_rhythm": given["waakvlam_rhythm"],
            "late_after_days": given["late_after_days"],
            "command_key": given["command_key"],
        }
