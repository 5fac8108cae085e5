"""Forms of the conversation and the case."""

from .cases import AgreeForm, ConfirmForm, JoinForm, SearchForm
from .marks import MARK_FORMS, ConcernForm, MarkForm, MarkForms, PersonForm, StrengthForm
from .sheets import (
    Both,
    ConcludeForm,
    QuestionsForm,
    SheetForm,
    StartForm,
    StoryForm,
    WhoForm,
    household_from,
    rough_date,
    sheet_values,
)

__all__ = [
    "QuestionsForm",
    "AgreeForm",
    "Both",
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
    "household_from",
    "rough_date",
    "sheet_values",
]
