"""Forms of the conversation and the case."""

from .cases import ConfirmForm, JoinForm, SearchForm
from .marks import MARK_FORMS, ConcernForm, MarkForm, MarkForms, PersonForm, StrengthForm
from .sheets import Both, ConcludeForm, SheetForm, StartForm, StoryForm, WhoForm, household_from, rough_date, sheet_values
from .summaries import AgreeForm, ComposeForm, WordingForm

__all__ = [
    "AgreeForm",
    "Both",
    "ComposeForm",
    "ConcernForm",
    "ConcludeForm",
    "ConfirmForm",
    "JoinForm",
    "MARK_FORMS",
    "MarkForm",
    "MarkForms",
    "PersonForm",
    "SearchForm",
    "SheetForm",
    "StartForm",
    "StoryForm",
    "StrengthForm",
    "WhoForm",
    "WordingForm",
    "household_from",
    "rough_date",
    "sheet_values",
]
