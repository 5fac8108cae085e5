"""Forms of the conversation and the case."""

from .cases import AgreeForm, ConfirmForm, ConnectForm, JoinForm, SearchForm
from .marks import MARK_FORMS, ConcernForm, MarkForm, MarkForms, PersonForm, StrengthForm
from .persons import MergeForm, PersonalForm
from .sheets import Both, ConcludeForm, SheetForm, StartForm, StoryForm, WhoForm, household_from, rough_date, sheet_values

__all__ = [
    "AgreeForm",
    "Both",
    "ConcernForm",
    "ConcludeForm",
    "ConfirmForm",
    "ConnectForm",
    "JoinForm",
    "MARK_FORMS",
    "MarkForm",
    "MarkForms",
    "MergeForm",
    "PersonForm",
    "PersonalForm",
    "SearchForm",
    "SheetForm",
    "StartForm",
    "StoryForm",
    "StrengthForm",
    "WhoForm",
    "household_from",
    "rough_date",
    "sheet_values",
]
